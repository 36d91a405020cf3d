"""Amounts that are no figures: what a price is for, rates, populations, years left unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapers.facts.amounts import MONEY, Context, Quantity
from scrapers.facts.number import Number


def of_time(
    ctx: Context, bare: Quantity, durations: list[Number], found: Sequence[Quantity]
) -> bool:
    """As "not 20 years but 35", "1–4 классов": it counts the years told beside it."""
    for number in durations:
        start, end = ctx.tokens[number.first].start, ctx.tokens[number.last - 1].end
        if end <= bare.start and bare.scale == 1:
            between = (q for q in found if end <= q.start < bare.start)
            if bare.start - end <= 45 and not any(between):
                return True
        if 0 <= start - bare.end <= 5:
            gap = ctx.folded[ctx.at(bare.end) : ctx.at(start)]
            if gap.strip() in ("-", "to", "до", "or", "или"):
                return True
    return False


def is_rate(ctx: Context, price: Quantity, quantity: Quantity) -> bool:
    """As "$160 per thousand cubic metres", "10 долларов за 100 кВт·ч": what a price is for."""
    if price.unit not in MONEY or quantity.unit in MONEY or quantity.value not in _ROUND:
        return False
    gap = ctx.folded[ctx.at(price.end) : ctx.at(quantity.start)]
    return bool(_PER.fullmatch(gap))


def is_price(ctx: Context, quantity: Quantity) -> bool:
    """As "92 rubles per dollar", "$78 a barrel": the rate of a currency or of oil."""
    if quantity.unit not in MONEY or quantity.scale > 1:
        return False
    after, before = ctx.folded[ctx.at(quantity.end) :], ctx.folded[: ctx.at(quantity.start)]
    return quantity.value == 1 or bool(_A_COIN.match(after) or _FOR_A_COIN.search(before))


def is_population(ctx: Context, quantity: Quantity) -> bool:
    """As "its population is 37 million": how many live there says nothing of cooperation."""
    before = ctx.folded[: ctx.at(quantity.start)]
    return quantity.unit in ("", "count") and bool(_POPULATION.search(before))


_COIN = r"(?:us\s+)?(?:dollar|euro|rou?ble|barrel|доллар|евро|рубль|баррель)(?![^\W_])"
_A_COIN = re.compile(rf"\s*(?:a|an|per|for a|to the|for one|за|за один)\s+{_COIN}")
_FOR_A_COIN = re.compile(
    rf"(?:за|за один|one|a|per)\s+{_COIN}\s+(?:[^\W\d]+\s+){{0,4}}$"
    r"|(?:курс|exchange rate)[^,.;]{0,40}$"
)
_POPULATION = re.compile(
    r"(?:population|населени[ея])\s+(?:[^\W\d]+\s+){0,4}(?:[-—]\s*)?(?:[^\W\d]+\s+){0,2}$"
)
_ROUND = (1.0, 10.0, 100.0, 1000.0)
_PER = re.compile(r"\s*(?:/|per|per every|for every|for each|за|за каждую|за каждые|на каждую)\s*")
