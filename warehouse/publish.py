"""The files for analysts, made anew from the tables and put in their place together, in one step.

Which tables there are, and how each is worked out, stands in `warehouse.products`; into which
files they go in `warehouse.portions`, how they are put in place in `warehouse.place`. The same
tables give the same bytes, whenever publishing runs; a file whose bytes stay the same is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import dictionary, joined, series
from warehouse.engine import attach, connect, show
from warehouse.errors import NotHeld
from warehouse.fields import TABLES, columns
from warehouse.parquet import arrow_schema, parts, write_parquet
from warehouse.place import Draft, drafted, files, put
from warehouse.portions import GROWN, Portion, Portions, read_marks, write_marks
from warehouse.products import PRODUCTS, Product
from warehouse.sheets import write_csv, write_xlsx
from warehouse.tables import Warehouse


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published table: a file, or a folder of files where it has grown."""

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
    grown: int = GROWN,
    anew: bool = False,
) -> list[Published]:
    """Write the published tables into ``folder``; with ``as_of``, what was known at that time.

    A reader finds all tables as they were, or all as they are now. A table of more than ``grown``
    rows becomes a folder of files. With ``anew`` nothing is taken over from what is published.
    """
    wanted = PRODUCTS if only is None else {name: PRODUCTS[name] for name in only}
    with drafted(folder) as draft, connect(temporary=draft.spare / "spill") as con:
        needed = {table for product in wanted.values() for table in product.needs}
        attach(con, warehouse, needed, as_of=as_of)
        cut = Portions(con, grown=grown)
        portions = {name: cut.of(product) for name, product in wanted.items()}
        marks = {} if anew else read_marks(draft.before)
        made = [make(con, wanted[name], portions[name], draft, marks) for name in wanted]
        described = describe(draft.folder) if only is None else []
        carry(draft, [one.path.name for one in made] + described)
        write_marks(draft, [portion for found in portions.values() for portion in found])
        put(draft, folder)
    return [replace(one, path=folder / one.path.name) for one in made]


def make(
    con: duckdb.DuckDBPyConnection,
    product: Product,
    portions: Iterable[Portion],
    draft: Draft,
    marks: Mapping[str, str],
) -> Published:
    """Make a table in a draft; files that would be made as they stand are taken over."""
    path = draft.folder / f"{product.name}.parquet"
    stale = [
        p
        for p in portions
        if p.mark is None or marks.get(p.name) != p.mark or not readable(draft.held(p.name))
    ]
    if stale:
        work_out(con, product)
    for portion in portions:
        if portion in stale:
            write(con, product, portion, draft.folder)
        else:
            draft.carry(portion.name)
    changed = [portion for portion in stale if draft.settle(portion.name)]
    rows = sum(pq.read_metadata(file).num_rows for file in parts(path))
    if TABLES.get(product.name) is product.row:  # read sorted files in place of many
        show(con, product.name, parts(path))
    return Published(table=product.name, path=path, rows=rows, changed=bool(changed))


def readable(file: Path | None) -> bool:
    """Tell whether a file is there, and whole as far as its footer tells."""
    try:
        return file is not None and pq.read_metadata(file) is not None
    except (pa.ArrowException, OSError):
        return False


def work_out(con: duckdb.DuckDBPyConnection, product: Product) -> None:
    """Make what a product's SQL reads besides the tables."""
    if product.name == "series":
        series.build(con)
    if product.name in joined.MADE:
        joined.build(con, product.name)


def write(con: duckdb.DuckDBPyConnection, product: Product, portion: Portion, folder: Path) -> None:
    path = folder / portion.name
    path.parent.mkdir(exist_ok=True)
    names = ", ".join(f'"{c.name}"' for c in columns(product.row))
    order = ", ".join(f"{name} NULLS FIRST" for name in product.order)
    sql = f"SELECT {names} FROM ({product.sql}) WHERE {portion.where} ORDER BY {order}"
    rows = con.sql(sql).to_arrow_reader()
    write_parquet(path, arrow_schema(product.row), rows, order=product.order)


def describe(folder: Path) -> list[str]:
    """Write the data package and the dictionary beside the files; return their names."""
    described = {
        "datapackage.json": dictionary.datapackage(folder),
        "dictionary.md": dictionary.markdown(),
        "dictionary.html": dictionary.html(),
    }
    for name, text in described.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(described)


def carry(draft: Draft, made: Collection[str]) -> None:
    """Take over from the version before what was not made, by names or their first folder."""
    for name in sorted(files(draft.before)) if draft.before else ():
        if name not in made and name.split("/")[0] not in made and name[0] not in "._":
            draft.carry(name)


def sheets(folder: Path, *, csv: bool, xlsx: bool) -> list[Path]:
    """Write the published tables for spreadsheets too; return the files."""
    wanted = [f"csv/{name}.csv" for name in PRODUCTS] * csv + ["caravan.xlsx"] * xlsx
    if not wanted:
        return []
    with drafted(folder) as draft:
        if draft.before is None:
            raise NotHeld(f"{folder}: nothing is published yet; run `caravan publish` first")
        tables = {name: parts(draft.before / f"{name}.parquet") for name in PRODUCTS}
        carry(draft, wanted)
        if csv:
            (draft.folder / "csv").mkdir(exist_ok=True)
            for name, file in zip(tables, wanted, strict=False):
                write_csv(tables[name], draft.folder / file)
        if xlsx:
            write_xlsx(tables, draft.folder / "caravan.xlsx")
        write_marks(draft, [])
        put(draft, folder)
    return [folder / name for name in wanted]
