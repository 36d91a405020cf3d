"""`caravan run`: one night, now."""

from __future__ import annotations

import click

from flows.commands._mirrors import Asked, asking


@click.command()
@click.option(
    "--recheck-days",
    default=2,
    show_default=True,
    type=click.IntRange(0),
    help="Look again at pages published in the last days, so that silent edits show.",
)
@asking
def command(asked: Asked, recheck_days: int) -> None:
    """Run one night: fetch what is new, read it, check it, store it, publish, tell people.

    Ends with status 0; 1 if a source failed or a check crashed (the others are stored all the
    same); 2 for wrong usage or configuration. Running it again appends nothing twice.
    """
    from flows.prefect_env import prepare
    from flows.settings import Settings

    settings = Settings()
    prepare(settings.home)
    from flows.nightly import run_night
    from flows.progress import shown
    from flows.summary import print_nights

    with shown() as said:
        night = run_night(
            sources=asked.sources,
            at=asked.at,
            recheck_days=recheck_days,
            hurry=asked.hurry,
            said=said,
        )
    print_nights([night], settings)
    raise SystemExit(night.exit_status)
