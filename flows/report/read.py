"""What the report reads: the published files, and from the tables runs, captures and quarantine.

Every question is bounded, so that a page of ten years is no longer than a page of ten nights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import polars as pl

from flows.statements import facts_by_id
from warehouse.engine import connect, show
from warehouse.errors import NotHeld
from warehouse.fields import TABLES, Agreement, Event, Figure, Quarantined, Release, Row, SourceRun
from warehouse.products import KEY, Finding
from warehouse.query import published_files
from warehouse.tables import Warehouse

R = TypeVar("R", bound=Row)
FAMILIES = 8  # plots on a page of one country and indicator
PERIODS = 36  # periods in a plot, the latest
TELLINGS = 40  # statements of one event, agreement or initiative that its page shows
VOICES = 12  # statements of one period in a plot
SEVEREST = "list_position(['critical', 'warning', 'info'], severity)"
SHOWN = ("figure_id", "release_id", "quote", "language", "url")
FAMILY = ("ref_area", "indicator", "counterpart_area", "measure", "unit", "scope")

SERIES = f"""
CREATE TEMP TABLE drawn AS
WITH family AS (
  SELECT {", ".join(FAMILY)}, sum(statements) AS said, max(last_stated) AS latest
  FROM series GROUP BY ALL),
ranked AS (
  SELECT * EXCLUDE (latest), count(*) OVER (PARTITION BY ref_area, indicator) AS families,
    row_number() OVER (PARTITION BY ref_area, indicator
      ORDER BY said DESC, latest DESC, {", ".join(FAMILY)}) AS place
  FROM family)
SELECT s.*, place, families FROM series s JOIN ranked r ON place <= {FAMILIES}
  AND {" AND ".join(f"s.{name} IS NOT DISTINCT FROM r.{name}" for name in FAMILY)}
QUALIFY row_number() OVER (PARTITION BY s.ref_area, s.indicator, place
  ORDER BY coalesce(time_period, stated_in) DESC, status, series_id) <= {PERIODS}
"""
FIRST = "(f.published, f.language <> 'en', f.figure_id)"
STATEMENTS = f"""
WITH told AS (
  SELECT d.series_id, f.source, f.value, f.value_high, f.low, f.high, f.bound, count(*) AS said,
    min(f.published) AS published, max(f.published) AS last_published,
    {", ".join(f"arg_min(f.{name}, {FIRST}) AS {name}" for name in SHOWN)}
  FROM figures f JOIN drawn d
    ON {" AND ".join(f"f.{name} IS NOT DISTINCT FROM d.{name}" for name in KEY)}
    AND (f.time_period IS NOT NULL OR f.published BETWEEN d.first_stated AND d.last_stated)
  GROUP BY d.series_id, f.source, f.value, f.value_high, f.low, f.high, f.bound)
FROM told QUALIFY row_number() OVER (PARTITION BY series_id
  ORDER BY said DESC, last_published DESC, figure_id) <= {VOICES}
ORDER BY series_id, source, published, value, figure_id
"""


class Reader:
    """Answers for one report. ``opened`` gives one."""

    def __init__(self, con: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
        self.con = con
        self.warehouse = warehouse

    def rows(self, sql: str) -> list[dict[str, Any]]:
        found: pl.DataFrame = self.con.sql(sql).pl()
        return list(found.iter_rows(named=True))

    def count(self, table: str, where: str = "true") -> int:
        return int(self.rows(f"SELECT count(*) AS n FROM {table} WHERE {where}")[0]["n"])

    def _has(self, table: str) -> bool:
        return bool(self.con.execute(f"FROM duckdb_views() WHERE view_name = '{table}'").fetchall())

    def _of(self, kind: type[R], key: str, ids: Iterable[str]) -> list[R]:
        self._want(ids)
        found = self.rows(f"SELECT * FROM {kind.TABLE} WHERE {key} IN (SELECT id FROM wanted)")
        return sorted((kind(**row) for row in found), key=lambda row: row.row_id)

    def _want(self, ids: Iterable[str]) -> None:
        wanted = pl.DataFrame({"id": sorted(set(ids))}, schema={"id": pl.String})
        self.con.register("wanted", wanted.to_arrow())

    def figures(self, ids: Iterable[str]) -> dict[str, Figure]:
        return {f.figure_id: f for f in self._of(Figure, "figure_id", ids)}

    def releases(self, ids: Iterable[str]) -> dict[str, Release]:
        return {r.release_id: r for r in self._of(Release, "release_id", ids)}

    def figures_of(self, releases: Iterable[str]) -> list[Figure]:
        found = self._of(Figure, "release_id", releases)
        return sorted(found, key=lambda f: (f.release_id, f.start, f.end, f.figure_id))

    def findings(self) -> list[Finding]:
        """Return the findings that still ask for attention, gravest first, then newest."""
        rows = self.rows(
            f"""SELECT * FROM findings WHERE state <> 'resolved'
            ORDER BY {SEVEREST}, opened_at DESC, gap DESC NULLS LAST, finding_id"""
        )
        return [Finding(**row) for row in rows]

    def settled(self, limit: int) -> list[Finding]:
        rows = self.rows(
            "SELECT * FROM findings WHERE state = 'resolved' "
            f"ORDER BY changed_at DESC, finding_id LIMIT {limit}"
        )
        return [Finding(**row) for row in rows]

    def newest(self, limit: int) -> list[str]:
        """Return the ids of the newest releases, by their day of publication."""
        order = "published DESC, source, url, release_id"
        return [
            row["release_id"]
            for row in self.rows(f"SELECT release_id FROM releases ORDER BY {order} LIMIT {limit}")
        ]

    def recorded(self, at: datetime, limit: int) -> list[str]:
        """Return the ids of releases that came to be known at one moment, newest first."""
        return [
            row["release_id"]
            for row in self.rows(
                f"""SELECT release_id FROM releases
                WHERE recorded_at = '{at.isoformat()}'::TIMESTAMPTZ
                ORDER BY published DESC, source, url, release_id LIMIT {limit}"""
            )
        ]

    def series(self) -> list[dict[str, Any]]:
        """Return the rows of ``series`` that are drawn, page by page and plot by plot."""
        self.con.execute(SERIES)
        return self.rows(
            """FROM drawn ORDER BY ref_area, indicator, place,
            coalesce(time_period, stated_in), status, series_id"""
        )

    def statements(self) -> dict[str, list[dict[str, Any]]]:
        """Return what is stated of each drawn row of ``series``; ask for ``series`` first."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows(STATEMENTS):
            found.setdefault(row["series_id"], []).append(row)
        return found

    def facts(self, table: str, limit: int) -> tuple[list[dict[str, Any]], int]:
        """Return the newest rows of a list of facts, as published or else as stored; and how many.

        Nothing where this warehouse knows no such list.
        """
        if not self._has(table):
            if table not in TABLES or not self.warehouse.names(table):
                return [], 0
            self.con.register(table, self.warehouse.scan(table).collect().to_arrow())
        names = self.con.sql(f"FROM {table}").columns
        order = [n for n in ("date", "last_stated", "published") if n in names] + names[:1]
        newest = ", ".join(f'"{name}" DESC NULLS LAST' for name in order)
        return self.rows(f"FROM {table} ORDER BY {newest} LIMIT {limit}"), self.count(table)

    def tellings(self, table: str, ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        """Return for joined events, agreements or initiatives the first statements of each."""
        found: dict[str, list[dict[str, Any]]] = {}
        if self._has("statements"):
            self._want(ids)
            for row in self.rows(
                f"""FROM statements WHERE kind = '{table.removesuffix("s")}'
                AND thing_id IN (SELECT id FROM wanted) QUALIFY row_number() OVER (
                  PARTITION BY thing_id ORDER BY published, statement_id) <= {TELLINGS}
                ORDER BY thing_id, published, statement_id"""
            ):
                found.setdefault(row["thing_id"], []).append(row)
        return found

    def stated(self, releases: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        """Return by release the events, agreements and initiatives that it states, in its order."""
        found: dict[str, list[dict[str, Any]]] = {}
        if self._has("statements"):
            self._want(releases)
            for row in self.rows(
                """FROM statements WHERE release_id IN (SELECT id FROM wanted)
                ORDER BY release_id, start, "end", statement_id"""
            ):
                found.setdefault(row["release_id"], []).append(row)
        return found

    def disputed(self, ids: Iterable[str]) -> dict[str, Event | Agreement]:
        """Return the statements of events and agreements that findings are about."""
        return facts_by_id(ids, self.warehouse)

    def runs(self, *, days: int) -> list[SourceRun]:
        """Return the runs of the last days, counted from the last run, in their order."""
        table = self.warehouse.scan("runs")
        last = table.select(pl.col("started_at").max()).collect().item()
        if last is None:
            return []
        recent = table.filter(pl.col("started_at") > last - timedelta(days)).collect()
        rows = [SourceRun(**row) for row in recent.iter_rows(named=True)]
        return sorted(rows, key=lambda run: (run.started_at, run.run_id, run.source))

    def quarantined(self, run_id: str, limit: int) -> list[Quarantined]:
        table = self.warehouse.scan("quarantine").filter(pl.col("run_id") == run_id)
        rows = table.sort("source", "url", "quarantine_id").head(limit).collect()
        return [Quarantined(**row) for row in rows.iter_rows(named=True)]

    def captures(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return what is known of captures, without their bodies."""
        table = self.warehouse.scan("captures").filter(pl.col("capture_id").is_in(sorted(set(ids))))
        rows = table.select(pl.exclude("body")).collect()
        return {row["capture_id"]: row for row in rows.iter_rows(named=True)}


@contextmanager
def opened(warehouse: Warehouse, published: Path) -> Iterator[Reader]:
    """Give a reader. Raises NotHeld where nothing is published yet."""
    files = published_files(published)
    for name in ("figures", "findings", "releases", "series", "sources"):
        if name not in files:
            path = published / f"{name}.parquet"
            raise NotHeld(f"{path}: not published yet; run `caravan publish` first")
    with connect() as con:
        for name, paths in files.items():
            show(con, name, paths)
        yield Reader(con, warehouse)
