"""Who speaks: the turns of a transcript, and the state that a speaker speaks for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scrapers.facts.parties import mentions
from scrapers.facts.tokens import tokenize

_WORD = r"[A-ZА-ЯЁ][\w’'ʻ.-]*"
_LABEL = re.compile(
    rf"(?:^|(?<=[\n.!?…>*\])\"”»]\s)|(?<=[\n.!?…>*\])\"”»]))(?P<name>{_WORD}(?:\s+(?:of|the|and|и|по|{_WORD}|[\w-]*"
    rf"(?:дент|нистр|едатель|публики|ции|авы|ана)\b)){{0,12}}?)\s*:(?=\s)",
    re.MULTILINE,
)
_LONGEST = 13  # words of a label
_QUESTION = re.compile(r"^(?:question|вопрос|answer|ответ|remark|реплика)s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn from ``start`` on; ``area`` is the state spoken for, None if unknown."""

    start: int
    name: str | None
    area: str | None


def turns(text: str) -> list[Turn]:
    """Return the turns of a transcript in order; none for a text that is no transcript."""
    found: list[Turn] = []
    for match in _labels(text):
        name = " ".join(match["name"].split())
        if _QUESTION.match(name):
            found.append(Turn(match.start("name"), None, None))
            continue
        area = _area_of(name) if " " in name else None
        if area:
            found.append(Turn(match.start("name"), name, area))
    return found


@lru_cache(maxsize=1000)  # a transcript names its speakers again and again
def _area_of(name: str) -> str | None:
    named = [m for m in mentions(tokenize(name)) if m.kind in ("people", "state")]
    people = [m for m in named if m.kind == "people"]
    return (people or named)[-1].code if named else None


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels before colons: sought there alone, in the few words that they can have."""
    start = 0
    while (colon := text.find(":", start)) >= 0:
        if text[colon + 1 : colon + 2].isspace():
            words = text[start:colon].rsplit(None, _LONGEST)
            begin = start + len(words[0]) if len(words) > _LONGEST else start
            if match := _LABEL.search(text, begin, colon + 2):
                yield match
        start = colon + 1


def turn_at(found: Sequence[Turn], position: int) -> Turn | None:
    """Return the turn that holds a place of the text."""
    i = bisect_right([t.start for t in found], position)
    return found[i - 1] if i else None
