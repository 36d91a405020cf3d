"""What the readers of periods share: a number, a stretch of months or a year of words matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from scrapers.facts.words import load

Make = Callable[[dict[str, str], date | None], str | None]  # from groups matched to ISO 8601


def number(word: str, name: str) -> int:
    if word.isdigit():
        return int(word)
    for value, forms in load("periods")[name].items():
        if re.fullmatch(forms, word):
            return int(value)
    raise ValueError(word)


def year_of(groups: dict[str, str], published: date | None, *, default: bool = True) -> int | None:
    """Return the year named in digits, or by "last" or "this"; else the year of publication."""
    for name in ("year2", "year", "year3"):
        if name in groups:
            return int(groups[name])
    if published is None:
        return None
    word = groups.get("rel") or groups.get("rel2") or ""
    if word and re.fullmatch(load("periods")["last"], word):
        return published.year - 1
    return published.year if default or word else None


def names_year(groups: dict[str, str]) -> bool:
    return any(k in groups for k in ("year", "year2", "year3", "rel", "rel2"))


def months(year: int, first: int, last_year: int, last: int) -> str:
    return f"{year}-{first:02}/{last_year}-{last:02}"


def last_months(count: int, published: date, *, recent: bool = True) -> str:
    """Return the last complete months; in talk on trade those of the year, told a little later.

    ``recent``: they are called the last ones; the last two of them may run to this day.
    """
    if (count >= 3 or not recent) and published.month - 3 <= count < published.month:
        return months(published.year, 1, published.year, count)
    last = published.year * 12 + published.month - 2
    first = last + 1 - count
    if recent and count <= 2 and published.day > 15:  # "over the past two months": to this day
        last += 1
    return months(first // 12, first % 12 + 1, last // 12, last % 12 + 1)


def shifted(carried: str | None, year: str | None, *, back: int = 1) -> str | None:
    """Return the same stretch a year earlier (``back`` years), or in the year that is named."""
    if carried is None:
        return year
    if year and not year.isdigit():
        return year
    back = int(carried[:4]) - int(year) if year else back
    return "/".join(f"{int(part[:4]) - back}{part[4:]}" for part in carried.split("/"))
