"""What a page of a listing holds, before it is known to be ours."""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.sources.base import Link
from scrapers.sources.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class Page:
    """What one page of a listing holds."""

    links: list[Link]
    next: str | None = None
    too_many: int = 0  # how many it lists, where that is beyond our bound
    others: bool = False  # it lists releases, though perhaps none of this edition


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry as the page gives it."""

    href: str
    title: str | None = None
    stamp: Stamp | None = None
    native_id: str | None = None
    ask: str | None = None
    body: str | None = None
