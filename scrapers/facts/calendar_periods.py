"""Readers of days, months, seasons, and of parts of a year: halves, quarters, first months."""

from __future__ import annotations

import re
from datetime import date

from scrapers.facts.period_words import Make, last_months, months, names_year, number, year_of
from scrapers.facts.words import load


def _month_range(groups: dict[str, str], published: date | None) -> str | None:
    first, last = number(groups["month"], "months"), number(groups["month2"], "months")
    if "both" in groups and "opened" not in groups and last != first + 1:
        return ""  # "in January and May": two months, and no stretch
    year = year_of(groups, published)
    if year is None:
        return None
    if not names_year(groups) and published and last > published.month:
        year -= 1
    begin = int(groups["year"]) if "year" in groups and "year2" in groups else year
    return (
        months(begin, first, year, last)
        if (begin, first) <= (year, last)
        else (months(year - 1, first, year, last))
    )


def _first_months(groups: dict[str, str], published: date | None) -> str | None:
    count = number(groups["count"], "counts")
    if not 1 <= count <= 12:
        return ""
    year = year_of(groups, published)
    if year is None:
        return None
    if not names_year(groups) and published:
        if "plain" not in groups and (count <= 2 or "recent" in groups):
            return last_months(count, published, recent="recent" in groups)
        if "plain" not in groups and count >= published.month:
            year -= 1
    return months(year, 1, year, count) if count < 12 else str(year)


def _next_months(groups: dict[str, str], published: date | None) -> str | None:
    count = number(groups.get("count") or groups["count2"], "counts")
    if published is None:
        return None
    first = published.year * 12 + published.month
    last = first + count - 1
    return months(first // 12, first % 12 + 1, last // 12, last % 12 + 1)


def _months_to(groups: dict[str, str], published: date | None) -> str | None:
    """As "the twelve months to June": so many months, the last of which is named."""
    last = _month_of(number(groups["month"], "months"), groups, published)
    if last is None:
        return None
    index = int(last[:4]) * 12 + int(last[5:7]) - number(groups["count"], "counts")
    return f"{index // 12}-{index % 12 + 1:02}/{last}"


def _last_quarter_of(groups: dict[str, str], published: date | None) -> str | None:
    year = year_of(groups, published)
    return months(year, 10, year, 12) if year else None


def _quarters(groups: dict[str, str], published: date | None) -> str | None:
    year = year_of(groups, published)
    if "count" in groups:
        first, last = 1, 3 * number(groups["count"], "counts")
    else:
        ordinal = groups.get("q") or groups.get("q2") or str(number(groups["ordinal"], "ordinals"))
        first, last = 3 * int(ordinal) - 2, 3 * int(ordinal)
    return _stretch(year, first, last, groups, published)


def _stretch(
    year: int | None, first: int, last: int, groups: dict[str, str], published: date | None
) -> str | None:
    if year is None or last > 12:
        return None
    if (
        not names_year(groups)
        and published
        and last > published.month
        and first > published.month - 3
    ):
        year -= 0 if first > published.month else 1
    return months(year, first, year, last)


def _half(groups: dict[str, str], published: date | None) -> str | None:
    ordinal = groups.get("h") or groups.get("h2") or "1"
    if "ordinal" in groups:
        ordinal = str(number(groups["ordinal"], "ordinals"))
    if ordinal not in "12":
        return ""
    first = 1 if ordinal == "1" else 7
    return _stretch(year_of(groups, published), first, first + 5, groups, published)


def _day(groups: dict[str, str], published: date | None) -> str | None:
    month = number(groups.get("month") or groups["month2"], "months")
    day = int(groups.get("day") or groups["day2"])
    year = int(groups.get("year") or groups.get("year2") or 0)
    if not year:
        if published is None:
            return None
        year = published.year
        if (month, day) > (published.month, published.day) and month - published.month > 5:
            year -= 1
    return date(year, month, day).isoformat()


def _days(groups: dict[str, str], published: date | None) -> str | None:
    month = number(groups.get("month") or groups["month3"], "months")
    first, last = (int(groups.get(a) or groups[b]) for a, b in (("day", "day3"), ("day2", "day4")))
    year = int(groups.get("year") or groups.get("year3") or (published.year if published else 0))
    if not year:
        return None
    return f"{date(year, month, first).isoformat()}/{date(year, month, last).isoformat()}"


def _month(groups: dict[str, str], published: date | None) -> str | None:
    word = groups["month"]
    if word in ("may", "march", "mar") and not names_year(groups):
        return ""  # a verb as often as a month; "in May" is read by `month_in`
    return _month_of(number(word, "months"), groups, published)


def _in_may(groups: dict[str, str], published: date | None) -> str | None:
    return _month_of(number(groups["month"], "months"), groups, published)


def _month_of(month: int, groups: dict[str, str], published: date | None) -> str | None:
    for name in ("year", "year2"):
        if name in groups:
            return f"{groups[name]}-{month:02}"
    if published is None:
        return None
    year = published.year
    rel = groups.get("rel") or ""
    if rel == "next":
        year += month <= published.month
    elif month == published.month and re.fullmatch(load("periods")["last"], rel):
        year -= 1
    elif groups.get("rel2"):
        year = year_of(groups, published) or year
    elif rel and not re.fullmatch(load("periods")["last"], rel):
        pass  # "this December"
    elif month > published.month:
        year -= 1
    return f"{year}-{month:02}"


def _season(groups: dict[str, str], published: date | None) -> str | None:
    word = groups["season"]
    name = next(n for n, p in load("periods")["seasons"].items() if re.fullmatch(p, word))
    if word == "fall" and not names_year(groups):
        return ""
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[name]
    if name == "winter" or (published is None and "year" not in groups):
        return None
    year = int(groups["year"]) if "year" in groups else published.year if published else 0
    if "year" not in groups and published and first > published.month:
        year -= 1
    return months(year, first, year, first + 2)


def _since_when(groups: dict[str, str], published: date | None) -> str | None:
    if "month" in groups:
        return _month_of(number(groups["month"], "months"), groups, published)
    return groups["year"]


MAKERS: dict[str, Make] = {
    "month_range": _month_range,
    "first_months": _first_months,
    "months_to": _months_to,
    "next_months": _next_months,
    "last_quarter_of": _last_quarter_of,
    "quarters": _quarters,
    "half": _half,
    "day": _day,
    "days": _days,
    "month": _month,
    "in_may": _in_may,
    "season": _season,
    "since_when": _since_when,
}
