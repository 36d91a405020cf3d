"""Findings on the terminal: the list, and one finding with its two sides next to each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.columns import Columns
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from expectations.findings import Finding
from flows.digest import areas, headline
from flows.statements import is_of_facts
from warehouse.fields import FINDING_TYPES, SUBJECTS

COLOURS = {"critical": "bold red", "warning": "yellow", "info": "dim"}
NARROW = 100  # columns, below which the list has no room for what is said
SCALE = 56  # characters of the common axis
EXPLAINED = {
    "mirror_gap": "Each side counts by its own statistics: cost, insurance, re-exports and timing "
    "differ. Up to 15 per cent is usual.",
    "restatement": "The same side gave another value before: a revision, or a new method.",
    "edit": "The page was changed after it was first read. Both versions are in the archive.",
    "translation_mismatch": "One of the two language versions has it wrong.",
    "magnitude": "Look for “billion” for “million”, or a slip of the tongue in a transcript.",
    "identity_break": "Turnover is exports plus imports; one of the three is not of the same "
    "period, partner or currency, or wrong.",
    "cumulative_break": "Totals only grow within a year; one was revised, or belongs to another.",
    "growth_mismatch": "The base may have been revised, or the growth be in another currency.",
    "contradiction": "Nothing in the texts explains the difference.",
}
OF_FACTS = {
    "events.date": "One event has one day; look which source was there, and which only reprints.",
    "events.place": "One event has one place; a residence may be named for its city.",
    "events.order": "A lower number comes first; one of the days or numbers is wrong.",
    "events.status": "What has yet to come has not been held: a slip in the day, or in the tense.",
    "agreements.period": "One document covers one period; the signed text decides.",
}


def print_list(rows: Sequence[Mapping[str, Any]], console: Console | None = None) -> None:
    """Print findings, a row each; where a row has no room, what is said stands on lines below."""
    out = console or Console()
    if not rows:
        out.print("No findings.")
    elif out.width < NARROW:
        for row in rows:
            name, state, what, gap, says = cells(row)
            out.print(name, *state.plain.split("\n"), gap, style=state.style)
            out.print(Padding(Text(f"{what}\n{says}"), (0, 0, 1, 2)))
    else:
        table = Table(box=None, pad_edge=False)
        for heading in ("id", "state", "what", "gap"):
            table.add_column(heading, no_wrap=True)
        table.add_column("says", overflow="fold")
        for row in rows:
            table.add_row(*cells(row))
        out.print(table)


def cells(row: Mapping[str, Any]) -> tuple[str, Text, str, str, str]:
    sides = [next((s for s in row["statements"] if s["side"] == n), None) for n in (0, 1)]
    quotes = " ≠ ".join(in_short(s) for s in sides if s)
    parties = "–".join(filter(None, (row["ref_area"], row["counterpart_area"])))
    what = f"{row['type']} {row['indicator']}\n{parties} {row['time_period'] or ''}"
    state = Text(f"{row['state']}\n{row['severity']}", style=COLOURS[row["severity"]])
    gap = "" if is_of_facts(row["indicator"]) else f"{row['gap']:.0%}"
    return row["finding_id"][:8], state, what, gap, quotes or row["why"]


def print_finding(
    finding: Finding,
    row: Mapping[str, Any],
    sentences: Mapping[str, tuple[str, str, str]],
    console: Console | None = None,
) -> None:
    """Print one finding. ``sentences`` has, by figure, what stands before, in and after a quote."""
    out = console or Console()
    event = finding.opening
    out.print(Text(headline(event), style=COLOURS[event.severity]), Text(finding.state))
    about = SUBJECTS.get(event.indicator, FINDING_TYPES[event.type])
    out.print(f"{areas(event)}: {about}.", style="dim")
    ends = axis(row["statements"])
    sides = [
        Panel(
            Group(*(told(s, sentences.get(s["figure_id"]), ends) for s in of_side)),
            title=title,
            width=SCALE + 6,
        )
        for title, of_side in (
            ("one side", [s for s in row["statements"] if s["side"] == 0]),
            ("the other", [s for s in row["statements"] if s["side"] == 1]),
        )
    ]
    out.print(Columns(sides))
    if is_of_facts(event.indicator):
        out.print(OF_FACTS[event.indicator])
    else:
        out.print(f"Gap: {row['gap']:.1%} of the smaller value. {EXPLAINED[event.type]}")
    out.print(row["why"])
    out.print(history(finding))


def told(
    statement: Mapping[str, Any], sentence: tuple[str, str, str] | None, ends: tuple[float, float]
) -> Group:
    before, quote, after = sentence or ("", statement["quote"], "")
    side = f" · statistics of {statement['reporter']}" if statement["reporter"] else ""
    return Group(
        Text.assemble(before, (quote, "bold reverse"), after),
        *(Text(line, style="cyan") for line in measured(statement, ends)),
        Text(f"{statement['source']}, {statement['published']}{side}", style="dim"),
        Text(statement["url"] + "\n", style="dim", overflow="fold"),
    )


def measured(statement: Mapping[str, Any], ends: tuple[float, float]) -> list[str]:
    """Return what a statement says: its interval to scale, or the words of a fact."""
    if statement["value"] is None:
        return [f"says: {statement['says']}"]
    period = f" · {statement['time_period']}" if statement["time_period"] else ""
    return [bar(statement, ends), f"{limits(statement)} {statement['unit']}{period}"]


def in_short(statement: Mapping[str, Any]) -> str:
    said = f" ({statement['says']})" if statement["value"] is None else ""
    return f"“{statement['quote']}”{said} {statement['source']}"


def axis(statements: Iterable[Mapping[str, Any]]) -> tuple[float, float]:
    """Return the ends of the common scale: all that is bounded, and a little more."""
    points = [p for s in statements for p in (s["low"], s["high"], s["value"]) if p is not None]
    low, high = min(points, default=0.0), max(points, default=1.0)
    margin = (high - low) * 0.08 or abs(high) * 0.05 or 1.0
    return low - margin, high + margin


def bar(statement: Mapping[str, Any], ends: tuple[float, float], width: int = SCALE) -> str:
    """Draw the interval of a statement on the common scale; an open end runs off with an arrow."""
    low, high = statement["low"], statement["high"]
    first = 0 if low is None else place(low, ends, width)
    last = width - 1 if high is None else place(high, ends, width)
    line = ["·"] * width
    for i in range(first, last + 1):
        line[i] = "━"
    line[first], line[last] = "┣" if low is not None else "◀", "┫" if high is not None else "▶"
    line[min(max(place(statement["value"], ends, width), 0), width - 1)] = "●"
    return "".join(line)


def place(value: float, ends: tuple[float, float], width: int) -> int:
    return math.floor((value - ends[0]) / (ends[1] - ends[0]) * (width - 1) + 0.5)


def limits(statement: Mapping[str, Any]) -> str:
    low, high = statement["low"], statement["high"]
    return f"{'…' if low is None else f'{low:,.15g}'} to {'…' if high is None else f'{high:,.15g}'}"


def history(finding: Finding) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("when", "what", "who", "why"):
        table.add_column(name)
    for event in finding.events:
        new = len(event.figure_ids) + len(event.against_ids)
        counted = f" (+{new})" if event.event == "witness_added" else ""
        said = event.reason or ""
        table.add_row(f"{event.at:%Y-%m-%d %H:%M}", event.event + counted, event.actor or "", said)
    return table
