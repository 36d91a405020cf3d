"""`caravan backfill`: a range of dates from the sites."""

from __future__ import annotations

from datetime import datetime

import click

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--since", required=True, type=DAY, help="First day, as in 2024-01-01.")
@click.option("--until", required=True, type=DAY, help="Last day.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only this source.")
@click.option(
    "--at", "mirrors", multiple=True, metavar="ID=URL", help="Ask this address instead, a mirror."
)
def command(
    since: datetime, until: datetime, sources: tuple[str, ...], mirrors: tuple[str, ...]
) -> None:
    """Fetch the releases of a range of dates that are not held yet.

    Stopped, it goes on where it was when it is called again. Sites are asked at their own pace,
    so years take days: begin with one source.
    """
    from flows.commands.run import mirror
    from flows.prefect_env import prepare
    from flows.settings import Settings

    at = dict(mirror(text) for text in mirrors)
    settings = Settings()
    prepare(settings.home)
    from flows.backfill import backfill
    from flows.nightly import saying
    from flows.progress import shown
    from flows.summary import print_nights

    with shown() as said, saying(said):
        nights = backfill(since.date(), until.date(), list(sources) or None, at)
    print_nights(nights, settings)
    if any(night.exit_status for night in nights):
        raise SystemExit(1)
