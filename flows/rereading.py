"""Reading the archive anew: captures parsed and their figures extracted, in chunks, in processes.

Each chunk's outcome is a folder that appears whole, so an interrupted reading goes on where it
was. What is done with the outcome stands in `flows.reextract`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import polars as pl

import scrapers
from scrapers.facts.figures import extract_figures
from scrapers.facts.other import extract_facts
from scrapers.sources import load_sources
from scrapers.sources.base import Source
from scrapers.web.errors import CaravanError
from warehouse.fields import (
    Agreement,
    Capture,
    Event,
    Figure,
    Initiative,
    Release,
    Row,
    content_id,
)
from warehouse.tables import Warehouse, frame

PAGES = 64  # a chunk
STATED: tuple[type[Row], ...] = (Figure, Event, Agreement, Initiative)  # what a release states
Said = Callable[[int, int], None]


@dataclass(frozen=True)
class Chunk:
    """Some rows of one file of captures, or of releases that came without one."""

    file: str
    first: int
    rows: int

    @property
    def name(self) -> str:
        return content_id(self.file, self.first, self.rows)


Job = tuple[str, Chunk, Path]  # address of the warehouse, what to read, where to leave it
Spread = Callable[[Sequence[Job]], Iterator[None]]  # runs each job; yields as each is done


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the archive says when it is read anew."""

    releases: pl.DataFrame
    facts: dict[str, pl.DataFrame]  # by table
    kept: frozenset[str]  # releases whose stored text was read, as their page no longer can be
    unread: Sequence[dict[str, str]]  # pages that cannot be read, each with its reason


def chunks(warehouse: Warehouse) -> list[Chunk]:
    found = []
    for table in ("captures", "releases"):
        for name in warehouse.names(table):
            rows = warehouse.rows(table, [name]).select(pl.len()).collect().item()
            found += [Chunk(name, first, PAGES) for first in range(0, rows, PAGES)]
    return found


def reread(
    warehouse: Warehouse, address: str, folder: Path, *, spread: Spread, said: Said
) -> Reading:
    """Read all archived captures, and releases that have none, with the code of today.

    ``folder`` keeps the outcome of chunks between an interrupted reading and the next; where
    ``spread`` runs chunks on other machines, they must share it.
    """
    wanted = chunks(warehouse)
    folder = folder / code_digest()
    left = [chunk for chunk in wanted if not (folder / chunk.name).exists()]
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(address, chunk, folder) for chunk in left]
    for done, _ in enumerate(spread(jobs), len(wanted) - len(left) + 1):
        said(done, len(wanted))
    return gathered([folder / chunk.name for chunk in wanted])


def over_processes(workers: int) -> Spread:
    """Return what runs the jobs in so many processes; one worker is this process."""

    def spread(jobs: Sequence[Job]) -> Iterator[None]:
        if workers == 1 or len(jobs) < 2:
            yield from map(read_chunk, jobs)
            return
        # Not by fork: polars keeps threads, and a forked thread pool hangs.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from pool.map(read_chunk, jobs)

    return spread


def code_digest() -> str:
    """Return a digest of all that decides a reading: the files of `scrapers`."""
    root = Path(scrapers.__file__ or "").parent
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


def read_chunk(job: Job) -> None:
    """Read one chunk, and leave its outcome as a folder of the chunk's name."""
    address, chunk, folder = job
    warehouse = Warehouse(address)
    table = chunk.file.split("/")[0]
    rows = warehouse.rows(table, [chunk.file]).slice(chunk.first, chunk.rows)
    unread: list[dict[str, str]] = []
    if table == "captures":
        captures = [Capture(**row) for row in rows.collect().iter_rows(named=True)]
        releases = [r for c in captures if (r := parsed(c, unread)) is not None]
        failed = [entry["capture_id"] for entry in unread]
        stored = warehouse.scan("releases").filter(pl.col("capture_id").is_in(failed))
    else:
        releases = []
        stored = rows.filter(pl.col("capture_id").is_null())
    texts = [Release(**row) for row in stored.collect().iter_rows(named=True)]
    facts = facts_of([*releases, *texts])
    leave(
        folder / chunk.name,
        {table: frame(table, found) for table, found in {"releases": releases, **facts}.items()},
        {"kept": sorted(release.release_id for release in texts), "unread": unread},
    )


def facts_of(releases: Sequence[Release]) -> dict[str, Sequence[Row]]:
    """Return all that releases state, by table."""
    others = [extract_facts(release) for release in releases]
    return {
        "figures": [figure for release in releases for figure in extract_figures(release)],
        "events": [event for facts in others for event in facts.events],
        "agreements": [agreement for facts in others for agreement in facts.agreements],
        "initiatives": [initiative for facts in others for initiative in facts.initiatives],
    }


def parsed(capture: Capture, unread: list[dict[str, str]]) -> Release | None:
    """Return a capture's release; None, and the reason noted, where it cannot be read now."""
    source = sources().get(capture.source)
    try:
        if source is not None:
            return replace(source.parse(capture), capture_id=capture.capture_id)
        reason = f"no source {capture.source} is configured any more"
    except CaravanError as error:
        reason = str(error)
    except Exception:  # noqa: BLE001 - a parser's bug must not lose the others; it is reported
        reason = traceback.format_exc(limit=-2)
    unread.append({"capture_id": capture.capture_id, "url": capture.url, "reason": reason})
    return None


@lru_cache
def sources() -> dict[str, Source]:
    return load_sources()


def leave(folder: Path, frames: dict[str, pl.DataFrame], notes: dict[str, object]) -> None:
    temporary = folder.with_name(f"_tmp.{folder.name}")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    for table, rows in frames.items():
        rows.write_parquet(temporary / f"{table}.parquet")
    (temporary / "notes.json").write_text(json.dumps(notes), encoding="utf-8")
    temporary.rename(folder)


def gathered(folders: Sequence[Path]) -> Reading:
    notes = [json.loads((f / "notes.json").read_text(encoding="utf-8")) for f in folders]
    return Reading(
        releases=all_of(folders, Release),
        facts={row.TABLE: all_of(folders, row) for row in STATED},
        kept=frozenset(i for note in notes for i in note["kept"]),
        unread=[entry for note in notes for entry in note["unread"]],
    )


def all_of(folders: Sequence[Path], row: type[Row]) -> pl.DataFrame:
    """Return the rows of all chunks, each id once: of equal texts the earliest capture's."""
    empty = frame(row.TABLE, [])
    read = [pl.read_parquet(folder / f"{row.TABLE}.parquet") for folder in folders]
    return pl.concat([empty, *read]).unique(row.ID, keep="first", maintain_order=True).sort(row.ID)
