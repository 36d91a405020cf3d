"""Figures of a release: the stages of the grammar put in their order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from scrapers.facts.amounts import Quantity, context
from scrapers.facts.attribution import attribute
from scrapers.facts.ellipsis import Said, complete
from scrapers.facts.evidence import Passage
from scrapers.facts.indicators import votes
from scrapers.facts.intervals import interval
from scrapers.facts.measures import Measure, measure_of
from scrapers.facts.narrowing import narrowed
from scrapers.facts.parties import state_of_publisher
from scrapers.facts.periods import periods
from scrapers.facts.quantities import quantities
from scrapers.facts.scope import scope_at
from scrapers.facts.sides import Topic, sides_of, topic_of
from scrapers.facts.speakers import Turn, turn_at, turns
from scrapers.facts.status import status_of
from scrapers.facts.timing import Carried, Setting, own_period, period_of
from scrapers.facts.tokens import Sentence, sentences
from warehouse.fields import Figure, Release, content_id

VERSION = "1"


@dataclass
class State:
    """What the passage has said so far, for figures that lean on it."""

    indicator: str | None = None
    carried: Carried | None = None
    day: str | None = None
    sentence: int = 0
    area: str | None = None
    paragraph: int = -1
    said: list[Said] = field(default_factory=list)


def extract_figures(release: Release) -> list[Figure]:
    """Return the figures that a release states, in the order of the text.

    Pure: the same release gives the same figures. Never raises on any text.
    """
    published = release.published if release.published.year > 1900 else None
    passages = read_passages(release.text, published)
    title = read_title(release.title, published)
    publisher = state_of_publisher(release.source)
    topic = topic_of(title, passages, publisher)
    spoken = turns(release.text)
    state = State()
    found: list[Figure] = []
    for passage in passages:
        _enter(state, passage)
        for amount in passage.amounts:
            turn = turn_at(spoken, amount.start)
            figure = _figure(release, passage, amount, title, topic, turn, state, published)
            if figure is not None:
                found.append(figure)
        _leave(state, passage)
    return found


def read_passages(text: str, published: date | None) -> list[Passage]:
    """Return the sentences of a text with their periods and amounts."""
    found: list[Passage] = []
    for sentence in sentences(text):
        found.append(_passage(text, sentence, published, found[-1] if found else None))
    return found


def _passage(
    text: str, sentence: Sentence, published: date | None, before: Passage | None
) -> Passage:
    ctx = context(text, sentence)
    piece = text[sentence.start : sentence.end]
    times = periods(piece, published, offset=sentence.start)
    return Passage(ctx, times, quantities(ctx, times), before)


def read_title(title: str, published: date | None) -> Passage:
    """Return a title as one passage."""
    from scrapers.facts.tokens import Sentence, tokenize

    return _passage(title, Sentence(0, len(title), 0, tuple(tokenize(title))), published, None)


def _enter(state: State, passage: Passage) -> None:
    paragraph = passage.ctx.sentence.paragraph
    start = passage.before.ctx.sentence.start if passage.before else 0
    state.said = [s for s in state.said if s.amount.start >= start]
    if paragraph != state.paragraph:
        state.paragraph = paragraph


def _leave(state: State, passage: Passage) -> None:
    state.sentence += 1
    for period in passage.times:
        if period.kind == "day" and period.iso:
            state.day = period.iso


def _figure(
    release: Release,
    passage: Passage,
    amount: Quantity,
    title: Passage,
    topic: Topic,
    turn: Turn | None,
    state: State,
    published: date | None,
) -> Figure | None:
    completed = complete(passage, amount, state.said)
    if completed is None:
        return None
    amount = completed
    area = turn.area if turn else None
    if amount.like and amount.unit in ("count", "percent") and not amount.noun:
        winner: tuple[str, str] | None = (amount.like, "as the figure before")
    else:
        winner = votes(passage, amount, title, amount.like or state.indicator).winner()
    indicator, why = winner or ("other", "nothing else")
    measure = measure_of(passage, amount)
    dated = own_period(passage, amount, indicator) is not None
    indicator, changed = narrowed(
        passage, amount, indicator, measure.name, timed=dated, speaker=area
    )
    why = f"{why}; {changed}" if changed else why
    status, status_rule = status_of(passage, amount, indicator)
    sides, sides_rule = sides_of(passage, amount, topic, indicator, area, state.area)
    if sides is None:
        return None
    setting = Setting(
        state.carried, state.sentence, _titled(title), _day(passage, state), published
    )
    timed = period_of(passage, amount, indicator, measure.name, setting)
    state.indicator, state.area = indicator, sides[0]
    state.said.append(Said(amount, indicator))
    if timed.iso and timed.own and status == "actual":
        family = indicator.split(".")[0]
        paragraph = passage.ctx.sentence.paragraph
        state.carried = Carried(timed.iso, family, state.sentence, paragraph)
    rules = amount.rules | {
        "indicator": why,
        "measure": measure.rule,
        "status": status_rule,
        "sides": sides_rule,
        "time_period": timed.rule,
    }
    return _row(release, amount, measure, indicator, sides, timed.iso, status, turn, rules)


def _titled(title: Passage) -> str | None:
    stretches = (p.iso for p in title.times if p.kind == "at" and not p.base and p.iso)
    return next(stretches, None)


def _day(passage: Passage, state: State) -> str | None:
    """Return the day that a sentence about an event of the day tells of."""
    return state.day


def _row(
    release: Release,
    amount: Quantity,
    measure: Measure,
    indicator: str,
    sides: tuple[str, str | None],
    period: str | None,
    status: str,
    turn: Turn | None,
    rules: dict[str, str],
) -> Figure:
    value = amount.value
    falling = measure.falling and measure.name in ("growth", "increment")
    if falling:
        value = -abs(value)
    elif measure.falling and measure.name == "multiple" and value > 1:
        value = 1 / value
    told = attribute(release, amount.start, sides[0], turn)
    scope = scope_at(release, amount.start, amount.end, indicator)
    rules = rules | {"reporter": told.rule, "scope": scope or "whole"}
    unit = "percent" if amount.unit == "percent_points" else amount.unit
    low, high = interval(value, amount.value_high, amount.bound, amount.step, falling=falling)
    return Figure(
        figure_id=content_id(release.release_id, amount.start, amount.end, value, unit),
        release_id=release.release_id,
        source=release.source,
        url=release.url,
        language=release.language,
        published=release.published,
        indicator=indicator,
        measure=measure.name,
        ref_area=sides[0],
        counterpart_area=sides[1],
        time_period=period,
        status=status,
        scope=scope,
        value=value,
        value_high=amount.value_high,
        unit=unit,
        bound=amount.bound,
        low=low,
        high=high,
        quote=release.text[amount.start : amount.end],
        start=amount.start,
        end=amount.end,
        speaker=turn.name if turn else None,
        reporter=told.reporter,
        rules=json.dumps(rules, ensure_ascii=False, sort_keys=True),
        extractor_version=VERSION,
    )
