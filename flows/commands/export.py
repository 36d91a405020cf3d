"""``caravan export``: the tables for teams with a table format."""

from __future__ import annotations

from pathlib import Path

import click

from flows.home import held


@click.command()
@click.option(
    "--delta",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the Delta Lake tables, one a table; made, or brought up to date.",
)
def command(delta: Path) -> None:
    """Register the tables' files with Delta Lake, for Spark, Trino or Databricks.

    No data is rewritten. Called again after a night, it adds the files that are new.
    """
    from warehouse.delta import export_delta

    for table, files in export_delta(held(), delta).items():
        click.echo(f"{delta / table}  {files} files added")
