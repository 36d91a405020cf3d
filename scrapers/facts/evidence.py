"""How much a word of the passage says of a quantity: nearness, and what stands between.

Shared by the stages that weigh words around a number (indicator, measure, status, parties).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from scrapers.facts.amounts import Context, Quantity
from scrapers.facts.clues import DIGIT, MONEY, NUMBER, NUMBER_WORD, PARTY, clues_of, with_clue
from scrapers.facts.labels import counts_things
from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.numbers import numbers
from scrapers.facts.once import once
from scrapers.facts.parties import Mention, mentions, named_in_piece, names_bloc, surely_in_piece
from scrapers.facts.periods import Period, periods
from scrapers.facts.pieces import form_of, forms_of, lemma_of, lemmas_of
from scrapers.facts.quantities import quantities
from scrapers.facts.sentences import Sentence
from scrapers.facts.tokens import Token

_DIGIT = re.compile(r"\d")
T = TypeVar("T")
# What a mark or word between a cue and its number leaves of the cue's weight.
_LEFT = {";": 0.4, ":": 0.85, "(": 0.9, ")": 0.9, ",": 0.93, "-": 0.95, "—": 0.92, "–": 0.92}
_RIGHT = {";": 0.3, ":": 0.7, "(": 0.6, ")": 0.6, ",": 0.6, "-": 0.9, "—": 0.7, "–": 0.7}
_VERB = {";": 0.3, ":": 0.6, ",": 0.45, "-": 0.8}
_BREAKS = frozenset(("while", "whereas", "but", "а", "но", "тогда", "although", "зато", "однако"))
_JOINS = frozenset(["and", "и"])


class Passage:
    """A sentence with all that was found in it, read by the later stages.

    ``pieces`` stand between its blanks; ``clues`` are what they may hold, as bits of `clues`.
    """

    def __init__(self, sentence: Sentence, published: date | None, before: Passage | None) -> None:
        self.sentence, self.published, self.before = sentence, published, before
        self.pieces = sentence.text[sentence.start : sentence.end].split()
        self.clues = clues_of(self.pieces)

    @once
    def ctx(self) -> Context:
        return Context(self.sentence)

    @once
    def hits(self) -> dict[int, list[Hit[object]]]:
        """The phrases found, by the set that was sought."""
        return {}

    @once
    def times(self) -> list[Period]:
        """The periods that it names."""
        named = periods(self.ctx.folded, self.published, offset=self.ctx.sentence.start)
        return [period for period in named if not counts_things(self.ctx, period)]

    @once
    def amounts(self) -> list[Quantity]:
        """The amounts that it names; without a digit or a number word there is none to seek."""
        if not self.clues & NUMBER or self._only_of_periods():
            return []
        found = numbers(self.ctx.tokens, russian=self.ctx.russian)
        return quantities(self.ctx, self.times, found) if found else []

    def _only_of_periods(self) -> bool:
        """Whether all digits are those of periods, as most are where no amount is told."""
        if self.clues & NUMBER_WORD:
            return False
        start, text = self.sentence.start, self.ctx.folded
        for period in reversed(self.times):
            text = text[: period.start - start] + text[period.end - start :]
        return not _DIGIT.search(text)

    @once
    def named(self) -> list[tuple[str, str]]:
        """Code and kind of the parties that it names, for readers who need no more."""
        if not self.clues & PARTY:
            return []
        told = with_clue(PARTY, self.pieces)
        found = list(map(named_in_piece, told))
        if None in found and (self.clues & MONEY or names_bloc(self.pieces)):
            return [(m.code, m.kind) for m in self.parties]
        if None in found:
            found = list(map(surely_in_piece, told))
        return [party for parties in found if parties for party in parties]

    @once
    def tokens(self) -> Sequence[Token]:
        return self.ctx.tokens

    @once
    def lemmas(self) -> list[str]:
        """The lemmas of its tokens."""
        digits = self.clues & DIGIT
        return list(map(lemma_of, self.ctx.tokens)) if digits else lemmas_of(self.pieces)

    @once
    def forms(self) -> list[str]:
        """Its tokens in small letters, every dash as one."""
        digits = self.clues & DIGIT
        return list(map(form_of, self.ctx.tokens)) if digits else forms_of(self.pieces)

    @once
    def parties(self) -> list[Mention]:
        return mentions(self.ctx.tokens) if self.clues & PARTY else []

    def find(self, phrases: Phrases[T]) -> list[Hit[T]]:
        """Return the phrases of a set in this sentence, found once."""
        key = id(phrases)
        if key not in self.hits:
            told = phrases.among(self.pieces)
            self.hits[key] = phrases.find(self.lemmas, self.forms) if told else []  # type: ignore[assignment]
        return self.hits[key]  # type: ignore[return-value]


def nearness(passage: Passage, first: int, last: int, amount: Quantity) -> float:
    """Return 1 for a cue (tokens ``first`` to ``last``) at the number, less the farther it is."""
    if first < amount.last and amount.first < last:
        return 1.0
    if last <= amount.first:
        return _weigh(passage, last, amount.first, amount, _LEFT, 0.05, 0.78)
    return 0.95 * _weigh(passage, amount.last, first, amount, _RIGHT, 0.11, 0.5)


def reach_of_verb(passage: Passage, first: int, last: int, amount: Quantity) -> float:
    """Return the nearness of a verb: one that follows its number may stand farther off."""
    if first < amount.last:
        return nearness(passage, first, last, amount)
    return 0.9 * _weigh(passage, amount.last, first, amount, _VERB, 0.05, 0.8)


def _weigh(
    passage: Passage,
    start: int,
    end: int,
    amount: Quantity,
    marks: dict[str, float],
    slope: float,
    beside: float,
) -> float:
    """Weigh tokens ``start`` to ``end`` between a cue and its number."""
    weight = 1.0 / (1.0 + slope * (end - start))
    for i in range(start, end):
        form = passage.forms[i]
        if form in marks:
            weight *= marks[form]
        elif form in _BREAKS:
            weight *= 0.55
        elif form in _JOINS:
            weight *= 0.9
    between = sum(1 for a in passage.amounts if start <= a.first < end and a is not amount)
    return weight * beside**between
