"""Days and months that a line names, for things that happen: `periods`, and words that lean on
the day of publication ("on Friday", "the day before", "these days").

A weekday looks back here; `ahead` turns a date that lies behind into the next one, for what is
still to come.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from scrapers.facts.periods import periods
from scrapers.facts.words import BadLexiconError, load

_YEAR = re.compile(r"\d{4}")
_FOLD = {ord(c): "-" for c in "–—‒−‑‐"} | {ord("ё"): "е", ord("’"): "'"}


@dataclass(frozen=True, slots=True)
class When:
    """A date named at ``start`` to ``end``: an ISO day, month, year or range.

    ``kind``: at, day, weekday, about (only its month is told), since or by. ``said``: whether the
    year is written out, so that it does not lean on the day of publication.
    """

    start: int
    end: int
    iso: str
    kind: str
    rule: str
    said: bool


def whens(text: str, published: date | None, *, offset: int = 0) -> list[When]:
    """Return the dates of a sentence in order; offsets are moved by ``offset``."""
    found = []
    for period in periods(text, published, offset=offset):
        if period.iso and period.kind in ("at", "day", "since", "by"):
            piece = text[period.start - offset : period.end - offset]
            said = bool(_YEAR.search(piece))
            found.append(When(period.start, period.end, period.iso, period.kind, period.rule, said))
    found += [w for w in _relative(text, published, offset) if not _taken(w, found)]
    return sorted(found, key=lambda w: w.start)


def _taken(when: When, found: list[When]) -> bool:
    return any(w.start < when.end and when.start < w.end for w in found)


def _relative(text: str, published: date | None, offset: int) -> list[When]:
    if published is None:
        return []
    folded = text.lower().translate(_FOLD)
    if len(folded) != len(text):
        return []
    found = []
    for rule in _rules():
        for match in rule.pattern.finditer(folded):
            iso = rule.make(published)
            start, end = match.start() + offset, match.end() + offset
            found.append(When(start, end, iso, rule.kind, rule.name, False))
    return found


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: str
    pattern: re.Pattern[str]
    make: Callable[[date], str]


@cache
def _rules() -> tuple[_Rule, ...]:
    lexicon = load("when")
    rules = [
        _Rule(f"weekday {number}", "weekday", re.compile(pattern), _weekday(number))
        for number, pattern in enumerate(lexicon["weekdays"])
    ]
    for number, stem in enumerate(lexicon["adjectives"], 1):
        rules.append(_Rule("month", "at", re.compile(rf"\b{stem}\w+"), _month(number)))
    for name, entry in lexicon["relative"].items():
        if entry["make"] not in _MAKERS:
            raise BadLexiconError(f"when.yml: {name}: no reader called {entry['make']}")
        rules.append(
            _Rule(name, entry["kind"], re.compile(entry["pattern"]), _MAKERS[entry["make"]])
        )
    return tuple(rules)


def _weekday(number: int) -> Callable[[date], str]:
    return lambda day: (day - timedelta((day.weekday() - number) % 7)).isoformat()


def _month(number: int) -> Callable[[date], str]:
    return lambda day: f"{day.year - (number > day.month)}-{number:02}"


def _month_before(day: date) -> str:
    return f"{day.replace(day=1) - timedelta(1):%Y-%m}"


_MAKERS: dict[str, Callable[[date], str]] = {
    "same_day": lambda day: day.isoformat(),
    "day_before": lambda day: (day - timedelta(1)).isoformat(),
    "week_before": lambda day: f"{day - timedelta(7):%Y-%m}",
    "month_before": _month_before,
    "month_of": lambda day: f"{day:%Y-%m}",
}


def ahead(when: When, published: date | None) -> str:
    """Return the date of something still to come: never before ``published`` unless said so."""
    if published is None:
        return when.iso
    today = published.isoformat()
    if when.kind == "weekday" and when.iso < today:
        return (date.fromisoformat(when.iso) + timedelta(7)).isoformat()
    last = when.iso.rpartition("/")[2]
    if when.said or last >= today[: len(last)]:
        return when.iso
    return "/".join(f"{int(part[:4]) + 1}{part[4:]}" for part in when.iso.split("/"))
