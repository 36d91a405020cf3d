"""`caravan ingest`: documents and saved pages from files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--source", metavar="ID", help="Source of saved pages: which parser reads them.")
def command(paths: tuple[Path, ...], source: str | None) -> None:
    """Store documents from files: same checks, same tables as a night.

    PATHS are .jsonl documents (a line each: id, source, url, lang, title, published, text),
    saved .html or .html.gz pages of a known source, or .warc(.gz) archives. Ingesting the same
    file again appends nothing.
    """
    from flows.ingest import ingest
    from flows.settings import Settings
    from flows.summary import print_nights
    from scrapers.sources import load_sources
    from warehouse.publish import publish
    from warehouse.tables import Warehouse

    settings = Settings()
    warehouse = Warehouse(settings.warehouse_address)
    nights = ingest(
        paths,
        warehouse,
        load_sources(),
        source=source,
        now=datetime.now(UTC),
        docs=settings.docs,
    )
    publish(warehouse, settings.published)
    print_nights(nights, settings)
    if any(night.exit_status for night in nights):
        raise SystemExit(1)
