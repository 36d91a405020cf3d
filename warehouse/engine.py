"""DuckDB over the tables: a view a table, each row once. What publishing and tracing stand on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import damaged
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
    con: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    tables: Iterable[str],
    *,
    as_of: datetime | None = None,
) -> None:
    """Create a view for each table: each row once, recorded by ``as_of``, not retired by then.

    Only the tables asked for are touched: from an object store their files are fetched, and the
    captures' are large. Raises DamagedFile, naming it, where a file cannot be read.
    """
    for table in ["retirements", *sorted(set(tables))]:
        files = warehouse.files(table)
        try:
            con.execute(f"CREATE OR REPLACE VIEW {table} AS {view(con, table, files, as_of)}")
        except duckdb.Error as error:
            blame(files, error)
            raise


def view(
    con: duckdb.DuckDBPyConnection, table: str, files: list[Path], as_of: datetime | None
) -> str:
    # Rows of older files lack newer columns: the empty relation brings name and type.
    named = [(f'"{c.name}"', SQL_TYPES[c.type]) for c in columns(TABLES[table])]
    empty = f"SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in named)} WHERE false"
    if not files:
        return empty
    paths = ", ".join(quoted(path) for path in files)
    rows = f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"
    names = ", ".join(name for name, _ in named)
    known = "" if as_of is None else f" AND recorded_at <= '{as_of.isoformat()}'::TIMESTAMPTZ"
    key = TABLES[table].ID
    return (
        f"SELECT {names} FROM ({empty} UNION ALL BY NAME SELECT * FROM {rows})"
        f" WHERE true{known}{standing(con, table, key)}{once(con, key, rows)}"
    )


def show(con: duckdb.DuckDBPyConnection, name: str, files: list[Path]) -> None:
    """Create a view of a published table over its files."""
    paths = ", ".join(quoted(path) for path in files)
    con.execute(f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet([{paths}])")


def standing(con: duckdb.DuckDBPyConnection, table: str, key: str) -> str:
    """Return the condition that leaves retired rows out, empty where none is."""
    if table == "retirements":
        return ""
    gone = (
        f"SELECT of_id FROM retirements WHERE of_table = '{table}'"
        " GROUP BY of_id HAVING arg_max(event, step) = 'retired'"
    )
    return f" AND {key} NOT IN ({gone})" if con.execute(f"{gone} LIMIT 1").fetchall() else ""


def once(con: duckdb.DuckDBPyConnection, key: str, rows: str) -> str:
    """Return the clause that keeps each id once, empty where no id stands twice.

    Only writers that raced without a lock (on an object store) leave an id twice; a window over
    all rows is too dear to be run for nothing.
    """
    twice = f"SELECT 1 FROM {rows} GROUP BY hash({key}) HAVING count(*) > 1 LIMIT 1"
    if not con.execute(twice).fetchall():
        return ""
    return f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY recorded_at) = 1"


def blame(files: list[Path], error: Exception) -> None:
    """Raise DamagedFile for the first file that is no Parquet file, if one is."""
    for path in files:
        try:
            pq.read_metadata(path)
        except (pa.ArrowException, OSError) as damage:
            raise damaged(path, damage) from error
