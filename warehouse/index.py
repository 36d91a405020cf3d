"""Which ids the tables hold, so that an append need not read every night before it.

A cache: files that it has not met are read once (their ids only).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from warehouse.cache import Cache
from warehouse.fields import TABLES

STATEMENTS = [
    "CREATE TABLE files"
    " (of_table TEXT, name TEXT, again INTEGER, PRIMARY KEY (of_table, name)) WITHOUT ROWID",
    *(f"CREATE TABLE ids_{t} (id TEXT PRIMARY KEY) WITHOUT ROWID" for t in TABLES),
]
Ids = Callable[[str], Iterable[str]]  # the ids that the file of a name holds


class Index:
    """The ids of all tables. Raises sqlite3.OperationalError where its file cannot be written."""

    def __init__(self, path: Path) -> None:
        self.cache = Cache(path, STATEMENTS, keep=True)

    def known(self, table: str, ids: Iterable[str], names: list[str], read: Ids) -> set[str]:
        """Return those of the ids that the files of these names hold."""
        with self.cache.open() as db:
            _catch_up(db, table, names, read)
            sql = f"SELECT id FROM ids_{table} WHERE id IN (SELECT value FROM json_each(?))"
            return {row[0] for row in db.execute(sql, [json.dumps(sorted(ids))])}

    def twice(self, table: str, names: list[str], read: Ids) -> bool:
        """Tell whether an id stands in more than one file, as raced writers can leave it."""
        with self.cache.open() as db:
            _catch_up(db, table, names, read)
            sql = "SELECT 1 FROM files WHERE of_table = ? AND again > 0 LIMIT 1"
            return db.execute(sql, [table]).fetchone() is not None

    def add(self, table: str, name: str, ids: Iterable[str]) -> None:
        """Enter a file that was just committed."""
        with self.cache.open() as db:
            _enter(db, table, name, ids)


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
