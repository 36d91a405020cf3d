"""Periods that a sentence names, resolved against the day of publication.

`periods(text, published)` finds them all, with what each is for: the time of a fact (``at``), a
single day (``day``), a start (``since``), a date to reach (``by``), or ``same``: the same stretch
of the year before, known only beside another period. ``base``: the fact is compared with it.
Which figure a period belongs to is decided in `timing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from scrapers.facts.folding import plain_marks
from scrapers.facts.period_hints import possible_rules
from scrapers.facts.period_rules import Rule
from scrapers.facts.period_words import names_year, shifted
from scrapers.facts.words import load

_LOOSE = frozenset(("month", "in_may", "months_of_year", "season", "quarters", "half", "day"))
_AFTER_THAT = re.compile(r"^(?!.*(?:today|now|will|буд|сейчас|сегодня)).*(?:the|следующ\w+)\s")
_FROM_THE_SAME = re.compile(r"(?:^|\W)(?:к|on|from)\s+$")
_TO_YEAR = re.compile(r"\s*к\s+(?!конц|начал|середин|исход)")
_A_YEAR = re.compile("год|year")
_BASE_REACH = 40  # characters between "compared with" and its period


@dataclass(frozen=True, slots=True)
class Period:
    """A period named at ``start`` to ``end`` of the text. ``iso`` is None where unresolved.

    ``loose``: no year was named, the one nearest to publication is taken.
    """

    start: int
    end: int
    iso: str | None
    kind: str
    rule: str
    base: bool = False
    loose: bool = False


def periods(text: str, published: date | None, *, offset: int = 0) -> list[Period]:
    """Return the periods of a sentence in order; offsets are moved by ``offset``."""
    folded = plain_marks(text.lower())
    if len(folded) != len(text):
        return []
    found: list[Period] = []
    taken = bytearray(len(folded))
    for rule in possible_rules(folded):
        for match in rule.pattern.finditer(folded):
            start, end = _trimmed(match)
            if start < end and not any(taken[start:end]):
                period = _period(rule, match, folded, published)
                if period is not None:
                    taken[start:end] = b"\x01" * (end - start)
                    found.append(_shifted(period, start, end, 0))
    return [
        _shifted(p, p.start, p.end, offset)
        for p in _following(sorted(found, key=lambda p: p.start), folded, published)
    ]


def _following(found: list[Period], folded: str, published: date | None) -> list[Period]:
    """As "8 billion in 2021 and 5 billion the following year": the year after one that is over."""
    for i in range(1, len(found)):
        year = found[i - 1].iso or ""
        if found[i].rule == "next_year" and year.isdigit() and published:
            told = folded[found[i - 1].end : found[i].end]
            if int(year) < published.year and _AFTER_THAT.search(told):
                found[i] = replace(found[i], iso=str(int(year) + 1), rule="year_after")
        elif _short_for_school(found[i - 1], found[i], folded):
            found[i] = replace(found[i], iso=shifted(year, None), rule="last_academic_year")
    return found


def _short_for_school(before: Period, period: Period, folded: str) -> bool:
    """As "в этом учебном году их 800, в прошлом – 700": it goes on in school years."""
    if period.rule != "last_year" or len(before.iso or "") != len("2023/2024"):
        return False
    told = folded[before.start : before.end]
    whole = _A_YEAR.search(folded[period.start : period.end])
    return whole is None and ("учебн" in told or "academic" in told)


def _shifted(period: Period, start: int, end: int, offset: int) -> Period:
    return replace(period, start=start + offset, end=end + offset)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    piece = match[0]
    lead = len(piece) - len(piece.lstrip())
    return match.start() + lead, match.start() + len(piece.rstrip())


def _period(rule: Rule, match: re.Match[str], folded: str, published: date | None) -> Period | None:
    groups = {k: v for k, v in match.groupdict().items() if v}
    try:
        iso = rule.make(groups, published)
    except ValueError:
        return None  # 31 April, or a year that is none
    if iso == "":
        return None
    before = folded[max(0, match.start() - _BASE_REACH) : match.start()]
    based = bool(_base().search(before)) or (
        match.start() > 2 and match[0].startswith("прошлогодн")
    )
    if rule.kind == "same":
        based = based or bool(_FROM_THE_SAME.search(before))  # "+7% к тому же периоду"
    if rule.kind == "by" and _TO_YEAR.match(match[0]) and published and iso:
        based = based or iso < str(published.year)  # "+41% к 2021 году"
    loose = rule.name in _LOOSE and not names_year(groups)
    return Period(match.start(), match.end(), iso, rule.kind, rule.name, based, loose)


@cache
def _base() -> re.Pattern[str]:
    """What stands before the base of a comparison: a trigger, and at most a short noun phrase."""
    lexicon = load("periods")
    words = "|".join(w for w in re.split(r"\|\s*", lexicon["base"].strip()) if w)
    between = lexicon["base_between"].strip()
    return re.compile(rf"(?:^|\W)(?:{words})(?:\s+(?:{between}))*\s*[(\[]?$")
