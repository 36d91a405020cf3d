"""How the sources are: a verdict for each of the last nights, and calendars of months."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.report import words
from warehouse.fields import SourceRun

STRIP = 14  # nights that the overview shows
MONTHS = 6  # months on a source's own page
DAYS = 31 * MONTHS
GRAVE = ("crashed", "changed", "unreachable", "refused", "silent", "partial", "quiet", "ok")
# Each verdict has a sign of its own, so that nothing hangs on colour.
SIGNS = {
    "ok": ("good", "✓"),
    "quiet": ("calm", "·"),
    "silent": ("warn", "…"),
    "partial": ("warn", "½"),
    "refused": ("bad", "−"),
    "unreachable": ("bad", "×"),
    "changed": ("bad", "≠"),
    "crashed": ("bad", "!"),
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One source on one day."""

    day: date
    verdict: str | None  # of the last run that day
    runs: int

    @property
    def tone(self) -> str:
        return SIGNS.get(self.verdict or "", ("none", ""))[0]

    @property
    def sign(self) -> str:
        return SIGNS.get(self.verdict or "", ("none", ""))[1]

    @property
    def said(self) -> str:
        told = self.verdict or "not visited"
        return f"{told}, {self.runs} runs" if self.runs > 1 else told


@dataclass(frozen=True, kw_only=True)
class Health:
    """One source over the last months."""

    source: str
    runs: Sequence[SourceRun]
    strip: Sequence[Cell]
    months: Sequence[tuple[str, Sequence[Sequence[Cell | None]]]]

    @property
    def last(self) -> SourceRun:
        return self.runs[-1]

    @property
    def well(self) -> bool:
        return self.last.verdict in ("ok", "quiet")

    @property
    def path(self) -> str:
        return f"sources/{words.file_name(self.source)}.html"


def health(runs: Iterable[SourceRun]) -> list[Health]:
    """Return the health of each source that was visited, the unwell first."""
    by_source: dict[str, list[SourceRun]] = {}
    for run in runs:
        by_source.setdefault(run.source, []).append(run)
    if not by_source:
        return []
    last = max(run.started_at for own in by_source.values() for run in own).date()
    found = [of_source(name, own, last) for name, own in by_source.items()]
    return sorted(found, key=lambda h: (GRAVE.index(h.last.verdict) > 5, h.source))


def of_source(source: str, runs: Sequence[SourceRun], last: date) -> Health:
    by_day: dict[date, list[SourceRun]] = {}
    for run in runs:
        by_day.setdefault(run.started_at.date(), []).append(run)
    days = [last - timedelta(n) for n in range(STRIP - 1, -1, -1)]
    return Health(
        source=source,
        runs=runs,
        strip=[cell(day, by_day) for day in days],
        months=[month(*at, by_day) for at in months_before(last, min(by_day))],
    )


def cell(day: date, by_day: Mapping[date, Sequence[SourceRun]]) -> Cell:
    own = by_day.get(day, ())
    return Cell(day=day, verdict=own[-1].verdict if own else None, runs=len(own))


def months_before(last: date, first: date) -> Iterable[tuple[int, int]]:
    """Yield the last months, newest first, back to the one of ``first``."""
    for back in range(MONTHS):
        months = last.year * 12 + last.month - 1 - back
        if months >= first.year * 12 + first.month - 1:
            yield months // 12, months % 12 + 1


def month(
    year: int, number: int, by_day: Mapping[date, Sequence[SourceRun]]
) -> tuple[str, list[list[Cell | None]]]:
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    cells = [[cell(d, by_day) if d.month == number else None for d in week] for week in weeks]
    return f"{words.MONTHS[number - 1]} {year}", cells
