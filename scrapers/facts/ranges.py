"""Two ends of a range made one quantity, or given the unit that they share."""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.facts.amounts import MONEY, Context, Quantity


def ranges(ctx: Context, found: list[Quantity]) -> list[Quantity]:
    """Join the two ends of a range; give "from 10 to 15 percent" both their unit."""
    result: list[Quantity] = []
    for quantity in found:
        last = result[-1] if result else None
        joined = last and _joined(ctx, last, quantity)
        if joined:
            result[-1:] = joined
        else:
            result.append(quantity)
    return result


_RANGE_MARK = re.compile(r"(?:-(?= ))?\s*(?:(-)|(to|до)|(or|или)|(and|и))\s*$")
_RANGE_START = re.compile(
    r"(?<![^\W_])(from|between|от|с|со|между|range of|диапазоне)\s*"
    r"(?:around|about|примерно|около)?\s*$"
)
_CHANGE_EN = re.compile(
    r"(?<![^\W_])(?:grow|grew|grown|ris|rose|increas|drop|fall|fell|declin|reduc|decreas|down|up"
    r"|went|go|expand|rais|cut|shrink|shrank|chang|jump|climb|plung|improv|doubl|slid|slip|lower)"
    r"[^\W_]*(?:[^.;]|\.(?=\d))*$"
)
_BY = re.compile(r"(?<![^\W_])by\s+$")


def _joined(ctx: Context, one: Quantity, two: Quantity) -> list[Quantity] | None:
    """Return the range that two neighbours make, or both with a shared unit, or None."""
    a, b = ctx.at(one.end), ctx.at(two.lead)
    if b < a or b - a > 8:
        return None
    mark = _RANGE_MARK.match(ctx.folded[a:b])
    before = ctx.folded[: ctx.at(one.start)]
    opened = _RANGE_START.search(before)
    if not mark or not (one.bare or one.unit == two.unit or one.form == two.form == "digits"):
        return None
    if one.unit not in ("", "count", two.unit) and (two.unit not in ("", "count") or two.noun):
        return None
    if one.noun and not two.noun and not two.bare:
        return None
    if mark[4] and not (opened and opened[1] in ("between", "между")):
        return None
    if one.value_high is not None or two.value_high is not None:
        return None
    told_by = one.bare and (two.unit in ("times", "percent") or bool(_BY.search(before)))
    one = _shared(one, two)
    two = _shared(two, one)
    changes = bool(mark[2]) and not (told_by and not opened) and _is_change(ctx, opened, before)
    if changes or (two.value <= one.value and not mark[3]):
        return [one, two] if mark[2] else None
    low, high = sorted((one.value, two.value))
    plain = mark[2] == "to" and not opened and not changes
    if (mark[2] and not opened and not plain) or high > 20 * max(low, 1e-9):
        return [one, two] if mark[2] and opened else None
    start = (
        one.start
        if one.bound != "exact" or not opened or opened[1] == "с"
        else (ctx.sentence.start + opened.start(1))
    )
    return [
        replace(
            two,
            value=low,
            value_high=high,
            bound="range",
            first=one.first,
            start=start,
            step=min(one.step, two.step),
            rules=two.rules | {"bound": "range"},
        )
    ]


def _is_change(ctx: Context, opened: re.Match[str] | None, before: str) -> bool:
    if before.endswith(" of "):
        return False  # "growth of 5 to 7 percent"
    if not opened:
        return bool(_CHANGE_EN.search(before[-60:]))
    if opened[1] in ("с", "со"):
        return True
    if opened[1] == "from":
        return bool(_CHANGE_EN.search(before[-60:]))
    return False


def _shared(one: Quantity, two: Quantity) -> Quantity:
    """Give ``one`` the unit, and where it is small the scale, of its neighbour."""
    small = one.scale == 1 and one.value < 1000
    if not one.unit and two.unit:
        one = replace(
            one, unit=two.unit, noun=two.noun, rules=one.rules | {"unit": "shared with a neighbour"}
        )
        return _scaled(one, two.scale) if small else one
    if not one.unit and not two.unit and small and two.scale > 1:
        return _scaled(one, two.scale)
    if one.unit in MONEY and small and two.scale > 1 and two.unit in (one.unit, "count", ""):
        return _scaled(one, two.scale)
    return one


def _scaled(one: Quantity, factor: float) -> Quantity:
    return replace(one, value=one.value * factor, step=one.step * factor, scale=one.scale * factor)
