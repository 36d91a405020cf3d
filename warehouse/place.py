"""Where finished files stand: whole versions, built aside and put in their place in one step.

``published`` is a symbolic link to ``.published/<number>`` (the report has such a place too), and
replacing a link is atomic. polars,
DuckDB and pyarrow open a file twice, for its footer and for its rows: where one file is replaced
under its name, they can meet two (seen 2026-11-22). A reader who follows the link once, as all of
ours do, reads one version of all tables, whatever is put there meanwhile.

Files that a version shares with the one before are hard links to them, so that a version costs
what it changes. The one before is kept for readers who stand in it, older ones for an hour more.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from warehouse.errors import Misplaced
from warehouse.storage import Lock, sync

KEPT_S = 3600


@dataclass(frozen=True)
class Draft:
    """A version being built in ``folder``; ``before`` is the one that stands there now."""

    folder: Path
    spare: Path  # for what is needed meanwhile; goes when the draft goes
    before: Path | None

    def held(self, name: str) -> Path | None:
        """Return a file of the version before, None where it has none of that name."""
        path = None if self.before is None else self.before / name
        return path if path and path.is_file() else None

    def carry(self, name: str) -> None:
        """Take a file of the version before over as it is."""
        held, here = self.held(name), self.folder / name
        if held is None:
            raise FileNotFoundError(f"{self.before}: has no {name}")
        here.parent.mkdir(parents=True, exist_ok=True)
        link(held, here)

    def settle(self, name: str) -> bool:
        """Take a finished file; the one before in its stead where it is the same. True if not."""
        here, held = self.folder / name, self.held(name)
        if held is None:
            return True
        if here.samefile(held):
            return False
        if not filecmp.cmp(here, held, shallow=False):
            return True
        here.unlink()
        link(held, here)
        return False

    def names(self) -> set[str]:
        return files(self.folder)


@contextmanager
def drafted(place: Path) -> Iterator[Draft]:
    """Lock a place, sweep what a killed run left, and give a draft of its next version.

    What is not `put` is thrown away. Raises Misplaced where something else stands there.
    """
    shelf = place.with_name(f".{place.name}")
    with Lock.of(shelf / ".lock").hold():
        for left in shelf.glob("_tmp.*"):
            left.unlink() if left.is_symlink() else shutil.rmtree(left)
        needs_links(shelf)
        adopt(place, shelf)
        spare = shelf / f"_tmp.{os.getpid()}"
        (spare / "version").mkdir(parents=True)
        before = place.resolve() if place.is_symlink() else None
        try:
            yield Draft(spare / "version", spare, before)
        finally:
            shutil.rmtree(spare)


def adopt(place: Path, shelf: Path) -> None:
    """Let a plain folder of an older Caravan, or an empty one, be the first version."""
    if place.is_symlink() or not place.exists():
        return
    strange = not place.is_dir() or (any(place.glob("[!._]*")) and not any(place.glob("*.parquet")))
    if strange:
        raise Misplaced(f"{place}: holds something else; move it away, and try again")
    # A copy that followed links holds versions of its own beside a plain folder.
    version = shelf / str(1 + max(numbers(shelf), default=-1))
    place.rename(version)
    point(place, version)


def needs_links(shelf: Path) -> None:
    """Raise Misplaced on a file system without symbolic links, before anything is moved."""
    trial = shelf / "_tmp.trial"
    try:
        trial.symlink_to("0")
    except OSError as error:
        raise Misplaced(
            f"{shelf}: this file system has no symbolic links; keep the home on another one"
        ) from error
    trial.unlink()


def put(draft: Draft, place: Path, *, lasting: bool = True) -> bool:
    """Let a draft be what stands there; False, and nothing done, where that changes nothing.

    ``lasting`` through a loss of power; not for thousands of pages that are easily made anew.
    """
    names = draft.names()
    changed = [name for name in sorted(names) if draft.settle(name)]
    if not changed and draft.before is not None and names == files(draft.before):
        return False
    if lasting:
        for name in changed:
            sync(draft.folder / name)
        for folder in (draft.folder, *(p for p in draft.folder.rglob("*") if p.is_dir())):
            sync(folder)
    shelf = draft.spare.parent
    version = shelf / str(1 + max(numbers(shelf), default=0))
    draft.folder.rename(version)
    sync(shelf)
    point(place, version)
    sweep(shelf)
    return True


def point(place: Path, version: Path) -> None:
    new = version.with_name("_tmp.link")
    new.symlink_to(version.relative_to(place.parent))
    new.replace(place)
    sync(place.parent)


def sweep(shelf: Path) -> None:
    """Remove versions that another followed long enough ago, never the newest two."""
    held = sorted(numbers(shelf))
    for number, next_one in pairwise(held[:-1]):
        since = (shelf / str(next_one)).stat().st_mtime
        if time.time() - since > KEPT_S:
            shutil.rmtree(shelf / str(number))


def numbers(shelf: Path) -> list[int]:
    return [int(entry.name) for entry in shelf.iterdir() if entry.name.isdecimal()]


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def link(file: Path, place: Path) -> None:
    """Give a file another name; a copy where it is on another disk, or one without hard links."""
    try:
        os.link(file, place)
    except OSError:
        temporary = place.with_suffix(".tmp")
        shutil.copyfile(file, temporary)
        temporary.replace(place)
