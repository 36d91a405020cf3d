"""What describes the published files: ``datapackage.json`` and the data dictionary.

Everything comes from the declared fields and ``queries.yml``; nothing is described twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import yaml

from warehouse.fields import INDICATORS, SUBJECTS, Column, Row, columns
from warehouse.parquet import parts, sha256_of
from warehouse.products import PRODUCTS, Cluster, Product

FRICTIONLESS: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
    datetime: "datetime",
    list[str]: "array",
    list[Cluster]: "array",
}
TITLE = "What Central Asia and Russia say about their cooperation"
BELONGS = {
    "figures": [("release_id", "releases")],
    "statements": [("release_id", "releases")],
}


@dataclass(frozen=True)
class Example:
    """A question and the SQL that answers it."""

    question: str
    sql: str


def examples() -> list[Example]:
    path = Path(__file__).with_name("queries.yml")
    return [Example(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def datapackage(folder: Path) -> str:
    """Return the Frictionless description of the published files, as JSON."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "caravan",
        "title": TITLE,
        "description": (__doc__ or "").split("\n", maxsplit=1)[0] + " See dictionary.md.",
        "resources": [resource(product, folder) for product in PRODUCTS.values()],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def resource(product: Product, folder: Path) -> dict[str, Any]:
    files = parts(folder / f"{product.name}.parquet")
    keys = [{"fields": f, "reference": {"resource": to, "fields": f}}
            for f, to in BELONGS.get(product.name, ())]  # fmt: skip
    return {
        "name": product.name,
        **located(files, folder),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": summary(product.row),
        "schema": {
            "fields": [field(c) for c in columns(product.row)],
            "primaryKey": [product.row.ID],
        }
        | ({"foreignKeys": keys} if keys else {}),
    }


def located(files: Sequence[Path], folder: Path) -> dict[str, Any]:
    """Return where a table lies; of one in several files paths and hashes are lists."""
    paths = [path.relative_to(folder).as_posix() for path in files]
    hashes = [f"sha256:{sha256_of(path)}" for path in files]
    size = sum(path.stat().st_size for path in files)
    if len(files) == 1:
        return {"path": paths[0], "bytes": size, "hash": hashes[0]}
    return {"path": paths, "bytes": size, "hashes": hashes}


def field(c: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"name": c.name, "type": FRICTIONLESS[c.type]}
    made["description"] = c.description
    if c.unit:
        made["unit"] = c.unit
    constraints: dict[str, Any] = {} if c.nullable else {"required": True}
    if c.codes:
        constraints["enum"] = list(c.codes)
    return made | ({"constraints": constraints} if constraints else {})


def summary(row: type[Row]) -> str:
    return (row.__doc__ or "").strip()


def type_of(c: Column) -> str:
    return FRICTIONLESS[c.type] + (", may be null" if c.nullable else "")


def markdown() -> str:
    """Return the dictionary for people who read it in an editor or on a forge."""
    return "\n".join(_markdown()) + "\n"


def _markdown() -> Iterator[str]:
    yield f"# Data dictionary\n\n{TITLE}. All files are Parquet; DuckDB, polars, pandas and R open"
    yield "them as they are. A table that has grown is a folder of that name; DuckDB 2, polars,"
    yield "pandas and R's arrow read it as one table."
    yield 'The word `end` is SQL\'s own: write `"end"`.\n'
    for product in PRODUCTS.values():
        yield f"## {product.name}\n\n`{product.name}.parquet`: {summary(product.row)}"
        yield f"Sorted by {', '.join(product.order)}.\n"
        yield "| column | type | unit | meaning |\n|---|---|---|---|"
        for c in columns(product.row):
            yield f"| `{c.name}` | {type_of(c)} | {c.unit or ''} | {_cell(c)} |"
        yield ""
    yield "## Indicators\n\n| code | what is measured |\n|---|---|"
    told = {**INDICATORS, **SUBJECTS}
    yield from (f"| `{code}` | {meaning} |" for code, meaning in told.items())
    yield "\n## Questions\n"
    for n, example in enumerate(examples(), 1):
        yield f"{n}. {example.question}\n\n```sql\n{example.sql}```\n"


def _cell(c: Column) -> str:
    codes = _codes(c)
    return (c.description + (f": {codes}" if codes else "")).replace("|", "\\|")


def _codes(c: Column) -> str:
    if not c.codes:
        return ""
    return "see Indicators" if set(INDICATORS) <= set(c.codes) else ", ".join(c.codes)


STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:64em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;padding:.2em .6em;"
    "text-align:left;vertical-align:top}pre{background:#f5f5f5;padding:1em;overflow:auto}"
)


def html() -> str:
    """Return the same dictionary as one page that loads nothing from elsewhere."""
    body = "\n".join(_html())
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Data dictionary'
        f"</title><style>{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _html() -> Iterator[str]:
    yield f"<h1>Data dictionary</h1><p>{escape(TITLE)}.</p><ul>"
    yield "".join(f'<li><a href="#{name}">{name}</a></li>' for name in PRODUCTS)
    yield '<li><a href="#questions">Questions</a></li></ul>'
    for product in PRODUCTS.values():
        yield f'<h2 id="{product.name}">{product.name}</h2><p>{escape(summary(product.row))}</p>'
        yield f"<p>Sorted by {', '.join(product.order)}.</p>"
        head = ("column", "type", "unit", "meaning")
        rows = [(c.name, type_of(c), c.unit or "", _cell(c)) for c in columns(product.row)]
        yield table(head, rows)
    yield "<h2>Indicators</h2>" + table(("code", "what is measured"), list(INDICATORS.items()))
    yield '<h2 id="questions">Questions</h2>'
    for example in examples():
        yield f"<h3>{escape(example.question)}</h3><pre>{escape(example.sql)}</pre>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return "<table>" + line("th", head) + "".join(line("td", row) for row in rows) + "</table>"
