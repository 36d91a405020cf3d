"""Into which files a published table goes, and which of them stand as they stood.

A table is one file until it has grown; then ``<table>.parquet`` is a folder of two, the earlier
years of publication and the latest, so that a night writes the latest only. A file for each year
would be no better for the night, and three times worse for who asks for one key: it would lie in
each of them (measured with ten years of a million figures, 2026-11-22).

What a file holds follows from which rows it holds, as rows never change; so a digest over their ids
tells whether it must be made anew. Such digests lie in ``.marks.json`` beside the files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.fields import TABLES, content_id
from warehouse.place import Draft
from warehouse.products import Product

# Rows. Ten million are published whole within a minute, and who asks by key waits a sixth longer
# where they lie in two files: a split is for what is larger.
GROWN = 20_000_000
LATEST = 0.02  # the latest years are those that hold at least this part of all rows
MARKS = ".marks.json"
Tally = list[tuple[int, int, int]]  # year, rows, and a digest of their ids


@dataclass(frozen=True)
class Portion:
    """One file of a published table: its name, its rows, and what tells whether they changed."""

    name: str
    where: str
    mark: str | None


class Portions:
    """Works out portions over the views of one connection; each table is tallied once."""

    def __init__(self, con: duckdb.DuckDBPyConnection, *, grown: int = GROWN) -> None:
        self._con = con
        self._grown = grown
        self._tallies: dict[str, Tally] = {}

    def of(self, product: Product) -> list[Portion]:
        name = f"{product.name}.parquet"
        if not product.pure:
            return [Portion(name, "true", None)]
        tallies = [self._tally(table) for table in product.needs]
        tally = tallies[0]
        if product.split is None or sum(rows for _, rows, _ in tally) <= self._grown:
            return [Portion(name, "true", mark(product, *tallies))]
        since = latest(tally)
        day = f"{product.split} {{}} DATE '{since}-01-01'"
        earlier = [t for t in tally if t[0] < since]
        later = [t for t in tally if t[0] >= since]
        found = [Portion(f"{name}/since-{since}.parquet", day.format(">="), mark(product, later))]
        if earlier:
            until = f"{name}/until-{since - 1}.parquet"
            found.insert(0, Portion(until, day.format("<"), mark(product, earlier)))
        return found

    def _tally(self, table: str) -> Tally:
        if table not in self._tallies:
            key = TABLES[table].ID
            told = f"year(published), count(*), bit_xor(hash({key}, recorded_at))"
            sql = f"SELECT {told} FROM {table} GROUP BY 1 ORDER BY 1"
            self._tallies[table] = self._con.execute(sql).fetchall()
        return self._tallies[table]


def latest(tally: Tally) -> int:
    """Return the first of the latest years.

    Early in January, or where one release bears a year to come, that is the year before.
    """
    enough = LATEST * sum(rows for _, rows, _ in tally)
    held = 0
    for year, rows, _ in reversed(tally):
        held += rows
        if held >= enough:
            return year
    raise ValueError("no rows")


def mark(product: Product, *tallies: Tally) -> str:
    return content_id(code_digest(), product.name, *tallies)


@lru_cache
def code_digest() -> str:
    """Return a digest of all that decides what a published file holds, besides its rows."""
    digest = hashlib.sha256(f"{duckdb.__version__} {pa.__version__}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def read_marks(folder: Path | None) -> dict[str, str]:
    """Return the marks of a version's files, by name; none where none can be read.

    A file without a mark is made again, so a spoilt list costs time and nothing else.
    """
    path = None if folder is None else folder / MARKS
    if path is None or not path.exists():
        return {}
    try:
        marks: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return marks


def write_marks(draft: Draft, portions: Iterable[Portion]) -> None:
    """Leave the marks of a draft's files: of these portions, and of those taken over."""
    marks = read_marks(draft.before) | {p.name: p.mark or "" for p in portions}
    held = {name: marks[name] for name in sorted(marks) if marks[name] and name in draft.names()}
    (draft.folder / MARKS).write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
