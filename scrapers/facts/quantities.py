"""Numbers with their unit, bound and range: what is said of how much, before what it measures.

A quantity without a unit counts the words after it (`counted`), or has nothing of its own
(`bare`): then `ellipsis` gives it what an earlier one in the passage had.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from scrapers.facts.amounts import MONEY, Context, Quantity
from scrapers.facts.counted import counted_thing, counts_time
from scrapers.facts.labels import goes_on_with_labels, is_label
from scrapers.facts.no_figures import is_population, is_price, is_rate, of_time
from scrapers.facts.number import Number
from scrapers.facts.numbers import numbers
from scrapers.facts.periods import Period
from scrapers.facts.qualifiers import bounded
from scrapers.facts.ranges import ranges
from scrapers.facts.rough import roughly, sign_before, turned
from scrapers.facts.tokens import Token
from scrapers.facts.units import money_scale, prefix, repeated_unit, unit_after


def quantities(
    ctx: Context, times: Sequence[Period], read: Sequence[Number] | None = None
) -> list[Quantity]:
    """Return the amounts of a sentence; dates, labels, ordinals and durations are left out.

    ``read``: its numbers, where they have been read already.
    """
    found: list[Quantity] = []
    durations: list[Number] = []
    labelled = -1
    for number in numbers(ctx.tokens, russian=ctx.russian) if read is None else read:
        if _in_period(ctx, number, times) and not number.rule.endswith("of a scale"):
            continue
        if is_label(ctx, number) or (
            labelled >= 0 and goes_on_with_labels(ctx, labelled, number.first)
        ):
            labelled = number.last
            continue
        quantity = _quantity(ctx, number)
        if quantity is None and counts_time(ctx, number.last):
            durations.append(number)
        if quantity is None or is_price(ctx, quantity) or is_population(ctx, quantity):
            continue
        if not (found and is_rate(ctx, found[-1], quantity)):
            found.append(quantity)
    found = ranges(ctx, found)
    if durations:
        found = [
            q for q in found if q.unit or q.value > 100 or not of_time(ctx, q, durations, found)
        ]
    return _converted(ctx, found)


def _converted(ctx: Context, found: list[Quantity]) -> list[Quantity]:
    """As "more than $82 mln (6.3 bn rubles)": the amount in brackets has the bound of the first."""
    result: list[Quantity] = []
    for amount in found:
        last = result[-1] if result else None
        if last and last.unit in MONEY and amount.unit in MONEY and amount.bound == "exact":
            gap = ctx.folded[ctx.at(last.end) : ctx.at(amount.start)]
            if gap.strip() == "(" and last.bound != "range":
                amount = replace(
                    amount,
                    bound=last.bound,
                    rules=amount.rules | {"bound": "as before the bracket"},
                )
        result.append(amount)
    return result


def _in_period(ctx: Context, number: Number, times: Sequence[Period]) -> bool:
    start, end = ctx.tokens[number.first].start, ctx.tokens[number.last - 1].end
    return any(period.start < end and start < period.end for period in times)


_FACTOR = re.compile(r"\bfactor of (?:about |around |almost |nearly |some |over |more than )?$")


def _quantity(ctx: Context, number: Number) -> Quantity | None:
    start = ctx.tokens[number.first].start
    end = ctx.tokens[number.last - 1].end - number.cut
    rules = {"value": number.rule}
    if number.form == "fraction":
        unit, factor, tail, rules["unit"] = "percent", 1.0, ctx.at(end), "fraction"
    elif number.form == "multiple":
        unit, factor, tail, rules["unit"] = "times", 1.0, ctx.at(end), "multiple"
    else:
        unit, factor, tail, rules["unit"] = unit_after(ctx, ctx.at(end))
    head = ctx.at(start)
    if _FACTOR.search(ctx.folded[:head]) and not unit:
        unit, rules["unit"] = "times", "a factor of"
    if before := prefix(ctx.folded[:head]):
        head, unit, factor, rules["unit"] = before[0], before[1], 1.0, before[2]
        tail = ctx.at(end)
        if scaled := money_scale(ctx, tail):
            number = replace(
                number,
                value=number.value * scaled[0],
                scale=scaled[0],
                step=number.step * scaled[0],
            )
            tail = scaled[1]
        tail = repeated_unit(ctx, tail, unit)
    sign, head = sign_before(ctx, head, unit)
    lead = ctx.sentence.start + head
    bound, head, rules["bound"] = bounded(ctx, head, tail)
    if number.over and bound[0] == "exact":
        bound, rules["bound"] = ("min", bound[1]), "somewhat more"
    if bound[0] == "exact" and (rough := roughly(ctx, head, number, unit)):
        (name, head, rules["bound"]), tail = rough, tail
        bound = (name, bound[1])
    if bound[1] > tail:
        tail = bound[1]
    last = _token_at(ctx, ctx.sentence.start + tail, number.last)
    if number.high is not None:
        bound, rules["bound"] = ("range", bound[1]), "range in a word"
    quantity = Quantity(
        number.value * factor,
        None if number.high is None else number.high * factor,
        unit,
        bound[0],
        _token_at(ctx, ctx.sentence.start + head, 0),
        last,
        ctx.sentence.start + head,
        ctx.sentence.start + tail,
        number.scale * factor,
        number.step * factor,
        number.form,
        lead=lead,
        sign=sign,
        rules=rules,
    )
    quantity = turned(ctx, quantity, number)
    return quantity if quantity.unit else counted_thing(ctx, quantity, number)


def _token_at(ctx: Context, position: int, default: int) -> int:
    """Return the index of the first token that begins at or after a position."""
    return bisect_left(ctx.tokens, position, lo=min(default, len(ctx.tokens)), key=_start)


def _start(token: Token) -> int:
    return token.start
