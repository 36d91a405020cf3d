"""``caravan report``: the static site for readers, made anew."""

from __future__ import annotations

import click

from flows.home import held
from flows.report import RELEASES, write_report
from flows.settings import Settings


@click.command()
@click.option(
    "--releases",
    type=click.IntRange(1),
    default=RELEASES,
    show_default=True,
    help="How many of the newest releases have pages of their own.",
)
def command(releases: int) -> None:
    """Publish, and write the report: what is new, what disagrees, series, health, traces.

    A folder of plain pages, to open in a browser or to serve as it is. Readers find the old one or
    the new one, never half.
    """
    from warehouse.publish import publish

    settings = Settings()
    warehouse = held()
    publish(warehouse, settings.published)
    made = write_report(warehouse, settings, releases=releases)
    click.echo(f"{made.path}  {made.pages:,} pages, {'written' if made.changed else 'unchanged'}")
