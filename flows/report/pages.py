"""Which pages there are, and what stands on each. Reading is in `read`, wording in `words`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from flows.report import words
from flows.report.gather import Gathered, release_path, series_path, source_name
from flows.report.health import SIGNS, Health, health
from flows.report.lists import LISTS, Told, fact_path, telling
from flows.report.plots import looks, plot
from flows.report.read import FAMILIES, PERIODS
from flows.report.site import Site
from flows.report.views import chain, finding_path, statement
from warehouse.fields import AREAS, CENTRAL_ASIA, VERDICTS, Release
from warehouse.products import Finding

REJECTED = 50  # pages and figures set aside that the first page lists
CARDS, LINES = 4, 12  # findings that it shows in full, and in a line
SIDE = 40  # statements of a side on a finding's own page
FINDINGS_A_PAGE, RELEASES_A_PAGE, FIGURES_A_PAGE = 15, 60, 100
SETTLED = 200  # findings resolved of late that are listed


def shared(held: Gathered) -> dict[str, Any]:
    """Return what all templates may use."""
    return {
        "as_of": held.runs[-1].recorded_at if held.runs else None,
        "lists": [(f"{table}/index.html", LISTS[table]) for table in held.facts],
        "mends": {verdict: words.LABELS["mends"].get(verdict) for verdict in VERDICTS},
        "name_of": source_name,
        "signs": SIGNS,
        "source_path": lambda source: f"sources/{words.file_name(source)}.html",
    }


def write_pages(site: Site, held: Gathered) -> None:
    healths = health(held.runs)
    tonight_page(site, held)
    findings_pages(site, held)
    series_pages(site, held)
    health_pages(site, held, healths)
    fact_pages(site, held)
    release_pages(site, held)
    site.page(
        "about.html", "about.html", limit=len(held.newest), families=FAMILIES, periods=PERIODS
    )


def tonight_page(site: Site, held: Gathered) -> None:
    night = held.night
    run_id = night[0].run_id if night else ""
    started = min((run.started_at for run in night), default=None)
    recorded = night[0].recorded_at if night else None
    opened = [f for f in held.findings if started and f.opened_at >= started]
    others = [f for f in held.findings if f not in opened]
    releases = [held.releases[i] for i in held.tonight if i in held.releases]
    where = f"recorded_at = '{recorded.isoformat()}'::TIMESTAMPTZ" if recorded else "false"
    site.page(
        "index.html",
        "tonight.html",
        night=night,
        started=started,
        troubled=[run for run in night if run.verdict not in ("ok", "quiet")],
        opened=[held.conflict(f, 2) for f in opened[:CARDS]],
        opened_more=max(0, len(opened) - CARDS),
        standing=[held.conflict(f, 2) for f in others[:LINES]],
        standing_more=max(0, len(others) - LINES),
        cards=max(0, CARDS - len(opened)),
        releases=releases,
        new_releases=held.reader.count("releases", where),
        new_figures=held.reader.count("figures", where),
        by_release=held.by_release,
        release_path=release_path,
        quarantined=held.reader.quarantined(run_id, REJECTED),
        quarantined_all=sum(run.quarantined for run in night),
        open_findings=len(held.findings),
        opened_count=len(opened),
    )


def findings_pages(site: Site, held: Gathered) -> None:
    conflicts = [held.conflict(f, SIDE) for f in held.findings]
    counts = {
        s: sum(f.severity == s for f in held.findings) for s in ("critical", "warning", "info")
    }
    settled = held.reader.settled(SETTLED)
    site.paged(
        "findings",
        "findings.html",
        conflicts,
        size=FINDINGS_A_PAGE,
        counts=counts,
        settled=settled,
    )
    drawn = {(row["ref_area"], row["indicator"]) for row in held.series}
    for c in conflicts:
        key = (c.finding.ref_area, c.finding.indicator)
        series_at = series_path(*key) if key in drawn else None
        site.page(c.path, "finding.html", conflict=c, series_at=series_at)


def series_pages(site: Site, held: Gathered) -> None:
    pages = []
    for (area, code), rows in groupby(held.series, key=lambda r: (r["ref_area"], r["indicator"])):
        own = list(rows)
        pages.append({"area": area, "code": code, "path": series_path(area, code), "rows": own})
    rank = {code: n for n, code in enumerate(areas())}
    pages.sort(key=lambda page: (rank.get(page["area"], len(rank)), page["area"], page["code"]))
    site.page("series/index.html", "series.html", pages=grouped(pages))
    look = looks(s["source"] for said in held.statements.values() for s in said)
    for page in pages:
        plots = [
            plot(list(rows), held.statements, look=look, linked=held.linked)
            for _, rows in groupby(page["rows"], key=lambda r: r["place"])
        ]
        more = page["rows"][0]["families"] - len(plots)
        site.page(page["path"], "plots.html", page=page, plots=plots, more=more, linked=held.linked)


def areas() -> list[str]:
    """Return the areas as readers look for them: the countries, then the region and the blocs."""
    return [*CENTRAL_ASIA, *(code for code in AREAS if code not in CENTRAL_ASIA)]


def grouped(pages: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    found = groupby(pages, key=lambda page: page["area"])
    return [(area, list(own)) for area, own in found]


def health_pages(site: Site, held: Gathered, healths: Sequence[Health]) -> None:
    site.page("health.html", "health.html", healths=healths)
    for own in healths:
        site.page(own.path, "source.html", health=own, recent=own.runs[-30:][::-1])


def release_pages(site: Site, held: Gathered) -> None:
    found_in = findings_of(held.findings)
    listed = [held.releases[i] for i in held.newest if i in held.releases]
    total = {name: held.reader.count(name) for name in ("releases", "figures")}
    both = {"by_release": held.by_release, "release_path": release_path, "held": total}
    site.paged("releases", "releases.html", listed, size=RELEASES_A_PAGE, **both)
    figures = [f for release in listed for f in held.by_release.get(release.release_id, ())]
    site.paged(
        "figures", "figures.html", figures, size=FIGURES_A_PAGE, linked=held.linked, held=total
    )
    at = {(t.path or ""): t.path for facts, _ in held.facts.values() for t in facts}
    captures = held.reader.captures(r.capture_id for r in held.releases.values() if r.capture_id)
    for release in held.releases.values():
        own = held.by_release.get(release.release_id, ())
        site.page(
            release_path(release),
            "release.html",
            release=release,
            statements=[statement(f, release, held.linked.get(f.figure_id)) for f in own],
            told=told_in(release, held, at),
            chain=chain(release, own, captures.get(release.capture_id or "")),
            found_in=found_in,
        )


def told_in(
    release: Release, held: Gathered, known: Mapping[str, str | None]
) -> list[tuple[Told, str, str | None]]:
    """Return the other facts of a release: each, its kind, and its page where it has one."""
    return [
        (
            telling(row, held.releases),
            row["kind"],
            known.get(fact_path(f"{row['kind']}s", row["thing_id"])),
        )
        for row in held.stated.get(release.release_id, ())
    ]


def fact_pages(site: Site, held: Gathered) -> None:
    paths = {release_id: release_path(r) for release_id, r in held.releases.items()}
    for table, (facts, count) in held.facts.items():
        both = {"name": LISTS[table], "paths": paths}
        site.paged(table, "list.html", facts, size=RELEASES_A_PAGE, in_all=count, **both)
        for told in facts:
            if told.path is not None:
                site.page(told.path, "fact.html", f=told, table=table, **both)


def findings_of(findings: Iterable[Finding]) -> dict[str, list[tuple[str, str]]]:
    """Return for each figure the findings it is part of: the path and the kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for f in findings:
        for figure in (*f.figure_ids, *f.against_ids):
            found.setdefault(figure, []).append((finding_path(f), f.type))
    return found
