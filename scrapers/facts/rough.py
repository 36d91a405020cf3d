"""Wordings that make a number rough, or give it a sign: "процентов тридцать", "под 10 млрд"."""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.facts.amounts import Context, Quantity
from scrapers.facts.lemmas import fold
from scrapers.facts.number import Number
from scrapers.facts.number_words import is_number_word, part_words

_MINUS = re.compile(r"(?<=[^\W\d_][\s:,])(-)$|(?<=[:,]\s)(-)$")
_SIGN = re.compile(r"(?:^|(?<=[\s(]))(минус|плюс|minus|plus|\+|(?<=\()-)(?:\s(?:еще|another))?\s?$")
_UNDER = re.compile(r"(?<!кредит )(?<!займ )(?<!заем )(?<!ставку )(?<!годовых )(?<![а-я])(под)\s+$")
_WITH = re.compile(r"(?<![а-я])(с)\s+$")
_LOTS = frozenset(("десяток", "дюжину", "полсотни", "сотню", "тысячу", "полтысячи", "миллион"))
_ROUGHLY = frozenset(("на", "в", "до", "под", "за", "по"))
_TURNED = {
    "процентов": ("percent", 1.0),
    "процента": ("percent", 1.0),
    "человек": ("count", 1.0),
    "раза": ("times", 1.0),
    "раз": ("times", 1.0),
    "тысяч": ("", 1e3),
    "тысячи": ("", 1e3),
    "миллионов": ("", 1e6),
    "миллиона": ("", 1e6),
    "миллиардов": ("", 1e9),
    "миллиарда": ("", 1e9),
}


def roughly(ctx: Context, head: int, number: Number, unit: str) -> tuple[str, int, str] | None:
    """As "под 10 миллиардов", "с десяток": prepositions that only before such numbers bound them.

    Return bound, where the quantity begins, and the rule.
    """
    match = _UNDER.search(ctx.folded[:head])
    if match and (number.scale >= 1000 or unit == "percent"):
        return "nearly", match.start(1), "под"
    match = _WITH.search(ctx.folded[:head])
    if match and fold(ctx.tokens[number.first].text) in _LOTS:
        return "about", match.start(1), "с"
    return None


def sign_before(ctx: Context, head: int, unit: str) -> tuple[int, int]:
    """Return the sign written before a number (0 for none) and where it begins."""
    match = _SIGN.search(ctx.folded[:head])
    if not match and unit in ("percent", "percent_points"):
        match = _MINUS.search(ctx.folded[:head])
    if not match:
        return 0, head
    return (1 if match[1] in ("+", "plus", "плюс") else -1), match.start()


def turned(ctx: Context, quantity: Quantity, number: Number) -> Quantity:
    """As "процентов тридцать", "тысяч пятьсот тонн", "процентов на двадцать": a rough number."""
    at = number.first - 1
    at -= at > 0 and fold(ctx.tokens[at].text) in _ROUGHLY
    unit, worth = _TURNED.get(fold(ctx.tokens[at].text), (None, 1.0)) if at >= 0 else (None, 1.0)
    before = ctx.tokens[at - 1] if at > 0 else None
    told = before and (before.kind == "number" or is_number_word(fold(before.text)))
    if unit is None or told or number.scale > 1 or (quantity.unit and (unit or worth == 1.0)):
        return quantity
    if unit == "times" and _is_time(ctx, number.last):
        return quantity  # "раз в два года"
    start = ctx.tokens[at].start
    return replace(
        quantity,
        value=quantity.value * worth,
        scale=max(worth, quantity.scale),
        step=quantity.step * worth,
        unit=quantity.unit or unit,
        noun=(at,) if unit == "count" else (),
        bound="about" if quantity.bound == "exact" else quantity.bound,
        first=at,
        start=start,
        lead=start,
        rules=quantity.rules | {"bound": "turned about"},
    )


def _is_time(ctx: Context, i: int) -> bool:
    return i < len(ctx.tokens) and fold(ctx.tokens[i].text) in part_words("times")
