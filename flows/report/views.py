"""Findings and figures as readers meet them: in their sentences, side by side. No markup here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flows.report import words
from flows.report.drawing import Drawing, drawings
from warehouse.fields import Figure, Release, text_sha256
from warehouse.products import Finding
from warehouse.trace import sentence


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A figure in the sentence it stands in."""

    figure: Figure
    before: str
    quote: str
    after: str
    title: str
    href: str | None  # of its trace, from the top of the site

    @property
    def rules(self) -> list[tuple[str, str]]:
        try:
            decided = json.loads(self.figure.rules)
        except ValueError:
            return []
        return sorted((str(k), str(v)) for k, v in decided.items()) if decided else []


def statement(figure: Figure, release: Release | None, href: str | None) -> Statement:
    before, quote, after, title = "", figure.quote, "", ""
    if release is not None:
        title = release.title
        if release.text[figure.start : figure.end] == figure.quote:
            before, quote, after = sentence(release.text, figure.start, figure.end)
    before, after = words.clipped(before, after)
    return Statement(figure=figure, before=before, quote=quote, after=after, title=title, href=href)


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
        if gap is None:
            return None
        if gap < 4:
            return f"{gap:.0%} apart"
        return f"{words.amount(float(f'{gap + 1:.2g}'), 'times')} as much"

    @cached_property
    def drawings(self) -> list[Drawing]:
        sides = [[s.figure for s in side] for side in (self.first, self.second)]
        return drawings(*sides) if any(sides) else []


def finding_path(finding: Finding) -> str:
    return f"findings/{words.file_name(finding.finding_id)}.html"


def conflict(
    finding: Finding,
    figures: Mapping[str, Figure],
    releases: Mapping[str, Release],
    linked: Mapping[str, str],
    *,
    most: int,
) -> Conflict:
    """Return a finding with up to so many statements a side."""
    sides, more = [], []
    for ids in (finding.figure_ids, finding.against_ids):
        chosen = spread([figures[i] for i in ids if i in figures])
        more.append(max(0, len(chosen) - most))
        sides.append(
            [
                statement(f, releases.get(f.release_id), linked.get(f.figure_id))
                for f in chosen[:most]
            ]
        )
    return Conflict(finding, sides[0], sides[1], more[0], more[1])


def spread(figures: Iterable[Figure]) -> list[Figure]:
    """Order a side's figures so that those that say something else come first, English before."""
    ranked = sorted(figures, key=lambda f: (f.language != "en", f.published, f.figure_id))
    seen: set[tuple[object, ...]] = set()
    first: list[Figure] = []
    again: list[Figure] = []
    for figure in ranked:
        key = (figure.source, figure.low, figure.high, figure.value, figure.indicator)
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
