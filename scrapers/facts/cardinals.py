"""Numbers in words, with their scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.facts.number import Number
from scrapers.facts.number_words import (
    ARTICLES,
    and_a_half,
    cardinal,
    cardinals,
    halves,
    lots,
    over_at,
    part_words,
    scale_at,
    scale_bounds,
    scales,
    scales_alone,
    scales_en,
    scales_told,
    without_over,
)


def words_at(words: Sequence[str], i: int) -> Number | None:
    """Number words: "two and a half billion", "двадцати трех", "миллион двести тысяч"."""
    reading, start = _Reading(words), i
    if words[i] in ARTICLES:
        if i + 1 == len(words) or words[i + 1] not in scales_en():
            return None
        if words[i + 1] == "dozen":
            return Number(12.0, i, i + 2, "words", rule="words")
        reading.current, reading.seen, i = 1.0, True, i + 1
    while i < len(words) and (end := reading.take(i)) > i:
        i = end
    if not reading.seen:
        return None
    value, scale, step = reading.total + reading.current, reading.scale, reading.step
    return Number(value, start, i, "words", scale, step, "words", reading.over)


@dataclass
class _Reading:
    """What the number words read so far come to."""

    words: Sequence[str]
    total: float = 0.0
    current: float = 0.0
    scale: float = 1.0
    step: float = 1.0
    seen: bool = False
    over: bool = False

    def take(self, i: int) -> int:
        """Take in the word at ``i``, and return what follows it; ``i`` where it is no number."""
        end = self._worth(i) or self._joined(i) or i
        self.seen = self.seen or end > i
        return end

    def _worth(self, i: int) -> int | None:
        word = without_over(self.words[i])
        value = cardinal(word)
        if value is not None and (not self.seen or self._takes(value, i)):
            self.current += value
        elif word == "hundred" and self.seen:
            self.current *= 100
        elif self.seen and self.current < 10 and (lot := lots().get(word)):
            self.current, self.step = self.current * lot, lot
        elif word in scales() and word != "hundred" and self._scales(word, i):
            scale = scales()[word]
            self.total, self.current = self.total + (self.current or 1.0) * scale, 0.0
            self.step = self.scale = scale
        elif not self.seen and (told := _told(self.words, i)):
            self.current = self.step = told
        else:
            return None
        self.over = self.over or word != self.words[i]
        return i + 1

    def _takes(self, value: float, i: int) -> bool:
        """Whether ones or tens go on with the number: not as in "сорок тысяч пять лет назад"."""
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        apart = self.scale > 1 and not self.current and after in part_words("times")
        return _fits(self.current, value) and not apart

    def _scales(self, word: str, i: int) -> bool:
        if self.current:
            return True
        return _alone(word, self.words, i) or bool(_told(self.words, i))

    def _joined(self, i: int) -> int | None:
        """Take in what stands between number words, once there were some."""
        words = self.words
        if not self.seen:
            return None
        if words[i] == "point" and (decimal := _point(words, i)) is not None:
            self.current, self.step = self.current + decimal / 10, 0.1
            return i + 2
        if half := and_a_half(words, i):
            worth = 1.0 if self.current else self.scale  # "a billion and a half"
            self.current, self.step = self.current + worth / 2, worth / 2
            return half
        if (over := over_at(words, i)) > i:
            self.over = True
            return over
        return i + 1 if _continues(words, i, self.current) else None


def _told(words: Sequence[str], i: int) -> float | None:
    """As "около тысячи": a scale in the genitive, a number by itself after a bound."""
    worth = scales_told().get(words[i])
    return worth if worth and i and words[i - 1] in scale_bounds() else None


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
    """A scale word that is a number by itself: none in "several million", "миллиарда полтора"."""
    following = cardinal(words[i + 1]) if i + 1 < len(words) else None
    turned = word.endswith(("на", "да")) and following is not None and following < 10
    told = i > 0 and words[i - 1] == "несколько"
    return word in scales_alone() and not turned and not told


def scaled(word: str) -> tuple[float, float, str] | None:
    """Return the value, the scale and the rest of "five-billion-ruble" (five-billion, -ruble)."""
    if "-" not in word or not word.isascii():
        return None
    first, second, rest = (*word.split("-", 2), "")[:3]
    value = cardinal(first)
    if value is None or second not in scales_en() or (scale := scales().get(second)) is None:
        return None
    return value * scale, scale, f"-{rest}" if rest else ""


def ranged(word: str) -> tuple[float, float] | None:
    """Return both ends of "семь-восемь", "полтора-два"; "twenty-five" is one number."""
    low, _, high = word.partition("-")
    ends = cardinals().get(low), cardinals().get(high)
    if not ends[0] or not ends[1] or cardinal(word) is not None or ends[1] <= ends[0]:
        return None
    return ends[0], ends[1]


def compound(word: str) -> bool:
    """Whether a word with a hyphen is a number with its scale, or a range."""
    return "-" in word and (scaled(word) is not None or ranged(word) is not None)


def ranged_at(words: Sequence[str], i: int) -> Number | None:
    """As "два-три миллиарда", "две-три сотни": a range in one word, and its scale."""
    if "-" not in words[i] or (ends := ranged(words[i])) is None:
        return None
    scale, last = scale_at(words, i + 1)
    if last == i + 1 and last < len(words) and (lot := lots().get(words[last])):
        scale, last = lot, last + 1
    low, high = ends[0] * scale, ends[1] * scale
    return Number(low, i, last, "words", scale, scale, "words", high=high)


def scaled_at(words: Sequence[str], i: int) -> Number | None:
    """As "the ten-billion mark", "a five-billion-ruble loan": one word with its scale."""
    if (found := scaled(words[i])) is None:
        return None
    value, scale, rest = found
    return Number(value, i, i + 1, "words", scale, scale, "words", cut=len(rest))


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
