"""Figures of a release: the stages of the grammar put in their order."""

from __future__ import annotations

from scrapers.facts.agreed_times import Told, agreed
from scrapers.facts.amounts import Quantity
from scrapers.facts.carried import Setting
from scrapers.facts.clues import NUMBER
from scrapers.facts.cues import allowed_for, cues
from scrapers.facts.ellipsis import complete
from scrapers.facts.evidence import Passage
from scrapers.facts.indicators import votes
from scrapers.facts.investment_way import accumulated
from scrapers.facts.measures import Measure, measure_of
from scrapers.facts.narrowing import narrowed
from scrapers.facts.newly import newly
from scrapers.facts.parties import state_of_publisher
from scrapers.facts.passages import read_passages, read_title
from scrapers.facts.reference import reference_day
from scrapers.facts.row import row_of
from scrapers.facts.seen import may_be_ours
from scrapers.facts.sides import sides_of
from scrapers.facts.speakers import turn_at, turns
from scrapers.facts.state import (
    State,
    Whole,
    note_other,
    of_family,
    percent_before,
    remember,
)
from scrapers.facts.status import Last, status_of
from scrapers.facts.thing_counted import PEOPLE, with_predicate
from scrapers.facts.timing import period_of
from scrapers.facts.told_times import note_times
from scrapers.facts.topic import topic_of
from warehouse.fields import Figure, Release

_NOT_OWN = ("carried along", "same_last_year", "a_year_before")


def extract_figures(release: Release) -> list[Figure]:
    """Return the figures that a release states, in the order of the text.

    Pure: the same release gives the same figures. Never raises on any text.
    """
    dated = release.published.year > 1900
    published = release.published if dated else reference_day(release)
    passages = read_passages(release.text, published)
    title = read_title(release.title, published)
    topic = topic_of(title, passages, state_of_publisher(release.source))
    whole = Whole(release, published, title, topic, turns(release.text), passages)
    state = State()
    found: list[Figure] = []
    for passage in passages:
        found.extend(_figures_in(whole, passage, state))
    return found


def _figures_in(whole: Whole, passage: Passage, state: State) -> list[Figure]:
    """Return the figures of one sentence, and let the state know what it said."""
    found: list[Figure] = []
    numbered = passage.clues & NUMBER and may_be_ours(passage, whole.topic, state.seen)
    if numbered and passage.amounts:
        found = _figures_of(whole, passage, state)
    state.seen.sentence(passage)
    state.sentence += 1
    return found


def _figures_of(whole: Whole, passage: Passage, state: State) -> list[Figure]:
    earlier = passage.before.before if passage.before else None
    start = earlier.ctx.sentence.start if earlier else 0
    state.said = [s for s in state.said if s.amount.start >= start]
    for told in (earlier, passage.before, passage):
        note_times(whole, told, state)
    figures = [_figure(whole, passage, amount, state) for amount in passage.amounts]
    if state.latest and state.carried and state.latest.sentence == state.carried.sentence:
        state.carried = state.latest  # "in 2024 it was 5; in 2022, the record, 7": of 2024 goes on
    return [figure for figure in figures if figure is not None]


def _figure(whole: Whole, passage: Passage, bare: Quantity, state: State) -> Figure | None:
    amount = complete(passage, bare, state.said)
    if amount is None:
        return None
    turn = turn_at(whole.turns, amount.start)
    speaker = turn.area if turn else None
    measure = measure_of(passage, amount, percent_before(passage, state))
    setting = Setting(
        state.carried, state.sentence, _titled(whole.title), state.day, whole.published, state.timed
    )
    indicator, why = _indicator(whole, passage, amount, measure, setting, speaker, state)
    if indicator.startswith("macro.") and measure.rule == "percent of something":
        measure = Measure("growth", False, "growth of the economy")
        indicator = "macro.growth"
    known = any(s.indicator == indicator for s in state.said)
    if measure.name == "level" and (on_top := newly(passage, amount, indicator, known=known)):
        measure = Measure("increment", False, on_top)
    if indicator == "other" and _counts_nothing(passage, amount, why):
        return None
    sides, sides_rule = sides_of(passage, amount, whole.topic, indicator, speaker, state.seen)
    if sides is None:
        note_other(state, passage, amount, indicator, sides_rule)
        return None
    status, status_rule = status_of(passage, amount, indicator, state.last, state.sentence)
    state.last = Last(status, indicator, state.sentence)
    still = indicator == "investment.stock" and accumulated(passage, amount)
    if indicator == "investment.stock" and status != "actual" and not still:
        indicator = "investment.flow"  # what is to be invested is no stock yet
    timed = period_of(passage, amount, indicator, measure.name, setting)
    told = Told(status, status_rule, timed)
    status, status_rule, timed = agreed(whole.published, passage, amount, indicator, told, state)
    remember(state, passage, amount, indicator, sides, measure, timed, status)
    rules = amount.rules | {
        "indicator": why,
        "measure": measure.rule,
        "status": status_rule,
        "sides": sides_rule,
        "time_period": timed.rule,
    }
    return row_of(whole.release, amount, measure, indicator, sides, timed.iso, status, turn, rules)


def _counts_nothing(passage: Passage, amount: Quantity, why: str) -> bool:
    """As "Boeing 737", "two sides", "три раунда": no number of things."""
    few = amount.unit == "count" and amount.form == "words" and amount.value <= 3
    few = few and not amount.rules["unit"].startswith("of th")
    return few or (why == "nothing else" and _after_name(passage, amount))


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
    anew = amount.like == "other" and amount.rules["unit"] == "a verb follows"
    told_anew = anew or amount.like in PEOPLE or _labelled(passage, amount)
    if amount.like and amount.unit == "count" and not amount.noun and not told_anew:
        indicator, why = amount.like, "as the figure before"
    else:
        here = state.said and state.said[-1].amount.start >= passage.ctx.sentence.start
        last = state.indicator if here else amount.like or state.indicator
        winner = votes(
            passage, amount, whole.title, last, measure.name, lambda: whole.theme.people
        ).winner()
        winner = winner or whole.theme.of(amount.unit)
        indicator, why = winner or ("other", "nothing else")
    flow = period_of(passage, amount, "investment.flow", measure.name, setting)
    indicator, changed = narrowed(
        passage,
        amount,
        indicator,
        measure.name,
        timed=flow.own or (flow.rule in _NOT_OWN and of_family(setting, "investment")),
        last=state.indicator,
        weighed=bool(state.said) and state.said[-1].amount.unit == "t",
        speaker=speaker or state_of_publisher(whole.release.source),
        topic=whole.topic.area,
        title=whole.title,
    )
    return indicator, f"{why}; {changed}" if changed else why


def _labelled(passage: Passage, amount: Quantity) -> bool:
    """As "пассажиропоток – 3,1 млн": what is told stands before, and a dash."""
    if amount.first < 2 or passage.forms[amount.first - 1] not in ("-", ":"):
        return False
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    allowed = allowed_for("count")
    return any(
        weight >= 6 and name in allowed and not name.startswith(("events.", "business."))
        for hit in passage.find(cues())
        if start <= hit.first and hit.last < amount.first
        for name, weight in hit.value
    )


def _titled(title: Passage) -> str | None:
    """Return the period that a headline names."""
    stretches = (
        p.iso for p in title.times if p.kind == "at" and not p.base and p.iso and p.rule != "season"
    )
    return next(stretches, None)
