"""All that the pages are made of, read once: which releases have a page, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from flows.report import words
from flows.report.health import DAYS, GRAVE
from flows.report.lists import LISTS, Fact, fact
from flows.report.read import Reader
from flows.report.views import Conflict, conflict
from flows.statements import is_of_facts
from scrapers.sources import load_sources
from scrapers.sources.site import Site as Publisher
from warehouse.fields import Agreement, Event, Figure, Release, SourceRun
from warehouse.products import Finding

SHOWN = 25  # releases of the night that the first page lists
FACTS = 1000  # events, agreements or initiatives that are listed, the newest


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All that the pages are made of."""

    reader: Reader
    runs: Sequence[SourceRun]
    findings: Sequence[Finding]
    newest: Sequence[str]
    tonight: Sequence[str]
    told: Mapping[str, Figure | Event | Agreement]
    by_release: Mapping[str, Sequence[Figure]]
    releases: Mapping[str, Release]
    series: Sequence[dict[str, Any]]
    statements: Mapping[str, Sequence[dict[str, Any]]]
    facts: Mapping[str, tuple[Sequence[Fact], int]]  # newest of each list, and how many in all
    stated: Mapping[str, Sequence[dict[str, Any]]]  # release -> its events, agreements …
    linked: Mapping[str, str]  # figure or statement -> its trace, from the top of the site

    @property
    def night(self) -> list[SourceRun]:
        """The runs of the last night, the unwell first."""
        last = self.runs[-1].run_id if self.runs else None
        own = [run for run in self.runs if run.run_id == last]
        return sorted(own, key=lambda run: (GRAVE.index(run.verdict) > 5, run.source))

    def conflict(self, finding: Finding, most: int) -> Conflict:
        return conflict(finding, self.told, self.releases, self.linked, most=most)


def gather(reader: Reader, *, limit: int) -> Gathered:
    """Read what the pages need: of releases the newest, tonight's, and those that are told of."""
    runs = reader.runs(days=DAYS)
    findings = reader.findings()
    series, statements = reader.series(), reader.statements()
    newest = reader.newest(limit)
    at = runs[-1].recorded_at if runs else None
    tonight = reader.recorded(at, SHOWN) if at else []
    disputed = told_by(reader, findings)
    told = sorted(
        ((s["last_published"], s["release_id"]) for said in statements.values() for s in said),
        reverse=True,
    )
    chosen = {*newest, *tonight, *(f.release_id for f in disputed.values())}
    chosen |= set(list(dict.fromkeys(release for _, release in told))[:limit])
    figures = reader.figures_of(chosen)
    by_release = {k: list(g) for k, g in groupby(figures, key=lambda f: f.release_id)}
    releases = reader.releases(chosen)
    return Gathered(
        reader=reader,
        runs=runs,
        findings=findings,
        newest=newest,
        tonight=tonight,
        told={**{f.figure_id: f for f in figures}, **disputed},
        by_release=by_release,
        releases=releases,
        series=series,
        statements=statements,
        facts=dict(lists(reader, releases)),
        stated=reader.stated(releases),
        linked=dict(links([*figures, *disputed.values()], releases)),
    )


def told_by(reader: Reader, findings: Sequence[Finding]) -> dict[str, Figure | Event | Agreement]:
    """Return what findings are about: figures, or statements of events and agreements."""
    ids: dict[bool, list[str]] = {True: [], False: []}
    for finding in findings:
        ids[is_of_facts(finding.indicator)] += [*finding.figure_ids, *finding.against_ids]
    return {**reader.figures(ids[False]), **reader.disputed(ids[True])}


def links(
    told: Iterable[Figure | Event | Agreement], releases: Mapping[str, Release]
) -> Iterator[tuple[str, str]]:
    """Yield for each statement its place on the page of its release."""
    for one in told:
        if one.release_id in releases:
            mark = "f" if isinstance(one, Figure) else "s"
            yield one.row_id, f"{release_path(releases[one.release_id])}#{mark}-{one.row_id}"


def lists(
    reader: Reader, releases: Mapping[str, Release]
) -> Iterator[tuple[str, tuple[list[Fact], int]]]:
    """Yield the lists of facts that hold anything."""
    for table in LISTS:
        rows, count = reader.facts(table, FACTS)
        told = reader.tellings(table, (row["thing_id"] for row in rows if "thing_id" in row))
        if rows:
            facts = [
                fact(row, told.get(row.get("thing_id", ""), ()), table=table, releases=releases)
                for row in rows
            ]
            yield table, (facts, count)


@cache
def names() -> dict[str, str]:
    """Return the names of the sources that are configured."""
    known = load_sources().items()
    return {name: s.spec.name for name, s in known if isinstance(s, Publisher)}


def source_name(source: str) -> str:
    return names().get(source, source)


def release_path(release: Release) -> str:
    return f"releases/{release.published:%Y-%m}/{words.file_name(release.release_id)}.html"


def series_path(ref_area: str, indicator: str) -> str:
    return f"series/{words.file_name(ref_area)}-{words.file_name(indicator)}.html"
