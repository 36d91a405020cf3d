"""`caravan explain`: each figure of a text, and the word or rule that decided each slot."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import click

from warehouse.fields import Figure

SLOTS = {
    "value": "value",
    "unit": "unit",
    "bound": "bound",
    "measure": "measure",
    "indicator": "indicator",
    "ref_area": "sides",
    "counterpart_area": "sides",
    "time_period": "time_period",
    "status": "status",
    "scope": "scope",
    "reporter": "reporter",
}


@click.command()
@click.argument("text")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication.")
@click.option("--title", default="", help="Headline: what the text is about.")
@click.option("--source", default="explain", help="Id or name of the publisher.")
@click.option("--language", default="", help="ISO 639-1; by the script where not given.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(
    text: str, published: datetime | None, title: str, source: str, language: str, form: str
) -> None:
    """Show the figures that TEXT states, and what decided each slot."""
    from scrapers.documents import UNDATED, release_of
    from scrapers.facts.figures import extract_figures

    if source != "explain" and not known(source):
        click.echo(f"caravan: {source!r} is no publisher that we know: of no side", err=True)
    day = published.date() if published else UNDATED
    release = release_of(
        {
            "id": "explain",
            "source": source,
            "lang": language or ("ru" if _cyrillic(text) else "en"),
            "title": title,
            "published": day.isoformat() if day != UNDATED else None,
            "text": text,
        }
    )
    figures = extract_figures(release)
    if form == "json":
        for figure in figures:
            click.echo(json.dumps(_row(figure), ensure_ascii=False, sort_keys=True))
        return
    _show(figures, day)


def known(source: str) -> bool:
    """Tell whether a publisher's id or name says anything to the rules."""
    from scrapers.facts.attribution import publisher
    from scrapers.facts.parties import state_of_publisher
    from scrapers.sources import load_sources

    return bool(publisher(source, "")[0] or state_of_publisher(source) or source in load_sources())


def _cyrillic(text: str) -> bool:
    return any("а" <= c <= "я" for c in text.lower())


def _row(figure: Figure) -> dict[str, Any]:
    slots = {name: getattr(figure, name) for name in SLOTS}
    ends = {"quote": figure.quote, "low": figure.low, "high": figure.high}
    return slots | ends | {"value_high": figure.value_high, "rules": json.loads(figure.rules)}


def _show(figures: list[Figure], day: date) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not figures:
        console.print("No figures.")
    for figure in figures:
        rules = json.loads(figure.rules)
        table = Table(title=f"“{figure.quote}”", title_justify="left", title_style="bold")
        for heading in ("slot", "says", "decided by"):
            table.add_column(heading)
        for slot, rule in SLOTS.items():
            table.add_row(slot, _says(figure, slot), str(rules.get(rule, "")))
        table.add_row("interval", f"{_end(figure.low)} … {_end(figure.high)}", "")
        console.print(table)


def _says(figure: Figure, slot: str) -> str:
    value = getattr(figure, slot)
    if slot == "value" and figure.value_high is not None:
        return f"{value:,g} to {figure.value_high:,g}"
    return f"{value:,.10g}" if isinstance(value, float) else str(value) if value else "–"


def _end(value: float | None) -> str:
    return "open" if value is None else f"{value:,.10g}"
