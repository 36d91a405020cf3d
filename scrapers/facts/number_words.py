"""The words of numbers.yml: cardinals, scales, parts and multiples, by form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from scrapers.facts.words import load

ARTICLES = frozenset(("a", "an"))
OVER = ("-odd", "-plus")


def over_at(words: Sequence[str], i: int) -> int:
    """Return the end of "с лишним", "-odd" at ``i``: somewhat more; ``i`` where none is."""
    two = tuple(words[i : i + 2])
    if two in (("-", "odd"), ("-", "plus")) or (two[:1] == ("с",) and two[-1] in _some_more()):
        return i + 2
    return i + 1 if two[:1] == ("odd",) else i


@cache
def _some_more() -> frozenset[str]:
    return frozenset(load("numbers")["some_more"].split())


def without_over(word: str) -> str:
    """Return "twenty" for "twenty-odd", "million" for "million-plus"."""
    return word.removesuffix("-odd").removesuffix("-plus") if word.endswith(OVER) else word


def scale_at(words: Sequence[str], i: int) -> tuple[float, int]:
    """Return the scale that begins at ``i`` (1 for none) and the token after it."""
    scale = 1.0
    while i < len(words) and (worth := scales().get(without_over(words[i]))):
        scale *= worth
        i += 1
        if i + 1 < len(words) and words[i] == "." and len(words[i - 1]) <= 4:
            i += 1
    return scale, i


def and_a_half(words: Sequence[str], i: int) -> int | None:
    for phrase in (("and", "a", "half"), ("с", "половиной")):
        if tuple(words[i : i + len(phrase)]) == phrase:
            return i + len(phrase)
    return None


def cardinal(word: str) -> float | None:
    value = cardinals().get(word)
    if value is None and "-" in word:
        if word.endswith("-and-a-half") and (whole := cardinals().get(word[:-11])):
            return whole + 0.5
        word = without_over(word)
        if (value := cardinals().get(word)) is not None:
            return value
        tens, _, ones = word.partition("-")
        left, right = cardinals().get(tens), cardinals().get(ones)
        if left and right and left >= 20 and left % 10 == 0 and right < 10:
            return left + right
    return value


def is_number_word(word: str) -> bool:
    return word.isdigit() or cardinal(word) is not None


def _table(name: str) -> dict[str, float]:
    lists = load("numbers")[name]
    return {form: float(value) for value, forms in lists.items() for form in str(forms).split()}


@cache
def cardinals() -> dict[str, float]:
    return _table("cardinals")


@cache
def lots() -> dict[str, float]:
    """Words for so many at once, which numbers stand before: "two dozen", "три сотни"."""
    return _table("lots")


@cache
def scales() -> dict[str, float]:
    return _table("scales")


@cache
def scales_en() -> frozenset[str]:
    return frozenset(w for w in scales() if w.isascii() and not w.endswith("s")) | {"dozen"}


@cache
def scales_alone() -> dict[str, float]:
    return _table("alone")


@cache
def scales_told() -> dict[str, float]:
    """Scales in the genitive: a number by themselves after a bound ("около тысячи")."""
    return _table("alone_told")


@cache
def scale_bounds() -> frozenset[str]:
    return frozenset(load("numbers")["bounds_of_scales"].split())


@cache
def halves() -> dict[str, float]:
    return _table("halves")


@cache
def fractions() -> dict[str, float]:
    return _table("fractions")


@cache
def multiples() -> dict[str, float]:
    return _table("multiples")


@cache
def bare_multiples() -> dict[str, float]:
    words = load("numbers")["bare_multiples"]["words"]
    return {form: float(value) for value, forms in words.items() for form in forms.split()}


@cache
def first_words() -> frozenset[str]:
    """Words that a number may begin with; hyphenated ones are tried by their parts."""
    known = {
        *cardinals(),
        *scales_alone(),
        *halves(),
        *fractions(),
        *multiples(),
        "a",
        "an",
        "дважды",
        "трижды",
    }
    known |= {*bare_multiples(), *scales_told(), "every"}
    known |= {"каждое", "каждый", "каждая", "каждого"}
    compounds = {f"{a}-{b}" for a in cardinals() for b in cardinals() if a.isascii()}
    endings = (*OVER, "-and-a-half")
    compounds |= {f"{a}{end}" for a in cardinals() for end in endings if a.isascii()}
    parts = {f"{a}-{b}" for a in cardinals() for b in fractions() if a.isascii()}
    return frozenset(known | compounds | parts)


@cache
def part_words(name: str) -> frozenset[str]:
    return frozenset(load("numbers")["parts"][name].split())
