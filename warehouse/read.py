"""For notebooks: the published tables as lazy polars frames, as they are or as of a day.

from warehouse import read

data = read.home("data")                          # or read.home("data", as_of="2026-01-31")
data.series.filter(pl.col("ref_area") == "UZ").collect()
data.sql("SELECT count(*) FROM figures")
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import polars as pl

from warehouse.errors import NotHeld
from warehouse.products import PRODUCTS
from warehouse.publish import publish
from warehouse.query import published_files, query
from warehouse.tables import Warehouse


@dataclass(frozen=True)
class Tables:
    """The published tables of a folder. Nothing is read before a frame is collected.

    A frame reads the version of the tables that stood there when it was asked for.
    """

    folder: Path

    @property
    def figures(self) -> pl.LazyFrame:
        return self.table("figures")

    @property
    def series(self) -> pl.LazyFrame:
        return self.table("series")

    @property
    def findings(self) -> pl.LazyFrame:
        return self.table("findings")

    @property
    def releases(self) -> pl.LazyFrame:
        return self.table("releases")

    @property
    def sources(self) -> pl.LazyFrame:
        return self.table("sources")

    @property
    def events(self) -> pl.LazyFrame:
        return self.table("events")

    @property
    def agreements(self) -> pl.LazyFrame:
        return self.table("agreements")

    @property
    def initiatives(self) -> pl.LazyFrame:
        return self.table("initiatives")

    @property
    def statements(self) -> pl.LazyFrame:
        return self.table("statements")

    def table(self, name: str) -> pl.LazyFrame:
        """Return one table. Raises NotHeld where it is not published."""
        files = published_files(self.folder).get(name)
        if files is None:
            path = self.folder / f"{name}.parquet"
            raise NotHeld(f"{path}: not published; run `caravan publish`, or see --home")
        return pl.scan_parquet(files, hive_partitioning=False)

    def sql(self, statement: str) -> pl.DataFrame:
        """Answer one SELECT, by DuckDB."""
        return query(statement, self.folder)


def home(
    path: str | Path = "data",
    *,
    as_of: str | date | datetime | None = None,
    warehouse: str | None = None,
) -> Tables:
    """Return the tables of a home; with ``as_of``, what was known then.

    A day counts to its end, in UTC. ``warehouse`` is its address where it is not in the home.
    """
    folder = Path(path)
    if as_of is None:
        return Tables(folder / "published")
    made = Path(tempfile.mkdtemp(prefix="caravan-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)  # lazy frames may outlive `Tables`
    store = Warehouse(warehouse or folder / "warehouse")
    publish(store, made / "published", as_of=moment(as_of), only=PRODUCTS)
    return Tables(made / "published")


def moment(told: str | date | datetime) -> datetime:
    """Return the aware moment that is meant; a bare day is taken to its last microsecond."""
    if isinstance(told, str):
        told = date.fromisoformat(told) if len(told) == 10 else datetime.fromisoformat(told)
    if isinstance(told, datetime):
        return told if told.tzinfo else told.replace(tzinfo=UTC)
    return datetime.combine(told, time.max, tzinfo=UTC)
