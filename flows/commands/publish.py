"""``caravan publish``: the files for analysts, made anew from the tables."""

from __future__ import annotations

import click

from flows.settings import Settings


@click.command()
def command() -> None:
    """Write the published files anew from the tables; unchanged files are left alone."""
    from warehouse.publish import publish
    from warehouse.tables import Warehouse

    settings = Settings()
    for made in publish(Warehouse(settings.warehouse_address), settings.published):
        state = "written" if made.changed else "unchanged"
        click.echo(f"{made.path}  {made.rows:,} rows, {state}")
