"""`caravan backfill`: a range of dates from the sites."""

from __future__ import annotations

from datetime import datetime

import click

from flows.commands._mirrors import Asked, asking

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--since", required=True, type=DAY, help="First day, as in 2024-01-01.")
@click.option("--until", required=True, type=DAY, help="Last day.")
@asking
def command(asked: Asked, since: datetime, until: datetime) -> None:
    """Fetch the releases of a range of dates that are not held yet.

    Stopped, it goes on where it was when it is called again. Sites are asked at their own pace,
    so years take days: begin with one source.
    """
    if since > until:
        raise click.UsageError(f"--since {since.date()} is after --until {until.date()}")
    from flows.prefect_env import prepare
    from flows.settings import Settings

    settings = Settings()
    prepare(settings.home)
    from flows.backfill import backfill
    from flows.nightly import saying
    from flows.progress import shown
    from flows.summary import print_nights

    with shown() as said, saying(said):
        nights = backfill(
            since.date(), until.date(), list(asked.sources) or None, asked.at, asked.hurry
        )
    print_nights(nights, settings)
    if any(night.exit_status for night in nights):
        raise SystemExit(1)
