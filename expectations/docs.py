"""Data Docs made offline: pages as Great Expectations renders them, with a style sheet of our own.

Its own templates load a dozen files and a tracking logo from other hosts; what is written here
loads nothing. An index lists the runs, newest first.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

OUTSIDE = re.compile(
    r"<script\b.*?</script>|<link\b[^>]*>|<img\b[^>]*>|<noscript\b.*?</noscript>"
    r"|<!--.*?-->|<style\b.*?</style>|<form\b.*?</form>",
    re.DOTALL | re.IGNORECASE,
)
# Columns of the list of runs: figures and their two suites, then the tables of other facts.
COLUMNS = ("figures", "shape", "findings", "events", "agreements", "initiatives")
SELLING = re.compile(r"https?://(?:www\.)?(?:docs\.)?greatexpectations\.io[^\"'\s<]*")


def write_page(page: str, path: Path, *, title: str) -> None:
    """Write one rendered page without what it would load from elsewhere."""
    plain = SELLING.sub("#", OUTSIDE.sub("", page))
    head = f"<title>{html.escape(title)}</title><style>{style()}</style></head>"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(plain.replace("</head>", head, 1), encoding="utf-8")


def style() -> str:
    return Path(__file__).with_name("docs.css").read_text(encoding="utf-8")


def write_summary(folder: Path, summary: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary, ensure_ascii=False, sort_keys=True)
    (folder / "summary.json").write_text(text, encoding="utf-8")


def write_index(folder: Path) -> Path:
    """Write the list of all runs from their summaries; return its path."""
    told = [
        (path.parent.name, json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*/summary.json"), reverse=True)
    ]
    rows = "".join(row(name, summary) for name, summary in told)
    names = "".join(f"<th>{name}</th>" for name in ("run", *COLUMNS, "crashed"))
    head = f"<tr>{names}</tr>"
    index = folder / "index.html"
    index.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Data Docs</title>'
        f"<style>{style()}</style></head><body><h1>Checks, run by run</h1>"
        f"<table>{head}{rows}</table></body></html>",
        encoding="utf-8",
    )
    return index


def row(name: str, summary: dict[str, Any]) -> str:
    run = html.escape(name)
    cells = "".join(f"<td>{cell(run, column, summary)}</td>" for column in COLUMNS)
    crashed = html.escape(", ".join(summary["crashed"]) or "none")
    return f"<tr><td>{run}</td>{cells}<td>{crashed}</td></tr>"


def cell(run: str, column: str, summary: dict[str, Any]) -> str:
    """Return how many rows a table had, or what a suite asked and found kept, led to its page."""
    told = summary["suites"].get(column)
    count = summary.get(column)
    if told is None:
        return "" if count is None else str(count)
    rows = "" if count is None else f"{count}: "
    return f'{rows}<a href="{run}/{column}.html">{told["kept"]} of {told["asked"]} kept</a>'
