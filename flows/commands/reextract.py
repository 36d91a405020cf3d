"""``caravan reextract``: all facts anew from the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from flows.home import held
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.reextract import Plan
    from flows.rereading import Said


@click.command()
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and append nothing.")
def command(workers: int, dry_run: bool) -> None:
    """Read all archived pages anew with the parsers and lexicons of today.

    Shows what is gained, lost and changed, then appends only that. Interrupted, it goes on
    where it was when it is called again.
    """
    from flows.reextract import read_anew
    from flows.rereading import over_processes

    read_anew(
        held(),
        Settings(),
        spread=over_processes(workers),
        tell=lambda text: click.echo(text, err=True),
        show=show,
        watched=watched(),
        dry_run=dry_run,
    )


@contextmanager
def watched() -> Iterator[Said]:
    from flows.progress import shown

    with shown() as said:
        yield lambda done, of: said("reextract", "reading chunks", done, of)


def show(made: Plan) -> None:
    """Print figures gained, lost and changed, by source and indicator."""
    counts = Counter((c.table, c.source, c.indicator, c.kind) for c in made.changes)
    places = sorted({key[:3] for key in counts})
    kinds = ("gained", "lost", "changed")
    if places:
        click.echo(f"{'table':<9} {'source':<18} {'indicator':<30} gained   lost changed")
    for place in places:
        table, source, indicator = place
        told = " ".join(f"{counts[(*place, kind)]:>6}" for kind in kinds)
        click.echo(f"{table:<9} {source:<18} {indicator:<30} {told}")
    if made.empty:
        click.echo("nothing changed")
    for page in made.unread:
        click.echo(f"cannot be read now, its text is kept: {page['url']}: {page['reason']}")
