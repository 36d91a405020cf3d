"""Which of the periods around a figure is its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.periods import Period
from scrapers.facts.words import load


@dataclass(frozen=True, slots=True)
class Timed:
    """A period, and what decided it."""

    iso: str | None
    rule: str


def period_of(
    passage: Passage,
    amount: Quantity,
    indicator: str,
    measure: str,
    carried: str | None,
    published: date | None,
) -> Timed:
    """Return the period of a figure. ``carried``: the one set earlier in the passage."""
    own = _own(passage, amount, indicator)
    if own is not None:
        return _resolved(own, amount, indicator, measure, carried, published)
    base = _base(passage, amount)
    if base is not None:
        if base.start < amount.start and _quoted_base(passage, base, amount):
            return Timed(shifted(carried, base.iso), f"{base.rule}, the base")
        if carried is None and (stretch := after_base(base, measure, published)):
            return Timed(stretch, f"after the base, {base.rule}")
    if carried and (indicator in _kinds("flows") or measure in ("growth", "multiple")):
        return Timed(carried, "carried along")
    return Timed(None, "none named")


def _resolved(
    own: Period,
    amount: Quantity,
    indicator: str,
    measure: str,
    carried: str | None,
    published: date | None,
) -> Timed:
    return Timed(own.iso, own.rule)


def _own(passage: Passage, amount: Quantity, indicator: str) -> Period | None:
    best, found = 0.0, None
    for period in passage.times:
        if period.base or period.iso is None:
            continue
        if period.kind == "day" and indicator not in _kinds("events"):
            continue
        near = _near(passage, period, amount)
        if near > best:
            best, found = near, period
    return found


def _near(passage: Passage, period: Period, amount: Quantity) -> float:
    folded, at = passage.ctx.folded, passage.ctx.at
    if period.end <= amount.start:
        between, others = (
            folded[at(period.end) : at(amount.start)],
            _others(passage, period.end, amount.start),
        )
        weight = 1.0 / (1.0 + 0.008 * len(between)) * 0.93**others
    else:
        between, others = (
            folded[at(amount.end) : at(period.start)],
            _others(passage, amount.end, period.start),
        )
        weight = 0.9 / (1.0 + 0.012 * len(between)) * 0.5**others
    for mark, part in ((";", 0.5), (",", 0.9), (" while ", 0.6), (" whereas ", 0.6), (" а ", 0.7)):
        weight *= part ** between.count(mark)
    return weight


def _others(passage: Passage, start: int, end: int) -> int:
    return sum(1 for a in passage.amounts if start <= a.start < end)


def _base(passage: Passage, amount: Quantity) -> Period | None:
    bases = [p for p in passage.times if p.base]
    return min(
        bases, key=lambda p: min(abs(p.start - amount.end), abs(amount.start - p.end)), default=None
    )


def _quoted_base(passage: Passage, base: Period, amount: Quantity) -> bool:
    """Whether the amount is what the fact is compared with: right after the base."""
    between = passage.ctx.folded[passage.ctx.at(base.end) : passage.ctx.at(amount.start)]
    return len(between) < 25 and not _others(passage, base.end, amount.start)


def shifted(carried: str | None, year: str | None) -> str | None:
    """Return the same stretch a year earlier, or in the year that is named."""
    if carried is None:
        return year
    parts = []
    for part in carried.split("/"):
        parts.append((year or str(int(part[:4]) - 1)) + part[4:])
    return "/".join(parts)


def after_base(base: Period, measure: str, published: date | None) -> str | None:
    """Return the period that is compared with a base year: the next one, or until now."""
    if base.iso is None or not base.iso.isdigit() or published is None:
        return None
    year = int(base.iso)
    if measure == "growth" and published.year - year <= 2:
        return str(year + 1)
    return f"{year}/{published.year}" if published.year > year else None


@cache
def _kinds(name: str) -> frozenset[str]:
    """Return the indicators measured over a stretch of time, or of an event of the day."""
    return frozenset(load("timing")[name].split())
