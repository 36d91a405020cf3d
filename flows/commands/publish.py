"""``caravan publish``: the files for analysts, made anew from the tables."""

from __future__ import annotations

import click

from flows.home import held
from flows.settings import Settings


@click.command()
@click.option("--csv", is_flag=True, help="Also each table as CSV, in csv/.")
@click.option("--xlsx", is_flag=True, help="Also all tables as one workbook, caravan.xlsx.")
def command(csv: bool, xlsx: bool) -> None:
    """Write the published files anew from the tables; unchanged files are left alone."""
    from warehouse.publish import publish, sheets

    settings = Settings()
    for made in publish(held(), settings.published, anew=True):
        state = "written" if made.changed else "unchanged"
        click.echo(f"{made.path}  {made.rows:,} rows, {state}")
    for path in sheets(settings.published, csv=csv, xlsx=xlsx):
        click.echo(str(path))
