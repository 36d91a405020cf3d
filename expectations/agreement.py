"""Comparable figures gathered into clusters of values: contradiction, restatement, mirror gap.

However many releases join either side, two clusters of values that cannot both be right are one
disagreement; among three and more, each stands against the one it must answer to, not all pairs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from expectations.beside import Beside, beside, comparable, told_in
from expectations.indicators import nature
from expectations.periods import Span, span
from expectations.pool import Disagreement, Pool, grouped, in_order, worded
from expectations.relations import (
    certain,
    gap,
    interval,
    key,
    meets,
    relate,
    same_release,
)
from warehouse.fields import Figure

TOLD_HERE = ("edit", "translation_mismatch")  # `versions` tells these
RANK = ("contradiction", "restatement", "mirror_gap")  # where votes are even


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two clusters of one series and moment that disagree, and the pairs that show it."""

    kind: str
    one: int
    other: int
    first: tuple[Figure, ...]
    second: tuple[Figure, ...]

    @property
    def latest(self) -> tuple[date, date]:
        days = [max(f.published for f in s) for s in (self.first, self.second)]
        return min(days), max(days)


def disagreements(pool: Pool) -> Iterator[Disagreement]:
    """Yield the conflicts of values within each series and moment that the batch touches."""
    around = beside(pool.figures)
    for figures in grouped(pool.figures, lambda f: (key(f), moment(f))).values():
        if len(figures) > 1 and pool.any_fresh(figures):
            clashes = clashing(clusters(figures), around)
            for clash in answering(clashes):
                if pool.any_fresh(clash.first + clash.second):
                    yield told(clash)


def moment(figure: Figure) -> Span | None:
    """Return what sorts statements of a series before they are compared: a period, or none."""
    covered = span(figure.time_period)
    kind = nature(figure.indicator).kind
    if covered is None or kind == "event" or (kind != "flow" and covered.months <= 1):
        return None
    return covered


def clusters(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Gather figures whose intervals all share a stretch, the most precise figures first."""
    cores: list[tuple[float, float]] = []
    found: list[list[Figure]] = []
    for figure in sorted(figures, key=precision):
        ends = interval(figure)
        fitting = [i for i, core in enumerate(cores) if meets(core, ends)]
        if fitting:
            best = min(fitting, key=lambda i: abs(found[i][0].value - figure.value))
            cores[best] = (max(cores[best][0], ends[0]), min(cores[best][1], ends[1]))
            found[best].append(figure)
        else:
            cores.append(ends)
            found.append([figure])
    return found


def precision(figure: Figure) -> tuple[float, date, str]:
    low, high = interval(figure)
    width = (high - low) / max(abs(figure.value), 1e-12)
    return (width if math.isfinite(width) else math.inf, figure.published, figure.figure_id)


def clashing(found: Sequence[Sequence[Figure]], around: Beside) -> list[Clash]:
    clashes = []
    told_by = told_in(found)
    for one, other in combinations(range(len(found)), 2):
        pairs = [
            (a, b) for a in found[one] for b in found[other] if comparable(a, b, told_by, around)
        ]
        kinds = {(a.figure_id, b.figure_id): relate(a, b) for a, b in pairs}
        told = [(a, b) for a, b in pairs if kinds[a.figure_id, b.figure_id].conflict]
        if any(kinds[a.figure_id, b.figure_id].kind in TOLD_HERE for a, b in told):
            continue
        if told:
            first, second = in_order(a for a, _ in told), in_order(b for _, b in told)
            kind = voted((a, b, kinds[a.figure_id, b.figure_id].kind) for a, b in told)
            clashes.append(Clash(kind=kind, one=one, other=other, first=first, second=second))
    return clashes


def voted(pairs: Iterator[tuple[Figure, Figure, str]]) -> str:
    """Return the type that most pairs show; a side told for certain outweighs a guessed one."""
    votes: Counter[str] = Counter()
    for a, b, kind in pairs:
        votes[kind] += 10_000 if same_release(a, b) else 100 if certain(a) and certain(b) else 1
    return min(votes, key=lambda kind: (-votes[kind], RANK.index(kind)))


def answering(clashes: Sequence[Clash]) -> list[Clash]:
    """Leave of three and more values only the conflicts that say something new."""
    joined = {frozenset((c.one, c.other)) for c in clashes}
    kept = [c for c in clashes if c.kind == "restatement" and not spanned(c, clashes)]
    mirrors = [c for c in clashes if c.kind == "mirror_gap"]
    if mirrors:
        kept.append(max(mirrors, key=lambda c: (c.latest, -c.one, -c.other)))
    kept += starred([c for c in clashes if c.kind == "contradiction"], joined)
    return kept


def spanned(clash: Clash, clashes: Sequence[Clash]) -> bool:
    """Whether another value was told between the two of a restatement."""
    ends = {clash.one, clash.other}
    days = sorted((clash.first[0].published, clash.second[0].published))
    steps = [c for c in clashes if c.kind == "restatement" and c is not clash]
    for middle in {i for c in steps for i in (c.one, c.other)} - ends:
        links = [c for c in steps if middle in (c.one, c.other) and ends & {c.one, c.other}]
        between = [(c.first if c.one == middle else c.second)[0].published for c in links]
        if len(links) == 2 and all(days[0] <= day <= days[1] for day in between):
            return True
    return False


def starred(clashes: Sequence[Clash], joined: set[frozenset[int]]) -> list[Clash]:
    """Keep the contradictions with the best witnessed value, and those it has no part in."""
    if not clashes:
        return []
    support: dict[int, set[str]] = {}
    for clash in clashes:
        support.setdefault(clash.one, set()).update(f.release_id for f in clash.first)
        support.setdefault(clash.other, set()).update(f.release_id for f in clash.second)
    centre = min(support, key=lambda i: (-len(support[i]), i))
    answered = {i for i in support if frozenset((i, centre)) in joined}
    return [c for c in clashes if not {c.one, c.other} <= answered]


def told(clash: Clash) -> Disagreement:
    sides = sorted((clash.first, clash.second), key=lambda s: (s[0].published, -len(s), s[0].url))
    first, second = sides
    return Disagreement(
        type=clash.kind,
        first=first,
        second=second,
        gap=gap(first[0], second[0]),
        time_period=first[0].time_period or second[0].time_period,
        why=f"{worded(first[0])} does not meet {worded(second[0])}",
    )
