"""Which ids the tables hold, so that an append need not read every night before it.

A cache in SQLite, worked out from the files and worked out again when it is lost: files that it
has not met are read once (their ids only). It is never the truth, so a run killed between a
file's commit and its entry here costs nothing.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warehouse.fields import TABLES

VERSION = zlib.crc32(" ".join(TABLES).encode()) >> 1  # of the tables that an index has
Ids = Callable[[str], Iterable[str]]  # the ids that the file of a name holds


class Index:
    """The ids of all tables. Safe for processes side by side: SQLite's own locks see to it.

    Raises sqlite3.OperationalError where its file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def known(self, table: str, ids: Iterable[str], names: list[str], read: Ids) -> set[str]:
        """Return those of the ids that the files of these names hold."""
        with self._open() as db:
            _catch_up(db, table, names, read)
            sql = f"SELECT id FROM ids_{table} WHERE id IN (SELECT value FROM json_each(?))"
            return {row[0] for row in db.execute(sql, [json.dumps(list(ids))])}

    def twice(self, table: str, names: list[str], read: Ids) -> bool:
        """Tell whether an id stands in more than one file, as raced writers can leave it."""
        with self._open() as db:
            _catch_up(db, table, names, read)
            sql = "SELECT 1 FROM files WHERE of_table = ? AND again > 0 LIMIT 1"
            return db.execute(sql, [table]).fetchone() is not None

    def add(self, table: str, name: str, ids: Iterable[str]) -> None:
        """Enter a file that was just committed."""
        with self._open() as db:
            _enter(db, table, name, ids)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        try:
            return _prepare(str(self.path))
        except sqlite3.OperationalError:  # a place that cannot be written: callers do without
            raise
        except sqlite3.DatabaseError:  # not a database any more: a cache may be thrown away
            for left in self.path.parent.glob(self.path.name + "*"):
                left.unlink()
            return _prepare(str(self.path))


def _prepare(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=600, isolation_level=None)
    if db.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        db.execute("PRAGMA synchronous = NORMAL")
        return db
    # Ids are random, so each falls on a page of its own: small pages make little to write.
    db.execute("PRAGMA page_size = 1024")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(
        "CREATE TABLE IF NOT EXISTS files"
        " (of_table TEXT, name TEXT, again INTEGER, PRIMARY KEY (of_table, name)) WITHOUT ROWID"
    )
    for table in TABLES:
        db.execute(f"CREATE TABLE IF NOT EXISTS ids_{table} (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute(f"PRAGMA user_version = {VERSION}")
    return db


def _catch_up(db: sqlite3.Connection, table: str, names: list[str], read: Ids) -> None:
    entered = {r[0] for r in db.execute("SELECT name FROM files WHERE of_table = ?", [table])}
    if not entered <= set(names):  # somebody took a file away: its rows may come again
        db.execute("DELETE FROM files WHERE of_table = ?", [table])
        db.execute(f"DELETE FROM ids_{table}")
        entered = set()
    for name in names:
        if name not in entered:
            _enter(db, table, name, read(name))


def _enter(db: sqlite3.Connection, table: str, name: str, ids: Iterable[str]) -> None:
    rows = [(row_id,) for row_id in sorted(ids)]
    new = db.executemany(f"INSERT OR IGNORE INTO ids_{table} VALUES (?)", rows).rowcount
    db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", [table, name, len(rows) - new])
