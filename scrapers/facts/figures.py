"""Figures of a release: the stages of the grammar put in their order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from scrapers.facts.amounts import Quantity, context
from scrapers.facts.attribution import attribute
from scrapers.facts.base_period import is_base
from scrapers.facts.carried import Carried, Setting, Timed, family_of
from scrapers.facts.ellipsis import Said, complete
from scrapers.facts.evidence import Passage
from scrapers.facts.indicators import cues, votes, with_predicate
from scrapers.facts.intervals import interval
from scrapers.facts.measures import Measure, has_share, measure_of
from scrapers.facts.narrowing import narrowed
from scrapers.facts.parties import state_of_publisher
from scrapers.facts.periods import Period
from scrapers.facts.scope import scope_at
from scrapers.facts.sentences import Sentence, sentences
from scrapers.facts.sides import Seen, Sides, Topic, may_be_ours, sides_of, topic_of
from scrapers.facts.speakers import Turn, turn_at, turns
from scrapers.facts.status import Last, forward, is_ahead, status_ahead, status_of, told_of_now
from scrapers.facts.timing import period_of, tells_of_signing
from scrapers.facts.words import load
from warehouse.fields import Figure, Release, content_id

VERSION = "1"
_NOT_OWN = ("carried along", "same_last_year", "a_year_before")
_STRETCHES = ("months_of_year", "first_months", "quarters", "half", "last_year")


@dataclass
class State:
    """What the passage has said so far, for figures that lean on it."""

    sentence: int = 0
    noted: int = -1
    indicator: str | None = None
    percent: tuple[str, int] = ("", -9)  # measure of the last percentage, and its sentence
    carried: Carried | None = None
    latest: Carried | None = None  # the latest of the periods that its sentence had
    ahead: Carried | None = None  # the period of the last forecast
    timed: Carried | None = None  # when the figure before was
    day: str | None = None
    last: Last = field(default_factory=Last)
    seen: Seen = field(default_factory=Seen)
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Whole:
    """What holds for every figure of a release."""

    release: Release
    published: date | None
    title: Passage
    topic: Topic
    turns: list[Turn]
    numbers: dict[int, int]  # of the sentences, by where they begin


def extract_figures(release: Release) -> list[Figure]:
    """Return the figures that a release states, in the order of the text.

    Pure: the same release gives the same figures. Never raises on any text.
    """
    published = release.published if release.published.year > 1900 else None
    passages = read_passages(release.text, published)
    title = read_title(release.title, published)
    topic = topic_of(title, passages, state_of_publisher(release.source))
    order = {p.ctx.sentence.start: n for n, p in enumerate(passages)}
    whole = Whole(release, published, title, topic, turns(release.text), order)
    state = State()
    found: list[Figure] = []
    for passage in passages:
        found.extend(_figures_in(whole, passage, state))
    return found


def read_passages(text: str, published: date | None) -> list[Passage]:
    """Return the sentences of a text with their periods and amounts."""
    found: list[Passage] = []
    for sentence in sentences(text):
        found.append(_passage(text, sentence, published, found[-1] if found else None))
    return found


def read_title(title: str, published: date | None) -> Passage:
    """Return a title as one passage."""
    sentence = Sentence(title, 0, len(title), 0)
    return _passage(title, sentence, published, None)


def _passage(
    text: str, sentence: Sentence, published: date | None, before: Passage | None
) -> Passage:
    return Passage(context(text, sentence), published, before)


def _figures_in(whole: Whole, passage: Passage, state: State) -> list[Figure]:
    """Return the figures of one sentence, and let the state know what it said."""
    earlier = passage.before.before if passage.before else None
    start = earlier.ctx.sentence.start if earlier else 0
    state.said = [s for s in state.said if s.amount.start >= start]
    amounts = passage.amounts if may_be_ours(passage, whole.topic, state.seen) else []
    if amounts:
        for told in (earlier, passage.before, passage):
            _note_times(whole, told, state)
    figures = [_figure(whole, passage, amount, state) for amount in amounts]
    if state.latest and state.carried and state.latest.sentence == state.carried.sentence:
        state.carried = state.latest  # "in 2024 it was 5; in 2022, the record, 7": of 2024 goes on
    state.seen.sentence(passage)
    state.sentence += 1
    return [figure for figure in figures if figure is not None]


def _note_times(whole: Whole, passage: Passage | None, state: State) -> None:
    """Let the state know the day of an event, and a stretch of time set without a figure."""
    if passage is None or passage.ctx.sentence.start <= state.noted:
        return
    state.noted = passage.ctx.sentence.start
    for period in passage.times:
        told = period.rule == "day" or (
            period.rule in ("yesterday", "today") and tells_of_event(passage)
        )
        if told and period.iso and whole.published and _recent(period.iso, whole.published):
            state.day = period.iso
        if _of_event_before(passage, period, whole.published):
            state.day = period.iso
        if period.iso and not period.base and not passage.amounts:
            _note_stretch(whole, passage, period, state)


def _of_event_before(passage: Passage, period: Period, published: date | None) -> bool:
    """As "The exhibition was held in April 2025.": the month of what is told of it next."""
    if period.rule != "month" or passage.amounts or not published or not period.iso:
        return False
    return period.iso <= published.isoformat()[:7] and tells_of_event(passage)


def _note_stretch(whole: Whole, passage: Passage, period: Period, state: State) -> None:
    """As "Data for 2023.", "Forecasts for 2024 are out.": the time of the figures that follow."""
    set_here = state.carried and state.carried.paragraph == passage.ctx.sentence.paragraph
    short = period.rule == "year" and len(passage.tokens) <= 8 and not set_here
    ahead = period.rule in ("year", "this_year", "next_year") and any(
        hit.value == "forecast" for hit in passage.find(forward())
    )
    if not (period.rule in _STRETCHES or short or ahead):
        return
    place = passage.ctx.sentence
    told = Carried(period.iso or "", "", whole.numbers[place.start], place.paragraph)
    if ahead:
        state.ahead = told
    else:
        state.carried = told


@cache
def told_events() -> frozenset[str]:
    """Words for events that a day is told of."""
    return frozenset(entry.strip() for entry in load("timing")["events_told"].split("|"))


def tells_of_event(passage: Passage) -> bool:
    cued = any(hit.entry in told_events() for hit in passage.find(cues()))
    return cued or tells_of_signing(passage)


def _recent(iso: str, published: date) -> bool:
    return 0 <= (published - date.fromisoformat(iso)).days <= 45


def _figure(whole: Whole, passage: Passage, bare: Quantity, state: State) -> Figure | None:
    amount = complete(passage, bare, state.said)
    if amount is None:
        return None
    turn = turn_at(whole.turns, amount.start)
    speaker = turn.area if turn else None
    measure = measure_of(passage, amount, _percent_before(passage, state))
    setting = Setting(
        state.carried, state.sentence, _titled(whole.title), state.day, whole.published, state.timed
    )
    indicator, why = _indicator(whole, passage, amount, measure, setting, speaker, state)
    if indicator.startswith("macro.") and measure.rule == "percent of something":
        measure = Measure("growth", False, "growth of the economy")
        indicator = "macro.growth"
    if indicator == "other" and why == "nothing else" and _after_name(passage, amount):
        return None  # "Boeing 737"
    few = amount.unit == "count" and amount.form == "words" and amount.value <= 3
    if few and indicator == "other":
        return None  # "two sides", "три раунда": no number of things
    sides, sides_rule = sides_of(passage, amount, whole.topic, indicator, speaker, state.seen)
    if sides is None:
        return None
    status, status_rule = status_of(passage, amount, indicator, state.last, state.sentence)
    state.last = Last(status, indicator, state.sentence)
    if indicator == "investment.stock" and status != "actual":
        indicator = "investment.flow"  # what is to be invested is no stock yet
    timed = period_of(passage, amount, indicator, measure.name, setting)
    if status == "actual" and timed.own and is_ahead(timed.iso, whole.published):
        if told_of_now(passage, amount):
            timed = Timed(None, "none named for what is now")
        elif not is_base(passage, amount):
            status, status_rule = status_ahead(passage, indicator), "a period ahead"
    if status == "forecast" and timed.rule in ("carried along", "none named"):
        timed = _as_forecast(state, indicator) or timed
    if status in ("target", "planned") and timed.rule == "carried along":
        timed = Timed(None, "none named for what is to come")
    _remember(state, passage, amount, indicator, sides, measure, timed, status)
    rules = amount.rules | {
        "indicator": why,
        "measure": measure.rule,
        "status": status_rule,
        "sides": sides_rule,
        "time_period": timed.rule,
    }
    return _row(whole.release, amount, measure, indicator, sides, timed.iso, status, turn, rules)


def _as_forecast(state: State, indicator: str) -> Timed | None:
    """Return the period of a forecast just before, of the same family."""
    ahead = state.ahead
    if ahead is None or ahead.family not in ("", family_of(indicator)):
        return None
    if state.sentence - ahead.sentence > 1:
        return None
    state.ahead = replace(ahead, sentence=state.sentence)  # a row of forecasts goes on
    return Timed(ahead.iso, "as the forecast before")


def _after_name(passage: Passage, amount: Quantity) -> bool:
    """Whether a count follows a proper name inside the sentence: a model, a channel, a ship."""
    if amount.unit != "count" or amount.first < 2 or amount.bound != "exact":
        return False
    before = passage.tokens[amount.first - 1]
    return before.kind == "word" and before.text[0].isupper()


def _indicator(
    whole: Whole,
    passage: Passage,
    amount: Quantity,
    measure: Measure,
    setting: Setting,
    speaker: str | None,
    state: State,
) -> tuple[str, str]:
    """Return what a figure measures: by votes, then by the grammar."""
    amount = with_predicate(passage, amount)
    if amount.like and amount.unit == "count" and not amount.noun:
        indicator, why = amount.like, "as the figure before"
    else:
        here = state.said and state.said[-1].amount.start >= passage.ctx.sentence.start
        last = state.indicator if here else amount.like or state.indicator
        winner = votes(passage, amount, whole.title, last, measure.name).winner()
        indicator, why = winner or ("other", "nothing else")
    flow = period_of(passage, amount, "investment.flow", measure.name, setting)
    indicator, changed = narrowed(
        passage,
        amount,
        indicator,
        measure.name,
        timed=flow.own or (flow.rule in _NOT_OWN and _of_family(setting, "investment")),
        last=state.indicator,
        weighed=bool(state.said) and state.said[-1].amount.unit == "t",
        speaker=speaker or state_of_publisher(whole.release.source),
        topic=whole.topic.area,
    )
    return indicator, f"{why}; {changed}" if changed else why


def _percent_before(passage: Passage, state: State) -> str | None:
    """Return the measure of the last percentage, where this sentence goes on with its row."""
    measure, sentence = state.percent
    away = state.sentence - sentence
    if away == 0 or (away == 1 and passage.before and not has_share(passage.before)):
        return measure
    return None


def _of_family(setting: Setting, family: str) -> bool:
    return setting.carried is not None and setting.carried.family == family


def _remember(
    state: State,
    passage: Passage,
    amount: Quantity,
    indicator: str,
    sides: Sides,
    measure: Measure,
    timed: Timed,
    status: str,
) -> None:
    state.indicator = indicator
    state.said.append(Said(amount, indicator))
    state.seen.figure(passage, sides, indicator)
    if amount.unit == "percent":
        state.percent = (measure.name, state.sentence)
    _remember_time(state, passage, indicator, timed, status)


def _remember_time(
    state: State, passage: Passage, indicator: str, timed: Timed, status: str
) -> None:
    paragraph = passage.ctx.sentence.paragraph
    iso, family = timed.iso, family_of(indicator)
    state.timed = told = Carried(iso, family, state.sentence, paragraph) if iso else None
    if told is None or not timed.own:
        return
    if status == "forecast":
        state.ahead = told
    if status == "actual":
        state.carried = told
        latest = state.latest
        if latest is None or told.sentence != latest.sentence or told.iso > latest.iso:
            state.latest = told


def _titled(title: Passage) -> str | None:
    """Return the period that a headline names."""
    stretches = (
        p.iso for p in title.times if p.kind == "at" and not p.base and p.iso and p.rule != "season"
    )
    return next(stretches, None)


def _row(
    release: Release,
    amount: Quantity,
    measure: Measure,
    indicator: str,
    sides: Sides,
    period: str | None,
    status: str,
    turn: Turn | None,
    rules: dict[str, str],
) -> Figure:
    value, falling = _signed(amount.value, measure)
    unit = "percent" if amount.unit == "percent_points" else amount.unit
    low, high = interval(value, amount.value_high, amount.bound, amount.step, falling=falling)
    told = attribute(release, amount.start, sides[0], turn)
    scope = scope_at(release, amount.start, amount.end, indicator)
    rules = rules | {"reporter": told.rule, "scope": scope or "whole"}
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


def _signed(value: float, measure: Measure) -> tuple[float, bool]:
    """A fall is a negative change; a fall by a multiple is a ratio below one."""
    if not measure.falling:
        return value, False
    if measure.name in ("growth", "increment"):
        return -abs(value), True
    if measure.name == "multiple" and value > 1:
        return 1 / value, False
    return value, False
