"""What the figures held have told, by series and period, and in which files: a cache.

A night looks its keys up here and reads the few files that may disagree with it; what it costs
depends on the batch, not on how long the history is.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import polars as pl

from expectations import telling
from expectations.telling import NEEDED, ROW, SUBJECT, ends_of
from warehouse.cache import Cache

AT_ONCE = 400  # files entered at once, where many are new
ENDS = {"low": pl.Float64, "high": pl.Float64, "least": pl.Float64, "most": pl.Float64}
SCHEMA = {
    **dict.fromkeys(ROW, pl.String),
    "year": pl.Int32,
    **ENDS,
    "sources": pl.Int64,
    "files": pl.String,
}
STATEMENTS = [
    "CREATE TABLE files (number INTEGER PRIMARY KEY, name TEXT UNIQUE)",
    f"CREATE TABLE told ({', '.join(SCHEMA)}, PRIMARY KEY ({', '.join(ROW)})) WITHOUT ROWID",
    "CREATE TABLE stated (release_id, number, PRIMARY KEY (release_id, number)) WITHOUT ROWID",
    # Other rules of what is told hold other ends: a cache of theirs is made anew.
    f"-- told as {zlib.crc32(Path(telling.__file__).read_bytes())}",
]
ENTER = (
    f"INSERT INTO told VALUES ({', '.join('?' for _ in SCHEMA)}) ON CONFLICT DO UPDATE SET"
    " low = max(low, excluded.low), high = min(high, excluded.high),"
    " least = min(least, excluded.least), most = max(most, excluded.most),"
    " sources = sources | excluded.sources, files = files || ' ' || excluded.files"
)
ASKED = (*SUBJECT, "since", "until")
HELD = {name: kind for name, kind in SCHEMA.items() if name != "files"}
ASK = (
    f"SELECT {', '.join('told.' + name for name in HELD)} FROM asked CROSS JOIN told USING ("
    + ", ".join(SUBJECT)
    + ") WHERE told.year BETWEEN since AND until"
)
PLACES = f"SELECT files FROM wanted CROSS JOIN told USING ({', '.join(ROW)})"
Read = Callable[[Sequence[str]], pl.LazyFrame]  # the rows of the files of these names


class Told:
    """The ends of all that was told. Raises sqlite3.OperationalError where it cannot be written."""

    def __init__(self, path: Path, names: Sequence[str], read: Read) -> None:
        self._cache = Cache(path, STATEMENTS)
        self._names = names
        self._read = read

    def ends(self, reach: pl.DataFrame) -> pl.DataFrame:
        """Return the ends told within a reach."""
        with self._cache.open() as db:
            self._catch_up(db)
            _hand_over(db, "asked", reach.select(ASKED))
            rows = db.execute(ASK).fetchall()
        by_column = dict(zip(HELD, zip(*rows, strict=True), strict=True)) if rows else {}
        held = pl.DataFrame(by_column, schema=HELD).unique(maintain_order=True)
        return held.with_columns(pl.col(name).replace("", None) for name in ROW if name != "year")

    def places(self, wanted: pl.DataFrame) -> list[str]:
        """Return the names of the files in which the ends of these keys were told."""
        with self._cache.open() as db:
            _hand_over(db, "wanted", wanted.select(ROW))
            numbers = {int(n) for (files,) in db.execute(PLACES) for n in files.split()}
            held = dict(db.execute("SELECT number, name FROM files"))
        return sorted(held[n] for n in numbers)

    def stating(self, releases: Iterable[str]) -> list[str]:
        """Return the names of the files that hold figures of these releases."""
        sql = "SELECT DISTINCT name FROM stated JOIN files USING (number) WHERE release_id = ?"
        with self._cache.open() as db:
            self._catch_up(db)
            return sorted({row[0] for i in releases for row in db.execute(sql, [i])})

    def _catch_up(self, db: sqlite3.Connection) -> None:
        entered = {name for (name,) in db.execute("SELECT name FROM files")}
        if not entered <= set(self._names):  # somebody took a file away
            for table in ("files", "told", "stated"):
                db.execute(f"DELETE FROM {table}")
            entered = set()
        new = [name for name in self._names if name not in entered]
        if len(new) > 1:
            db.execute("PRAGMA cache_size = -262144")  # kilobytes: many files touch every page
        for start in range(0, len(new), AT_ONCE):
            self._enter(db, new[start : start + AT_ONCE])

    def _enter(self, db: sqlite3.Connection, names: Sequence[str]) -> None:
        numbers = []
        for name in names:
            sql = "INSERT INTO files (name) VALUES (?) RETURNING number"
            numbers.append(db.execute(sql, [name]).fetchone()[0])
        rows = pl.concat(
            self._read([name]).select(*NEEDED, file=pl.lit(number))
            for name, number in zip(names, numbers, strict=True)
        ).collect()
        files = rows.group_by("release_id", "file").len().select("release_id", "file")
        db.executemany(
            "INSERT OR IGNORE INTO stated VALUES (?, ?)",
            files.sort("release_id", "file").iter_rows(),
        )
        db.executemany(ENTER, keyed(ends_of(rows).select(*SCHEMA)).sort(ROW).iter_rows())


def _hand_over(db: sqlite3.Connection, table: str, rows: pl.DataFrame) -> None:
    """Make a frame a table of this connection, to be joined with."""
    db.execute(f"CREATE TEMP TABLE {table} ({', '.join(rows.columns)})")
    marks = ", ".join("?" for _ in rows.columns)
    db.executemany(f"INSERT INTO {table} VALUES ({marks})", keyed(rows).iter_rows())


def keyed(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows whose missing keys are empty texts: in SQL no NULL is another's equal."""
    return rows.with_columns(
        pl.col(name).fill_null("")
        for name in ROW
        if name in rows.columns and rows.schema[name] == pl.String
    )
