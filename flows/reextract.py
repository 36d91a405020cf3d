"""All facts anew from the archive: what changed is appended, what is no longer read is retired.

Nothing is updated. A release or figure that today's code reads otherwise gets an id of its own
(derived from the old id and the new content); the old row is retired by a row of `retirements`
that names it, and comes back by another one if later code reads it again. A page that can no
longer be read keeps its stored text, and only its figures are read anew.

The plan is written down before its first row is appended: a commit that was interrupted is
finished by the next run, with the same rows, times and files.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from expectations.checkpoint import check
from expectations.corrections import curate, load_corrections
from expectations.detect import Crash
from expectations.fact_shape import Others, screen_facts
from expectations.findings import Finding, fold
from expectations.shape import Stated, screen
from expectations.withdrawn import held_events, returned, withdrawn
from flows.rereading import STATED, Reading, Said, Spread, reread
from flows.settings import Settings
from warehouse.fields import (
    TABLES,
    Figure,
    FindingEvent,
    Quarantined,
    Release,
    Retirement,
    Row,
    content_id,
)
from warehouse.publish import publish
from warehouse.tables import Foreseen, Warehouse, frame

R = TypeVar("R", bound=Row)
# What says how or when a row was read, not what it says.
READING = {"recorded_at", "capture_id", "parser", "parser_version", "rules", "extractor_version"}
FACTS = tuple(row.TABLE for row in STATED)
NO_LONGER = "a newer reading of the release no longer states it"
ORDER = (*FACTS, "retirements", "findings", "quarantine", "releases")  # the mark comes last


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row gained, lost or changed."""

    kind: str
    table: str
    source: str
    indicator: str
    row_id: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a commit would append, and what it means."""

    rows: dict[str, Sequence[Row]]
    changes: Sequence[Change]
    unread: Sequence[dict[str, str]]

    @property
    def empty(self) -> bool:
        return not any(self.rows.values())


def read_anew(
    warehouse: Warehouse,
    settings: Settings,
    *,
    spread: Spread,
    tell: Callable[[str], None],
    show: Callable[[Plan], None],
    watched: AbstractContextManager[Said] | None = None,
    dry_run: bool = False,
) -> Plan:
    """Read the archive anew and append what changed: finish, read, plan, show, commit, publish.

    From the plan to its commit other writers wait: what they append is never taken for lost.
    ``spread`` runs the chunks, ``watched`` gives what is told of their progress, and ``show`` is
    handed the plan before anything of it is appended.
    """
    folder = settings.home / "reextract"
    if not dry_run and finish(warehouse, folder):
        tell("finished the commit of an earlier run")
    address = settings.warehouse_address
    with watched or nullcontext(lambda done, of: None) as said:
        # The long part keeps no writer out: what comes in meanwhile is read under the lock.
        reread(warehouse, address, folder / "chunks", spread=spread, said=said)
    with nullcontext() if dry_run else warehouse.lock():
        at = datetime.now(UTC)
        made = plan(warehouse, address, folder, spread=spread, at=at)
        show(made)
        if not dry_run:
            commit(made, warehouse, folder, at=at)
    if not dry_run:
        publish(warehouse, settings.published)
    return made


def plan(
    warehouse: Warehouse,
    address: str,
    folder: Path,
    *,
    spread: Spread,
    at: datetime,
    said: Said = lambda done, of: None,
) -> Plan:
    """Read the archive anew and work out what a commit would append; nothing is appended.

    A plan that is committed is made and committed under one hold of the lock.
    """
    reading = reread(warehouse, address, folder / "chunks", spread=spread, said=said)
    releases, renamed = new_releases(warehouse, reading)
    now: dict[type[Row], Readings] = {Release: releases}
    now[Figure], quarantined = new_figures(warehouse, reading, releases.ids, renamed, at=at)
    for row in STATED[1:]:
        now[row], odd = new_facts(warehouse, row, reading, releases.ids, renamed, at=at)
        quarantined += odd
    retired = [event for row, read in now.items() for event in retirements(warehouse, row, read)]
    gained: dict[str, list[Any]] = {
        row.TABLE: unheld(warehouse, read.rows) for row, read in now.items()
    }
    retired = named(retired, gained, warehouse)
    findings = findings_of(warehouse, address, gained, retired, at=at)
    held_back = unheld(warehouse, quarantined)
    return Plan(
        rows={**gained, "retirements": retired, "findings": findings, "quarantine": held_back},
        changes=list(changes(warehouse, gained, retired)),
        unread=reading.unread,
    )


@dataclass(frozen=True)
class Readings:
    """The ids that stand when a table is read anew, and the rows that may be new."""

    ids: frozenset[str]
    rows: Sequence[Row]


def new_releases(warehouse: Warehouse, reading: Reading) -> tuple[Readings, dict[str, str]]:
    """Return the releases that stand, and the new id of each that says something else now."""
    fresh = rows_of(Release, differing(warehouse, Release, reading.releases))
    minted = settled(warehouse, fresh)
    same = set(reading.releases["release_id"]) - set(minted)
    # A release whose text is all there is stands as it stood.
    kept = set(warehouse.scan("releases").select("release_id").collect()["release_id"])
    stands = frozenset(same | {row.row_id for row in minted.values()} | (kept & reading.kept))
    return Readings(stands, list(minted.values())), {
        old: row.row_id for old, row in minted.items() if row.row_id != old
    }


def new_figures(
    warehouse: Warehouse,
    reading: Reading,
    standing: frozenset[str],
    renamed: dict[str, str],
    *,
    at: datetime,
) -> tuple[Readings, list[Row]]:
    """Return the figures that stand, and those that shape or curation held back."""
    figures = of_releases(Figure, reading, standing, renamed)
    corrections = load_corrections()
    quotes = sorted({told.quote for told in corrections})
    meant = figures.filter(pl.col("quote").is_in(quotes))
    differs = differing(warehouse, Figure, figures)
    fresh = rows_of(Figure, pl.concat([differs, meant]).unique("figure_id", maintain_order=True))
    texts = texts_for(warehouse, reading, renamed, fresh)
    curated = curate(fresh, texts, corrections, run_id=None)
    sound, malformed, crashes = screen(curated.figures, texts, run_id=None, at=at)
    halt(crashes)
    minted = settled(warehouse, sound)
    same = set(figures["figure_id"]) - {f.figure_id for f in fresh}
    stands = frozenset(same | {row.row_id for row in minted.values()})
    return Readings(stands, list(minted.values())), [*curated.dropped, *malformed]


def texts_for(
    warehouse: Warehouse, reading: Reading, renamed: dict[str, str], facts: Sequence[Stated]
) -> list[Release]:
    """Return the releases that facts stand in, as they are read anew, else as they are held."""
    ids = sorted({fact.release_id for fact in facts})
    told = reading.releases.filter(pl.col("release_id").replace(renamed).is_in(ids))
    stored = warehouse.scan("releases").filter(pl.col("release_id").is_in(ids))
    texts = {r.release_id: r for r in rows_of(Release, stored.collect())}
    for release in rows_of(Release, told):
        new_id = renamed.get(release.release_id, release.release_id)
        texts[new_id] = replace(release, release_id=new_id)
    return list(texts.values())


def halt(crashes: Sequence[Crash]) -> None:
    if crashes:
        raise RuntimeError(f"checks of shape crashed, nothing is committed: {crashes}")


def new_facts(
    warehouse: Warehouse,
    row: type[Row],
    reading: Reading,
    standing: frozenset[str],
    renamed: dict[str, str],
    *,
    at: datetime,
) -> tuple[Readings, list[Quarantined]]:
    """Return the facts of one other table that stand, and those that shape held back."""
    told = of_releases(row, reading, standing, renamed)
    fresh: list[Any] = rows_of(row, differing(warehouse, row, told))
    texts = texts_for(warehouse, reading, renamed, fresh)
    batch = Others(**{row.TABLE: fresh})
    sound, malformed, crashes = screen_facts(batch, texts, run_id=None, at=at)
    halt(crashes)
    minted = settled(warehouse, getattr(sound, row.TABLE))
    same = set(told[row.ID]) - {fact.row_id for fact in fresh}
    stands = frozenset(same | {f.row_id for f in minted.values()})
    return Readings(stands, list(minted.values())), malformed


def of_releases(
    row: type[Row], reading: Reading, standing: frozenset[str], renamed: dict[str, str]
) -> pl.DataFrame:
    """Return the facts under the new ids of their releases, and with ids that follow."""
    facts = reading.facts[row.TABLE]
    moved: list[Any] = rows_of(row, facts.filter(pl.col("release_id").is_in(sorted(renamed))))
    under: list[Row] = []
    for fact in moved:
        new = renamed[fact.release_id]
        under.append(replace(fact, **{row.ID: content_id(fact.row_id, new), "release_id": new}))
    rest = facts.filter(~pl.col("release_id").is_in(sorted(renamed)))
    facts = pl.concat([rest, frame(row.TABLE, under)]).sort(row.ID)
    return facts.filter(pl.col("release_id").is_in(sorted(standing)))


def said_of(row: type[Row]) -> list[str]:
    """Return the columns that say what a row says."""
    return [f.name for f in fields(row) if f.name not in READING | {row.ID}]


def differing(warehouse: Warehouse, row: type[Row], new: pl.DataFrame) -> pl.DataFrame:
    """Return the new rows whose id is not held, or held with another content."""
    told = pl.struct(said_of(row)).hash().alias("said")
    held = warehouse.scan(row.TABLE, retired=True).select(row.ID, told).collect()
    return new.with_columns(told).join(held, on=[row.ID, "said"], how="anti").drop("said")


def settled(warehouse: Warehouse, rows: Sequence[R]) -> dict[str, R]:
    """Return rows under the ids they shall have, by the ids they had.

    An id held with another content gives way to one derived from it and the new content.
    """
    if not rows:
        return {}
    row = type(rows[0])
    held = warehouse.scan(row.TABLE, retired=True).filter(
        pl.col(row.ID).is_in(sorted(r.row_id for r in rows))
    )
    before = {r.row_id: r for r in rows_of(row, held.collect())}
    made = {}
    for new in rows:
        content = [getattr(new, name) for name in said_of(row)]
        old = before.get(new.row_id)
        if old is None or content == [getattr(old, name) for name in said_of(row)]:
            made[new.row_id] = new
        else:
            new_id: Any = {row.ID: content_id(new.row_id, *content)}
            made[new.row_id] = replace(new, **new_id)
    return made


def retirements(warehouse: Warehouse, row: type[Row], now: Readings) -> list[Retirement]:
    """Return what retires the rows that are no longer read, and reinstates those read again."""
    table = row.TABLE
    held = warehouse.scan(table, retired=True).select(row.ID, "source").collect()
    standing = set(warehouse.scan(table).select(row.ID).collect()[row.ID])
    events = warehouse.scan("retirements").filter(pl.col("of_table") == table).collect()
    steps = Counter(events["of_id"])
    found = []
    for row_id, source in sorted(held.iter_rows()):
        if (row_id in standing) != (row_id in now.ids):
            step = steps[row_id] + 1
            found.append(
                Retirement(
                    retirement_id=content_id(table, row_id, step),
                    of_table=table,
                    of_id=row_id,
                    step=step,
                    event="retired" if row_id in standing else "reinstated",
                    source=source,
                )
            )
    return found


def named(
    retired: Sequence[Retirement], gained: dict[str, list[Any]], warehouse: Warehouse
) -> list[Retirement]:
    """Return the retirements, each with the row now read in its place, where there is one."""
    old = {row.row_id: row for table in gained for row in old_rows(warehouse, table, retired)}
    places: dict[tuple[str, str], list[Any]] = {}
    for row in (row for rows in gained.values() for row in rows):
        places.setdefault((row.TABLE, row.url), []).append(row)
    made = []
    for event in retired:
        before = old[event.of_id]
        there = [r for r in places.get((before.TABLE, before.url), ()) if in_place_of(before, r)]
        new = min(there, key=lambda r: distance(before, r), default=None)
        version = getattr(new or before, "extractor_version", None)
        parser = getattr(new or before, "parser_version", None)
        made.append(
            replace(
                event,
                replaced_by=new.row_id if new and event.event == "retired" else None,
                parser_version=parser,
                extractor_version=version,
            )
        )
    return made


def old_rows(warehouse: Warehouse, table: str, retired: Sequence[Retirement]) -> list[Any]:
    ids = sorted(event.of_id for event in retired if event.of_table == table)
    key = TABLES[table].ID
    rows = warehouse.scan(table, retired=True).filter(pl.col(key).is_in(ids))
    return rows_of(TABLES[table], rows.collect())


def in_place_of(old: Any, new: Any) -> bool:
    """Whether a row of one address stands where another stood."""
    if isinstance(old, Release):
        return True
    overlap = old.start < new.end and new.start < old.end
    return bool(old.quote == new.quote or (overlap and old.release_id == new.release_id))


def distance(old: Any, new: Any) -> tuple[Any, ...]:
    if isinstance(old, Release):
        return (new.row_id,)
    return (
        getattr(old, "indicator", None) != getattr(new, "indicator", None),
        abs(old.start - new.start),
        new.row_id,
    )


def changes(
    warehouse: Warehouse, gained: dict[str, list[Any]], retired: Sequence[Retirement]
) -> Iterator[Change]:
    """Yield what is gained, lost and changed, a row at a time."""
    replacing = {event.replaced_by for event in retired}
    for table, rows in gained.items():
        for row in rows:
            if row.row_id not in replacing:
                yield change("gained", row)
        events = {event.of_id: event for event in retired if event.of_table == table}
        for old in old_rows(warehouse, table, retired):
            event = events[old.row_id]
            lost = "changed" if event.replaced_by else "lost"
            yield change(lost if event.event == "retired" else "gained", old)


def change(kind: str, row: Any) -> Change:
    indicator = getattr(row, "indicator", "")
    return Change(
        kind=kind, table=row.TABLE, source=row.source, indicator=indicator, row_id=row.row_id
    )


def findings_of(
    warehouse: Warehouse,
    address: str,
    gained: dict[str, list[Any]],
    retired: Sequence[Retirement],
    *,
    at: datetime,
) -> list[FindingEvent]:
    """Return what the new readings mean for the findings: some open, some have lost a side, and
    some have it again.
    """
    run_id = f"reextract-{at:%Y%m%dT%H%M%SZ}"
    gone: dict[str, set[str]] = {table: set() for table in gained}
    for event in retired:
        if event.event == "retired":
            gone[event.of_table].add(event.of_id)
    told: list[FindingEvent] = []
    stated = [fact for table in FACTS for fact in gained[table]]
    if stated:
        ids = {fact.release_id for fact in stated}
        stored = warehouse.scan("releases").filter(pl.col("release_id").is_in(sorted(ids)))
        texts = {r.release_id: r for r in rows_of(Release, stored.collect())}
        texts |= {r.release_id: r for r in gained["releases"] if r.release_id in ids}
        foreseen = Foreseen(address, gone)
        others = Others(**{table: gained[table] for table in FACTS if table != "figures"})
        outcome = check(
            gained["figures"],
            list(texts.values()),
            foreseen,
            run_id=run_id,
            at=at,
            others=others,
        )
        told += outcome.findings
    if not retired:
        return told
    findings = list(fold([*held_events(warehouse), *told]).values())
    lost = set().union(*(gone[table] for table in FACTS))
    again = {event.of_id for event in retired if event.event == "reinstated"}
    again |= {fact.row_id for fact in stated}
    who: dict[str, Any] = {"actor": "reextract", "run_id": run_id, "at": at}
    away = away_of(warehouse, findings) - again | lost
    told += withdrawn(findings, dict.fromkeys(away, NO_LONGER), **who)
    return [*told, *returned(findings, away, **who)]


def away_of(warehouse: Warehouse, findings: Sequence[Finding]) -> set[str]:
    """Return the ids of findings' facts that no standing row has."""
    ids = sorted({i for finding in findings for i in finding.ids})
    stands: set[str] = set()
    for row in STATED:
        held = warehouse.scan(row.TABLE).filter(pl.col(row.ID).is_in(ids)).select(row.ID).collect()
        stands.update(held[row.ID])
    return set(ids) - stands


def unheld(warehouse: Warehouse, rows: Sequence[R]) -> list[R]:
    if not rows:
        return []
    held = warehouse.known(rows[0].TABLE, [row.row_id for row in rows])
    return sorted((row for row in rows if row.row_id not in held), key=lambda row: row.row_id)


def rows_of(row: type[R], rows: pl.DataFrame) -> list[R]:
    return [row(**values) for values in rows.iter_rows(named=True)]


def commit(made: Plan, warehouse: Warehouse, folder: Path, *, at: datetime) -> None:
    """Append a plan. Written down first, so that `finish` can end what a kill interrupted."""
    temporary = folder / "_tmp.commit"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    for table, rows in made.rows.items():
        frame(table, rows).write_parquet(temporary / f"{table}.parquet")
    (temporary / "at.txt").write_text(at.isoformat(), encoding="utf-8")
    temporary.rename(folder / "commit")
    finish(warehouse, folder)


def finish(warehouse: Warehouse, folder: Path) -> bool:
    """End a commit that was begun, with its own rows and time; False where none was."""
    begun = folder / "commit"
    if not begun.exists():
        return False
    at = datetime.fromisoformat((begun / "at.txt").read_text(encoding="utf-8"))
    with warehouse.lock():
        for table in ORDER:
            rows = pl.read_parquet(begun / f"{table}.parquet")
            warehouse.append(rows_of(TABLES[table], rows), recorded_at=at)
    # First out of the way in one step: a commit half removed must not look like one begun.
    done = folder / "_tmp.done"
    begun.rename(done)
    shutil.rmtree(done)
    shutil.rmtree(folder / "chunks", ignore_errors=True)
    return True
