"""The lists of scope.yml, and the clause that their names are looked for in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from scrapers.facts import cached_re as re
from scrapers.facts.lemmas import fold
from scrapers.facts.words import load

UPTO = r"(?:[\w«»\"'-]+\s+){0,%d}?"


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that can limit a figure: its sentence up to it, the rest of its clause."""

    before: str
    after: str
    quote: str = ""

    @property
    def whole(self) -> str:
        return self.before + self.after


Finder = Callable[[Clause], Iterator[str]]


def named(group: str, clause: Clause) -> tuple[tuple[str, str], ...]:
    """Return the names of one list, with the pattern of each, that a clause can hold.

    None of them in nearly all clauses: one search then saves one for every name.
    """
    texts = (clause.before, clause.after, clause.whole)
    return listed(group) if any(re.search(any_of(group), text) for text in texts) else ()


@cache
def any_of(group: str) -> str:
    """Return a pattern of all names of a list, by their first letter: few are then tried."""
    by_letter: dict[str, list[str]] = {}
    for word in (fold(w) for words in load("scope")[group].values() for w in words):
        plain = word[:2].isalpha() or word[1:2] in ("-", " ")
        by_letter.setdefault(word[0] if plain else "", []).append(word[plain:])
    return r"\b(?:" + "|".join(f"{a}(?:{'|'.join(b)})" for a, b in by_letter.items()) + ")"


@cache
def listed(group: str) -> tuple[tuple[str, str], ...]:
    """Return the names of one list with the pattern of each."""
    entries = load("scope")[group].items()
    return tuple((name, "|".join(fold(w) for w in words)) for name, words in entries)
