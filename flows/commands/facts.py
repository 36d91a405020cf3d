"""`caravan facts`: the events, agreements and initiatives of documents, to standard output."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(path: Path) -> None:
    """Print the events, agreements and initiatives of the documents in FILE.jsonl.

    A line each: {"id", "facts": [{"kind", "start", "end", and the fields of its kind}]}. No
    warehouse is touched.
    """
    import json

    from flows.commands._lines import some
    from scrapers.documents import read_documents
    from scrapers.facts.other import extract_facts, printable

    for document in some(read_documents(path), path, "documents"):
        facts = [printable(fact) for fact in extract_facts(document.release).all()]
        click.echo(json.dumps({"id": document.id, "facts": facts}, ensure_ascii=False))
