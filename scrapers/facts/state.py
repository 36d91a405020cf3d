"""What a release as a whole, and the passage so far, have said for figures that lean on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from scrapers.facts.amounts import Quantity
from scrapers.facts.carried import Carried, Setting, Timed, family_of, kinds
from scrapers.facts.evidence import Passage
from scrapers.facts.measures import Measure, has_share
from scrapers.facts.once import once
from scrapers.facts.said import Said
from scrapers.facts.seen import BETWEEN_OTHERS, Seen, Sides
from scrapers.facts.speakers import Turn
from scrapers.facts.status import Last
from scrapers.facts.theme import Theme
from scrapers.facts.topic import Topic
from warehouse.fields import Release

# "In September alone": the stretch that September is a part of goes on.
_ALONE = re.compile(
    r"(?<![^\W_])(?:alone|только (?:в|за)|лишь (?:в|за)|один\w? только|одном только)(?![^\W_])"
)


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
    plan: Carried | None = None  # … and of the last plan
    timed: Carried | None = None  # when the figure before was
    day: str | None = None
    last: Last = field(default_factory=Last)
    seen: Seen = field(default_factory=Seen)
    said: list[Said] = field(default_factory=list)

    def planning(self) -> bool:
        """Whether a sentence without figures has just set a year ahead."""
        plan = self.plan
        return plan is not None and not plan.family and self.sentence - plan.sentence <= 1


@dataclass(frozen=True)
class Whole:
    """What holds for every figure of a release."""

    release: Release
    published: date | None
    title: Passage
    topic: Topic
    turns: list[Turn]
    passages: list[Passage]

    @once
    def numbers(self) -> dict[int, int]:
        """The numbers of the sentences, by where they begin."""
        return {passage.ctx.sentence.start: n for n, passage in enumerate(self.passages)}

    @once
    def theme(self) -> Theme:
        return Theme(self.passages, self.title)


def as_forecast(state: State, indicator: str) -> Timed | None:
    """Return the period of a forecast just before, of the same family."""
    ahead = state.ahead
    if ahead is None or ahead.family not in ("", family_of(indicator)):
        return None
    if state.sentence - ahead.sentence > 1:
        return None
    state.ahead = replace(ahead, sentence=state.sentence)  # a row of forecasts goes on
    return Timed(ahead.iso, "as the forecast before")


def as_planned(state: State, indicator: str) -> Timed | None:
    """Return the period of a plan just before, of the same things."""
    plan = state.plan
    if plan is None or state.sentence - plan.sentence > 1:
        return None
    of_it = plan.family == family_of(indicator) if plan.family else indicator in kinds("flows")
    if not of_it:
        return None
    state.plan = replace(plan, sentence=state.sentence)
    return Timed(plan.iso, "as the plan before")


def percent_before(passage: Passage, state: State) -> str | None:
    """Return the measure of the last percentage, where this sentence goes on with its row."""
    measure, sentence = state.percent
    away = state.sentence - sentence
    if away == 0 or (away == 1 and passage.before and not has_share(passage.before)):
        return measure
    return None


def of_family(setting: Setting, family: str) -> bool:
    return setting.carried is not None and setting.carried.family == family


def remember(
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


def note_other(state: State, passage: Passage, amount: Quantity, indicator: str, rule: str) -> None:
    """Let the next figures lean on one of a third country: "China took 8, Kyrgyzstan 3"."""
    state.indicator = indicator
    state.said.append(Said(amount, indicator))
    if rule == BETWEEN_OTHERS:
        state.seen.figure_of_others(passage, indicator)


def _within(told: Carried, carried: Carried | None) -> bool:
    """Whether a period is a part of the one that is carried along."""
    if carried is None or told.iso == carried.iso or len(told.iso) < 7:
        return False
    first, last = carried.iso.split("/")[0], carried.iso.split("/")[-1]
    month = told.iso[:7]
    return first[: len(month)] <= month <= (last if len(last) > 4 else f"{last}-12")


def _remember_time(
    state: State, passage: Passage, indicator: str, timed: Timed, status: str
) -> None:
    paragraph, folded = passage.ctx.sentence.paragraph, passage.ctx.folded
    iso, family = timed.iso, family_of(indicator)
    state.timed = told = Carried(iso, family, state.sentence, paragraph) if iso else None
    if told is None or not timed.own:
        return
    if status == "forecast":
        state.ahead = told
    if status == "planned":
        state.plan = told
    if status == "actual" and not (_within(told, state.carried) and _ALONE.search(folded)):
        state.carried = told
        latest = state.latest
        if latest is None or told.sentence != latest.sentence or told.iso > latest.iso:
            state.latest = told
