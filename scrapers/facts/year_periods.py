"""Readers of years and spans of them, and of stretches that end with the day of publication."""

from __future__ import annotations

from datetime import date

from scrapers.facts.period_words import Make, last_months, months, number, year_of


def _year_span(groups: dict[str, str], published: date | None) -> str | None:
    first, last = int(groups["year"]), groups["yy"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return f"{first}/{end}" if first < end < first + 60 else ""


def _last_years(groups: dict[str, str], published: date | None) -> str | None:
    word = groups.get("count") or groups.get("count2") or groups["count3"]
    count = number(word, "counts")
    what = groups.get("what") or groups.get("what2") or "years"
    if published is None:
        return None
    if "year" in what or what in ("года", "лет", "год"):
        if count >= 10 or (count > 1 and published.month <= 5):
            return _complete(count, published)  # the year has only begun
        return f"{published.year - count}/{published.year}" if count > 1 else str(published.year)
    if "week" in what:
        return None
    return last_months(count, published)


def _complete(count: int, published: date) -> str:
    return f"{published.year - count}/{published.year - 1}"


def _year_and_a_half(groups: dict[str, str], published: date | None) -> str | None:
    if published is None:
        return None
    first = published.year * 12 + published.month - 1 - 18
    return months(first // 12, first % 12 + 1, published.year, published.month)


def _decade(groups: dict[str, str], published: date | None) -> str | None:
    word = groups.get("count") or groups.get("count2") or "1"
    return _complete(10 * number(word, "counts"), published) if published else None


def _since(groups: dict[str, str], published: date | None) -> str | None:
    year = int(groups.get("year") or groups["year2"])
    if published is None:
        return None
    if year > published.year:
        return str(year)  # "from 2025 on it will": the year in which that begins
    return f"{year}/{published.year}" if year < published.year else str(year)


def _whole_year(groups: dict[str, str], published: date | None) -> str | None:
    """The year that has been: from October on the running one."""
    return str(published.year - (published.month < 10)) if published else None


def _new_academic_year(groups: dict[str, str], published: date | None) -> str | None:
    """The one that begins in September: it is spoken of until October."""
    if published is None:
        return None
    first = published.year + (published.month > 10)
    return f"{first}/{first + 1}"


def _last_academic_year(groups: dict[str, str], published: date | None) -> str | None:
    if published is None:
        return None
    first = published.year - (published.month < 8) - 1
    return f"{first}/{first + 1}"


def _last_season(groups: dict[str, str], published: date | None) -> str | None:
    """The year of a harvest runs from July to June."""
    if published is None:
        return None
    first = published.year - (published.month < 7) - 1
    return f"{first}/{first + 1}"


def _last_quarter(groups: dict[str, str], published: date | None) -> str | None:
    if published is None:
        return None
    index = published.year * 4 + (published.month - 1) // 3 - 1
    first = 3 * (index % 4) + 1
    return months(index // 4, first, index // 4, first + 2)


def _by_decade(groups: dict[str, str], published: date | None) -> str | None:
    return str(published.year // 10 * 10 + 10) if published else None


def _academic_year(groups: dict[str, str], published: date | None) -> str | None:
    if published is None:
        return None
    first = published.year - (published.month < 8)
    return f"{first}/{first + 1}"


def _years_ago(groups: dict[str, str], published: date | None) -> str | None:
    count = number(groups["count"], "counts") if "count" in groups else 10
    return str(published.year - count) if published else None


def _in_years(groups: dict[str, str], published: date | None) -> str | None:
    word = next(groups[k] for k in ("count", "count2", "count3", "count4") if k in groups)
    return str(published.year + number(word, "counts")) if published else None


MAKERS: dict[str, Make] = {
    "year": lambda groups, published: str(year_of(groups, published)),
    "by_year": lambda groups, published: groups["year"],
    "year_span": _year_span,
    "last_years": _last_years,
    "unknown": lambda groups, published: None,
    "decade": _decade,
    "year_and_a_half": _year_and_a_half,
    "by_decade": _by_decade,
    "since": _since,
    "in_years": _in_years,
    "years_ago": _years_ago,
    "whole_year": _whole_year,
    "academic_year": _academic_year,
    "new_academic_year": _new_academic_year,
    "last_academic_year": _last_academic_year,
    "last_season": _last_season,
    "last_quarter": _last_quarter,
}
