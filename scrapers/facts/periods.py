"""Periods that a sentence names, resolved against the day of publication.

`periods(text, published)` finds them all, with what each is for: the time of a fact (``at``), a
single day (``day``), a start (``since``), a date to reach (``by``), or ``same``: the same stretch
of the year before, known only beside another period. ``base``: the fact is compared with it.
Which figure a period belongs to is decided in `timing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from scrapers.facts.needed import needed
from scrapers.facts.words import BadLexiconError, load

_FOLD = {ord(c): "-" for c in "–—‒−‑‐"} | {ord("ё"): "е", ord("’"): "'"}
_FOLD |= {ord(c): " " for c in "\u00a0\u202f\u2009\n\t"}
_HINT = re.compile(
    r"\d{4}|year|ytd|month|quarter|half|decade|today|yesterday|tomorrow|spring|summer|autumn|fall|winter"
    r"|q[1-4]|h[12]\b|год|лет|месяц|мес\b|квартал|сегодня|вчера|завтра|весн|осен|зим|десятилет|прошл|нынешн|этом"
)
_FOUR = re.compile(r"(?:19|20)\d\d")
_OF_YEARS = ("year_span", "since_when", "since", "by_year", "year")
_BASE_REACH = 40  # characters between "compared with" and its period


@dataclass(frozen=True, slots=True)
class Period:
    """A period named at ``start`` to ``end`` of the text. ``iso`` is None where unresolved."""

    start: int
    end: int
    iso: str | None
    kind: str
    rule: str
    base: bool = False


def periods(text: str, published: date | None, *, offset: int = 0) -> list[Period]:
    """Return the periods of a sentence in order; offsets are moved by ``offset``."""
    folded = text.lower().translate(_FOLD)
    if len(folded) != len(text) or not (_HINT.search(folded) or _month_hint().search(folded)):
        return []
    found: list[Period] = []
    taken = bytearray(len(folded))
    hints = {"month": bool(_month_hint().search(folded)), "year": bool(_FOUR.search(folded))}
    for rule in _rules():
        if not hints.get(rule.needs, True) or not _possible(rule, folded):
            continue  # most rules cannot apply: nine in ten of their searches are saved
        for match in rule.pattern.finditer(folded):
            start, end = _trimmed(match)
            if start < end and not any(taken[start:end]):
                period = _period(rule, match, folded, published)
                if period is not None:
                    taken[start:end] = b"\x01" * (end - start)
                    found.append(_shifted(period, start, end, offset))
    return sorted(found, key=lambda p: p.start)


def _shifted(period: Period, start: int, end: int, offset: int) -> Period:
    return Period(start + offset, end + offset, period.iso, period.kind, period.rule, period.base)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    piece = match[0]
    lead = len(piece) - len(piece.lstrip())
    return match.start() + lead, match.start() + len(piece.rstrip())


def _period(
    rule: _Rule, match: re.Match[str], folded: str, published: date | None
) -> Period | None:
    groups = {k: v for k, v in match.groupdict().items() if v}
    try:
        iso = rule.make(groups, published)
    except ValueError:
        return None  # 31 April, or a year that is none
    if iso == "":
        return None
    before = folded[max(0, match.start() - _BASE_REACH) : match.start()]
    based = bool(_base().search(before)) or match[0].startswith("прошлогодн")
    if rule.kind == "by" and match[0].lstrip().startswith("к ") and published and iso:
        based = based or iso < str(published.year)  # "+41% к 2021 году"
    return Period(match.start(), match.end(), iso, rule.kind, rule.name, based)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: str
    needs: str
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    make: Callable[[dict[str, str], date | None], str | None]


def _possible(rule: _Rule, folded: str) -> bool:
    """Whether any of the words stands in a text that a rule cannot do without."""
    return not rule.words or any(word in folded for word in rule.words)


@cache
def _rules() -> tuple[_Rule, ...]:
    rules = []
    for entry in load("periods")["patterns"]:
        if entry["make"] not in _MAKERS:
            raise BadLexiconError(f"periods.yml: {entry['rule']}: no reader called {entry['make']}")
        pattern = re.compile(_expanded(entry["pattern"]))
        needs = "month" if "{month" in entry["pattern"] else ""
        needs = "year" if entry["rule"] in _OF_YEARS else needs
        words = needed(pattern.pattern)
        make = _MAKERS[entry["make"]]
        rules.append(_Rule(entry["rule"], entry["kind"], needs, pattern, words, make))
    return tuple(rules)


def _expanded(pattern: str) -> str:
    """Put the word lists in place of {month}, {count2} and the like, as named groups."""
    lexicon = load("periods")
    lists = {
        "month": "|".join(f"(?:{p})" for p in lexicon["months"].values()),
        "count": r"\d{1,2}|" + "|".join(sorted(_alternatives("counts"), key=len, reverse=True)),
        "ordinal": "|".join(lexicon["ordinals"].values()),
        "season": "|".join(lexicon["seasons"].values()),
        "year": r"(?:19[5-9]|20[0-6])\d",
        "day": r"(?:[12]\d|3[01]|0?[1-9])",
    }

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name in ("last", "this", "next"):
            return f"(?:{lexicon[name]})"
        stop = r"(?:\.(?=\s?\d))?" if name.startswith("month") else ""  # "Sept. 17"
        return rf"(?P<{name}>(?:{lists[name.rstrip('0123456789')]}))(?!\w){stop}"

    return re.sub(r"\{([a-z]+\d?)\}", put, pattern)


def _alternatives(name: str) -> list[str]:
    return [form for forms in load("periods")[name].values() for form in forms.split("|")]


@cache
def _month_hint() -> re.Pattern[str]:
    return re.compile("|".join(load("periods")["months"].values()))


@cache
def _base() -> re.Pattern[str]:
    """What stands before the base of a comparison: a trigger, and at most a short noun phrase."""
    lexicon = load("periods")
    words = "|".join(w for w in re.split(r"\|\s*", lexicon["base"].strip()) if w)
    between = lexicon["base_between"].strip()
    return re.compile(rf"(?:^|\W)(?:{words})(?:\s+(?:{between}))*\s*[(\[]?$")


def _number(word: str, name: str) -> int:
    if word.isdigit():
        return int(word)
    for value, forms in load("periods")[name].items():
        if re.fullmatch(forms, word):
            return int(value)
    raise ValueError(word)


def _year(groups: dict[str, str], published: date | None, *, default: bool = True) -> int | None:
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


def _named(groups: dict[str, str]) -> bool:
    return any(k in groups for k in ("year", "year2", "year3", "rel", "rel2"))


def _month_range(groups: dict[str, str], published: date | None) -> str | None:
    first, last = _number(groups["month"], "months"), _number(groups["month2"], "months")
    year = _year(groups, published)
    if year is None:
        return None
    if not _named(groups) and published and last > published.month:
        year -= 1
    begin = int(groups["year"]) if "year" in groups and "year2" in groups else year
    return (
        _months(begin, first, year, last)
        if (begin, first) <= (year, last)
        else (_months(year - 1, first, year, last))
    )


def _months(year: int, first: int, last_year: int, last: int) -> str:
    return f"{year}-{first:02}/{last_year}-{last:02}"


def _first_months(groups: dict[str, str], published: date | None) -> str | None:
    count = _number(groups["count"], "counts")
    if not 1 <= count <= 12:
        return ""
    year = _year(groups, published)
    if year is None:
        return None
    if not _named(groups) and published:
        if "plain" not in groups and count >= published.month:
            year -= 1
        if count <= 2 and "plain" not in groups:
            return _rolling(count, published)
    return _months(year, 1, year, count) if count < 12 else str(year)


def _rolling(count: int, published: date) -> str:
    index = published.year * 12 + published.month - 1 - count
    return _months(index // 12, index % 12 + 1, published.year, published.month)


def _quarters(groups: dict[str, str], published: date | None) -> str | None:
    year = _year(groups, published)
    if "count" in groups:
        first, last = 1, 3 * _number(groups["count"], "counts")
    else:
        ordinal = groups.get("q") or str(_number(groups["ordinal"], "ordinals"))
        first, last = 3 * int(ordinal) - 2, 3 * int(ordinal)
    return _stretch(year, first, last, groups, published)


def _stretch(
    year: int | None, first: int, last: int, groups: dict[str, str], published: date | None
) -> str | None:
    if year is None or last > 12:
        return None
    if not _named(groups) and published and last > published.month and first > published.month - 3:
        year -= 0 if first > published.month else 1
    return _months(year, first, year, last)


def _half(groups: dict[str, str], published: date | None) -> str | None:
    ordinal = groups.get("h") or "1"
    if "ordinal" in groups:
        ordinal = str(_number(groups["ordinal"], "ordinals"))
    if ordinal not in "12":
        return ""
    first = 1 if ordinal == "1" else 7
    return _stretch(_year(groups, published), first, first + 5, groups, published)


def _year_span(groups: dict[str, str], published: date | None) -> str | None:
    first, last = int(groups["year"]), groups["yy"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return f"{first}/{end}" if first < end < first + 60 else ""


def _last_years(groups: dict[str, str], published: date | None) -> str | None:
    word = groups.get("count") or groups.get("count2") or groups["count3"]
    count = _number(word, "counts")
    what = groups.get("what") or groups.get("what2") or "years"
    if published is None:
        return None
    if "year" in what or what in ("года", "лет", "год"):
        if count >= 10 or (count > 1 and published.month <= 5):
            return _complete(count, published)  # the year has only begun
        return f"{published.year - count}/{published.year}" if count > 1 else str(published.year)
    if "week" in what:
        return None
    if count >= 3 and count < published.month and "последн" not in what:
        return _months(published.year, 1, published.year, count)
    return _rolling(count, published)


def _complete(count: int, published: date) -> str:
    return f"{published.year - count}/{published.year - 1}"


def _decade(groups: dict[str, str], published: date | None) -> str | None:
    return _complete(10, published) if published else None


def _since(groups: dict[str, str], published: date | None) -> str | None:
    year = int(groups["year"])
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


def _last_quarter(groups: dict[str, str], published: date | None) -> str | None:
    if published is None:
        return None
    index = published.year * 4 + (published.month - 1) // 3 - 1
    first = 3 * (index % 4) + 1
    return _months(index // 4, first, index // 4, first + 2)


def _by_decade(groups: dict[str, str], published: date | None) -> str | None:
    return str(published.year // 10 * 10 + 10) if published else None


def _academic_year(groups: dict[str, str], published: date | None) -> str | None:
    if published is None:
        return None
    first = published.year - (published.month < 8)
    return f"{first}/{first + 1}"


def _day(groups: dict[str, str], published: date | None) -> str | None:
    month = _number(groups.get("month") or groups["month2"], "months")
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
    month = _number(groups.get("month") or groups["month3"], "months")
    first, last = (int(groups.get(a) or groups[b]) for a, b in (("day", "day3"), ("day2", "day4")))
    year = int(groups.get("year") or groups.get("year3") or (published.year if published else 0))
    if not year:
        return None
    return f"{date(year, month, first).isoformat()}/{date(year, month, last).isoformat()}"


def _month(groups: dict[str, str], published: date | None) -> str | None:
    word = groups["month"]
    if word in ("may", "march", "mar") and not _named(groups):
        return ""  # a verb as often as a month; "in May" is read by `month_in`
    return _month_of(_number(word, "months"), groups, published)


def _in_may(groups: dict[str, str], published: date | None) -> str | None:
    return _month_of(_number(groups["month"], "months"), groups, published)


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
        year = _year(groups, published) or year
    elif month > published.month:
        year -= 1
    return f"{year}-{month:02}"


def _season(groups: dict[str, str], published: date | None) -> str | None:
    word = groups["season"]
    name = next(n for n, p in load("periods")["seasons"].items() if re.fullmatch(p, word))
    if word == "fall" and not _named(groups):
        return ""
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[name]
    if name == "winter" or (published is None and "year" not in groups):
        return None
    year = int(groups["year"]) if "year" in groups else published.year if published else 0
    if "year" not in groups and published and first > published.month:
        year -= 1
    return _months(year, first, year, first + 2)


def _years_ago(groups: dict[str, str], published: date | None) -> str | None:
    return str(published.year - _number(groups["count"], "counts")) if published else None


def _in_years(groups: dict[str, str], published: date | None) -> str | None:
    word = groups.get("count") or groups.get("count2") or groups["count3"]
    return str(published.year + _number(word, "counts")) if published else None


def _same_last_year(groups: dict[str, str], published: date | None) -> str | None:
    return groups.get("year")


def _relative_year(shift: int) -> Callable[[dict[str, str], date | None], str | None]:
    return lambda groups, published: str(published.year + shift) if published else None


def _relative_day(shift: int) -> Callable[[dict[str, str], date | None], str | None]:
    return lambda groups, published: (
        (published + timedelta(days=shift)).isoformat() if published else None
    )


def _relative_month(shift: int) -> Callable[[dict[str, str], date | None], str | None]:
    def make(groups: dict[str, str], published: date | None) -> str | None:
        if published is None:
            return None
        index = published.year * 12 + published.month - 1 + shift
        return f"{index // 12}-{index % 12 + 1:02}"

    return make


_MAKERS: dict[str, Callable[[dict[str, str], date | None], str | None]] = {
    "month_range": _month_range,
    "first_months": _first_months,
    "quarters": _quarters,
    "half": _half,
    "year_span": _year_span,
    "last_years": _last_years,
    "decade": _decade,
    "since": _since,
    "since_when": lambda groups, published: (
        _month_of(_number(groups["month"], "months"), groups, published)
        if "month" in groups
        else groups["year"]
    ),
    "by_year": lambda groups, published: groups["year"],
    "in_years": _in_years,
    "years_ago": _years_ago,
    "day": _day,
    "whole_year": _whole_year,
    "academic_year": _academic_year,
    "new_academic_year": _new_academic_year,
    "last_academic_year": _last_academic_year,
    "last_quarter": _last_quarter,
    "by_decade": _by_decade,
    "days": _days,
    "month": _month,
    "in_may": _in_may,
    "season": _season,
    "same_last_year": _same_last_year,
    "year": lambda groups, published: groups["year"],
    "last_year": _relative_year(-1),
    "this_year": _relative_year(0),
    "next_year": _relative_year(1),
    "today": _relative_day(0),
    "yesterday": _relative_day(-1),
    "tomorrow": _relative_day(1),
    "this_month": _relative_month(0),
    "last_month": _relative_month(-1),
}
