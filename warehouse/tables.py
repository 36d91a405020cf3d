"""The tables: immutable Parquet files, one a batch, committed whole. Appending and scanning.

Which columns there are is said in `warehouse.fields`, where the files lie in `warehouse.storage`;
what analysts read is made by `warehouse.publish`.

**Growth.** A night appends at most one file to a table, 3,650 in ten years, in 120 folders;
to ``captures`` one for each source and hundred pages, some 95,000 in ten years of 26 sources. An
append lists names and reads no old file: `warehouse.index` knows the ids. Listing took 5 ms for
3,650 names and 86 ms for 95,000 (2026-11-21). Analysts read the published files, never these.
They are never packed together: docs/warehouse.md says why.

**Evolution.** A column may be added if it is nullable, a code or a table may be added; nothing is
renamed or removed. Old files are read with nulls for what they lack and are never rewritten. A
change that an older program could not read raises `FORMAT`, and older programs then refuse.

**Retiring.** Rows are never updated, so a row that a newer parser or extractor no longer reads is
retired by a row of ``retirements``, and may be reinstated by another; the last one counts.
Scans leave retired rows out unless asked, so does everything published.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl

from warehouse.errors import NewerWarehouse, damaged
from warehouse.fields import TABLES, Row, columns, content_id
from warehouse.index import Index
from warehouse.storage import Lock, storage

FORMAT = 1
MARK = "caravan.json"  # in a warehouse's root, {"format": FORMAT}; without it, the first format
TYPES = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    bytes: pl.Binary(),
    date: pl.Date(),
    datetime: pl.Datetime("us", "UTC"),
    list[str]: pl.List(pl.String()),
}


def schema(table: str) -> dict[str, pl.DataType]:
    return {c.name: TYPES[c.type] for c in columns(TABLES[table])}


def frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Return rows as a frame with the table's columns."""
    names = schema(table)
    return pl.DataFrame([{n: getattr(row, n) for n in names} for row in rows], schema=names)


class Warehouse:
    """A place of tables. One writer at a time holds the lock; readers need none."""

    def __init__(self, root: str | Path) -> None:
        self.storage = storage(root)
        self.root = self.storage.private
        self._index = Index(self.root / "_index.sqlite")
        self._checked = False

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers on this machine out; a holder may take it again.

        What a killed writer left behind is swept by the next one to come in.
        """
        with Lock.of(self.root / ".lock").hold() as outermost:
            if outermost:
                for left in self.root.glob("_tmp.*"):
                    left.unlink()
            yield

    def append(self, rows: Sequence[Row], *, recorded_at: datetime) -> int:
        """Append rows of one table that it does not hold yet, as one file; return how many.

        ``recorded_at`` is aware UTC and stamped on every row.
        """
        if not rows:
            return 0
        table = rows[0].TABLE
        unique = {row.row_id: replace(row, recorded_at=recorded_at) for row in rows}
        with self.lock():
            held = self.known(table, unique)
            fresh = [row for row_id, row in sorted(unique.items()) if row_id not in held]
            if fresh:
                self._commit(table, frame(table, fresh), recorded_at)
        return len(fresh)

    def _commit(self, table: str, batch: pl.DataFrame, recorded_at: datetime) -> None:
        ids = batch[TABLES[table].ID]
        name = f"{table}/ingest_month={recorded_at:%Y-%m}/{content_id(*ids)}.parquet"
        self.storage.commit(name, lambda path: batch.write_parquet(path, compression="zstd"))
        try:
            self._index.add(table, name, ids)
        except sqlite3.OperationalError:  # only a cache: the next to ask catches up
            return

    def names(self, table: str) -> list[str]:
        """Return the names of a table's files, sorted."""
        self._check_format()
        return self.storage.names(table)

    def files(self, table: str) -> list[Path]:
        """Return a table's files as local paths, in an order that depends on their names only."""
        return [self.storage.local(name) for name in self.names(table)]

    def scan(
        self,
        table: str,
        *,
        as_of: datetime | None = None,
        retired: bool = False,
        among: Sequence[str] | None = None,
    ) -> pl.LazyFrame:
        """Return a table, each id once, without retired rows unless they are asked for.

        ``as_of``: only what was recorded by that moment (aware UTC), and not retired by then.
        ``among``: only what the files of these names hold.
        """
        names = self.names(table)
        read = names if among is None else among
        if not read:
            return frame(table, []).lazy()
        rows = self.rows(table, read)
        if as_of is not None:
            rows = rows.filter(pl.col("recorded_at") <= as_of)
        if self._twice(table, names):
            rows = rows.unique(TABLES[table].ID, keep="first", maintain_order=True)
        return rows if retired or table == "retirements" else self._standing(table, rows, as_of)

    def rows(self, table: str, names: Sequence[str]) -> pl.LazyFrame:
        """Return the rows of some of a table's files, with nulls for columns that they lack."""
        return pl.scan_parquet(
            [self.storage.address(name) for name in names],
            schema=schema(table),
            hive_partitioning=False,
            missing_columns="insert",
            extra_columns="ignore",
        )

    def _standing(self, table: str, rows: pl.LazyFrame, as_of: datetime | None) -> pl.LazyFrame:
        if not self.names("retirements"):
            return rows
        gone = (
            self.scan("retirements", as_of=as_of)
            .filter(pl.col("of_table") == table)
            .group_by("of_id")
            .agg(pl.col("event").sort_by("step").last())
            .filter(pl.col("event") == "retired")
        )
        return rows.join(gone, left_on=TABLES[table].ID, right_on="of_id", how="anti")

    def known(self, table: str, ids: Iterable[str]) -> set[str]:
        """Return those of the ids that a table holds, retired or not."""
        wanted = list(ids)
        try:
            return self._index.known(table, wanted, self.names(table), self._ids)
        except sqlite3.OperationalError:  # the index cannot be kept here: look at all rows
            key = TABLES[table].ID
            asked = pl.LazyFrame({key: wanted}, schema={key: pl.String})
            held = self.scan(table, retired=True).select(key).join(asked, on=key, how="semi")
            return set(held.collect()[key])

    def _twice(self, table: str, names: list[str]) -> bool:
        try:
            return self._index.twice(table, names, self._ids)
        except sqlite3.OperationalError:
            return True  # not known, so treated as if

    def _ids(self, name: str) -> pl.Series:
        key = TABLES[name.split("/")[0]].ID
        address = self.storage.address(name)
        try:
            return pl.scan_parquet(address, hive_partitioning=False).select(key).collect()[key]
        except pl.exceptions.PolarsError as error:
            raise damaged(address, error) from error

    def _check_format(self) -> None:
        if self._checked:
            return
        mark = self.storage.read_text(MARK)
        held = FORMAT if mark is None else json.loads(mark)["format"]
        if held > FORMAT:
            raise NewerWarehouse(
                f"{self.storage.address(MARK)}: format {held}, and this program knows {FORMAT}: "
                "it was written by a newer Caravan; install that version"
            )
        self._checked = True


class Foreseen(Warehouse):
    """A warehouse as scans will show it once more rows are retired; to check before a commit."""

    def __init__(self, root: str | Path, gone: Mapping[str, Collection[str]]) -> None:
        super().__init__(root)
        self._gone = gone

    def scan(
        self,
        table: str,
        *,
        as_of: datetime | None = None,
        retired: bool = False,
        among: Sequence[str] | None = None,
    ) -> pl.LazyFrame:
        rows = super().scan(table, as_of=as_of, retired=retired, among=among)
        if retired:
            return rows
        key = TABLES[table].ID
        gone = pl.LazyFrame({key: sorted(self._gone.get(table, ()))}, schema={key: pl.String})
        return rows.join(gone, on=key, how="anti")
