"""Where the files of the tables lie, and how one is committed: a folder, or an object store.

A storage knows names and bytes, nothing of rows. Names are ``<table>/ingest_month=…/….parquet``.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Protocol

from warehouse.errors import Misplaced


class Storage(Protocol):
    """What the tables ask of a place."""

    @property
    def private(self) -> Path:
        """A local folder for the lock, the index and temporary files."""
        ...

    def names(self, table: str) -> list[str]:
        """Return the names of a table's files, sorted."""
        ...

    def address(self, name: str) -> str:
        """Return what polars reads a file by."""
        ...

    def local(self, name: str) -> Path:
        """Return a file as a local path; fetched, where it lies far away."""
        ...

    def commit(self, name: str, write: Callable[[Path], None]) -> None:
        """Let ``write`` make a file and put it in place whole, or not at all."""
        ...

    def read_text(self, name: str) -> str | None:
        """Return a small file's text, or None where there is none."""
        ...


class Folder:
    """A folder on this machine. The rename of a finished and synced file is the commit."""

    def __init__(self, root: Path) -> None:
        self.root = self.private = root

    def names(self, table: str) -> list[str]:
        found = []
        for month in _entries(self.root / table):
            if month.startswith("ingest_month="):
                folder = f"{table}/{month}"
                files = _entries(self.root / folder)
                found += [f"{folder}/{name}" for name in files if name.endswith(".parquet")]
        return sorted(found)

    def address(self, name: str) -> str:
        return str(self.root / name)

    def local(self, name: str) -> Path:
        return self.root / name

    def commit(self, name: str, write: Callable[[Path], None]) -> None:
        final = self.root / name
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.root / f"_tmp.{os.getpid()}.{final.name}"
        write(temporary)
        sync(temporary)
        temporary.replace(final)
        sync(final.parent)

    def read_text(self, name: str) -> str | None:
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.exists() else None


def storage(address: str | Path) -> Storage:
    """Return the storage of an address: a folder's path, or ``s3://bucket/prefix``."""
    text = str(address)
    if text.startswith("s3://"):
        try:
            from warehouse.bucket import Bucket
        except ModuleNotFoundError as error:
            raise Misplaced(f"{text}: object stores need `pip install caravan[s3]`") from error
        return Bucket(text)
    if "://" in text:
        raise Misplaced(f"{text}: a warehouse is a folder or s3://bucket/prefix")
    return Folder(Path(text))


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, last through a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _entries(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - Path.iterdir costs five times as much
    except FileNotFoundError:
        return []


class Lock:
    """Keeps other writers on this machine out, threads and processes; a holder may take it again.

    The kernel lets go of it when a process dies.
    """

    _all: ClassVar[dict[str, Lock]] = {}

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = threading.RLock()
        self._depth = 0

    @classmethod
    def of(cls, path: Path) -> Lock:
        """Return the one lock of a path in this process."""
        return cls._all.setdefault(str(path.absolute()), cls(path))

    @contextmanager
    def hold(self) -> Iterator[bool]:
        """Hold it; the value tells whether this is the outermost hold."""
        with self._mine:
            self._depth += 1
            try:
                if self._depth > 1:
                    yield False
                else:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    with self.path.open("w") as handle:
                        fcntl.flock(handle, fcntl.LOCK_EX)
                        yield True
            finally:
                self._depth -= 1
