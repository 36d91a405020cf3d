"""CSV and Excel for those who want them: lists as JSON, and no cell that a program would run."""

from __future__ import annotations

import json
from collections.abc import Sequence

import polars as pl

# What spreadsheet programs take for the beginning of a formula (OWASP, "CSV Injection").
DANGEROUS = "^[=+\\-@\t\r\n]"


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
