"""SQL over the published tables, reading nothing else and writing nothing."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from warehouse.engine import connect, quoted, show
from warehouse.errors import BadQuery, NotHeld
from warehouse.parquet import parts
from warehouse.products import PRODUCTS
from warehouse.publish import publish
from warehouse.tables import Warehouse


def query(sql: str, folder: Path) -> pl.DataFrame:
    """Answer one SELECT over the published tables in ``folder``.

    Raises NotHeld where nothing is published, BadQuery where DuckDB or we refuse the statement.
    """
    with connect() as con:
        names = views(con, folder)
        try:
            return answer(con, sql)
        except duckdb.Error as error:
            raise BadQuery(f"{error} (tables: {', '.join(names)})") from error


def query_as_of(sql: str, warehouse: Warehouse, as_of: datetime) -> pl.DataFrame:
    """Answer one SELECT over the published tables as they would have been at ``as_of``."""
    with tempfile.TemporaryDirectory(prefix="caravan-") as folder:
        made = Path(folder) / "published"
        publish(warehouse, made, as_of=as_of, only=PRODUCTS)
        return query(sql, made)


def views(con: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    files = published_files(folder)
    if not files:
        raise NotHeld(f"no published tables in {folder}: run `caravan publish`, or see --home")
    for name, paths in files.items():
        show(con, name, paths)
    allowed = ", ".join(quoted(path) for paths in files.values() for path in paths)
    con.execute(f"SET allowed_paths = [{allowed}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return list(files)


def published_files(folder: Path) -> dict[str, list[Path]]:
    """Return the files of each published table, all of one version."""
    version = folder.resolve()
    found = {name: parts(version / f"{name}.parquet") for name in PRODUCTS}
    return {name: paths for name, paths in found.items() if paths}


def answer(con: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    statements = con.extract_statements(sql)
    # An allowed path may be read and also written (DuckDB 2.0), so only SELECT may run.
    if [s.type for s in statements] != [duckdb.StatementType.SELECT]:
        raise BadQuery("one SELECT statement is wanted; nothing else is run")
    rows: pl.DataFrame = con.sql(sql).pl()
    return rows
