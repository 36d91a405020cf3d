"""CSV and Excel for those who want them: lists as JSON, and no cell that a program would run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from warehouse.errors import Misplaced

# What spreadsheet programs take for the beginning of a formula (OWASP, "CSV Injection").
DANGEROUS = "^[=+\\-@\t\r\n]"
EXCEL_ROWS = 1_048_576
EXCEL_LETTERS = 32_767
BATCH = 50_000


def flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows that CSV can hold: nested values as JSON, formulas made text by an apostrophe."""
    return rows.with_columns(cell(name, kind) for name, kind in rows.schema.items())


def cell(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind.is_nested():
        return column.map_elements(as_json, return_dtype=pl.String)
    if kind == pl.String:
        unsafe = column.str.contains(DANGEROUS)
        return pl.when(unsafe).then(pl.lit("'") + column).otherwise(column).alias(name)
    if kind == pl.Binary:
        return column.bin.encode("hex")
    return column


def as_json(value: pl.Series | dict[str, object] | Sequence[object]) -> str:
    plain = value.to_list() if isinstance(value, pl.Series) else value
    return json.dumps(plain, ensure_ascii=False, default=str)


def batches(files: Sequence[Path]) -> Iterator[pl.DataFrame]:
    """Yield the rows of a published table, flat; at least one frame, so that columns are known."""
    yield flat(pl.DataFrame(pq.read_schema(files[0]).empty_table()))
    for path in files:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                yield flat(pl.DataFrame(batch))


def write_csv(files: Sequence[Path], path: Path) -> None:
    """Write one published table as CSV (UTF-8, ISO 8601 dates)."""
    with path.open("wb") as handle:
        for number, rows in enumerate(batches(files)):
            rows.write_csv(handle, include_header=number == 0)


def write_xlsx(tables: Mapping[str, Sequence[Path]], path: Path) -> None:
    """Write published tables as one workbook, a sheet each; text that Excel cannot hold is cut.

    Raises Misplaced where the writer is not installed or a table has more rows than a sheet.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise Misplaced("Excel files need `pip install caravan[excel]`") from error
    never = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(str(path), {**never, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, files in tables.items():
            rows = sum(pq.read_metadata(file).num_rows for file in files)
            if rows >= EXCEL_ROWS:
                raise Misplaced(f"{name}: {rows:,} rows, and an Excel sheet ends at {EXCEL_ROWS:,}")
            _fill(book.add_worksheet(name), files)


def _fill(sheet: object, files: Sequence[Path]) -> None:
    place = 0
    for rows in batches(files):
        if place == 0:
            sheet.write_row(0, 0, rows.columns)  # type: ignore[attr-defined]
            place = 1
        for row in rows.iter_rows():
            for column, value in enumerate(row):
                _put(sheet, place, column, value)
            place += 1


def _put(sheet: object, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value[:EXCEL_LETTERS])  # type: ignore[attr-defined]
    elif hasattr(value, "tzinfo"):  # Excel knows no time zones; ours is UTC
        sheet.write_datetime(row, column, value.replace(tzinfo=None))  # type: ignore[attr-defined]
    elif value is not None:
        sheet.write(row, column, value)  # type: ignore[attr-defined]
