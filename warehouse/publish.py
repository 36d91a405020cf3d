"""The files for analysts, made anew from the tables and replaced one by one, atomically.

Which tables there are, and how each is worked out, stands in `warehouse.products`. The same
tables give the same bytes, whenever publishing runs; a file whose bytes stay the same is left.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse import dictionary, joined, series
from warehouse.engine import attach, connect, quoted
from warehouse.fields import TABLES, columns
from warehouse.parquet import arrow_schema, settle, write_parquet
from warehouse.products import PRODUCTS, Product
from warehouse.sheets import write_csv, write_xlsx
from warehouse.storage import Lock
from warehouse.tables import Warehouse


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published file."""

    table: str
    path: Path
    rows: int
    changed: bool


def publish(
    warehouse: Warehouse,
    folder: Path,
    *,
    only: Iterable[str] | None = None,
    as_of: datetime | None = None,
) -> list[Published]:
    """Write the published tables into ``folder``; with ``as_of``, what was known at that time.

    A reader finds the old file or the new one, never half a file.
    """
    wanted = PRODUCTS if only is None else {name: PRODUCTS[name] for name in only}
    with workshop(folder) as temporary, connect(temporary=temporary) as con:
        needed = {table for product in wanted.values() for table in product.needs}
        attach(con, warehouse, needed, as_of=as_of)
        made = [write(con, product, folder, temporary) for product in wanted.values()]
        if only is None:
            describe(folder, temporary)
        return made


def describe(folder: Path, temporary: Path) -> None:
    """Write the data package and the dictionary beside the files."""
    described = {
        "datapackage.json": dictionary.datapackage(folder),
        "dictionary.md": dictionary.markdown(),
        "dictionary.html": dictionary.html(),
    }
    for name, text in described.items():
        (temporary / name).write_text(text, encoding="utf-8")
        settle(temporary / name, folder / name)


def write(
    con: duckdb.DuckDBPyConnection, product: Product, folder: Path, temporary: Path
) -> Published:
    final = folder / f"{product.name}.parquet"
    if product.name == "series":
        series.build(con)
    if product.name in joined.MADE:
        joined.build(con, product.name)
    names = ", ".join(f'"{c.name}"' for c in columns(product.row))
    order = ", ".join(f"{name} NULLS FIRST" for name in product.order)
    rows = con.sql(f"SELECT {names} FROM ({product.sql}) ORDER BY {order}")
    made = temporary / final.name
    count = write_parquet(
        made, arrow_schema(product.row), rows.to_arrow_reader(), order=product.order
    )
    changed = settle(made, final)
    if TABLES.get(product.name) is product.row:  # read one sorted file in place of many
        con.execute(f"CREATE OR REPLACE VIEW {product.name} AS FROM read_parquet({quoted(final)})")
    return Published(table=product.name, path=final, rows=count, changed=changed)


def sheets(folder: Path, *, csv: bool, xlsx: bool) -> list[Path]:
    """Write the published tables for spreadsheets too; return the files."""
    published = [folder / f"{name}.parquet" for name in PRODUCTS]
    wanted = [folder / "csv" / f"{file.stem}.csv" for file in published] if csv else []
    with workshop(folder) as temporary:
        for file, final in zip(published, wanted, strict=False):
            final.parent.mkdir(exist_ok=True)
            write_csv(file, temporary / final.name)
            settle(temporary / final.name, final)
        if xlsx:
            wanted.append(folder / "caravan.xlsx")
            write_xlsx(published, temporary / "caravan.xlsx")
            settle(temporary / "caravan.xlsx", wanted[-1])
    return wanted


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Lock the published folder, sweep what a killed run left, and give a place to write in."""
    folder.mkdir(parents=True, exist_ok=True)
    with Lock.of(folder / ".lock").hold():
        for left in folder.glob("_tmp.*"):
            shutil.rmtree(left)
        temporary = folder / f"_tmp.{os.getpid()}"
        temporary.mkdir()
        try:
            yield temporary
        finally:
            shutil.rmtree(temporary)
