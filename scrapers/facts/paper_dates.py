"""Dates that a line gives a document: when it was signed, and the period that it covers."""

from __future__ import annotations

import re

from scrapers.facts.lexicon import Hit
from scrapers.facts.papers import actions, listed, nouns
from scrapers.facts.reading import Line, is_russian
from scrapers.facts.when import When
from scrapers.facts.words import load

_SPAN = re.compile(r"\d{4}/\d{4}")


def own_date(line: Line, first: int, last: int) -> When | None:
    """Return the date that stands in a document's name or right after it ("of 6 July 1998")."""
    for when in line.dates:
        i = line.at(when.start)
        inside = first - 1 <= i < last + 2 and "(" not in line.forms[first:i]
        told = inside and is_date(when) and not _is_ahead(line, when)
        if told and not _covers(line, i, when) and _dates(line, i, first):
            return when
    return None


def _is_ahead(line: Line, when: When) -> bool:
    """Whether a year is still to come: "the 2028 programme" ends in it."""
    return line.published is not None and when.iso[:4] > str(line.published.year)


def _dates(line: Line, i: int, first: int) -> bool:
    """Whether a date inside a phrase is that of the document: "of 6 July", "the 1993 treaty"."""
    before = line.forms[i - 1] if i else ""
    adjective = is_russian(line.tokens[first]) and any(h.last == i for h in line.find(nouns()))
    return before in ("of", "from", "dated", "от") or i <= first + 1 or adjective


def is_date(when: When) -> bool:
    return when.kind in ("day", "at", "weekday") and not _SPAN.fullmatch(when.iso)


def _covers(line: Line, i: int, when: When) -> bool:
    """Whether a period is what a document covers: "for 2026", "на второе полугодие"."""
    before = line.forms[max(0, i - 1) : i + 1]
    if any(key in load("agreements")["dated_for"] for key in line.keys[max(0, i - 2) : i]):
        return False  # "is planned for May"
    return any(f in ("for", "на", "until", "till", "до") for f in before) or "/" in when.iso


def date_near(line: Line, verb: Hit[str]) -> When | None:
    """Return the date of a verb: the nearest in its line."""
    best: tuple[int, When] | None = None
    for when in line.dates:
        i = line.at(when.start)
        if not is_date(when) or _covers(line, i, when):
            continue
        stretch = line.forms[min(i, verb.first) : max(i, verb.first)]
        if any(f in (";", "which", "where", "которая", "которые", "который") for f in stretch):
            continue
        if (
            _of_another(line, when)
            or _of_other_verb(line, verb, i)
            or stretch.count("(") > stretch.count(")")
        ):
            continue
        gap = len(stretch) + 5 * stretch.count(",") if i > 3 else min(6, len(stretch))
        if gap <= (12 if len(when.iso) == 4 else 30) and (best is None or gap < best[0]):
            best = (gap, when)
    return best[1] if best else None


def _of_other_verb(line: Line, verb: Hit[str], i: int) -> bool:
    """Whether another thing was done on a date: "ratified the treaty, signed in Moscow on …"."""
    low, high = sorted((i, verb.first))
    between = [h for h in line.find(actions()) if low < h.first < high]
    return any(h.value in ("signed", "ratified") and h.value != verb.value for h in between)


def _of_another(line: Line, when: When) -> bool:
    """Whether a date stands right before a noun of documents: "last year's contract"."""
    i = line.at(when.end - 1) + 1
    return any(0 <= h.first - i <= 1 for h in line.find(nouns()))


def period_of(line: Line, first: int, last: int) -> str | None:
    """Return the period that a document covers."""
    if (years := _years(line, first, last)) is not None:
        return years
    since = next((w.iso for w in line.dates if w.kind == "since"), None)
    until = next((w.iso for w in line.dates if w.kind == "by" and w.said), None)
    if since and until and line.has(listed("in_force")):
        return f"{since.split('/')[0]}/{until}"
    for when in line.dates:
        i = line.at(when.start)
        whole = _SPAN.fullmatch(when.iso) and when.kind in ("at", "since", "by")
        others = any(last <= h.first <= i for h in line.find(nouns()))
        before = line.forms[max(0, i - 1) : i + 1]
        year = len(when.iso) == len("2025") and (when.kind == "at" or "на" in before)
        reach = 20 if (whole or year) and _FOR.intersection(before) else 3
        near = first <= i < last + reach and not others
        if near and (whole or ((year or when.kind == "at") and _covers(line, i, when))):
            return when.iso
    return None


_FOR = frozenset(("for", "in", "на", "until"))


def _years(line: Line, first: int, last: int) -> str | None:
    """Return what "the five-year contract of 2019" covers."""
    counts = load("agreements")["years"]
    spans = [counts[k] for k in line.keys[first:last] if k in counts]
    begins = [w.iso for w in line.dates if first <= line.at(w.start) < last and len(w.iso) == 4]
    return f"{begins[0]}/{int(begins[0]) + spans[0]}" if spans and begins else None


def told_again(line: Line) -> When | None:
    """Return the date that a line gives to the document told before: "The paper was signed …"."""
    anaphor = line.has(listed("anaphors"), 0, min(3, len(line.tokens)))
    verbs = [h for h in line.find(actions()) if h.value in ("signed", "adopted", "initialled")]
    if anaphor is None or not verbs or verbs[0].first > 8:
        return None
    return date_near(line, verbs[0])
