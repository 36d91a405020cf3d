"""Documents and saved pages from files, as if a night had fetched them: same checks and tables."""

from __future__ import annotations

import gzip
import hashlib
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import zstandard

from flows.stages import (
    Haul,
    Night,
    Said,
    Tally,
    haul_of,
    quarantine_page,
    read_page,
    run_id_at,
    say_nothing,
    settle,
    store_read,
)
from scrapers.documents import UNDATED, read_documents
from scrapers.sources.base import Source
from scrapers.sources.cut import first
from scrapers.sources.markup import parsed
from scrapers.warc import BadRecord, read_warc
from scrapers.web.errors import BadDocument, BadPage, Misconfigured
from warehouse.fields import Capture, Release, content_id
from warehouse.tables import Warehouse

BATCH = 2000
Item = Release | Capture | BadRecord
log = logging.getLogger(__name__)
ADDRESS = ("meta[property='og:url' i]@content", "link[rel='canonical' i]@href")


def ingest(
    paths: Sequence[Path],
    warehouse: Warehouse,
    sources: Mapping[str, Source],
    *,
    source: str | None = None,
    now: datetime,
    docs: Path | None = None,
    said: Said = say_nothing,
) -> list[Night]:
    """Read files in batches and settle each batch; return what each did.

    Raises BadDocument or Misconfigured, naming the file, before anything of its batch is stored.
    """
    nights: list[Night] = []
    items = read_files(paths, sources, source)
    while batch := list(islice(items, BATCH)):
        run_id = run_id_at(datetime.now(UTC) if nights else now)
        said("ingest", "reading", len(batch), 0)
        hauls = hauls_of(batch, warehouse, sources, run_id=run_id, now=now)
        nights.append(settle(hauls, warehouse, run_id=run_id, at=now, docs=docs))
    return nights


def read_files(
    paths: Sequence[Path], sources: Mapping[str, Source], source: str | None
) -> Iterator[Item]:
    for path in paths:
        name = path.name
        if name.endswith(".jsonl"):
            yield from (doc.release for doc in read_documents(path))
        elif name.endswith((".html", ".html.gz", ".htm", ".htm.gz")):
            yield saved_page(path, known_source(sources, source, path))
        elif name.endswith((".warc", ".warc.gz")):
            yield from archived(path, sources, source)
        else:
            raise BadDocument(f"{path}: expected .jsonl, .html, .html.gz, .warc or .warc.gz")


def archived(path: Path, sources: Mapping[str, Source], source: str | None) -> Iterator[Item]:
    """Yield the pages of a WARC file, of one source or of all; say what could not be read."""
    wanted = sources if source is None else {source: known_source(sources, source, path)}

    def source_of(url: str) -> str | None:
        return next((name for name, each in wanted.items() if each.holds(url)), None)

    for item in read_warc(path, source_of):
        if isinstance(item, BadRecord) and item.source is None:
            log.warning("%s", item)
        else:
            yield item


def known_source(sources: Mapping[str, Source], source: str | None, path: Path) -> Source:
    if source is None:
        raise Misconfigured(f"{path}: a saved page needs its source: add --source ID")
    if source not in sources:
        raise Misconfigured(f"no source {source!r}; `caravan sources list` names them")
    return sources[source]


def saved_page(path: Path, source: Source, url: str | None = None) -> Capture:
    """Return the capture of a page saved to a file, under the address that it gives itself."""
    raw = path.read_bytes()
    try:
        body = gzip.decompress(raw) if path.name.endswith(".gz") else raw
    except (OSError, EOFError) as error:
        raise BadDocument(f"{path}: not a whole gzip file: {error}") from error
    url = url or own_address(body, path)
    digest = hashlib.sha256(body).hexdigest()
    return Capture(
        capture_id=content_id(url, digest),
        source=source.id,
        url=url,
        final_url=url,
        status=200,
        content_type="text/html",
        fetched_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        body=zstandard.compress(body),
        body_sha256=digest,
    )


def own_address(body: bytes, path: Path) -> str:
    """Return the address that a page gives itself. Raises BadDocument where it gives none."""
    url = first(parsed(body.decode("utf-8", "replace"), where=str(path)), ADDRESS)
    if url is None or not url.startswith(("http://", "https://")):
        raise BadDocument(f"{path}: the page has neither og:url nor a canonical link")
    return url


def hauls_of(
    batch: Sequence[Item],
    warehouse: Warehouse,
    sources: Mapping[str, Source],
    *,
    run_id: str,
    now: datetime,
) -> list[Haul]:
    """Return a haul for each source of which the batch brings anything that is not held yet."""
    clock = time.monotonic()
    tallies: dict[str, Tally] = {}
    for item in batch:
        tally = tallies.setdefault(str(item.source), Tally())
        tally.listed += 1
        if isinstance(item, Release) and item.published == UNDATED:
            quarantine_undated(tally, item, run_id)
        elif isinstance(item, Release):
            tally.read.append((None, item))
        elif isinstance(item, BadRecord):
            quarantine_record(tally, item, run_id)
        else:
            tally.fetched += 1
            read_page(sources[item.source], item, tally, run_id=run_id)
    for tally in tallies.values():
        store_read(warehouse, tally, now)
        tally.new = len(tally.releases) + len(tally.quarantined)
    return [
        haul_of(name, tally, run_id=run_id, started=now, seconds=time.monotonic() - clock)
        for name, tally in sorted(tallies.items())
        if tally.new
    ]


def quarantine_record(tally: Tally, record: BadRecord, run_id: str) -> None:
    url, error = record.url or "", BadPage(str(record))
    quarantine_page(tally, record.source or "", url, url, error, run_id=run_id, payload={})


def quarantine_undated(tally: Tally, release: Release, run_id: str) -> None:
    error = BadPage(f"{release.url}: no date of publication; add `published`")
    quarantine_page(
        tally, release.source, release.url, release.release_id, error, run_id=run_id,
        payload={"title": release.title, "text": release.text},
    )  # fmt: skip
