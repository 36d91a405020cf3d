"""The day that relative words count from, where nobody says when a release was published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from scrapers.facts.evidence import Passage
from scrapers.facts.passages import read_passages
from warehouse.fields import Release

_IN_ADDRESS = re.compile(r"/(20[0-4]\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
_STRETCHES = frozenset(("months_of_year", "first_months", "quarters", "half"))
_ENDS = 2  # sentences at either end of a text in which its own date may stand


def reference_day(release: Release) -> date | None:
    """Return the day of the address, of the dateline, or soon after the latest months told of."""
    found = _IN_ADDRESS.search(release.url or "")
    if found and (day := _day(*map(int, found.groups()))):
        return day
    passages = read_passages(release.text, None)
    return _dated(passages) or _soon_after(passages)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(passages: Sequence[Passage]) -> date | None:
    """As "(Interfax, 3 June 2023)": a day with its year, in the first or last sentences."""
    for passage in [*passages[:_ENDS], *passages[-_ENDS:][::-1]]:
        for period in passage.times:
            if period.rule == "day" and period.iso and not passage.amounts:
                return date.fromisoformat(period.iso)
    return None


def _soon_after(passages: Sequence[Passage]) -> date | None:
    """As "in January-May 2024": such numbers are told within the next weeks."""
    ends = [
        period.iso.split("/")[-1]
        for passage in passages
        for period in passage.times
        if period.rule in _STRETCHES and period.iso and not period.base
    ]
    if not ends:
        return None
    year, month = map(int, max(ends).split("-")[:2])
    return date(year + month // 12, month % 12 + 1, 20)
