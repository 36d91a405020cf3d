"""`caravan calendar`: the events as an iCalendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; standard output where none is given.",
)
@click.option("--scheduled", is_flag=True, help="Only what is still to come.")
def command(output: Path | None, scheduled: bool) -> None:
    """Write the published events as iCalendar (RFC 5545), for any calendar program.

    An event is an all-day entry; one of which only a month is told spans the month, and is marked
    tentative. Events without a date, or of which only a year is told, are left out.
    """
    from flows.icalendar import calendar_text
    from flows.settings import Settings
    from warehouse.read import Tables

    tables = Tables(Settings().published)
    events = tables.events.collect().to_dicts()
    links = tables.statements.collect().to_dicts()
    today = datetime.now(UTC).date()
    chosen = [e for e in events if not scheduled or to_come(e, today)]
    text = calendar_text(chosen, links)
    if output is None:
        click.echo(text.encode(), nl=False)
        return
    output.write_bytes(text.encode())
    click.echo(f"{output}: {text.count('BEGIN:VEVENT')} events", err=True)


def to_come(event: dict[str, Any], today: date) -> bool:
    """Tell whether an event was announced and is not over: who announced it may be years old."""
    from flows.icalendar import span

    days = span(event["date"])
    return event["status"] == "scheduled" and days is not None and days[1] >= today
