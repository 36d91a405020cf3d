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

from scrapers.facts.folding import plain_marks
from scrapers.facts.lemmas import grammar
from scrapers.facts.periods import periods
from scrapers.facts.words import BadLexiconError, load

_YEAR = re.compile(r"\d{4}")


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
    for when in _relative(text, published, offset):
        closer = any(len(w.iso) == 10 and w.iso.startswith(when.iso) for w in found)
        longer = any(_covers(w, when) and w.end - w.start > when.end - when.start for w in found)
        if not closer and not longer:
            found = [w for w in found if not _covers(when, w)] + [when]
    found.sort(key=lambda w: w.start)
    return _joined(found, text, offset)


def _covers(longer: When, when: When) -> bool:
    """Whether a date takes another one's words: "yesterday" in "the day before yesterday"."""
    overlap = longer.start < when.end and when.start < longer.end
    return overlap and longer.end - longer.start >= when.end - when.start


def _joined(found: list[When], text: str, offset: int) -> list[When]:
    """Return the dates with "30 June – 2 July" as one range."""
    kept: list[When] = []
    for when in found:
        last = kept[-1] if kept else None
        if last and len(last.iso) == len(when.iso) == 10 and last.iso < when.iso:
            between = plain_marks(text[last.end - offset : when.start - offset].lower())
            if between.strip() in ("-", "to", "through", "по"):
                iso, said = f"{last.iso}/{when.iso}", last.said or when.said
                kept[-1] = When(last.start, when.end, iso, "at", "days_of_month", said)
                continue
        kept.append(when)
    return kept


def _relative(text: str, published: date | None, offset: int) -> list[When]:
    if published is None:
        return []
    folded = plain_marks(text.lower())
    if len(folded) != len(text):
        return []
    found = []
    for rule in _rules():
        for match in rule.pattern.finditer(folded):
            iso = None if _is_of_another(folded, match) else _made(rule, published, match)
            if iso is not None:
                start, end = match.start() + offset, match.end() + offset
                said = bool(_YEAR.search(match[0]))
                kind = "at" if rule.kind == "day" and len(iso) < 10 else rule.kind
                found.append(When(start, end, iso, kind, rule.name, said))
    return found


def _is_of_another(folded: str, match: re.Match[str]) -> bool:
    """Whether "накануне" counts from what follows it, and not from today: "накануне визита"."""
    if match[0] != "накануне":
        return False
    following = re.match(r"\s+([а-я-]+)", folded[match.end() :])
    return following is not None and grammar(following[1])[1:3] in (
        ("NOUN", "gent"),
        ("ADJF", "gent"),
    )


def _made(rule: _Rule, published: date, match: re.Match[str]) -> str | None:
    """Return what a rule makes, None where it lies before or past all calendars."""
    try:
        iso = rule.make(published, match)
    except OverflowError:
        return None
    return iso if iso and re.match(r"\d{4}(?:-|$)", iso) else None


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: str
    pattern: re.Pattern[str]
    make: Callable[[date, re.Match[str]], str | None]


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


_Maker = Callable[[date, re.Match[str]], str | None]


def _weekday(number: int) -> _Maker:
    return lambda day, _: (day - timedelta((day.weekday() - number) % 7)).isoformat()


def _month(number: int) -> _Maker:
    return lambda day, _: f"{day.year - (number > day.month)}-{number:02}"


def _moved(day: date, months: int) -> str:
    """Return the month that lies so many months from a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year}-{month + 1:02}"


def _counted(match: re.Match[str]) -> int:
    """Return the count of "two days ago"; one where no word tells it."""
    word = match["count"] or "1"
    return int(word) if word.isdigit() else int(load("when")["counts"][word])


def _ago(day: date, match: re.Match[str]) -> str | None:
    """Return what lies so many days, weeks, months or years back, as exact as it is told."""
    count, unit = _counted(match), match["unit"] or "year"
    if unit.startswith(("day", "дн", "ден")):
        return (day - timedelta(count)).isoformat()
    if unit.startswith(("week", "недел")):
        return f"{day - timedelta(7 * count):%Y-%m}"
    return _moved(day, -count) if unit.startswith(("month", "месяц")) else f"{day.year - count}"


def _part_of_month(day: date, match: re.Match[str]) -> str | None:
    number = load("when")["months"].index(match["month"][:3]) + 1
    return _month(number)(day, match)


def _season(*, following: bool) -> _Maker:
    """Read "next spring", "осенью этого года": three months of the year that is meant."""

    def make(day: date, match: re.Match[str]) -> str:
        word = next(w for w in match.groups() if w)
        first = int(next(m for stem, m in load("when")["seasons"].items() if word.startswith(stem)))
        said = "year" in match[0] or "год" in match[0]
        year = day.year + (following and (said or first <= day.month))
        return f"{year}-{first:02}/{year}-{first + 2:02}"

    return make


def _month_of_year(day: date, match: re.Match[str]) -> str:
    return f"{day.year}-{load('when')['months'].index(match['month'][:3]) + 1:02}"


def _numeric(day: date, match: re.Match[str]) -> str | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None  # "40.15.2024" is a number of something else


def _next_weekday(day: date, match: re.Match[str]) -> str | None:
    stems = load("when")["weekday_stems"]
    number = next(i for i, known in enumerate(stems) if match["weekday"].startswith(tuple(known)))
    return (day + timedelta((number - day.weekday() - 1) % 7 + 1)).isoformat()


_MAKERS: dict[str, _Maker] = {
    "same_day": lambda day, _: day.isoformat(),
    "day_before": lambda day, _: (day - timedelta(1)).isoformat(),
    "two_days_before": lambda day, _: (day - timedelta(2)).isoformat(),
    "week_before": lambda day, _: f"{day - timedelta(7):%Y-%m}",
    "week_after": lambda day, _: f"{day + timedelta(7):%Y-%m}",
    "month_after": lambda day, _: _moved(day, 1),
    "month_of": lambda day, _: f"{day:%Y-%m}",
    "ago": _ago,
    "part_of_month": _part_of_month,
    "numeric": _numeric,
    "next_weekday": _next_weekday,
    "next_season": _season(following=True),
    "this_season": _season(following=False),
    "month_of_year": _month_of_year,
}


def _fixed(when: When) -> bool:
    """Whether a date is counted from the day of publication: "yesterday" is never next year's."""
    entry = load("when")["relative"].get(when.rule)
    return entry is not None and entry["make"] != "part_of_month"


def ahead(when: When, published: date | None) -> str:
    """Return the date of something still to come: never before ``published`` unless said so."""
    if published is None:
        return when.iso
    today = published.isoformat()
    if when.kind == "weekday" and when.iso < today:
        return (date.fromisoformat(when.iso) + timedelta(7)).isoformat()
    last = when.iso.rpartition("/")[2]
    if when.said or _fixed(when) or last >= today[: len(last)] or last >= "9999":
        return when.iso
    return "/".join(f"{int(part[:4]) + 1}{part[4:]}" for part in when.iso.split("/"))
