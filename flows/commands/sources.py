"""``caravan sources``: what is configured, its last nights, its health; recording fixtures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scrapers.sources.health import Health
    from scrapers.sources.site import Site
    from warehouse.fields import Capture, SourceRun

SHOWN = 7  # nights in the table
WIDTH = 110
MARKS = {"ok": "●", "quiet": "·", "partial": "◐", "silent": "…"}
FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


@click.group()
def command() -> None:
    """Show what sources there are and how they are; record a page of one as a fixture."""


@command.command("list")
@FORMAT
def show(form: str) -> None:
    """List every source: editions, way of discovery, what is evidenced, its last nights."""
    rows = [row(site, runs, state) for site, runs, state in surveyed()]
    if form == "json":
        for each in rows:
            click.echo(json.dumps(each, ensure_ascii=False))
    else:
        print_table(rows)


@command.command()
@FORMAT
@click.argument("sources", nargs=-1, metavar="[ID]...")
def check(form: str, sources: tuple[str, ...]) -> None:
    """Say which sources are unwell, and why; the exit status is 1 where any is."""
    known = {site.id: (site, state) for site, _, state in surveyed()}
    chosen = [known[name] for name in (sources or known) if known_id(name, known)]
    for site, state in chosen:
        if form == "json":
            line = {"source": site.id, "health": state.word, "well": state.well, "why": state.why}
            click.echo(json.dumps(line, ensure_ascii=False))
        elif not state.well:
            click.echo(f"{site.id}: {state.word}: {state.why}")
    unwell = sum(not state.well for _, state in chosen)
    if form == "table":
        unseen = sum(state.word == "unseen" for _, state in chosen)
        well = len(chosen) - unwell - unseen
        click.echo(f"{len(chosen)} sources: {well} well, {unwell} unwell, {unseen} not asked yet")
    if unwell:
        raise SystemExit(1)


@command.command()
@click.argument("source")
@click.argument("page", metavar="URL|FILE")
@click.option("--name", help="Name of the fixture; default: the end of the address.")
@click.option("--url", help="Address of a page from a file, where the page does not say it.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tests/fixtures/sources"),
    show_default=True,
    help="Folder of the fixtures; the source's own folder is made in it.",
)
def record(source: str, page: str, name: str | None, url: str | None, into: Path) -> None:
    """Store a page of a source as a fixture, with what it gives beside it, for review."""
    from scrapers.sources import load_sources
    from scrapers.sources.record import record as write
    from scrapers.web.errors import Misconfigured

    known: Any = load_sources()
    known_id(source, known)
    site = known[source]
    if Path(page).is_file():
        from flows.ingest import saved_page

        capture = saved_page(Path(page), site, url)
    elif page.startswith(("http://", "https://")):
        capture = fetched(site, page)
    else:
        raise Misconfigured(f"{page}: no such file, and no address that begins with http")
    file, parsed = write(site, capture, into / source, name or named(capture.url))
    click.echo(f"{file}: review it, then run: pytest tests/scrapers/sources -k {source}")
    if not parsed:
        click.echo("the page does not parse: the error stands in its place", err=True)
        raise SystemExit(1)


def known_id(name: str, known: Any) -> bool:
    from scrapers.web.errors import Misconfigured

    if name not in known:
        raise Misconfigured(f"no source {name!r}; `caravan sources list` names them")
    return True


def surveyed() -> list[tuple[Site, list[SourceRun], Health]]:
    """Return every source with its last runs and its health; without a warehouse, none of them."""
    from flows.settings import Settings
    from scrapers.sources import load_sources
    from scrapers.sources.health import health

    sites: Any = load_sources()
    address = Settings().warehouse_address
    runs: dict[str, list[SourceRun]] = {}
    days: dict[str, Any] = {}
    if "://" in address or Path(address).is_dir():
        from flows.wellbeing import last_nights, published_days
        from warehouse.tables import Warehouse

        warehouse = Warehouse(address)
        runs = last_nights(warehouse)
        if runs:
            until = max(each[-1].started_at for each in runs.values()).date()
            days = published_days(warehouse, until=until)
    return [
        (site, own, health(spec.rhythm, own, days.get(site.id, []), least=spec.volume[0]))
        for site in sites.values()
        for own, spec in [(runs.get(site.id, []), site.spec)]
    ]


def row(site: Site, runs: list[SourceRun], state: Health) -> dict[str, Any]:
    spec = site.spec
    return {
        "id": spec.id,
        "name": spec.name,
        "country": spec.country,
        "editions": list(spec.editions),
        "discovery": [
            {"edition": language, "kind": way.kind, "url": way.url.format(**edition.values)}
            for language, edition in spec.editions.items()
            for way in edition.front
        ],
        "evidence": spec.evidence,
        "licence": spec.licence,
        "hosts": list(spec.hosts),
        "health": state.word,
        "why": state.why,
        "nights": [
            {
                "started_at": run.started_at.isoformat(),
                "verdict": run.verdict,
                "listed": run.listed,
                "new": run.new,
            }
            for run in runs[-SHOWN:]
        ],
    }


def print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    wide = not console.is_terminal or console.width >= WIDTH
    if not console.is_terminal:
        console = Console(width=max(console.width, WIDTH))
    table = Table(header_style="bold", box=None, pad_edge=False)
    evidenced = ("found by", "page") if wide else ()
    for heading in ("source", "of", "editions", *evidenced, "nights", "health"):
        table.add_column(heading, no_wrap=True)
    for each in rows:
        page = each["evidence"].get("article") or each["evidence"]["interface"]
        table.add_row(
            each["id"],
            each["country"],
            " ".join(each["editions"]),
            *((found_by(each), page) if wide else ()),
            "".join(MARKS.get(night["verdict"], "✗") for night in each["nights"]) or "–",
            each["health"],
        )
    console.print(table)
    behind = "Behind what finds releases, and under page: how well its layout is evidenced."
    room = f"How each is found, and how well that is evidenced, has room from {WIDTH} columns on."
    console.print(
        f"{len(rows)} sources. {behind if wide else room}\n"
        "Nights, oldest first: ● new releases, · nothing new, ◐ in part, … silent, ✗ failed."
    )


def found_by(row: dict[str, Any]) -> str:
    """Return how a source is found, and how well each way is evidenced."""
    from scrapers.sources.spec import EVIDENCE_OF

    kinds = dict.fromkeys(way["kind"] for way in row["discovery"])
    return ", ".join(
        f"{'JSON' if kind == 'rows' else kind} ({row['evidence'][EVIDENCE_OF[kind]]})"
        for kind in kinds
    )


def fetched(site: Site, url: str) -> Capture:
    from scrapers.sources.base import held
    from scrapers.web.client import Client

    with Client() as client:
        return held(client.fetcher(site.site)(site.page(site.link_to(url))))


def named(url: str) -> str:
    """Return the name of a fixture from the end of its address."""
    import re

    end = url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[^\w-]+", "-", end).strip("-")[:40] or "page"
