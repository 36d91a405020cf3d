"""What the demo prints: each night, the facts, what disagrees, the alert, the files, what next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from flows.demo.server import SampleServer
from flows.demo.sites import NIGHTS
from flows.found import listed
from flows.settings import Settings
from flows.stages import Night, Said, say_nothing
from flows.summary import runs_table
from warehouse.query import query
from warehouse.tables import Warehouse

FACTS = """
SELECT indicator, ref_area, coalesce(counterpart_area, '') AS counterpart_area,
  coalesce(time_period, '') AS time_period, status, measure,
  arg_min(quote, (language, published, figure_id)) AS quote, count(*) AS said,
  string_agg(DISTINCT source, ', ' ORDER BY source) AS sources
FROM figures GROUP BY ALL
ORDER BY count(DISTINCT source) DESC, count(*) DESC, indicator, ref_area, time_period, measure
LIMIT 16
"""
STORY = (
    "fills an empty warehouse",
    "brings new releases, two that disagree and one page edited in silence",
    "has nothing new: nothing is appended, nobody is told",
)
SEVERE = {"critical": "bold red", "warning": "yellow", "info": "dim"}


def console() -> Console:
    """Return a console that does not cut tables short where its output is no terminal."""
    found = Console()
    return found if found.is_terminal else Console(width=120)


def show_start(out: Console, server: SampleServer, home: Path) -> None:
    sites = ", ".join(server.at)
    out.print(f"Sample sites on 127.0.0.1:{server.server_port}: {sites}", highlight=False)
    out.print("Their releases are written for this demo around public facts; cite none of them")
    out.print(f"Home {home} · starting Prefect's own local API", highlight=False)


@contextmanager
def progress(out: Console) -> Iterator[Said]:
    """Yield what shows progress in a terminal, and is silent elsewhere: the night is short."""
    if not out.is_terminal:
        yield say_nothing
        return
    from flows.progress import shown

    with shown(out) as said:
        yield said


def show_night(out: Console, number: int, night: Night) -> None:
    out.rule(f"[bold]Night {number}[/] · {NIGHTS[number - 1]:%d %B %Y} · {STORY[number - 1]}")
    out.print(runs_table(night.runs))
    for run in night.troubled:
        out.print(f"[red]{run.source}[/] {run.verdict}: {escape(run.note or '')}", highlight=False)
    for crash in night.crashes:
        out.print(f"[red]check crashed[/] {crash.check}: {escape(crash.message)}")
    brought = {name: count for name, count in night.appended.items() if name != "runs" and count}
    said = ", ".join(f"{count} {name}" for name, count in brought.items()) or "nothing"
    out.print(f"Appended: {said}\n", highlight=False)


def show_facts(out: Console, published: Path) -> None:
    total = query("SELECT count(*) AS n, count(DISTINCT url) AS pages FROM figures", published)
    count, pages = total.row(0)
    out.rule(f"[bold]Facts[/] · {count} figures of {pages} pages; those with most sources")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("indicator", "of", "with", "period", "status", "as written", "said", "sources"):
        table.add_column(name, justify="right" if name == "said" else "left")
    for row in query(FACTS, published).iter_rows(named=True):
        table.add_row(
            row["indicator"],
            row["ref_area"],
            row["counterpart_area"],
            row["time_period"],
            row["status"],
            escape(row["quote"]),
            str(row["said"]),
            row["sources"],
        )
    out.print(table, "")


def show_findings(out: Console, warehouse: Warehouse) -> list[dict[str, Any]]:
    """Print the open findings with the words of both sides; return them, gravest first."""
    rows = [row for row in listed(warehouse) if row["state"] == "open"]
    rows.sort(key=lambda row: (list(SEVERE).index(row["severity"]), row["type"]))
    out.rule(f"[bold]What disagrees[/] · {len(rows)} open findings")
    for row in rows:
        key = (row[k] for k in ("indicator", "ref_area", "counterpart_area", "time_period"))
        gap = f" · {row['gap']:.0%} apart" if row["gap"] is not None else ""
        out.print(
            f"[{SEVERE[row['severity']]}]{row['severity']}[/] [bold]{row['type']}[/]  "
            f"{' · '.join(filter(None, key))}{gap}",
            highlight=False,
        )
        for side in (0, 1):
            show_side(out, [s for s in row["statements"] if s["side"] == side])
        out.print()
    return rows


def show_side(out: Console, statements: Sequence[dict[str, Any]]) -> None:
    for said in statements:
        line = f"  [bold]“{escape(said['quote'])}”[/]  {said['source']}, {said['published']}"
        out.print(line, f"    {escape(said['url'])}", sep="\n", highlight=False, soft_wrap=True)
    if statements and statements[0]["side"] == 0:
        out.print("  against")


def show_alerts(out: Console, inbox: Sequence[dict[str, Any]]) -> None:
    out.rule(f"[bold]The alert[/] · {len(inbox)} sent in three nights, as its reader gets it")
    for message in inbox:
        text = f"[bold]{escape(message['title'])}[/]\n\n{escape(message['message'])}"
        out.print(Panel(text, expand=False), highlight=False)


def show_files(out: Console, settings: Settings) -> None:
    out.rule("[bold]Files[/]")
    table = Table(box=None, pad_edge=False, show_header=False)
    for path in sorted(settings.published.glob("*.parquet")):
        table.add_row(str(path), f"{path.stat().st_size:,} bytes")
    for folder in sorted(p for p in Path(settings.warehouse_address).iterdir() if p.is_dir()):
        files = sorted(folder.rglob("*.parquet"))
        if files:
            table.add_row(f"{folder}/**/*.parquet", f"{len(files)} files")
    for page in (settings.docs / "index.html", settings.report / "index.html"):
        if page.exists():
            table.add_row(str(page), "open it in a browser")
    out.print(table, "")


def show_next(out: Console, settings: Settings, findings: Sequence[dict[str, Any]]) -> None:
    home = settings.home
    out.rule("[bold]Try next[/] · sample data; give live data a --home of its own")
    sql = (
        "SELECT time_period, quote, source, url FROM figures "
        "WHERE indicator = 'trade.turnover' AND ref_area = 'UZ' ORDER BY 1"
    )
    lines = [f"caravan --home {home} findings list"]
    lines += [f"caravan --home {home} findings show {row['finding_id']}" for row in findings[:1]]
    bare = f"import duckdb; print(duckdb.read_parquet('{settings.published}/figures.parquet'))"
    lines += [f"caravan --home {home} query {json.dumps(sql)}", f"python -c {json.dumps(bare)}"]
    lines += ["caravan --home data run --source kremlin"]
    for line in lines:
        out.print(f"  {escape(line)}", highlight=False, soft_wrap=True)
