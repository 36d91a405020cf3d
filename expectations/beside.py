"""What stands beside two figures in their own releases, and tells the two apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from expectations.indicators import nature
from expectations.pool import grouped
from expectations.relations import agree, gap, is_money, same_release, same_side
from warehouse.fields import Figure

PARTS = 3  # values of one thing in one release
REPEATED = 0.005  # a value this near is the same one
OTHER_WAY = {"trade.exports": "trade.imports", "trade.imports": "trade.exports"}
Told = Mapping[str, Mapping[int, Figure]]
Flows = Mapping[tuple[str | None, ...], Sequence[Figure]]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Of a pool: the currency of growths by figure, and its exports and imports."""

    currency: Mapping[str, str]
    flows: Flows


def beside(figures: Sequence[Figure]) -> Beside:
    flows = grouped([f for f in figures if f.indicator in OTHER_WAY], flow_key)
    return Beside(currency=currencies(figures), flows=flows)


def flow_key(figure: Figure) -> tuple[str | None, ...]:
    return (figure.release_id, figure.indicator, figure.measure, figure.time_period)


def currencies(figures: Sequence[Figure]) -> dict[str, str]:
    """Return the currency of each growth that stands beside the amount that has grown."""
    amounts = grouped(
        [f for f in figures if f.measure == "level" and is_money(f)],
        lambda f: (f.release_id, f.indicator, f.time_period),
    )
    told = {}
    for growth in figures:
        near = amounts.get((growth.release_id, growth.indicator, growth.time_period))
        if near and growth.measure in ("growth", "multiple"):
            nearest = min(near, key=lambda f: (abs(f.start - growth.start), f.figure_id))
            told[growth.figure_id] = nearest.unit
    return told


def told_in(found: Sequence[Sequence[Figure]]) -> Told:
    """Return in which of the clusters each release has a value, and one that has it."""
    told: dict[str, dict[int, Figure]] = defaultdict(dict)
    for number, figures in enumerate(found):
        for figure in figures:
            told[figure.release_id].setdefault(number, figure)
    return told


def comparable(a: Figure, b: Figure, told: Told, around: Beside) -> bool:
    """Whether the releases of two figures leave room for a conflict; ``told`` as `told_in`.

    A growth in roubles is none in dollars. A release that tells three values of one thing lists
    parts of it. Where either release tells both values, they are of two things, unless they flow
    over one period or one side revises itself. Of several values of a release the nearest answers.
    """
    units = {around.currency.get(f.figure_id) for f in (a, b)} - {None}
    if len(units) > 1 or turned(a, b, around.flows):
        return False
    one, other = told[a.release_id], told[b.release_id]
    if same_release(a, b):
        return len(one) < PARTS
    if {*one} & {*other} and nature(a.indicator).kind != "flow" and not same_side(a, b):
        return False
    return nearest(a, b, one.values()) and nearest(b, a, other.values())


def turned(a: Figure, b: Figure, flows: Flows) -> bool:
    """Whether one release calls exports what the other calls imports, both ways: whose are they?"""
    return told_the_other_way(a, b, flows) and told_the_other_way(b, a, flows)


def told_the_other_way(figure: Figure, other: Figure, flows: Flows) -> bool:
    release, indicator, *rest = flow_key(figure)
    there = flows.get((release, OTHER_WAY.get(indicator or ""), *rest), ())
    return any(f.unit == other.unit and gap(f, other) < REPEATED for f in there)


def nearest(figure: Figure, other: Figure, near: Iterable[Figure]) -> bool:
    """Whether nothing else in a figure's release, that is at odds with another, is nearer to it."""
    rivals = (f for f in near if not agree(f, other))
    return all(gap(figure, other) <= gap(rival, other) for rival in rivals)
