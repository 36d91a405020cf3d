"""A value far off the rest of its series: "billion" for "million", a slip of the tongue."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

from expectations.indicators import nature
from expectations.periods import as_of, near, span
from expectations.pool import Disagreement, Pool, grouped, in_order, worded
from expectations.relations import WILD, gap, is_dated, key, same_moment
from warehouse.fields import Figure

FAR = 5.0  # FINDINGS.md: five or more times off
SLIP = 50.0  # beside a single neighbour of another period, only a slip of the unit is sure
NEAR_DAYS = 3 * 366
ALIKE = 1.5
UNDATED = -1  # a flow without period could be of any stretch


def slips(pool: Pool) -> Iterator[Disagreement]:
    """Yield each value that is five or more times off the rest of its series at near dates."""
    for figures in grouped(suspects(pool.figures), lambda f: (key(f), stretch(f))).values():
        if pool.any_fresh(figures):
            yield from off(figures, pool)


def suspects(figures: Sequence[Figure]) -> list[Figure]:
    levels = [f for f in figures if f.measure == "level" and f.value > 0 and is_dated(f)]
    return [f for f in levels if nature(f.indicator).series and stretch(f) != UNDATED]


def stretch(figure: Figure) -> int | None:
    """Return how many months a flow covers; only equal stretches make a series.

    A stock that is told of a stretch, and not of a moment or year, is what came in over it.
    """
    covered = span(figure.time_period)
    if nature(figure.indicator).kind == "flow":
        return covered.months if covered else UNDATED
    return covered.months if covered and "/" in (figure.time_period or "") else None


def off(figures: Sequence[Figure], pool: Pool) -> Iterator[Disagreement]:
    """Yield the values that no other of their series comes near, one for each value."""
    blamed: set[str] = set()
    for figure in sorted(figures, key=lambda f: doubt(f, figures)):
        rest = [f for f in figures if neighbours(figure, f)]
        rest = [f for f in rest if f.figure_id not in blamed]
        alike = [f for f in figures if ratio(f, figure) < ALIKE and f not in rest]
        outnumbered = doubt(figure, figures)[0] <= len({f.release_id for f in rest})
        own = [f for f in figures if f.release_id == figure.release_id]
        free = figure.figure_id not in blamed and not a_part(figure, own, rest)
        if free and outnumbered and stands_off(figure, rest):
            blamed |= {f.figure_id for f in alike}
            if pool.any_fresh([*rest, *alike]):
                yield slip(figure, alike, rest)


def a_part(figure: Figure, own: Sequence[Figure], rest: Sequence[Figure]) -> bool:
    """Whether its release tells the value of the rest too: beside the whole, it is of a part."""
    wholes = [f for f in own if any(ratio(f, r) < ALIKE for r in rest)]
    return any(not round_slip(figure, f) for f in wholes)


def doubt(figure: Figure, figures: Sequence[Figure]) -> tuple[int, int, str]:
    """Rank suspects: fewest releases near their value first, then the latest told."""
    backing = {f.release_id for f in figures if ratio(f, figure) < FAR}
    return (len(backing), -figure.published.toordinal(), figure.figure_id)


def neighbours(figure: Figure, other: Figure) -> bool:
    days = (day_of(figure), day_of(other))
    if figure.release_id == other.release_id and not round_slip(figure, other):
        return False  # so far apart, one release speaks of two things
    return ratio(figure, other) >= FAR / 2 and near(*days, days=NEAR_DAYS)


def round_slip(a: Figure, b: Figure) -> bool:
    """Whether two values are a thousand or a million times apart, as slips of the unit are."""
    power = math.log(ratio(a, b), 1000)
    return round(power) >= 1 and abs(power - round(power)) < 0.06


def digits_slip(a: Figure, b: Figure) -> bool:
    """Whether two counts are nearly a power of ten apart: else one is of a few among many."""
    power = math.log10(ratio(a, b))
    return round(power) >= 1 and abs(power - round(power)) < 0.1


def day_of(figure: Figure) -> date:
    return as_of(figure.time_period, figure.published)


def ratio(a: Figure, b: Figure) -> float:
    return math.exp(abs(math.log(a.value / b.value)))


def stands_off(figure: Figure, rest: Sequence[Figure]) -> bool:
    """Whether a value is off all the rest, and the rest is of one kind and enough to judge by."""
    if not rest:
        return False
    values = [f.value for f in rest]
    nearest = min(rest, key=lambda f: ratio(figure, f))
    if ratio(figure, nearest) < FAR or max(values) / min(values) >= FAR:
        return False
    if figure.unit == "count" and not all(digits_slip(figure, f) for f in rest):
        return False
    if ratio(figure, nearest) > WILD and not any(round_slip(figure, f) for f in rest):
        return False
    if len({(f.release_id, f.value) for f in rest}) > 1:
        return True
    alone = rest[0]
    return ratio(figure, alone) >= (FAR if same_moment(figure, alone) else SLIP)


def slip(figure: Figure, alike: Sequence[Figure], rest: Sequence[Figure]) -> Disagreement:
    others = in_order(rest)
    closest = min(others, key=lambda f: abs((day_of(f) - day_of(figure)).days))
    times = f"{ratio(figure, closest):,.0f}"
    return Disagreement(
        type="magnitude",
        first=in_order([figure]) + in_order(f for f in alike if f is not figure),
        second=others,
        gap=gap(figure, closest),
        time_period=figure.time_period,
        why=f"{worded(figure)} is {times} times off its series, as {worded(closest)}",
    )
