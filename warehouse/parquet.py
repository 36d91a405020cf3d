"""Writing published Parquet: described columns, fixed row groups; the files of a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.fields import Row, columns
from warehouse.products import Cluster

ARROW_TYPES: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    date: pa.date32(),
    datetime: pa.timestamp("us", "UTC"),
    list[str]: pa.list_(pa.string()),
    list[Cluster]: pa.list_(
        pa.struct(
            [
                *((name, pa.float64()) for name in ("low", "high", "value")),
                ("statements", pa.int64()),
                ("sources", pa.list_(pa.string())),
            ]
        )
    ),
}
ROW_GROUP = 122_880  # DuckDB's own
# Nearly every row has another: a dictionary of them helps nobody, and each group spans them all.
UNIQUE = {"figure_id", "release_id", "url", "text_sha256", "quote", "text"}
# Bounds of these leave no group out, and they swell the footer that every query reads.
UNBOUNDED = UNIQUE | {"rules", "title", "lead", "why", "reason"}


def arrow_schema(row: type[Row]) -> pa.Schema:
    """Return the columns as Arrow fields whose metadata says description, unit and codes."""
    fields = []
    for c in columns(row):
        about = {"description": c.description}
        if c.unit:
            about["unit"] = c.unit
        if c.codes:
            about["codes"] = json.dumps(c.codes)
        fields.append(pa.field(c.name, ARROW_TYPES[c.type], c.nullable, metadata=about))
    described = {"caravan.table": row.TABLE, "caravan.description": (row.__doc__ or "").strip()}
    return pa.schema(fields, metadata=described)


def groups(batches: Iterable[pa.RecordBatch], size: int = ROW_GROUP) -> Iterator[pa.Table]:
    """Yield tables of exactly ``size`` rows (the last may be shorter), each in one chunk."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        while rows >= size:
            table = pa.Table.from_batches(held).combine_chunks()
            yield table.slice(0, size)
            held = table.slice(size).to_batches()
            rows -= size
    if rows:
        yield pa.Table.from_batches(held).combine_chunks()


def write_parquet(
    path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], *, order: Sequence[str]
) -> int:
    """Write rows that come in ``order``; return how many. The same rows give the same bytes."""
    sorting = [pq.SortingColumn(schema.get_field_index(name)) for name in order]
    rows = 0
    with (
        pq.ParquetWriter(
            path,
            schema,
            compression="zstd",
            compression_level=1,  # smaller than 3 for figures, by a twentieth, and faster
            use_dictionary=[name for name in schema.names if name not in UNIQUE],
            sorting_columns=sorting,
            write_statistics=[name for name in schema.names if name not in UNBOUNDED],
        ) as writer,
        ThreadPoolExecutor(1) as pool,  # one group is encoded while the next is sorted and read
    ):
        written: Future[None] | None = None
        for table in groups(batches):
            rows += table.num_rows
            if written is not None:
                written.result()
            written = pool.submit(writer.write_table, table.cast(schema), row_group_size=ROW_GROUP)
        if written is not None:
            written.result()
    return rows


def parts(table: Path) -> list[Path]:
    """Return the files of a published table: itself, or those in its folder where it has grown."""
    if table.is_dir():
        return sorted(table.glob("*.parquet"))
    return [table] if table.exists() else []


def sha256_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
