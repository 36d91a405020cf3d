"""`caravan demo`: three nights on sample sites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast, get_args

import click

from flows.settings import Settings

if TYPE_CHECKING:
    from flows.demo.server import SampleServer, Trouble


@click.command()
@click.option(
    "--trouble",
    multiple=True,
    metavar="ID=KIND",
    help="Let a sample site answer 500 (error), never (hang) or nonsense (garbage); repeatable.",
)
@click.option("--serve", is_flag=True, help="Only serve the sample sites, until Ctrl-C.")
@click.option(
    "--night", type=click.IntRange(1, 3), default=1, help="With --serve: the night shown."
)
def command(trouble: tuple[str, ...], serve: bool, night: int) -> None:
    """Serve six sample sites on loopback and run three nights against them.

    Shows what each night did, the facts found, where they disagree, the alert, and the files.
    The home must hold no other data; that of an earlier demo is started over.
    """
    from flows.demo.server import serving
    from flows.demo.sites import sample_sites

    with serving(sample_sites(), night=night) as server:
        server.trouble = dict(troubles(trouble, server))
        if serve:
            keep_serving(server)
        else:
            raise SystemExit(three_nights(server))


def troubles(given: tuple[str, ...], server: SampleServer) -> Iterator[tuple[str, Trouble]]:
    from flows.demo.server import Trouble

    for text in given:
        source, _, kind = text.partition("=")
        if source not in server.at or kind not in get_args(Trouble):
            sites, kinds = ", ".join(server.at), ", ".join(get_args(Trouble))
            raise click.BadParameter(f"{text!r} is not ID=KIND; ids {sites}; kinds {kinds}")
        yield source, cast("Trouble", kind)


def keep_serving(server: SampleServer) -> None:
    import threading

    options = " ".join(f"--source {name} --at '{name}={at}'" for name, at in server.at.items())
    click.echo(f"Night {server.night} of the sample sites. In another terminal:\n")
    click.echo(f"  caravan --home build/samples run {options}\n")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("stopped")


def three_nights(server: SampleServer) -> int:
    """Run and show the nights; return the exit status."""
    from flows.demo import show
    from flows.demo.nights import embedded, fresh_home, run_one
    from flows.demo.sites import NIGHTS
    from warehouse.tables import Warehouse

    home = Settings().home
    fresh_home(home)
    settings = embedded(home, server)
    out, nights = show.console(), []
    show.show_start(out, server, home)
    for number in range(1, len(NIGHTS) + 1):
        with show.progress(out) as said:
            nights.append(run_one(server, number, said))
        show.show_night(out, number, nights[-1])
    show.show_facts(out, settings.published)
    findings = show.show_findings(out, Warehouse(settings.warehouse_address))
    show.show_alerts(out, server.inbox)
    show.show_files(out, settings)
    show.show_next(out, settings, findings)
    return max(night.exit_status for night in nights)
