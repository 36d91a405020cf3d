"""SQL over the published tables, reading nothing else and writing nothing."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from warehouse.engine import connect, quoted
from warehouse.errors import BadQuery, NotHeld
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
        publish(warehouse, Path(folder), as_of=as_of, only=PRODUCTS)
        return query(sql, Path(folder))


def views(con: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    files = {n: folder / f"{n}.parquet" for n in PRODUCTS if (folder / f"{n}.parquet").exists()}
    if not files:
        raise NotHeld(f"no published tables in {folder}: run `caravan publish`, or see --home")
    for name, path in files.items():
        con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quoted(path)})")
    con.execute(f"SET allowed_paths = [{', '.join(quoted(path) for path in files.values())}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return list(files)


def answer(con: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    statements = con.extract_statements(sql)
    # An allowed path may be read and also written (DuckDB 2.0), so only SELECT may run.
    if [s.type for s in statements] != [duckdb.StatementType.SELECT]:
        raise BadQuery("one SELECT statement is wanted; nothing else is run")
    rows: pl.DataFrame = con.sql(sql).pl()
    return rows
