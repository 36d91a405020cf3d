"""Files of lines as commands take them: one that holds none is mentioned, not passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

T = TypeVar("T")


def some(items: Iterable[T], path: Path, what: str) -> Iterator[T]:
    """Yield what a file holds; say on standard error where that is nothing."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        click.echo(f"caravan: {path}: holds no {what}", err=True)
