"""Figures between others: a Central Asian state with a third country, or two of ours."""

from __future__ import annotations

from itertools import pairwise

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.parties import THIRD, Mention, both_sides, is_central_asian

_KINDS = ("trade.", "investment.", "agreements.")
_GOODS = ("energy.", "agriculture.", "industry.")
_WITH = frozenset(("with", "с", "со"))
_AND = frozenset(("and", "и", "&"))
_BETWEEN = frozenset(("between", "между"))
_MARKS = frozenset((",", ";", "while", "а"))
_INTO = frozenset(("in", "into", "to", "в", "во"))


def between_others(passage: Passage, amount: Quantity, indicator: str) -> bool:
    """As "China's trade with Uzbekistan", "the Kazakh-Uzbek turnover": Russia has no part."""
    if not indicator.startswith((*_KINDS, *_GOODS)):
        return False
    states = [m for m in passage.parties if m.kind == "state" and m.code != "RU"]
    if len(states) < 2 or _has_russia(passage, amount):
        return False
    if indicator.startswith(_GOODS):
        return _sent_on(passage, amount, states)
    return any(
        _linked(passage, one, two, indicator) and _beside(passage, one, two, amount)
        for one, two in pairwise(states)
        if (one.code != two.code and THIRD in (one.code, two.code)) or _ours(one, two)
    )


def _sent_on(passage: Passage, amount: Quantity, states: list[Mention]) -> bool:
    """As "Kazakhstan supplied 1.2 million tonnes of oil to Germany"."""
    after = next((m for m in states if m.first >= amount.last), None)
    if after is None or after.code != THIRD:
        return False
    between = passage.forms[amount.last : after.first]
    marked = _MARKS.intersection(between) or len(between) > 8
    return not marked and bool(_INTO.intersection(between[-2:]))


def _has_russia(passage: Passage, amount: Quantity) -> bool:
    """Whether Russia, or both sides, are named before an amount or in its clause."""
    said = [m.first for m in passage.parties if m.code == "RU"]
    said += [hit.first for hit in passage.find(both_sides())]
    return any(
        i < amount.last or not _MARKS.intersection(passage.forms[amount.last : i]) for i in said
    )


def _ours(one: Mention, two: Mention) -> bool:
    return one.code != two.code and is_central_asian(one.code) and is_central_asian(two.code)


def _linked(passage: Passage, one: Mention, two: Mention, indicator: str) -> bool:
    """Whether the words between two states make them the sides of one figure."""
    if one.first == two.first:
        return True  # "Chinese-Uzbek"
    between = passage.forms[one.last : two.first]
    if len(between) > 8 or any(f in (",", ";", ":") for f in between):
        return False
    if _WITH.intersection(between[-2:]):
        return True
    if set(between) <= _AND:
        before = passage.forms[max(0, one.first - 3) : one.first]
        signed = indicator.startswith("agreements.") or THIRD in (one.code, two.code)
        return bool(_BETWEEN.intersection(before)) or signed
    invested = indicator.startswith("investment.") and one.code == THIRD
    return invested and bool(_INTO.intersection(between[-2:]))


def _beside(passage: Passage, one: Mention, two: Mention, amount: Quantity) -> bool:
    """Whether the pair stands in the amount's clause."""
    start, end = min(two.last, amount.last), max(amount.first, one.first)
    return ";" not in passage.forms[start:end]
