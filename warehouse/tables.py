"""The tables: immutable Parquet files, one a batch, committed by rename. Appending and scanning.

Which columns there are is said in `warehouse.fields`; what analysts read is made by
`warehouse.publish`.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl

from warehouse.fields import TABLES, Row, columns, content_id

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
    """A folder of tables. One writer at a time holds the lock; readers need none."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers on this machine out; the kernel lets go when a process dies."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def append(self, rows: Sequence[Row], *, recorded_at: datetime) -> int:
        """Append rows of one table that it does not hold yet, as one file; return how many.

        ``recorded_at`` is aware UTC and stamped on every row.
        """
        if not rows:
            return 0
        table = rows[0].TABLE
        unique = {row.row_id: replace(row, recorded_at=recorded_at) for row in rows}
        held = self.known(table, unique)
        fresh = [row for row_id, row in sorted(unique.items()) if row_id not in held]
        if fresh:
            self._commit(table, frame(table, fresh), recorded_at)
        return len(fresh)

    def _commit(self, table: str, batch: pl.DataFrame, recorded_at: datetime) -> None:
        name = content_id(*batch[TABLES[table].ID])
        final = self.root / table / f"ingest_month={recorded_at:%Y-%m}" / f"{name}.parquet"
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.root / f"_tmp.{os.getpid()}.{name}"
        batch.write_parquet(temporary, compression="zstd")
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        temporary.replace(final)
        folder = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def files(self, table: str) -> list[Path]:
        """Return a table's files, in an order that depends on their names only."""
        return sorted((self.root / table).glob("ingest_month=*/*.parquet"))

    def scan(self, table: str) -> pl.LazyFrame:
        """Return a table, each id once (the row recorded first)."""
        files = self.files(table)
        if not files:
            return frame(table, []).lazy()
        rows = pl.scan_parquet(files, hive_partitioning=False)
        return rows.unique(TABLES[table].ID, keep="first", maintain_order=True)

    def known(self, table: str, ids: Iterable[str]) -> set[str]:
        """Return those of the ids that a table holds."""
        key = TABLES[table].ID
        wanted = pl.LazyFrame({key: list(ids)}, schema={key: pl.String})
        held = self.scan(table).select(key).join(wanted, on=key, how="semi").collect()
        return set(held[key])
