"""Findings and figures as readers meet them: in their sentences, side by side. No markup here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from flows.report import words
from flows.report.drawing import Drawing, drawings
from flows.statements import is_of_facts, says
from warehouse.fields import (
    FINDING_TYPES,
    SUBJECTS,
    Agreement,
    Event,
    Figure,
    Release,
    text_sha256,
)
from warehouse.products import Finding
from warehouse.trace import sentence

F = TypeVar("F", bound=Figure | Event | Agreement)
# Statements of one side that share these say the same.
SAID = ("source", "low", "high", "value", "indicator", "date", "place", "period", "ordinal")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A figure, event or document in the sentence it stands in; ``says``: in words, no figure."""

    figure: Figure | Event | Agreement
    before: str
    quote: str
    after: str
    title: str
    href: str | None  # of its trace, from the top of the site
    says: str | None = None

    @property
    def speaker(self) -> str | None:
        return self.figure.speaker if isinstance(self.figure, Figure) else None

    @property
    def rules(self) -> list[tuple[str, str]]:
        try:
            decided = json.loads(self.figure.rules)
        except ValueError:
            return []
        return sorted((str(k), str(v)) for k, v in decided.items()) if decided else []


def statement(
    figure: Figure | Event | Agreement,
    release: Release | None,
    href: str | None,
    *,
    subject: str = "",
) -> Statement:
    before, quote, after, title = "", figure.quote, "", ""
    if release is not None:
        title = release.title
        if release.text[figure.start : figure.end] == figure.quote:
            before, quote, after = sentence(release.text, figure.start, figure.end)
    before, after = words.clipped(before, after)
    told = None if isinstance(figure, Figure) else in_words(figure, subject)
    return Statement(
        figure=figure, before=before, quote=quote, after=after, title=title, href=href, says=told
    )


def in_words(fact: Event | Agreement, subject: str) -> str:
    """Return what a statement says, its day in words where that is all it says."""
    told = says(fact, subject)
    return words.period(told) if told != "not told" else told


@dataclass(frozen=True)
class Conflict:
    """A finding with the statements of both sides."""

    finding: Finding
    first: Sequence[Statement]
    second: Sequence[Statement]
    first_more: int
    second_more: int

    @property
    def path(self) -> str:
        return finding_path(self.finding)

    @property
    def sides(self) -> list[tuple[str, Sequence[Statement], int]]:
        return [("a", self.first, self.first_more), ("b", self.second, self.second_more)]

    @property
    def heading(self) -> str:
        f = self.finding
        said = f"{words.pair(f.ref_area, f.counterpart_area)}: "
        return said + words.measured(f.indicator, f.measure).lower().replace("gdp", "GDP")

    @property
    def apart(self) -> str | None:
        """How far the sides are from each other, in words."""
        gap = self.finding.gap
        if gap is None or is_of_facts(self.finding.indicator):
            return None
        if gap < 4:
            return f"{gap:.0%} apart"
        return f"{words.amount(float(f'{gap + 1:.2g}'), 'times')} as much"

    @property
    def means(self) -> str:
        """What the finding is, in the words of the code lists."""
        return SUBJECTS.get(self.finding.indicator) or FINDING_TYPES[self.finding.type]

    @cached_property
    def drawings(self) -> list[Drawing]:
        sides = [
            [s.figure for s in side if isinstance(s.figure, Figure)]
            for side in (self.first, self.second)
        ]
        return drawings(*sides) if any(sides) else []


def finding_path(finding: Finding) -> str:
    return f"findings/{words.file_name(finding.finding_id)}.html"


def conflict(
    finding: Finding,
    told: Mapping[str, Figure | Event | Agreement],
    releases: Mapping[str, Release],
    linked: Mapping[str, str],
    *,
    most: int,
) -> Conflict:
    """Return a finding with up to so many statements a side."""
    sides, more = [], []
    for ids in (finding.figure_ids, finding.against_ids):
        chosen = spread([told[i] for i in ids if i in told])
        more.append(max(0, len(chosen) - most))
        sides.append(
            [
                statement(
                    f,
                    releases.get(f.release_id),
                    linked.get(f.row_id),
                    subject=finding.indicator,
                )
                for f in chosen[:most]
            ]
        )
    return Conflict(finding, sides[0], sides[1], more[0], more[1])


def spread(told: Iterable[F]) -> list[F]:
    """Order a side's statements: those that say something else come first, English before."""
    ranked = sorted(told, key=lambda f: (f.language != "en", f.published, f.row_id))
    seen: set[tuple[object, ...]] = set()
    first: list[F] = []
    again: list[F] = []
    for figure in ranked:
        key = tuple(getattr(figure, name, None) for name in SAID)
        (again if key in seen else first).append(figure)
        seen.add(key)
    return first + again


def chain(release: Release, figures: Sequence[Figure], capture: Mapping[str, Any] | None) -> Any:
    """Return what a release's page says of its evidence, verified as far as it goes offline."""
    return {
        "text_holds": text_sha256(release.title, release.text) == release.text_sha256,
        "quotes_hold": all(release.text[f.start : f.end] == f.quote for f in figures),
        "capture": capture,
    }
