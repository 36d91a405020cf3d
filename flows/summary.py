"""A night at a glance, in a terminal: what each source brought, what was found, where it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from flows.settings import Settings
from flows.stages import Night
from warehouse.fields import SourceRun

COUNTS = ("listed", "new", "fetched", "parsed", "figures", "findings")
STYLE = {"ok": "green", "quiet": "dim"}


def runs_table(runs: Sequence[SourceRun], *, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    table.add_column("source", no_wrap=True)
    for name in COUNTS:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("verdict")
    for run in runs:
        style = STYLE.get(run.verdict, "bold red")
        counts = [str(getattr(run, name) or "·") for name in COUNTS]
        table.add_row(run.source, *counts, f"[{style}]{run.verdict}[/]")
    return table


def print_nights(
    nights: Sequence[Night], settings: Settings, *, console: Console | None = None
) -> None:
    """Print the runs, the trouble, what was appended, and where the files are."""
    console = console or Console()
    for night in nights:
        if night.runs:
            console.print(runs_table(night.runs, title=f"Night {night.run_id}"))
        for run in night.troubled:
            console.print(f"[red]{run.source}[/] {run.verdict}: {run.note}", highlight=False)
        for crash in night.crashes:
            console.print(f"[red]check crashed[/] {crash.check}: {crash.message}")
    totals: Counter[str] = Counter()
    for night in nights:
        totals.update(night.appended)
    said = ", ".join(f"{count} {table}" for table, count in totals.items() if count) or "nothing"
    console.print(f"Appended: {said}")
    console.print(f"Warehouse {settings.warehouse_address} · published {settings.published}")


def night_markdown(night: Night) -> str:
    """Return the summary of a night as Markdown, for Prefect's artifact."""
    lines = [f"# Night {night.run_id}", "", "| source | verdict | " + " | ".join(COUNTS) + " |"]
    lines.append("|---|---|" + "---:|" * len(COUNTS))
    for run in night.runs:
        counts = " | ".join(str(getattr(run, name)) for name in COUNTS)
        lines.append(f"| {run.source} | {run.verdict} | {counts} |")
    lines += ["", *(f"- **{run.source}** {run.verdict}: {run.note}" for run in night.troubled)]
    lines += [f"- check **{crash.check}** crashed: {crash.message}" for crash in night.crashes]
    return "\n".join(lines)
