"""What the detectors work on, and what they give back: values only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from expectations.relations import severity
from warehouse.fields import Figure

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The figures of a batch beside the history that they can be compared with.

    ``order`` ranks release versions by when we came to know them; ``fresh`` are the ids of the
    batch's figures. A disagreement without any of these is not new.
    """

    figures: Sequence[Figure]
    fresh: frozenset[str]
    order: Mapping[str, int] = field(default_factory=dict)

    def without(self, ids: Iterable[str]) -> Pool:
        out = frozenset(ids)
        kept = [f for f in self.figures if f.figure_id not in out]
        return Pool(figures=kept, fresh=self.fresh - out, order=self.order)

    def any_fresh(self, figures: Iterable[Figure]) -> bool:
        return any(f.figure_id in self.fresh for f in figures)


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two sets of figures that cannot both be right, and what kind of conflict that is."""

    type: str
    first: tuple[Figure, ...]
    second: tuple[Figure, ...]
    gap: float
    time_period: str | None
    why: str

    @property
    def lead(self) -> Figure:
        return self.first[0]

    @property
    def severity(self) -> str:
        return severity(self.type, self.gap)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.first + self.second


def grouped(items: Iterable[T], by: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for item in items:
        groups[by(item)].append(item)
    return dict(groups)


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures each once, the earliest published first; ties by id, so runs repeat."""
    unique = {f.figure_id: f for f in figures}
    return tuple(sorted(unique.values(), key=lambda f: (f.published, f.url, f.start, f.figure_id)))


def worded(figure: Figure) -> str:
    """Return a figure as a reader meets it in a sentence: quote, source and day."""
    return f"“{figure.quote}” ({figure.source}, {figure.published})"
