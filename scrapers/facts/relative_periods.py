"""Readers of days, months and years told by their distance from the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

from scrapers.facts.period_words import Make


def _same_last_year(groups: dict[str, str], published: date | None) -> str | None:
    return groups.get("year")


def _relative_year(shift: int) -> Make:
    return lambda groups, published: str(published.year + shift) if published else None


def _relative_day(shift: int) -> Make:
    return lambda groups, published: (
        (published + timedelta(days=shift)).isoformat() if published else None
    )


def _relative_month(shift: int) -> Make:
    def make(groups: dict[str, str], published: date | None) -> str | None:
        if published is None:
            return None
        index = published.year * 12 + published.month - 1 + shift
        return f"{index // 12}-{index % 12 + 1:02}"

    return make


MAKERS: dict[str, Make] = {
    "same_last_year": _same_last_year,
    "last_year": _relative_year(-1),
    "this_year": _relative_year(0),
    "next_year": _relative_year(1),
    "year_before_last": _relative_year(-2),
    "today": _relative_day(0),
    "yesterday": _relative_day(-1),
    "tomorrow": _relative_day(1),
    "this_month": _relative_month(0),
    "next_month": _relative_month(1),
    "last_month": _relative_month(-1),
}
