"""Phrases of a word list, and where they stand in a sentence.

A phrase is written in lemmas (Russian: pymorphy3's; English: any form). ``a/b`` is a choice,
``word?`` may be left out, ``*`` stands for any one token. The longest phrase at a place wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from itertools import chain, product
from operator import or_
from typing import Any, Generic, NamedTuple, TypeVar

from scrapers.facts.lemmas import fold, lemma
from scrapers.facts.looks import Looks
from scrapers.facts.tokens import WORD
from scrapers.facts.words import BadLexiconError

T = TypeVar("T")
FEW = 100  # phrases, of which each word is looked for


class Hit(NamedTuple, Generic[T]):
    """A phrase found: tokens ``first`` to ``last`` (excluded), what it stands for, its entry."""

    first: int
    last: int
    value: T
    entry: str


@dataclass
class Phrases(Generic[T]):
    """A set of phrases with what each stands for, searched through a tree of lemmas."""

    tree: dict[str, Any] = field(default_factory=dict)

    def add(self, phrase: str, value: T) -> None:
        for words in _spellings(phrase):
            node = self.tree
            for word in words:
                node = node.setdefault(word, {})
            node.setdefault("", (value, phrase))

    def join(self, phrase: str, value: T) -> None:
        """Add a phrase whose values are tuples: those of the same words are put together."""
        for words in _spellings(phrase):
            node = self.tree
            for word in words:
                node = node.setdefault(word, {})
            known = node.get("", ((), phrase))[0]
            node[""] = (known + value, phrase)

    def find(self, lemmas: Sequence[str], forms: Sequence[str] = ()) -> list[Hit[T]]:
        """Return the longest phrase at each place, without those inside a longer one.

        ``forms``: the words as written, which an entry may name as well as their lemmas.
        """
        tree, hits, last = self.tree, list[Hit[T]](), 0
        for first, lemma_ in enumerate(lemmas):
            if lemma_ in tree or (forms and forms[first] in tree):
                hit = self._walk(tree, lemmas, forms, first, first)
                if hit and hit.last > last:
                    hits.append(hit)
                    last = hit.last
        return hits

    def among(self, pieces: Iterable[str]) -> bool:
        """Whether a phrase may be in a text split at its blanks: if not, `find` finds none."""
        return self._hold(self._looks.of(pieces))

    @cached_property
    def _looks(self) -> Looks:
        """Which words of phrases are in a piece of text, as bits."""
        bits = self._bits

        def told(word: str) -> int:
            form = fold(word)
            return bits.get(form, 0) | bits.get(lemma(form), 0)

        return Looks(lambda piece: reduce(or_, map(told, WORD.findall(piece)), 0))

    @cached_property
    def _bits(self) -> dict[str, int]:
        """A bit for each word of few phrases; one for the longest words of many."""
        paths = list(_paths(self.tree))
        if len(paths) > FEW:
            return {max(words, key=len, default=""): 1 for words in paths}
        return {word: 1 << bit for bit, word in enumerate(sorted(set(chain(*paths))))}

    @cached_property
    def _hold(self) -> Callable[[int], bool]:
        """Whether all words of a phrase, or the longest, are among those told by bits."""
        bits = self._bits
        needs = {reduce(or_, {bits.get(w, 0) for w in words}, 0) for words in _paths(self.tree)}
        return lru_cache(maxsize=10_000)(lambda told: any(told & need == need for need in needs))

    def at(self, lemmas: Sequence[str], first: int, forms: Sequence[str] = ()) -> Hit[T] | None:
        """Return the longest phrase that begins at ``first``."""
        if lemmas[first] in self.tree or (forms and forms[first] in self.tree):
            return self._walk(self.tree, lemmas, forms, first, first)
        return None

    def _walk(
        self,
        node: dict[str, Any],
        lemmas: Sequence[str],
        forms: Sequence[str],
        first: int,
        i: int,
    ) -> Hit[T] | None:
        told = node.get("") if i > first else None
        best: Hit[T] | None = Hit(first, i, *told) if told else None
        if i == len(lemmas) or (told and len(node) == 1):
            return best
        # Of phrases of one length the lemma's counts, whatever order a set would have.
        form = forms[i] if forms else ""
        for key in (lemmas[i], form if form != lemmas[i] else "", "*"):
            if key and key in node:
                deeper = self._walk(node[key], lemmas, forms, first, i + 1)
                if deeper and (best is None or deeper.last > best.last):
                    best = deeper
        return best


def _paths(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words, no marks or numbers, of each phrase of a tree."""
    for key, below in node.items():
        if key:
            yield from _paths(below, (*path, key) if key[0].isalpha() else path)
        else:
            yield path


def phrases(entries: Iterable[tuple[str, T]]) -> Phrases[T]:
    """Build a set of phrases from pairs of phrase and meaning."""
    found: Phrases[T] = Phrases()
    for phrase, value in entries:
        found.add(phrase, value)
    return found


def _spellings(phrase: str) -> Iterator[list[str]]:
    choices = []
    for word in fold(phrase).split():
        options = word.rstrip("?").split("/")
        choices.append([*options, *([""] if word.endswith("?") and word != "?" else [])])
    for words in product(*choices):
        kept = [w if w == "*" else lemma_of_entry(w) for w in words if w]
        if not kept:
            raise BadLexiconError(f"{phrase!r}: nothing to find")
        yield kept


def lemma_of_entry(word: str) -> str:
    """Return a lexicon word's lemma: Russian entries are lemmas already (a test holds that)."""
    return word if any("а" <= c <= "я" for c in word) else lemma(word)
