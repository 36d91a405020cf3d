"""Numbers that are relations: fractions of a whole, and multiples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from scrapers.facts.number import Number
from scrapers.facts.number_words import (
    ARTICLES,
    bare_multiples,
    cardinal,
    fractions,
    multiples,
    part_words,
    scales,
)
from scrapers.facts.words import load

_OFTEN = {"дважды": 2.0, "трижды": 3.0}
_WEEK = ("неде", "меся", "день", "сутк")
_ORDINALS = ("десят", "трет", "четверт", "пят", "шест", "седьм", "восьм")


def fraction_at(words: Sequence[str], i: int) -> Number | None:
    """As "a third", "two thirds", "one-fifth", "свыше пятой части", "every third enterprise"."""
    if words[i : i + 2] == ["half", "as"]:
        return None
    if found := _every(words, i) or _in_ten(words, i):
        return found
    parts, at, word = _named_part(words, i)
    part = fractions().get(word)
    if part is None or not parts or not _is_part(words, i, at, word):
        return None
    last = at + 1
    if last < len(words) and words[last] in ("часть", "части", "частью", "доля", "доли"):
        last += 1
    return Number(part * parts, i, last, "fraction", rule=f"fraction {word}", step=0.0)


def part_of_scale(words: Sequence[str], i: int) -> Number | None:
    """As "a quarter of a million", "три четверти миллиарда": a number, and no part of anything."""
    parts, at, word = _named_part(words, i)
    part = fractions().get(word)
    if part is None or not parts:
        return None
    last = at + 1
    if words[last : last + 1] == ["of"] and words[last + 1 : last + 2] in (["a"], ["an"]):
        last += 2
    scale = scales().get(words[last], 1.0) if last < len(words) else 1.0
    if scale < 1000 or (last == at + 1 and not words[last].endswith(("на", "да", "чи"))):
        return None
    value = part * parts / 100 * scale
    return Number(value, i, last + 1, "words", scale, scale / 100, f"{word} of a scale")


def _every(words: Sequence[str], i: int) -> Number | None:
    if words[i] not in ("every", "каждое", "каждый", "каждая", "каждого", "каждой", "каждую"):
        return None
    word = words[i + 1] if i + 1 < len(words) else ""
    part = fractions().get(word) or fractions().get(_ordinals().get(word, ""))
    if part is None or (i + 2 < len(words) and words[i + 2] in part_words("times")):
        return None
    return Number(part, i, i + 2, "fraction", rule="every n-th", step=0.0)


def _in_ten(words: Sequence[str], i: int) -> Number | None:
    """As "six in ten", "two out of five", "семь из десяти", "трое из каждых пяти"."""
    value = cardinal(words[i])
    if not value or value >= 10:
        return None
    for phrase in (("out", "of", "every"), ("out", "of"), ("in", "every"), ("in",)):
        if tuple(words[i + 1 : i + 1 + len(phrase)]) == phrase:
            return _one_of(words, i, i + 1 + len(phrase), value)
    if words[i + 1 : i + 3] in (["из", "каждых"], ["из", "десяти"]):
        return _one_of(words, i, i + 2 + (words[i + 2] == "каждых"), value)
    return None


def _one_of(words: Sequence[str], i: int, at: int, value: float) -> Number | None:
    """Return the part that "two in five" is, where ``at`` is that of "five"."""
    of = cardinal(words[at]) if at < len(words) else None
    after = words[at + 1] if at + 1 < len(words) else ""
    if not of or not value < of <= 20 or after in part_words("times"):
        return None
    return Number(100 * value / of, i, at + 1, "fraction", rule=f"n in {words[at]}", step=0.0)


def _named_part(words: Sequence[str], i: int) -> tuple[float, int, str]:
    """Return how many parts, the place of the word that may name them, and the word."""
    if "-" in words[i]:
        left, _, word = words[i].partition("-")
        return cardinal(left) or 0.0, i, word
    parts, at = _parts(words, i)
    return parts, at, words[at] if at < len(words) else ""


def _parts(words: Sequence[str], i: int) -> tuple[float, int]:
    """How many parts: "a" and nothing are one."""
    if words[i] in ARTICLES:
        return 1.0, i + 1
    value = cardinal(words[i])
    if value is not None and value < 10 and i + 1 < len(words):
        return value, i + 1
    return 1.0, i


def _is_part(words: Sequence[str], i: int, at: int, word: str) -> bool:
    """Whether the word is a part of a whole here: no ordinal, no half-year, no quarter."""
    before = words[i - 1] if i else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if before in part_words("before_ordinal") or after in part_words("not_parted"):
        return False
    if re.search("[а-я]", word):
        if at > i and word.startswith(_ORDINALS):
            return True
        if word.startswith("половин") and before == "в":
            return False
        if word.endswith(("ая", "ой", "ую", "ых", "ья", "ьей", "ьих")):
            return after in ("часть", "части", "частью", "доля", "доли", "частей")
        return not (word.startswith("половин") and before in ("с",))
    if word in ("half",):
        return (
            not (before == "a" and i and words[i - 2 : i - 1] == ["and"])
            and (before != "and" or words[i] != "a")
            and (
                after in part_words("after_part")
                or not after.isalpha()
                or before in part_words("before_part")
            )
        )
    good = before in part_words("good") and words[i - 2 : i - 1] in (["a"], ["the"])
    alone = at == i and "-" not in words[i] and not good
    return not alone and (
        after in part_words("after_part")
        or not after.isalpha()
        or "-" in words[i]
        or word.endswith("s")
    )


def multiple_at(words: Sequence[str], i: int) -> Number | None:
    """As "doubled", "fourfold", "вдвое", "to double". Digits with "times" are read as units."""
    word = words[i]
    if word == "half" and words[i + 1 : i + 2] == ["as"]:
        return Number(0.5, i, i + 1, "multiple", rule="half as much", step=0.0)
    value = multiples().get(word)
    if word in ("дважды", "трижды"):
        often = words[i + 1 : i + 2] == ["в"] and words[i + 2 : i + 3] and words[i + 2][:4] in _WEEK
        return Number(_OFTEN[word], i, i + 1, "words", rule=f"how often: {word}") if often else None
    if word in ("twice", "thrice") and value is not None:
        after = words[i + 1 : i + 3]
        if after and after[0] in ("a", "per", "each", "every"):
            return Number(value, i, i + 1, "words", rule=f"how often: {word}")
        if not after or after[0] not in part_words("after_twice"):
            return None
    if value is not None:
        return Number(value, i, i + 1, "multiple", rule=f"multiple {word}", step=0.0)
    bare = bare_multiples().get(word)
    after = words[i + 1] if i + 1 < len(words) else ""
    if bare and ((i and words[i - 1] in _bare_after()) or after in ("the", "that", "its")):
        return Number(bare, i, i + 1, "multiple", rule=f"multiple {word}", step=0.0)
    return None


@cache
def _bare_after() -> frozenset[str]:
    return frozenset(load("numbers")["bare_multiples"]["after"].replace('"', "").split())


@cache
def _ordinals() -> dict[str, str]:
    table = load("numbers")["every"]
    return {form: str(base) for base, forms in table.items() for form in forms.split()}
