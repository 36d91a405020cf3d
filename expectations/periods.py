"""Algebra of periods: what ``time_period`` covers, in days, and how two stretches lie.

Periods are ISO 8601 as `warehouse.fields.Figure.time_period` carries them; both ends are in.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of days, both ends in."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """Whole months covered, rounded: 12 for a year, 0 for a day or a week."""
        return round(((self.end - self.start).days + 1) / 30.44)

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def a_year_before(self) -> Span:
        return Span(shifted(self.start, -1), shifted(self.end, -1))


def shifted(day: date, years: int) -> date:
    """Return the same day of another year; the end of February stays the end of February."""
    year = day.year + years
    last = calendar.monthrange(year, day.month)[1]
    ends_month = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, day.month, last if ends_month else min(day.day, last))


@lru_cache(maxsize=65536)
def span(period: str | None) -> Span | None:
    """Return the days of a period; None for none, and for what is no period.

    >>> span("2024-02")
    Span(start=datetime.date(2024, 2, 1), end=datetime.date(2024, 2, 29))
    """
    if not period:
        return None
    first, _, last = period.partition("/")
    try:
        whole = Span(instant(first).start, instant(last or first).end)
    except ValueError:
        return None
    return whole if whole.start <= whole.end else None


def instant(text: str) -> Span:
    """Return the days of a year, month or day. Raises ValueError for anything else."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return Span(date(parts[0], 1, 1), date(parts[0], 12, 31))
    if len(parts) == 2:
        last = calendar.monthrange(parts[0], parts[1])[1] if 1 <= parts[1] <= 12 else 0
        return Span(date(parts[0], parts[1], 1), date(parts[0], parts[1], last))
    if len(parts) == 3:
        return Span(date(*parts), date(*parts))
    raise ValueError(text)


def as_of(period: str | None, published: date) -> date:
    """Return the day that a stock describes: its period's end, or the day it was said."""
    covered = span(period)
    return published if covered is None else min(covered.end, published)


def near(one: date, other: date, *, days: int) -> bool:
    return abs(one - other) <= timedelta(days=days)
