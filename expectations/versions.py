"""Versions of one release laid over each other: edits at an address, and translations.

Two versions say mostly the same; what one says and the other does not is paired up, and only a
pair is a disagreement: a sentence added, or left out in translation, is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from expectations.addresses import canonical, twin_key
from expectations.pool import Disagreement, Pool, grouped, in_order, worded
from expectations.relations import agree, gap
from warehouse.fields import Figure

ROUNDING = 0.05  # an edit that moves an exact figure farther does more than round it
Statement = tuple[Figure, ...]
REPEATED = 0.005  # a value this near is the same one, read under another heading


def superseded(pool: Pool) -> set[str]:
    """Return the ids of figures whose release has a newer version at its address."""
    old = set()
    for figures in grouped(pool.figures, lambda f: canonical(f.url)).values():
        newest = max(pool.order.get(f.release_id, -1) for f in figures)
        old |= {f.figure_id for f in figures if pool.order.get(f.release_id, -1) < newest}
    return old


def edits(pool: Pool) -> Iterator[Disagreement]:
    """Yield the figures that changed when a page did, each new version beside the one before."""
    for figures in grouped(pool.figures, lambda f: canonical(f.url)).values():
        versions = grouped(figures, lambda f: f.release_id)
        ranked = sorted(versions, key=lambda r: (pool.order.get(r, -1), r))
        for before, after in pairwise(ranked):
            if pool.any_fresh(versions[after]):
                yield from changed(versions[before], versions[after], "edit")


def translations(pool: Pool) -> Iterator[Disagreement]:
    """Yield the figures on which two language versions of one release differ."""
    for figures in grouped(pool.figures, lambda f: (f.source, twin_key(f.url))).values():
        versions = grouped(figures, lambda f: (f.release_id, f.language))
        ranked = sorted(versions, key=lambda r: (pool.order.get(r[0], -1), r))
        for place, one in enumerate(ranked):
            for other in ranked[place + 1 :]:
                if one[1] != other[1] and one[0] != other[0] and pool.any_fresh(versions[other]):
                    kind = "translation_mismatch"
                    yield from changed(versions[one], versions[other], kind)


def changed(old: Sequence[Figure], new: Sequence[Figure], kind: str) -> Iterator[Disagreement]:
    verb = "changed to" if kind == "edit" else "stands in translation as"
    same = unchanged if kind == "edit" else alike
    for first, second in pairings(statements(old), statements(new), same):
        one, other = first[0], second[0]
        yield Disagreement(
            type=kind,
            first=first,
            second=second,
            gap=gap(one, other),
            time_period=one.time_period or other.time_period,
            why=f"{worded(one)} {verb} {worded(other)}",
        )


def statements(figures: Sequence[Figure]) -> list[Statement]:
    """Return the quantities of a version, each with all places that repeat it, in text order."""
    repeated = grouped(figures, lambda f: (subject(f), f.time_period, f.value))
    return sorted((in_order(group) for group in repeated.values()), key=lambda s: s[0].start)


def subject(figure: Figure) -> tuple[str | None, ...]:
    """Return what two versions surely agree on when they speak of one quantity."""
    return (figure.indicator, figure.measure, figure.unit, figure.ref_area)


def pairings(
    old: list[Statement], new: list[Statement], same: Callable[[Figure, Figure], bool]
) -> list[tuple[Statement, Statement]]:
    """Return the quantities of two versions that stand for each other and do not agree."""
    left = [s for s in old if not any(same(s[0], other[0]) for other in new)]
    right = [s for s in new if not any(same(s[0], other[0]) for other in old)]
    pairs = []
    for statement in left:
        fitting = [other for other in right if counterpart(statement[0], other[0])]
        if fitting:
            best = min(fitting, key=lambda other: unlikeness(statement[0], other[0]))
            pairs.append((statement, best))
            right.remove(best)
    return pairs


def alike(a: Figure, b: Figure) -> bool:
    """Whether one version repeats what the other says, under whatever heading it was read."""
    if subject(a) == subject(b) and agree(a, b):
        return True
    return a.unit == b.unit and a.measure == b.measure and gap(a, b) < REPEATED


def unchanged(a: Figure, b: Figure) -> bool:
    """Whether an edit left a figure as it was: "one thousand" is no rounding of 900."""
    exact = a.bound == b.bound == "exact"
    return alike(a, b) and not (exact and gap(a, b) > ROUNDING)


def counterpart(a: Figure, b: Figure) -> bool:
    periods = {a.time_period, b.time_period} - {None}
    return subject(a) == subject(b) and len(periods) < 2


def unlikeness(a: Figure, b: Figure) -> tuple[bool, bool, bool, int]:
    """Rank counterparts: the same scope, period and status first, then the nearest place."""
    return (
        a.scope != b.scope,
        a.time_period != b.time_period,
        a.status != b.status,
        abs(a.start - b.start),
    )
