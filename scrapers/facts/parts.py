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
)
from scrapers.facts.words import load


def fraction_at(words: Sequence[str], i: int) -> Number | None:
    """As "a third", "two thirds", "one-fifth", "свыше пятой части", "every third enterprise"."""
    if found := _every(words, i) or _in_ten(words, i):
        return found
    parts, at = _parts(words, i)
    word = words[at] if at < len(words) else ""
    if "-" in words[i]:
        left, _, word = words[i].partition("-")
        parts, at = cardinal(left) or 0.0, i
    part = fractions().get(word)
    if part is None or not parts or not _is_part(words, i, at, word):
        return None
    last = at + 1
    if last < len(words) and words[last] in ("часть", "части", "частью", "доля", "доли"):
        last += 1
    return Number(part * parts, i, last, "fraction", rule=f"fraction {word}", step=0.0)


def _every(words: Sequence[str], i: int) -> Number | None:
    if words[i] not in ("every", "каждое", "каждый", "каждая", "каждого", "каждой", "каждую"):
        return None
    word = words[i + 1] if i + 1 < len(words) else ""
    part = fractions().get(word) or fractions().get(_ordinals().get(word, ""))
    if part is None or (i + 2 < len(words) and words[i + 2] in part_words("times")):
        return None
    return Number(part, i, i + 2, "fraction", rule="every n-th", step=0.0)


def _in_ten(words: Sequence[str], i: int) -> Number | None:
    """As "six in ten", "семь из десяти"."""
    value = cardinal(words[i])
    if value and value < 10 and words[i + 1 : i + 3] in (["in", "ten"], ["из", "десяти"]):
        return Number(10 * value, i, i + 3, "fraction", rule="n in ten", step=0.0)
    return None


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
        if at > i and word.startswith(("десят", "трет", "четверт", "пят")):
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
    alone = at == i and "-" not in words[i]
    return not alone and (
        after in part_words("after_part")
        or not after.isalpha()
        or "-" in words[i]
        or word.endswith("s")
    )


def multiple_at(words: Sequence[str], i: int) -> Number | None:
    """As "doubled", "fourfold", "вдвое", "to double". Digits with "times" are read as units."""
    word = words[i]
    value = multiples().get(word)
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
