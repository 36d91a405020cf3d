"""Status and period of a figure, each corrected by the other and by what the passage has told."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from scrapers.facts.amounts import Quantity
from scrapers.facts.base_period import is_base
from scrapers.facts.carried import Timed, kinds
from scrapers.facts.evidence import Passage
from scrapers.facts.state import State, as_forecast, as_planned
from scrapers.facts.status import fitting, is_ahead, status_ahead, tells_no_fact, told_of_now
from scrapers.facts.tense import in_tense, is_over

_LATER = re.compile(
    r"(?:long|longer|medium)[ -]term|in (?:the )?future|eventually"
    r"|в перспективе|в дальнейшем|в будущем(?! году)"
)
_LEANING = ("none named", "carried along")


class Told(NamedTuple):
    """A status, what decided it, and a period."""

    status: str
    rule: str
    timed: Timed


def agreed(
    published: date | None,
    passage: Passage,
    amount: Quantity,
    indicator: str,
    told: Told,
    state: State,
) -> Told:
    """Return the status and the period that agree with each other."""
    status, rule, timed = _with_period(published, passage, amount, indicator, told, state)
    timed = _to_come(passage, status, timed, indicator, state)
    return Told(status, rule, in_tense(passage, timed, status, published))


def _with_period(
    published: date | None,
    passage: Passage,
    amount: Quantity,
    indicator: str,
    told: Told,
    state: State,
) -> Told:
    """Return the status that a period ahead, or one that is over, gives a figure."""
    status, _, timed = told
    if status != "actual":
        over = is_over(timed, published)
        return Told("actual", "a period that is over", timed) if over else told
    leaning = timed.rule in _LEANING and indicator in kinds("flows")
    if leaning and state.planning() and tells_no_fact(passage):
        return Told(fitting("planned", indicator), "a plan told before", timed)
    if not timed.own or not is_ahead(timed.iso, published):
        return told
    if told_of_now(passage, amount):
        return told._replace(timed=Timed(None, "none named for what is now"))
    if is_base(passage, amount):
        return told
    return Told(status_ahead(passage, indicator), "a period ahead", timed)


def _to_come(passage: Passage, status: str, timed: Timed, indicator: str, state: State) -> Timed:
    """Return the period of what is still to come: never that of what was before it."""
    if status == "actual" or timed.rule not in _LEANING:
        return timed
    if _LATER.search(passage.ctx.folded):
        return Timed(None, "none named for what is far off")
    nothing = Timed(None, "none named for what is to come")
    if status == "target":
        return nothing if timed.rule == "carried along" else timed
    goes_on = as_forecast if status == "forecast" else as_planned
    return goes_on(state, indicator) or nothing
