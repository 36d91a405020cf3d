"""What English and Russian phrases share: brackets, dashes, and what may stand at their ends."""

from __future__ import annotations

from functools import cache

from scrapers.facts.lexicon import Phrases
from scrapers.facts.reading import Line, one_of
from scrapers.facts.words import load

Span = tuple[int, int]

LEFT, RIGHT = 9, 18  # tokens that a phrase may reach beyond its head

OPEN = {"«": "»", "“": "”", '"': '"', "„": "“", "(": ")"}

CLOSE = {"»": "«", "”": "“", '"': '"'}

DASHES = frozenset("-–—")

LINKS = frozenset(("and", "и", "&"))

ARTICLES = frozenset(("the", "a", "an"))


def names_joined(line: Line, j: int) -> bool:
    """Whether a dash joins two names: "Central Asia – Russia"."""
    if j == 0 or j + 1 >= len(line.tokens):
        return False
    before, after = line.tokens[j - 1], line.tokens[j + 1]
    return all(t.kind == "number" or t.text[0].isupper() for t in (before, after))


def opening(line: Line, close: int) -> int | None:
    wanted = CLOSE[line.tokens[close].text]
    for i in range(close - 1, max(-1, close - 14), -1):
        if line.tokens[i].text == wanted:
            return i
    return None


def closing(line: Line, opened: int) -> int | None:
    wanted = OPEN[line.tokens[opened].text]
    for i in range(opened + 1, min(len(line.tokens), opened + 16)):
        if line.tokens[i].text == wanted:
            return i
    return None


LOOSE = frozenset((",", "from", "in"))


def untrailed(line: Line, last: int, end: int) -> int:
    """Drop a preposition, article or "and" that nothing follows."""
    while end > last:
        form = line.forms[end - 1]
        trailing = form in preps() or form in ARTICLES or form in LINKS or form in LOOSE
        if not (trailing or form in russian_on() or line.tokens[end - 1].text in DASHES):
            break
        end -= 1
    return end


def follows(line: Line, i: int) -> int | None:
    hit = may_follow().at(line.keys, i)
    return hit.last if hit else None


@cache
def stops() -> frozenset[str]:
    return frozenset(load("spans")["left_stops"].split())


@cache
def ends() -> frozenset[str]:
    return frozenset(load("spans")["ends"].split())


@cache
def preps() -> frozenset[str]:
    return frozenset(load("spans")["right_preps"].split())


@cache
def russian_on() -> frozenset[str]:
    return frozenset(load("spans")["russian_on"].split())


@cache
def may_follow() -> Phrases[str]:
    return one_of(load("spans")["may_follow"])
