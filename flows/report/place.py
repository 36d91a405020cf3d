"""Where the report stands: built aside, then put in its place in one step.

``report`` is a symbolic link to ``.report/<hash of all its bytes>``; replacing a link is atomic, so
that a reader finds the old site or the new one, never half of one. The one before is kept for
readers who stand in it. Nothing is synced: a report that a loss of power took is made anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import Misplaced
from warehouse.storage import Lock


@contextmanager
def workshop(report: Path) -> Iterator[Path]:
    """Lock the report, sweep what a killed run left, and give an empty folder to build in."""
    shelf = report.with_name(f".{report.name}")
    with Lock.of(shelf / ".lock").hold():
        for left in shelf.glob("_tmp.*"):
            shutil.rmtree(left)
        aside = shelf / f"_tmp.{os.getpid()}"
        aside.mkdir()
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def put(built: Path, report: Path) -> bool:
    """Let ``report`` be what was built; return whether that changed anything.

    Raises Misplaced where something stands there that no report of ours is.
    """
    if report.exists() and not report.is_symlink():
        raise Misplaced(f"{report}: not made by `caravan report`; move it away, and run it again")
    version = built.with_name(digest(built))
    before = report.resolve() if report.is_symlink() else None
    if before == version.resolve():
        return False
    if version.exists():  # an older one that looks the same
        shutil.rmtree(version)
    built.rename(version)
    link = built.with_name("_tmp.link")
    link.unlink(missing_ok=True)
    link.symlink_to(version.relative_to(report.parent))
    link.replace(report)
    for old in version.parent.iterdir():
        if old.is_dir() and old.resolve() not in (version.resolve(), before):
            shutil.rmtree(old)
    return True


def digest(folder: Path) -> str:
    """Return 20 hexadecimal digits over the names and bytes of all files."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()[:20]
