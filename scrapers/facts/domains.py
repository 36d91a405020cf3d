"""The field of cooperation that a thing belongs to, by the words of its phrase."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from scrapers.facts.lemmas import fold
from scrapers.facts.reading import Line
from scrapers.facts.words import load

_WORD = re.compile(r"[^\W\d_]+")
_LEADS_ON = re.compile(r"(?<=\w) (?:for|of|to|in|with|at|on|для|по|при|в|на|с) ")
_COMPLEMENT = 3  # the most that a word of what a thing is for says
_LESS = 0.9  # what a word of a complement says beside one of the head
_BESIDE = 0.05  # what a word of the line around a thing says, beside one of its own


def domain_of(line: Line, first: int, last: int) -> tuple[str, str]:
    """Return the field of the thing at tokens ``first`` to ``last``, and the words that told it."""
    own, words = _own(fold(line.between(first, last)))
    around, _ = _votes(fold(line.text[line.sentence.start : line.sentence.end]))
    before, _ = _votes(fold(_paragraph(line)))
    total: Counter[str] = Counter()
    beside = _BESIDE if own else 1.0
    for votes, weight in ((own, 1.0), (around, beside), (before, beside / 4)):
        for domain, score in votes.items():
            total[domain] += score * weight  # type: ignore[assignment]
    if not total:
        return "institution", "no word tells"
    best = max(total.items(), key=lambda item: (item[1], item[0]))[0]
    return best, ", ".join(words.get(best, ["its line"]))


def _own(text: str) -> tuple[Counter[str], dict[str, list[str]]]:
    """Return the votes of a thing: what it is (its head) outweighs what it is for."""
    cut = match.start() if (match := _LEADS_ON.search(text)) else len(text)
    votes, words = _votes(text[:cut])
    rest, more = _votes(text[cut:], most=_COMPLEMENT)
    for domain, found in more.items():
        words.setdefault(domain, []).extend(found)
    for domain, score in rest.items():
        votes[domain] += score * _LESS  # type: ignore[assignment]
    return votes, words


def _paragraph(line: Line) -> str:
    before = line.before
    if before is None or before.sentence.paragraph != line.sentence.paragraph:
        return ""
    return line.text[before.sentence.start : before.sentence.end]


def _votes(text: str, *, most: int = 9) -> tuple[Counter[str], dict[str, list[str]]]:
    votes: Counter[str] = Counter()
    words: dict[str, list[str]] = {}
    for phrase, entries in _phrases().items():
        if phrase in text:
            _count(votes, words, phrase, _at_most(entries, most))
            text = text.replace(phrase, " ")
    for word in _WORD.findall(text):
        stem = _longest(word)
        if stem is not None:
            _count(votes, words, stem, _at_most(_stems()[stem], most))
    return votes, words


def _at_most(entries: Sequence[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    return [(domain, min(weight, most)) for domain, weight in entries]


def _count(
    votes: Counter[str],
    words: dict[str, list[str]],
    stem: str,
    entries: Sequence[tuple[str, int]],
) -> None:
    for domain, weight in entries:
        votes[domain] += weight
        words.setdefault(domain, []).append(stem)


@lru_cache(maxsize=20_000)
def _longest(word: str) -> str | None:
    """Return the longest known beginning of a word; short ones only as whole words."""
    for end in range(len(word), 0, -1):
        whole = end > 3 or end == len(word) or (end == 3 and len(word) == 4)
        if word[:end] in _stems() and whole:
            return word[:end]
    return None


@cache
def _stems() -> dict[str, list[tuple[str, int]]]:
    return {s: e for s, e in _entries().items() if " " not in s}


@cache
def _phrases() -> dict[str, list[tuple[str, int]]]:
    return {s: e for s, e in _entries().items() if " " in s}


@cache
def _entries() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for domain, by_weight in load("domains").items():
        for weight, stems in by_weight.items():
            for stem in stems:
                found.setdefault(fold(stem), []).append((str(domain), int(weight)))
    return found
