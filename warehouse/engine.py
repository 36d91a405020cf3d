"""DuckDB over the tables: a view a table, each row once. What publishing and tracing stand on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb

from warehouse.fields import TABLES, columns
from warehouse.tables import Warehouse

SQL_TYPES = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    bytes: "BLOB",
    date: "DATE",
    datetime: "TIMESTAMPTZ",
    list[str]: "VARCHAR[]",
}


def quoted(text: str | Path) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def connect(*, temporary: Path | None = None, memory: str = "2GB") -> duckdb.DuckDBPyConnection:
    """Return a connection in memory that installs nothing, and spills into ``temporary``."""
    con = duckdb.connect(config={"autoinstall_known_extensions": "false", "memory_limit": memory})
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    if temporary is not None:
        con.execute(f"SET temp_directory = {quoted(temporary)}")
    return con


def attach(
    con: duckdb.DuckDBPyConnection, warehouse: Warehouse, *, as_of: datetime | None = None
) -> None:
    """Create a view for each table, of the rows recorded by ``as_of``."""
    for table in TABLES:
        con.execute(f"CREATE OR REPLACE VIEW {table} AS {view(con, warehouse, table, as_of)}")


def view(
    con: duckdb.DuckDBPyConnection, warehouse: Warehouse, table: str, as_of: datetime | None
) -> str:
    # Rows of older files lack newer columns: the empty relation brings name and type.
    named = [(f'"{c.name}"', SQL_TYPES[c.type]) for c in columns(TABLES[table])]
    empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in named)
    files = ", ".join(quoted(path) for path in warehouse.files(table))
    empty = f"SELECT {empty} WHERE false"
    if not files:
        return empty
    rows = f"read_parquet([{files}], union_by_name = true, hive_partitioning = false)"
    names = ", ".join(name for name, _ in named)
    known = "" if as_of is None else f"WHERE recorded_at <= '{as_of.isoformat()}'::TIMESTAMPTZ"
    return (
        f"SELECT {names} FROM ({empty} UNION ALL BY NAME SELECT * FROM {rows}) {known}"
        f"{once(con, TABLES[table].ID, rows)}"
    )


def once(con: duckdb.DuckDBPyConnection, key: str, rows: str) -> str:
    """Return the clause that keeps each id once, empty where no id stands twice.

    Only writers that raced without a lock (on an object store) leave an id twice; a window over
    all rows is too dear to be run for nothing.
    """
    twice = f"SELECT 1 FROM {rows} GROUP BY hash({key}) HAVING count(*) > 1 LIMIT 1"
    if not con.execute(twice).fetchall():
        return ""
    return f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY recorded_at) = 1"
