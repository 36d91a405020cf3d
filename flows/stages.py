"""The stages of a night as plain functions: collect from a source, settle into the warehouse.

No Prefect here: `flows.nightly` puts these in order, retries and reports them, and `ingest`
calls them as they are. Rows are appended in an order that makes a crash harmless: captures as
they come, then figures and findings, and the release last, whose row says that its facts are in.
A capture without release or quarantine is unfinished work that the next night takes up.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from expectations.checkpoint import Crash, Others, check
from scrapers.facts.figures import extract_figures
from scrapers.facts.other import extract_facts
from scrapers.sources.base import Fetch, Link, Source, Unchanged
from scrapers.web.errors import CaravanError, LayoutChanged, Refused, Skip, Terminal, Transient
from warehouse.fields import (
    Agreement,
    Capture,
    Event,
    Figure,
    FindingEvent,
    Initiative,
    Quarantined,
    Release,
    Row,
    SourceRun,
    content_id,
)
from warehouse.tables import Warehouse

UNFINISHED_DAYS = 30
RETRY_DAYS = 3
FAILURES_IN_A_ROW = 3
CHUNK = 50  # pages between two commits of captures


@dataclass(kw_only=True)
class Tally:
    """What has happened to one source so far tonight."""

    listed: int = 0
    new: int = 0
    fetched: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    read: list[tuple[Capture | None, Release | None]] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    verdict: str | None = None


@dataclass(frozen=True, kw_only=True)
class Haul:
    """What one source brought, before the checks."""

    run: SourceRun
    releases: Sequence[Release]
    figures: Sequence[Figure]
    quarantined: Sequence[Quarantined]
    events: Sequence[Event] = ()
    agreements: Sequence[Agreement] = ()
    initiatives: Sequence[Initiative] = ()


@dataclass(frozen=True, kw_only=True)
class Night:
    """What a night did."""

    run_id: str
    runs: Sequence[SourceRun]
    releases: Sequence[Release]
    figures: Sequence[Figure]
    findings: Sequence[FindingEvent]
    quarantined: Sequence[Quarantined]
    crashes: Sequence[Crash]
    appended: dict[str, int]

    @property
    def troubled(self) -> list[SourceRun]:
        return [run for run in self.runs if run.verdict not in ("ok", "quiet")]

    @property
    def exit_status(self) -> int:
        return 1 if self.troubled or self.crashes else 0


Said = Callable[[str, str, int, int], None]  # source, doing, done, of


def say_nothing(source: str, doing: str, done: int, of: int) -> None:
    pass


def run_id_at(now: datetime) -> str:
    return f"{now:%Y%m%dT%H%M%S%fZ}"


def collect(
    source: Source,
    fetch: Fetch,
    warehouse: Warehouse,
    links: Iterable[Link],
    *,
    run_id: str,
    now: Callable[[], datetime],
    again: Sequence[Capture] = (),
    said: Said = say_nothing,
) -> Haul:
    """Take the links that a source lists, fetch the new ones, parse and extract them.

    Captures are stored as they come. The pages of ``again`` are looked at once more, so that
    silent edits show. Whatever the site does ends in the haul's verdict and note; only errors
    of our own code are raised.
    """
    started, clock = now(), time.monotonic()
    tally = Tally()
    for capture in unfinished(warehouse, source.id, now=started):
        read_page(source, capture, tally, run_id=run_id)
    said(source.id, "listing", 0, 0)
    listed, stopped = listed_by(links, tally)
    wanted = fresh_links(warehouse, source.id, listed, now=started)
    tally.listed, tally.new = len(listed), len(wanted)
    wanted += [link_of(capture) for capture in again]
    given_up = fetch_pages(
        source, fetch, warehouse, wanted, tally, run_id=run_id, now=now, said=said
    )
    store_read(warehouse, tally, now())
    if (stopped := stopped or given_up) is not None:
        tally.verdict = "partial" if tally.releases else word(stopped)
    return haul_of(
        source.id, tally, run_id=run_id, started=started, seconds=time.monotonic() - clock
    )


def listed_by(links: Iterable[Link], tally: Tally) -> tuple[list[Link], CaravanError | None]:
    """Return the links that a source lists, and what ended its listing early, if anything."""
    listed: list[Link] = []
    try:
        for link in links:
            listed.append(link)  # what was listed before an error counts
    except CaravanError as error:
        count(tally, error)
        return listed, error
    return listed, None


def count(tally: Tally, error: CaravanError) -> None:
    tally.notes.append(str(error))
    if isinstance(error, Refused):
        tally.refused += 1
    else:
        tally.failed += 1


def word(error: CaravanError) -> str:
    """Return the verdict on a source that an error has stopped."""
    if isinstance(error, Refused):
        return "refused"
    return "unreachable" if isinstance(error, Transient) else "changed"


def haul_of(source: str, tally: Tally, *, run_id: str, started: datetime, seconds: float) -> Haul:
    """Read the facts of what was parsed, and sum the tally up."""
    figures = [f for release in tally.releases for f in extract_figures(release)]
    others = [extract_facts(release) for release in tally.releases]
    run = SourceRun(
        source_run_id=content_id(run_id, source),
        run_id=run_id,
        source=source,
        started_at=started,
        seconds=round(seconds, 3),
        listed=tally.listed,
        new=tally.new,
        fetched=tally.fetched,
        unchanged=tally.unchanged,
        refused=tally.refused,
        failed=tally.failed,
        parsed=len(tally.releases),
        quarantined=len(tally.quarantined),
        figures=len(figures),
        findings=0,
        verdict=tally.verdict or verdict(tally),
        note="; ".join(tally.notes) or None,
    )
    return Haul(
        run=run,
        releases=tally.releases,
        figures=figures,
        quarantined=tally.quarantined,
        events=[event for facts in others for event in facts.events],
        agreements=[agreement for facts in others for agreement in facts.agreements],
        initiatives=[initiative for facts in others for initiative in facts.initiatives],
    )


def verdict(tally: Tally) -> str:
    """Judge a source that answered: what it brought beside what failed."""
    if not (tally.refused or tally.failed or tally.quarantined):
        return "ok" if tally.releases else "quiet"
    if tally.releases or tally.unchanged:
        return "partial"
    if tally.refused:
        return "refused"
    return "unreachable" if tally.failed else "changed"


def fresh_links(
    warehouse: Warehouse, source: str, listed: Iterable[Link], *, now: datetime
) -> list[Link]:
    """Return the listed links, each once, that no release has.

    A page in quarantine is asked for again for some nights: it may have been cut off or half
    published. Then it is left alone.
    """
    unique = {link.url: link for link in listed}
    mine = pl.col("source") == source, pl.col("url").is_in(list(unique))
    given_up = pl.col("recorded_at") < now - timedelta(RETRY_DAYS)
    rows = (
        warehouse.scan("releases").filter(*mine),
        warehouse.scan("quarantine").filter(*mine, given_up),
    )
    held = {url for table in rows for url in table.select("url").collect()["url"]}
    return [link for url, link in unique.items() if url not in held]


def reaching(
    warehouse: Warehouse, source: str, *, now: datetime
) -> Callable[[Sequence[Link]], bool]:
    """Return what tells of a page of links whether it goes back to a release that is held.

    Where nothing is held yet there is nothing to reach: that is what a backfill is for.
    """

    def reaches(links: Sequence[Link]) -> bool:
        if len(fresh_links(warehouse, source, links, now=now)) < len(links):
            return True
        held = warehouse.scan("releases").filter(pl.col("source") == source).head(1).collect()
        return held.is_empty()

    return reaches


def link_of(capture: Capture) -> Link:
    """Return the link by which a page was first found."""
    return Link(
        url=capture.url,
        language=capture.language or "",
        native_id=capture.native_id,
        title=capture.listed_title,
        published=capture.listed_published,
    )


def fetch_pages(
    source: Source,
    fetch: Fetch,
    warehouse: Warehouse,
    links: Sequence[Link],
    tally: Tally,
    *,
    run_id: str,
    now: Callable[[], datetime],
    said: Said,
) -> CaravanError | None:
    """Fetch and read pages, storing captures every so often.

    Return the error at which it was given up, where the site kept failing or refusing.
    """
    failures = 0
    for done, link in enumerate(links, 1):
        said(source.id, "fetching", done, len(links))
        try:
            capture = fetch(source.page(link))
            failures = 0
        except Transient as error:  # another page may be had: one robots rule is no closed door
            count(tally, error)
            failures += 1
            if failures == FAILURES_IN_A_ROW:
                return error
            continue
        except (Skip, Terminal) as error:
            quarantine_page(tally, source.id, link.url, link.url, error, run_id=run_id, payload={})
            continue
        if isinstance(capture, Unchanged):
            tally.unchanged += 1
            continue
        tally.fetched += 1
        read_page(source, capture, tally, run_id=run_id)
        if len(tally.read) >= CHUNK:
            store_read(warehouse, tally, now())
    return None


def read_page(source: Source, capture: Capture, tally: Tally, *, run_id: str) -> None:
    """Parse a capture; one that cannot be read goes to quarantine, and is stored all the same."""
    try:
        tally.read.append((capture, source.parse(capture)))
    except (Skip, LayoutChanged) as error:
        tally.read.append((capture, None))
        payload = {"capture_id": capture.capture_id}
        quarantine_page(
            tally, source.id, capture.url, capture.capture_id, error, run_id=run_id, payload=payload
        )


def store_read(warehouse: Warehouse, tally: Tally, at: datetime) -> None:
    """Store the captures read since the last time whose release says anything not held yet."""
    releases = {release.release_id for _, release in tally.read if release}
    held = warehouse.known("releases", releases) if releases else set()
    fresh = [(c, r) for c, r in tally.read if r is None or r.release_id not in held]
    tally.unchanged += len(tally.read) - len(fresh)
    tally.releases += [release for _, release in fresh if release]
    tally.read = []
    if captures := [capture for capture, _ in fresh if capture]:
        with warehouse.lock():
            warehouse.append(captures, recorded_at=at)


def quarantine_page(
    tally: Tally,
    source: str,
    url: str,
    of_id: str,
    error: CaravanError,
    *,
    run_id: str,
    payload: dict[str, str],
) -> None:
    reason, expectation = str(error), type(error).__name__
    tally.quarantined.append(
        Quarantined(
            quarantine_id=content_id("releases", of_id, expectation, reason),
            run_id=run_id,
            source=source,
            url=url,
            of_table="releases",
            of_id=of_id,
            expectation=expectation,
            reason=reason,
            payload=json.dumps(payload),
        )
    )
    tally.notes.append(reason)


def unfinished(warehouse: Warehouse, source: str, *, now: datetime) -> Iterator[Capture]:
    """Yield the captures of late that a night stored and did not live to read."""
    recent = warehouse.scan("captures").filter(
        pl.col("source") == source, pl.col("fetched_at") >= now - timedelta(UNFINISHED_DAYS)
    )
    read = warehouse.scan("releases").select("capture_id")
    rejected = warehouse.scan("quarantine").select(capture_id="of_id")
    left = recent.join(read, on="capture_id", how="anti").join(
        rejected, on="capture_id", how="anti"
    )
    for row in left.collect().iter_rows(named=True):
        yield Capture(**row)


def settle(
    hauls: Sequence[Haul],
    warehouse: Warehouse,
    *,
    run_id: str,
    at: datetime,
    docs: Path | None = None,
    actions: Sequence[Mapping[str, Any]] = (),
) -> Night:
    """Check what the sources brought beside what is known, and append it, under the lock."""
    with warehouse.lock():
        releases = unheld(warehouse, hauls)
        ids = {release.release_id for release in releases}
        figures = [f for haul in hauls for f in haul.figures if f.release_id in ids]
        others = Others(
            events=[e for haul in hauls for e in haul.events if e.release_id in ids],
            agreements=[a for haul in hauls for a in haul.agreements if a.release_id in ids],
            initiatives=[i for haul in hauls for i in haul.initiatives if i.release_id in ids],
        )
        outcome = check(
            figures,
            releases,
            warehouse,
            run_id=run_id,
            at=at,
            others=others,
            docs=docs,
            actions=actions,
        )
        quarantined = [*(q for haul in hauls for q in haul.quarantined), *outcome.quarantined]
        runs = [run_of(haul, outcome.findings, outcome.accepted) for haul in hauls]
        batches: dict[str, Sequence[Row]] = {
            "figures": outcome.accepted,
            "events": outcome.others.events,
            "agreements": outcome.others.agreements,
            "initiatives": outcome.others.initiatives,
            "findings": outcome.findings,
            "quarantine": quarantined,
            "releases": releases,
            "runs": runs,
        }
        appended = {
            table: warehouse.append(rows, recorded_at=at) for table, rows in batches.items()
        }
    return Night(
        run_id=run_id,
        runs=runs,
        releases=releases,
        figures=outcome.accepted,
        findings=outcome.findings,
        quarantined=quarantined,
        crashes=outcome.crashes,
        appended=appended,
    )


def unheld(warehouse: Warehouse, hauls: Sequence[Haul]) -> list[Release]:
    unique = {r.release_id: r for haul in hauls for r in haul.releases}
    held = warehouse.known("releases", unique)
    return [release for release_id, release in unique.items() if release_id not in held]


def run_of(haul: Haul, findings: Sequence[FindingEvent], accepted: Sequence[Figure]) -> SourceRun:
    """Return a source's run with what the checks made of its figures."""
    mine = {f.figure_id for f in accepted if f.source == haul.run.source}
    opened = [
        f
        for f in findings
        if f.event in ("opened", "reopened") and mine & {*f.figure_ids, *f.against_ids}
    ]
    return replace(haul.run, figures=len(mine), findings=len(opened))
