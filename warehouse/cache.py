"""A cache in SQLite, worked out from the tables' files and worked out again when it is lost.

It is never the truth, so a run killed between a file's commit and its entry here costs nothing.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class Cache:
    """A database of its own file. Safe for processes side by side: SQLite's locks see to it.

    ``statements`` make its tables; where they change, it begins anew. Raises
    sqlite3.OperationalError where the file cannot be written.

    With ``keep`` the connection is kept while the cache lives: closing the last one writes every
    page that was touched back and syncs it, and keys are random, so it is a page for each of them.
    """

    def __init__(self, path: Path, statements: Sequence[str], *, keep: bool = False) -> None:
        self.path = path
        self._statements = statements
        self._version = zlib.crc32(" ".join(statements).encode()) >> 1
        self._mine = threading.Lock()
        self._keep = keep
        self._kept: sqlite3.Connection | None = None

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction, which an error undoes."""
        with self._mine:
            db, self._kept = self._kept or self._connect(), None
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
                self._kept = db if self._keep else None
            except (sqlite3.OperationalError, sqlite3.IntegrityError):
                raise
            except sqlite3.DatabaseError as error:  # a damaged page: callers do without it once
                db.close()
                self._away()
                raise sqlite3.OperationalError(f"{self.path}: {error}; begun anew") from error
            finally:
                if self._kept is None:
                    db.close()  # which undoes what was begun

    def _connect(self) -> sqlite3.Connection:
        try:
            return self._prepared()
        except sqlite3.OperationalError:  # a place that cannot be written: callers do without
            raise
        except sqlite3.DatabaseError:  # not a database any more: a cache may be thrown away
            self._away()
            return self._prepared()

    def _away(self) -> None:
        for left in self.path.parent.glob(self.path.name + "*"):
            left.unlink()

    def _prepared(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=600, isolation_level=None, check_same_thread=False)
        if self._keep:
            weakref.finalize(self, db.close)
        if self._version_of(db) != self._version:
            # Keys are random, so each falls on a page of its own: small pages make little to write.
            db.execute("PRAGMA page_size = 1024")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            if self._version_of(db) != self._version:  # nobody else was faster
                self._make(db)
            db.execute("COMMIT")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA wal_autocheckpoint = 10000")  # pages
        db.execute("PRAGMA mmap_size = 268435456")  # each key is read on a page of its own, too
        return db

    def _version_of(self, db: sqlite3.Connection) -> int:
        return int(db.execute("PRAGMA user_version").fetchone()[0])

    def _make(self, db: sqlite3.Connection) -> None:
        held = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in held:
            db.execute(f"DROP TABLE {table}")
        for statement in self._statements:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {self._version}")
