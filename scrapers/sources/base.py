"""What a source is: where its releases are listed, and how a page of it becomes a release.

The seams only. A source's own facts stand in ``<id>.yml``, its own code in ``<id>.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from warehouse.fields import Capture, Release


@dataclass(frozen=True, kw_only=True)
class Link:
    """One release as a listing, feed or interface names it."""

    url: str
    language: str
    native_id: str | None = None
    title: str | None = None
    published: str | None = None  # ISO 8601, on the publisher's calendar


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to ask a site for. ``body`` is JSON for the interfaces that want POST."""

    url: str
    method: str = "GET"
    body: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Fetch(Protocol):
    """The client, as a source sees it. Raises Transient, Terminal or Skip errors only."""

    def __call__(self, request: Request) -> Capture: ...


class Source(Protocol):
    """One publisher."""

    @property
    def id(self) -> str: ...

    def discover(
        self, fetch: Fetch, *, since: date | None = None, until: date | None = None
    ) -> Iterator[Link]:
        """Yield the releases that the site lists, newest first, of all editions.

        Without dates: the front of the listings or feeds, as a night needs it.
        Raises LayoutChanged where an answer holds no listing that we know.
        """
        ...

    def page(self, link: Link) -> Request:
        """Return the request for the page (or interface answer) of a release."""
        ...

    def parse(self, capture: Capture) -> Release:
        """Return the release of a captured page. Raises BadPage or LayoutChanged."""
        ...
