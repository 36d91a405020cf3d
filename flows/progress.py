"""Progress of long work: bars in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.stages import Said

LINE_EVERY_S = 5.0


@contextmanager
def shown(console: Console | None = None) -> Iterator[Said]:
    """Yield a function that shows what a source is doing; safe to call from several threads."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield plain_lines()
        return
    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("[dim]{task.fields[doing]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def said(source: str, doing: str, done: int, of: int) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source, total=None, doing=doing)
            bars.update(tasks[source], doing=doing, completed=done, total=of or None)

        yield said


def plain_lines() -> Said:
    """Return a function that prints a line when the doing changes, and every few seconds."""
    last: dict[str, tuple[str, float]] = {}

    def said(source: str, doing: str, done: int, of: int) -> None:
        before, at = last.get(source, ("", 0.0))
        now = time.monotonic()
        if doing != before or now - at >= LINE_EVERY_S:
            last[source] = (doing, now)
            count = f" {done} of {of}" if of else ""
            sys.stderr.write(f"{source}: {doing}{count}\n")

    return said
