"""The period of a figure's own sentence that stands nearest to it."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.carried import kinds
from scrapers.facts.evidence import Passage
from scrapers.facts.period_near import figures_between, nearness
from scrapers.facts.periods import Period

LEAST_STOCK = 0.45  # what there is today takes only a period that stands close
LEAST_OWN = 0.1  # one beyond other figures and clauses is none of a figure's own
_YEARLY = re.compile(r"\s*(?:a|per|each|every|в)\s+(?:year|год)(?![^\W_])|\s*(?:annually|ежегодно)")
_YEARS = frozenset(("year", "last_year", "this_year"))
_PARTS_OF_YEAR = frozenset(("months_of_year", "first_months", "quarters", "half"))
_AS_OF = re.compile(r"(?:as\s+of|as\s+at|by|на|по\s+состоянию\s+на|к)\s+$")


def own_period(passage: Passage, amount: Quantity, indicator: str) -> Period | None:
    """Return the period that stands nearest to a figure in its sentence."""
    best, found = 0.0, None
    for period in passage.times:
        if period.base or period.kind == "same":
            continue
        if period.kind == "day" and not _takes_day(passage, period, indicator):
            continue
        if period.rule == "whole_year" and _named_beside(passage, period):
            continue  # "3.2 billion in 2024: growth over the year was 16 percent"
        if _last_years(passage, period) and figures_between(passage, period.end, amount.start):
            continue  # "last year's result (131 thousand) was passed by a third"
        if period.rule == "since_when" and period.start >= amount.end:
            continue  # "5 billion, the most since 2022, when it was 6"
        near = nearness(passage, period, amount)
        if near > best and near >= LEAST_OWN:
            best, found = near, period
    return _finer(passage, found, amount) if found else None


def _named_beside(passage: Passage, whole: Period) -> bool:
    """Whether the sentence names another stretch of time than "the year"."""
    others = (p for p in passage.times if p.kind == "at" and p.iso and not p.base)
    return any(
        p.rule in _YEARS or (p.rule in _PARTS_OF_YEAR and p.start < whole.start) for p in others
    )


def rate_beyond(passage: Passage, period: Period, amount: Quantity) -> bool:
    """As "5 billion this year; the contract has 2.8 billion a year": a rate after other figures."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if period.end > amount.start or not _YEARLY.match(after):
        return False
    return figures_between(passage, period.end, amount.start) > 0


def _finer(passage: Passage, found: Period, amount: Quantity) -> Period:
    """As "this year has seen 32 percent in the first three quarters": the part of the year."""
    if not (found.iso or "").isdigit() or found.rule == "whole_year":
        return found
    for period in passage.times:
        inside = (period.iso or "").startswith(f"{found.iso}-") and not period.base
        if inside and period.kind == "at" and nearness(passage, period, amount) > 0.3:
            return period
    return found


def _takes_day(passage: Passage, period: Period, indicator: str) -> bool:
    before = passage.ctx.folded[: passage.ctx.at(period.start)]
    if period.rule == "today" and (_AS_OF.search(before[-24:]) or indicator == "other"):
        return False  # "as of today" is now
    return indicator in kinds("events") or bool(_AS_OF.search(before[-24:]))


def is_close(passage: Passage, period: Period, amount: Quantity) -> bool:
    return nearness(passage, period, amount) >= LEAST_STOCK


def _last_years(passage: Passage, period: Period) -> bool:
    told = passage.ctx.folded[passage.ctx.at(period.start) : passage.ctx.at(period.end)]
    return told.startswith(("прошлогодн", "last year's"))
