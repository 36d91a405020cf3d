"""Tokens to numbers: digits in any grouping, words, fractions, multiples. No units, no meaning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scrapers.facts.cardinals import (
    compound,
    half_of_scale,
    ranged_at,
    scaled_at,
    words_at,
)
from scrapers.facts.digits import digits_at
from scrapers.facts.lemmas import fold
from scrapers.facts.number import Number
from scrapers.facts.number_words import ARTICLES, first_words, scales_en
from scrapers.facts.parts import fraction_at, multiple_at, part_of_scale
from scrapers.facts.tokens import Token


def numbers(tokens: Sequence[Token], *, russian: bool) -> list[Number]:
    """Return the numbers of a sentence, from left to right, none overlapping another."""
    words = [fold(t.text) for t in tokens]
    found: list[Number] = []
    past = 0
    for i, token in enumerate(tokens):
        if i >= past and (token.kind == "number" or _begins(words[i])):
            number = _number_at(tokens, words, i, russian=russian)
            if number is not None:
                found.append(number)
                past = number.last
    return found


def _number_at(
    tokens: Sequence[Token], words: Sequence[str], i: int, *, russian: bool
) -> Number | None:
    if tokens[i].kind == "number":
        return digits_at(tokens, words, i, russian=russian)
    return next((found for read in _READERS if (found := read(words, i))), None)


_READERS = (
    scaled_at,
    ranged_at,
    half_of_scale,
    part_of_scale,
    fraction_at,
    multiple_at,
    words_at,
)


def may_begin_number(text: str) -> bool:
    """Whether a number may begin with a word; with an article only before a scale or a part."""
    word = fold(text)
    return word in scales_en() or (_begins(word) and word not in ARTICLES)


@lru_cache(maxsize=50_000)
def _begins(word: str) -> bool:
    return word in first_words() or bool(compound(word))
