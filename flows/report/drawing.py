"""The drawing of a finding: each statement's interval on one axis, to scale; no markup here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.report import words
from flows.report.scale import Scale, middle, scale_for
from warehouse.fields import Figure

ROWS = 10  # statements in one drawing
ROW = 40  # height of one, in pixels
START, END = 3.0, 97.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One statement: a mark at its value, a bar over what its wording implies."""

    side: str
    label: str
    label_at: float
    anchor: str
    top: int
    left: float
    width: float
    mark: float
    open_left: bool
    open_right: bool
    said: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The bars of statements in one unit, the gap between the sides, and the axis."""

    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str, str], ...]  # place, label, anchor
    gap: tuple[float, float] | None  # place and width
    height: int
    logarithmic: bool
    said: str


def drawings(first: Sequence[Figure], second: Sequence[Figure]) -> list[Drawing]:
    """Return one drawing for each unit and kind of number that the statements have."""
    kinds = dict.fromkeys((f.unit, f.measure) for f in [*first, *second])
    return [
        drawing(
            [f for f in first if (f.unit, f.measure) == kind],
            [f for f in second if (f.unit, f.measure) == kind],
        )
        for kind in kinds
    ]


def drawing(first: Sequence[Figure], second: Sequence[Figure]) -> Drawing:
    sides = [("a", f) for f in told(first)] + [("b", f) for f in told(second)]
    sides = sides[:ROWS]
    unit = sides[0][1].unit
    values = [v for _, f in sides for v in (f.low, f.high, f.value, f.value_high) if v is not None]
    far = min(values) < 0.5 * max(values)
    scale = scale_for(values, from_zero=far, start=START, end=END)
    bars = tuple(bar(side, f, scale, ROW * n) for n, (side, f) in enumerate(sides))
    return Drawing(
        unit=unit,
        bars=bars,
        ticks=tuple(ticks_of(scale, unit)),
        gap=gap_of(first, second, scale),
        height=ROW * len(bars) + 26,
        logarithmic=scale.logarithmic,
        said="; ".join(b.said for b in bars),
    )


def told(figures: Iterable[Figure]) -> list[Figure]:
    """Return one figure for each different statement of a source."""
    unique: dict[tuple[object, ...], Figure] = {}
    for f in figures:
        key = (f.source, f.value, f.value_high, f.low, f.high, f.indicator, f.time_period)
        unique.setdefault(key, f)
    return list(unique.values())


def bar(side: str, figure: Figure, scale: Scale, top: int) -> Bar:
    f = figure
    left = START if f.low is None else scale.at(f.low)
    right = END if f.high is None else scale.at(f.high)
    stated = words.interval(f.low, f.high, f.unit)
    mark = scale.at(middle(f.value, f.value_high))
    return Bar(
        side=side,
        label_at=START if mark < 50 else END,
        anchor="start" if mark < 50 else "end",
        label=f"{f.source} · {words.interval(f.low, f.high, f.unit, short=True)}",
        top=top,
        left=left,
        width=round(max(right - left, 0.0), 2),
        mark=mark,
        open_left=f.low is None,
        open_right=f.high is None,
        said=f"{f.source}: {stated}",
    )


def ticks_of(scale: Scale, unit: str) -> Iterable[tuple[float, str, str]]:
    for value in scale.ticks(3):
        place = scale.at(value)
        anchor = "start" if place < 14 else "end" if place > 86 else "middle"
        yield place, words.amount(value, unit, short=True), anchor


def gap_of(
    first: Sequence[Figure], second: Sequence[Figure], scale: Scale
) -> tuple[float, float] | None:
    """Return where nobody's interval lies, between the sides; None where there is no such place."""
    if not first or not second:
        return None
    ends = []
    for one, other in ((first, second), (second, first)):
        tops = [f.high for f in one if f.high is not None]
        bottoms = [f.low for f in other if f.low is not None]
        if len(tops) == len(one) and len(bottoms) == len(other) and max(tops) < min(bottoms):
            ends = [scale.at(max(tops)), scale.at(min(bottoms))]
    return (ends[0], round(ends[1] - ends[0], 2)) if ends else None
