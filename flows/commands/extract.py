"""`caravan extract`: figures of documents, a line each, as `score.py` reads them."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import click

from flows.commands._lines import some
from scrapers.documents import Document, read_documents
from warehouse.fields import Figure

CHUNK = 16  # documents handed to a worker at a time
FIELDS = (
    "start",
    "end",
    "value",
    "value_high",
    "unit",
    "bound",
    "measure",
    "indicator",
    "ref_area",
    "counterpart_area",
    "time_period",
    "status",
    "scope",
    "low",
    "high",
    "quote",
    "speaker",
    "reporter",
)


@click.command()
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
def command(path: Path, workers: int) -> None:
    """Read the figures of the documents in FILE; nothing is stored.

    Prints a JSON line for each document, in the order of FILE and the same for any number of
    workers: {"id": …, "figures": [{"start": …, "end": …, "value": …, …}]}.
    """
    documents = some(read_documents(path), path, "documents")
    for line in extracted_lines(documents, workers=workers):
        click.echo(line)


def extracted_lines(documents: Iterable[Document], *, workers: int = 1) -> Iterator[str]:
    """Yield the output line of each document, in their order."""
    documents = iter(documents)
    yield from map(line_of, islice(documents, 1))
    gc.freeze()  # the lexicons, loaded by now, are never garbage, and shared by forked workers
    if workers == 1:
        yield from map(line_of, documents)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(line_of, documents, chunksize=CHUNK)


def line_of(document: Document) -> str:
    """Return a document's line: its id and its figures."""
    from scrapers.facts.figures import extract_figures

    figures = [_fields(figure) for figure in extract_figures(document.release)]
    return json.dumps({"id": document.id, "figures": figures}, ensure_ascii=False)


def _fields(figure: Figure) -> dict[str, object]:
    return {name: getattr(figure, name) for name in FIELDS}
