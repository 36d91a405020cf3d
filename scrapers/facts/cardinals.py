"""Numbers in words, with their scales."""

from __future__ import annotations

from collections.abc import Sequence

from scrapers.facts.number import Number
from scrapers.facts.number_words import (
    ARTICLES,
    and_a_half,
    cardinal,
    cardinals,
    halves,
    lots,
    scales,
    scales_alone,
    scales_en,
)


def words_at(words: Sequence[str], i: int) -> Number | None:
    """Number words: "two and a half billion", "двадцати трех", "миллион двести тысяч"."""
    total = current = 0.0
    scale, step, start, seen = 1.0, 1.0, i, False
    if words[i] in ARTICLES:
        if i + 1 == len(words) or words[i + 1] not in scales_en():
            return None
        if words[i + 1] == "dozen":
            return Number(12.0, i, i + 2, "words", rule="words")
        current, i, seen = 1.0, i + 1, True
    while i < len(words):
        word = words[i]
        value = cardinal(word)
        if value is not None and (not seen or _fits(current, value)):
            current += value
        elif word == "hundred" and seen:
            current *= 100
        elif seen and current < 10 and (lot := lots().get(word)):
            current, step = current * lot, lot
        elif word in scales() and word != "hundred" and (current or _alone(word, words, i)):
            scale = scales()[word]
            total, current, step = total + (current or 1.0) * scale, 0.0, scale
        elif word == "point" and seen and _point(words, i) is not None:
            current, i, step = current + (_point(words, i) or 0.0) / 10, i + 1, 0.1
        elif (half := and_a_half(words, i)) and seen:
            current, i, step = current + 0.5, half - 1, 0.5
        elif word in ("and", "и") and seen and _continues(words, i, current):
            pass
        else:
            break
        seen, i = True, i + 1
    return Number(total + current, start, i, "words", scale, step, "words") if seen else None


def _point(words: Sequence[str], i: int) -> float | None:
    """As "nine point one": the decimal."""
    value = cardinals().get(words[i + 1]) if i + 1 < len(words) else None
    return value if value is not None and value < 10 else None


def _fits(current: float, value: float) -> bool:
    """Tens take ones, hundreds take tens: "twenty" + "three", "двести" + "сорок"."""
    if current != int(current) or value != int(value) or not value:
        return False
    size = 10 if value < 10 else 100 if value < 100 else 1000
    return current % size == 0 and (current or True) and not (10 < current % 100 < 20)


def _continues(words: Sequence[str], i: int, current: float) -> bool:
    """As "one hundred and fifty": only after hundreds."""
    following = cardinal(words[i + 1]) if i + 1 < len(words) else None
    return words[i] == "and" and following is not None and current >= 100 and current % 100 == 0


def _alone(word: str, words: Sequence[str], i: int) -> bool:
    """A scale word that is a number by itself, and no part of "several million"."""
    return word in scales_alone() and (i == 0 or words[i - 1] not in ("несколько", "на"))


def half_of_scale(words: Sequence[str], i: int) -> Number | None:
    """As "half a billion", "полмиллиарда"."""
    if (value := halves().get(words[i])) is not None:
        return Number(value, i, i + 1, "words", value, value, "half of a scale")
    if (
        words[i] == "half"
        and i + 2 < len(words)
        and words[i + 1] in ARTICLES
        and (words[i + 2] in scales_en())
    ):
        worth = scales().get(words[i + 2], 1.0)  # a dozen is a number of ones
        value = (cardinal(words[i + 2]) or worth) / 2
        return Number(value, i, i + 3, "words", worth, value, "half of a scale")
    return None
