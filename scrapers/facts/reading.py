"""A release as the stages of events, agreements and initiatives read it: lines with their words.

A line is a sentence with its keys (Russian words by lemma, English ones as written), the parties,
dates and places that it names, and whose turn it is. What they mean together is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import product
from typing import TypeVar

from scrapers.facts.lemmas import fold, grammar, lemma
from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.parties import Mention, mentions
from scrapers.facts.places import Place, places
from scrapers.facts.sentences import Sentence, sentences
from scrapers.facts.speakers import Turn, turn_at, turns
from scrapers.facts.tokens import Token
from scrapers.facts.when import When, whens
from warehouse.fields import Release

T = TypeVar("T")
FIRST_YEAR = 1900  # before it, a date stands for none
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@dataclass(eq=False, repr=False)  # a line leads to all before it
class Line:
    """One sentence, read as far as anybody asked."""

    text: str
    sentence: Sentence
    published: date | None
    turn: Turn | None = None
    before: Line | None = None
    number: int = 0
    _found: dict[int, list[Hit[object]]] = field(default_factory=dict)

    @cached_property
    def tokens(self) -> Sequence[Token]:
        return self.sentence.tokens

    @cached_property
    def forms(self) -> list[str]:
        return [fold(t.text) for t in self.tokens]

    @cached_property
    def keys(self) -> list[str]:
        return [key_of(t.kind, f) for t, f in zip(self.tokens, self.forms, strict=True)]

    @cached_property
    def parties(self) -> list[Mention]:
        return mentions(self.tokens)

    @cached_property
    def dates(self) -> list[When]:
        piece = self.text[self.sentence.start : self.sentence.end]
        return whens(piece, self.published, offset=self.sentence.start)

    @cached_property
    def places(self) -> list[Place]:
        named = [m for m in self.parties if m.kind == "bloc"]
        return [
            p for p in places(self.tokens) if not any(m.first <= p.first < m.last for m in named)
        ]

    def find(self, phrases: Phrases[T]) -> list[Hit[T]]:
        """Return the phrases of a set in this line, looked for once."""
        if id(phrases) not in self._found:
            self._found[id(phrases)] = list(phrases.find(self.keys))  # type: ignore[arg-type]
        return self._found[id(phrases)]  # type: ignore[return-value]

    def has(self, phrases: Phrases[T], first: int = 0, last: int | None = None) -> Hit[T] | None:
        """Return the first phrase of a set that lies within tokens ``first`` to ``last``."""
        end = len(self.tokens) if last is None else last
        return next((h for h in self.find(phrases) if h.first >= first and h.last <= end), None)

    def between(self, first: int, last: int) -> str:
        """Return the text of tokens ``first`` to ``last`` (excluded)."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def at(self, position: int) -> int:
        """Return the number of the first token that ends past a place of the text."""
        return next((i for i, t in enumerate(self.tokens) if t.end > position), len(self.tokens))


@dataclass(frozen=True, eq=False)
class Story:
    """A release as lines, with its title as one more that stands in no text."""

    release: Release
    title: Line
    lines: Sequence[Line]

    @property
    def published(self) -> date | None:
        """Return the day of publication, None where the release has none."""
        return dated(self.release)


def read(release: Release) -> Story:
    """Return a release as its lines; the one read last is kept for the next stage."""
    return _read(release)


@lru_cache(maxsize=2)
def _read(release: Release) -> Story:
    title = Sentence(release.title, 0, len(release.title), 0)
    headline = Line(release.title, title, dated(release))
    return Story(release, headline, tuple(_lines(release)))


def _lines(release: Release) -> Iterator[Line]:
    spoken = turns(release.text)
    before: Line | None = None
    for number, sentence in enumerate(sentences(release.text)):
        turn = turn_at(spoken, sentence.start)
        before = Line(release.text, sentence, dated(release), turn, before, number)
        yield before


def dated(release: Release) -> date | None:
    return release.published if release.published.year > FIRST_YEAR else None


def key_of(kind: str, form: str) -> str:
    """Return what lexicons name a word by: a Russian one by lemma, others as written."""
    return lemma(form) if kind == "word" and _CYRILLIC.search(form) else form


def is_russian(token: Token) -> bool:
    return token.kind == "word" and bool(_CYRILLIC.search(token.text))


def speech(line: Line, i: int) -> str:
    """Return the part of speech of a Russian word of a line, "" for anything else."""
    return grammar(line.forms[i])[1] if is_russian(line.tokens[i]) else ""


def exact(entries: Iterable[tuple[str, T]]) -> Phrases[T]:
    """Build a set of phrases: English words as written, Russian by lemma; ``a/b`` and ``c?``."""
    found: Phrases[T] = Phrases()
    for phrase, value in entries:
        for words in _spellings(phrase):
            node = found.tree
            for word in words:
                node = node.setdefault(word, {})
            node.setdefault("", (value, phrase))
    return found


def one_of(entries: Iterable[str]) -> Phrases[str]:
    """Build a set of phrases that stand for themselves."""
    return exact((entry, entry) for entry in entries)


def _spellings(phrase: str) -> Iterator[list[str]]:
    choices = []
    for word in fold(phrase).split():
        options = word.rstrip("?").split("/")
        choices.append([*options, *([""] if word.endswith("?") else [])])
    for words in product(*choices):
        yield [word for word in words if word]
