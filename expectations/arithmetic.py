"""Sums that do not come out: exports and imports, longer and shorter stretches, growth and levels.

Each check asks whether any combination of the values told fits; only where none does, it speaks.
So a value that was corrected later, or told twice in two roundings, is no broken sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from expectations.indicators import nature
from expectations.periods import Span, span
from expectations.pool import Disagreement, Pool, grouped, in_order, worded
from expectations.relations import (
    MIRROR_GAP,
    UNLIKE,
    gap,
    gap_of,
    interval,
    key,
    meets,
    same_release,
    same_side,
)
from warehouse.fields import Figure

Pair = tuple[Figure, Figure]

TRADE = ("trade.turnover", "trade.exports", "trade.imports")
ROUNDED_PARTS = 0.005  # parts rounded before they were added, over the whole
ELSEWHERE_UNLIKE = 1.0  # twice the growth that levels of other releases show
GROWTH_SLACK = 0.01  # of the ratio of two levels told by the release that tells the growth
GROWTH_SLACK_ACROSS = 0.05  # of levels told elsewhere, whose base may have been revised


def identities(pool: Pool) -> Iterator[Disagreement]:
    """Yield turnovers that are not the exports and imports beside them."""
    trade = [f for f in pool.figures if f.indicator in TRADE and f.measure == "level"]
    told: set[str] = set()
    for figures in grouped(trade, within_release).values():
        for broken in unbalanced(figures, pool):
            told |= {f.figure_id for f in broken.first}
            yield broken
    dated = [f for f in trade if f.time_period]
    for figures in grouped(dated, within_source).values():
        for broken in unbalanced(figures, pool):
            if not told & {f.figure_id for f in broken.first}:
                yield broken


def within_release(figure: Figure) -> tuple[str | None, ...]:
    return (figure.release_id, *key(figure)[2:])


def within_source(figure: Figure) -> tuple[str | None, ...]:
    return (figure.source, figure.reporter, figure.time_period, *key(figure)[2:])


def unbalanced(figures: Sequence[Figure], pool: Pool) -> Iterator[Disagreement]:
    parts = grouped(figures, lambda f: f.indicator)
    if len(parts) < len(TRADE) or not pool.any_fresh(figures):
        return
    for covered, wholes in grouped(parts[TRADE[0]], lambda f: span(f.time_period)).items():
        exports, imports = (
            [f for f in parts[code] if span(f.time_period) in (covered, None)] for code in TRADE[1:]
        )
        sums = list(product(wholes, exports, imports))
        if sums and not any(balanced(*s) for s in sums):
            whole, out, back = min(sums, key=lambda s: imbalance(*s))
            yield Disagreement(
                type="identity_break",
                first=in_order([whole]),
                second=in_order([out, back]),
                gap=imbalance(whole, out, back),
                time_period=whole.time_period,
                why=f"{worded(out)} and {worded(back)} do not make {worded(whole)}",
            )


def balanced(whole: Figure, out: Figure, back: Figure) -> bool:
    (a, b), (c, d) = interval(out), interval(back)
    low, high = interval(whole)
    slack = ROUNDED_PARTS * abs(whole.value)
    return meets((low - slack, high + slack), (a + c, b + d))


def imbalance(whole: Figure, out: Figure, back: Figure) -> float:
    return gap_of(whole.value, out.value + back.value)


def cumulative_breaks(pool: Pool) -> Iterator[Disagreement]:
    """Yield totals of a stretch that are smaller than those of a stretch within it.

    Between two sides only a difference beyond a usual mirror gap speaks.
    """
    for figures in grouped(totals(pool.figures), key).values():
        if pool.any_fresh(figures):
            broken = [
                (long, short) for long, short in product(figures, figures) if shrunk(long, short)
            ]
            yield from blamed([(a, b) for a, b in broken if stands(a, b, figures)], pool)


def totals(figures: Sequence[Figure]) -> list[Figure]:
    return [
        f
        for f in figures
        if f.measure == "level" and f.status == "actual" and nature(f.indicator).kind == "flow"
    ]


def shrunk(long: Figure, short: Figure) -> bool:
    """Whether a longer stretch of a year has a smaller total than a shorter one, told so surely."""
    whole, part = span(long.time_period), span(short.time_period)
    if not whole or not part or whole == part or not whole.holds(part):
        return False
    if whole.start.year != whole.end.year or long.value >= short.value:
        return False
    if meets(interval(long), interval(short)):
        return False
    return same_side(long, short) or gap(long, short) > MIRROR_GAP


def stands(long: Figure, short: Figure, figures: Sequence[Figure]) -> bool:
    """Whether neither total was told otherwise later by its side."""
    return not any(
        f.time_period == old.time_period
        and f.published > old.published
        and same_side(f, old)
        and not meets(interval(f), interval(old))
        for old in (long, short)
        for f in figures
    )


def blamed(broken: Sequence[Pair], pool: Pool) -> Iterator[Disagreement]:
    """Gather broken pairs around the totals that break most: one wrong total, one finding."""
    left = list(broken)
    while left:
        worst = max((f for p in left for f in p), key=lambda f: (len(of(f, left)), f.figure_id))
        here = of(worst, left)
        left = [p for p in left if p not in here]
        longs, shorts = in_order(p[0] for p in here), in_order(p[1] for p in here)
        if pool.any_fresh(longs + shorts):
            yield broke(longs, shorts)


def of(figure: Figure, pairs: Sequence[Pair]) -> list[Pair]:
    return [p for p in pairs if any(same_total(figure, f) for f in p)]


def same_total(a: Figure, b: Figure) -> bool:
    return a.time_period == b.time_period and meets(interval(a), interval(b))


def broke(longs: tuple[Figure, ...], shorts: tuple[Figure, ...]) -> Disagreement:
    long = max(longs, key=lambda f: (len(f.time_period or ""), f.time_period or ""))
    short = max(shorts, key=lambda f: (f.value, f.figure_id))
    return Disagreement(
        type="cumulative_break",
        first=longs,
        second=shorts,
        gap=gap(long, short),
        time_period=long.time_period,
        why=f"{worded(long)} for {long.time_period} is less than {worded(short)} "
        f"for {short.time_period}",
    )


def growth_mismatches(pool: Pool) -> Iterator[Disagreement]:
    """Yield growths that the levels told for the two periods do not bear out."""
    levels = grouped(
        [f for f in pool.figures if f.measure == "level" and f.status == "actual" and f.value > 0],
        subject,
    )
    for growth in pool.figures:
        if growth.measure in ("growth", "multiple") and growth.status == "actual":
            yield from unfitting(growth, levels.get(subject(growth), []), pool)


def stretches(growth: Figure) -> list[Span | None]:
    """Return the stretch that a growth is measured from, then those that it may run to.

    "Since 2019", told in 2025: from 2019 to 2025, or to the last year that was complete.
    """
    now = span(growth.time_period)
    if now is None or now.months < 1:
        return [None]
    if now.months <= 12:
        return [now.a_year_before(), now]
    last = now.end.year
    return [span(str(now.start.year)), span(str(last)), span(str(last - 1))]


def subject(figure: Figure) -> tuple[str | None, ...]:
    f = figure
    return (f.indicator, f.ref_area, f.counterpart_area, f.scope)


def unfitting(growth: Figure, levels: Sequence[Figure], pool: Pool) -> Iterator[Disagreement]:
    beside = [f for f in levels if same_release(f, growth) or same_side(f, growth)]
    origin, *ends = stretches(growth)
    before = [f for f in beside if origin and span(f.time_period) == origin]
    told = ([f for f in beside if span(f.time_period) == end] for end in ends)
    after = next(filter(None, told), [])
    pairs = [(a, b) for a, b in product(after, before) if a.unit == b.unit and same_side(a, b)]
    pairs = [p for p in pairs if pool.any_fresh([growth, *p]) and of_one_kind(growth, *p)]
    if pairs and not any(borne_out(growth, *p) for p in pairs):
        level, base = min(pairs, key=lambda p: shortfall(growth, *p))
        yield Disagreement(
            type="growth_mismatch",
            first=(growth,),
            second=in_order([level, base]),
            gap=shortfall(growth, level, base),
            time_period=growth.time_period,
            why=f"{worded(growth)} does not fit {worded(base)} and {worded(level)}",
        )


def of_one_kind(growth: Figure, level: Figure, base: Figure) -> bool:
    """Whether levels are near enough to the growth to be of its series at all."""
    beside = same_release(growth, level) or same_release(growth, base)
    return shortfall(growth, level, base) < (UNLIKE if beside else ELSEWHERE_UNLIKE)


def factor(growth: Figure) -> tuple[float, float]:
    """Return the ratio of levels that a growth, or a multiple, states, as an interval."""
    low, high = interval(growth)
    if growth.measure == "multiple":
        loose = 0.12 if float(growth.value).is_integer() else 0.0  # "doubled" is seldom 2.00
        return low * (1 - loose), high * (1 + loose)
    return 1 + low / 100, 1 + high / 100


def borne_out(growth: Figure, level: Figure, base: Figure) -> bool:
    (a, b), (c, d) = interval(level), interval(base)
    low, high = factor(growth)
    here = same_release(growth, level) and same_release(growth, base)
    slack = GROWTH_SLACK if here else GROWTH_SLACK_ACROSS
    least, most = a / d if d else 0.0, b / c if c > 0 else float("inf")
    return meets((low - slack * abs(low), high + slack * abs(high)), (least, most))


def shortfall(growth: Figure, level: Figure, base: Figure) -> float:
    stated = growth.value if growth.measure == "multiple" else 1 + growth.value / 100
    return gap_of(stated, level.value / base.value)
