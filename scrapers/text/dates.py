"""Dates and clock times as sites print them, by tables of months that stand in ``months.yml``.

Day first always: no site of ours prints the month first in digits (sites.md, section 0). Time
zones belong to the source and are not guessed here; periods and quarters belong to the facts.
"""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache
from importlib.resources import files

import yaml

from scrapers.text.normalise import line
from scrapers.web.errors import Misconfigured

YEAR = r"(?P<year>(?:19|20)\d\d)"
SHORT_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
ISO = rf"(?<!\d){YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"
COMPACT = rf"(?<!\d){YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)"
SLASHED = rf"(?<!\d){YEAR}/(?P<month>\d\d)/(?P<day>\d\d)(?!\d)"
DIGITS = rf"(?<![\d.])(?P<day>\d{{1,2}})(?P<s>[./-])(?P<month>\d{{1,2}})(?P=s){SHORT_YEAR}(?!\d)"
CHINESE = rf"{YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日"
CLOCK = re.compile(r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])")


@cache
def months() -> dict[str, int]:
    """Return the number of each printed form of a month's name.

    Raises Misconfigured where ``months.yml`` gives one form to two months.
    """
    table: dict[str, int] = {}
    data = yaml.safe_load(files(__package__).joinpath("months.yml").read_text(encoding="utf-8"))
    for language, rows in data.items():
        if len(rows) != 12:
            raise Misconfigured(f"months.yml: {language}: needs 12 rows, has {len(rows)}")
        for number, forms in enumerate(rows, 1):
            for form in forms:
                if table.setdefault(form, number) != number:
                    raise Misconfigured(f"months.yml: {language}: {form} is two months")
    return table


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Return the forms of a date; where two match at one place, the earlier of the tuple wins."""
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    name = rf"(?P<name>{names})(?!\w)\.?"
    worded = rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*(?<!\w){name},?\s*{YEAR}(?!\d)"
    english = rf"(?<!\w){name}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}(?!\d)"
    forms = (ISO, SLASHED, CHINESE, worded, english, DIGITS, COMPACT)
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def find_date(text: str) -> date | None:
    """Return the first date that a text prints, or None. A day that no month has is no date."""
    text = line(text)
    found = [(m.start(), n, m) for n, p in enumerate(patterns()) for m in p.finditer(text)]
    for _, _, match in sorted(found, key=lambda item: item[:2]):
        day = _day(match)
        if day:
            return day
    return None


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    month = months()[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    try:
        return date(year + 2000 if year < 100 else year, month, int(parts["day"]))
    except ValueError:
        return None


def find_time(text: str) -> time | None:
    """Return the first clock time that a text prints, to the minute, or None."""
    match = CLOCK.search(line(text).replace("T", " "))
    return time(int(match["hour"]), int(match["minute"])) if match else None
