"""The values that the stages hand on: a sentence as they read it, and an amount in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from scrapers.facts.folding import folded_case, plain_marks
from scrapers.facts.once import once
from scrapers.facts.sentences import Sentence
from scrapers.facts.tokens import Token

_CYRILLIC = re.compile("[а-я]")
MONEY = frozenset(("USD", "RUB", "EUR", "KZT", "UZS", "KGS", "TJS", "TMT", "CNY", "GBP"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount: tokens ``first`` to ``last``, characters ``start`` to ``end`` of the text.

    ``noun`` are the tokens of the counted phrase. ``lead``: where the number or its
    currency begins.
    ``sign`` is that of "plus 4" and "minus 4". ``like`` is the indicator of the figure that it
    takes its unit from.
    ``unit`` is "" while unknown. ``rules`` says what decided value, unit and bound.
    """

    value: float
    value_high: float | None
    unit: str
    bound: str
    first: int
    last: int
    start: int
    end: int
    scale: float
    step: float
    form: str
    lead: int = 0
    sign: int = 0
    noun: tuple[int, ...] = ()
    like: str | None = None
    rules: dict[str, str] = field(default_factory=dict)

    @property
    def bare(self) -> bool:
        return not self.unit


class Context:
    """A sentence as the stages read it: its text in small letters, and its language."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence

    @once
    def folded(self) -> str:
        return _folded(self.sentence.text)[self.sentence.start : self.sentence.end]

    @once
    def russian(self) -> bool:
        return not self.folded.isascii() and bool(_CYRILLIC.search(self.folded))

    @once
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    def at(self, position: int) -> int:
        """Return the offset in ``folded`` of an offset in the text."""
        return position - self.sentence.start


@lru_cache(maxsize=4)  # once for all sentences of a text
def _folded(text: str) -> str:
    return plain_marks(folded_case(text))
