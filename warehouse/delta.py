"""The tables as Delta Lake tables, for teams on Spark, Trino or Databricks; no data is rewritten.

The data files are hard links to the warehouse's own (copies where the place is on another disk),
so that a Delta log, its checkpoints and a vacuum never touch the folders that plain readers glob.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import Misplaced
from warehouse.fields import TABLES, columns
from warehouse.parquet import ARROW_TYPES
from warehouse.place import link
from warehouse.storage import Folder
from warehouse.tables import Warehouse


def export_delta(warehouse: Warehouse, folder: Path) -> dict[str, int]:
    """Register each table's files that ``folder`` has not yet; return how many, by table.

    Raises Misplaced where `deltalake` is missing or the warehouse is not a folder.
    """
    if not isinstance(warehouse.storage, Folder):
        raise Misplaced("a Delta export needs a warehouse in a folder; point it at a copy")
    try:
        import deltalake  # noqa: F401
    except ModuleNotFoundError as error:
        raise Misplaced("a Delta export needs `pip install caravan[delta]`") from error
    return {
        table: register(warehouse, table, folder / table)
        for table in TABLES
        if warehouse.names(table)
    }


def register(warehouse: Warehouse, table: str, folder: Path) -> int:
    from deltalake import DeltaTable, Schema
    from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

    schema = Schema.from_arrow(delta_schema(table))
    if not DeltaTable.is_deltatable(str(folder)):
        create_table_with_add_actions(
            str(folder), schema, [], name=table, partition_by=["ingest_month"],
            description=(TABLES[table].__doc__ or "").strip(),
        )  # fmt: skip
    delta = DeltaTable(str(folder))
    held = {Path(uri).name for uri in delta.file_uris()}
    fresh = [name for name in warehouse.names(table) if Path(name).name not in held]
    actions: list[AddAction | RemoveAction] = [
        AddAction(**added(warehouse.storage.local(name), folder, name.split("/")[1]))
        for name in fresh
    ]
    if actions:
        delta.create_write_transaction(actions, "append", schema, partition_by=["ingest_month"])
    return len(actions)


def delta_schema(table: str) -> pa.Schema:
    """Return the table's columns and the month of its folder. Delta asks for nullable columns:
    old files lack the newer ones.
    """
    fields = [pa.field(c.name, ARROW_TYPES[c.type]) for c in columns(TABLES[table])]
    return pa.schema([*fields, pa.field("ingest_month", pa.string())])


def added(file: Path, folder: Path, month: str) -> dict[str, Any]:
    """Put a file into the Delta table's folder, and return how its log is to name it."""
    place = folder / month / file.name
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        link(file, place)
    about = file.stat()
    return {
        "path": f"{month}/{file.name}",
        "size": about.st_size,
        "partition_values": {"ingest_month": month.partition("=")[2]},
        "modification_time": int(about.st_mtime * 1000),
        "data_change": True,
        "stats": json.dumps({"numRecords": pq.read_metadata(file).num_rows}),
    }
