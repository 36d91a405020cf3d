"""What a source is: where its releases are listed, and how a page of it becomes a release.

The seams only. A source's own facts stand in ``<id>.yml``, its own code in ``<id>.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from scrapers.web.policy import Site
from warehouse.fields import Capture, Release


@dataclass(frozen=True, kw_only=True)
class Link:
    """One release as a listing, feed or interface names it."""

    url: str
    language: str
    native_id: str | None = None
    title: str | None = None
    published: str | None = None  # ISO 8601, on the publisher's calendar
    ask: str | None = None  # what to ask for it, where that is not ``url``: an interface
    body: str | None = None  # and the JSON to POST there


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to ask a site for. ``body`` is JSON for the interfaces that want POST.

    With a ``link``, the capture carries what the listing said of the release, and is known by
    ``link.url`` (its ``url``): the address that readers know, also where an interface was asked.
    """

    url: str
    method: str = "GET"
    body: str | None = None
    accept: str | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Unchanged:
    """The site has nothing newer than ``capture``, which we hold from an earlier visit.

    It said so (304), or sent the same bytes again.
    """

    capture: Capture


class Fetch(Protocol):
    """The client, as a source sees it. Raises Transient, Terminal or Skip errors only.

    Among them Missing where there is no such page: the end of a paged listing.
    """

    def __call__(self, request: Request) -> Capture | Unchanged: ...


class Memory(Protocol):
    """What was fetched before, as the client sees it."""

    def recall(self, url: str) -> Capture | None:
        """Return the latest capture of an address (``Capture.url``), if there is one."""
        ...

    def keep(self, capture: Capture) -> None:
        """Take a new capture: of a listing, a page or a robots.txt."""
        ...


def held(answer: Capture | Unchanged) -> Capture:
    """Return the capture of an answer, new or held: listings are read the same way each night."""
    return answer.capture if isinstance(answer, Unchanged) else answer


class Source(Protocol):
    """One publisher."""

    @property
    def id(self) -> str: ...

    @property
    def site(self) -> Site:
        """Its hosts, and how to behave towards them."""
        ...

    def discover(
        self,
        fetch: Fetch,
        *,
        since: date | None = None,
        until: date | None = None,
        reaches: Callable[[Sequence[Link]], bool] | None = None,
    ) -> Iterator[Link]:
        """Yield the releases that the site lists, newest first, of all editions.

        Without dates: the front of the listings or feeds, as a night needs it. ``reaches`` tells
        of a page of links whether it goes back to what is held; where it does not, the next page
        is asked for too, to the spec's depth.
        What one listing yields is yielded before the error of another is raised: LayoutChanged
        where an answer holds no listing that we know, or whatever ``fetch`` raises.
        """
        ...

    def page(self, link: Link) -> Request:
        """Return the request for the page (or interface answer) of a release."""
        ...

    def holds(self, url: str) -> bool:
        """Tell whether a page at an address, in a web archive say, is one of its releases."""
        ...

    def parse(self, capture: Capture) -> Release:
        """Return the release of a captured page. Raises BadPage or LayoutChanged."""
        ...
