"""`caravan run`: one night, now."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--source", "sources", multiple=True, metavar="ID", help="Only this source; repeat for more."
)
@click.option(
    "--at",
    "mirrors",
    multiple=True,
    metavar="ID=URL",
    help="Ask this address instead of every host of the source: a mirror or a test server.",
)
@click.option(
    "--recheck-days",
    default=2,
    show_default=True,
    type=click.IntRange(0),
    help="Look again at pages published in the last days, so that silent edits show.",
)
def command(sources: tuple[str, ...], mirrors: tuple[str, ...], recheck_days: int) -> None:
    """Run one night: fetch what is new, read it, check it, store it, publish, tell people.

    Ends with status 0; 1 if a source failed or a check crashed (the others are stored all the
    same); 2 for wrong usage or configuration. Running it again appends nothing twice.
    """
    from flows.prefect_env import prepare
    from flows.settings import Settings

    at = dict(mirror(text) for text in mirrors)
    settings = Settings()
    prepare(settings.home)
    from flows.nightly import run_night
    from flows.progress import shown
    from flows.summary import print_nights

    with shown() as said:
        night = run_night(sources=sources, at=at, recheck_days=recheck_days, said=said)
    print_nights([night], settings)
    raise SystemExit(night.exit_status)


def mirror(text: str) -> tuple[str, str]:
    source, equals, url = text.partition("=")
    if not (equals and url.startswith(("http://", "https://"))):
        raise click.BadParameter(f"{text!r} is not ID=URL, as in kremlin=http://127.0.0.1:8080")
    return source, url
