"""Finding releases: feeds, listings, JSON rows and sitemaps, page by page, newest first.

What is yielded is each address once an edition, on the source's own hosts, and looks like an
article; anything else in a listing is left out in silence, but a listing of which nothing is left
is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapers.sources.base import Fetch, Link, Request, held
from scrapers.sources.readers import Page, read_page
from scrapers.sources.spec import Edition, Language, Way
from scrapers.web.errors import CaravanError, LayoutChanged, Missing
from warehouse.fields import Capture

if TYPE_CHECKING:
    from scrapers.sources.site import Site

Known = Callable[[Link], bool]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One way of one edition, over the dates that are wanted."""

    site: Site
    language: Language
    edition: Edition
    way: Way
    since: date | None = None
    until: date | None = None
    known: Known | None = None
    seen: set[str] = field(default_factory=set)


def links(
    site: Site,
    fetch: Fetch,
    *,
    since: date | None = None,
    until: date | None = None,
    known: Known | None = None,
) -> Iterator[Link]:
    """Yield the links of all ways of all editions; raise the first error when all were tried."""
    dated = since is not None or until is not None
    trouble: list[CaravanError] = []
    for language, edition in site.spec.editions.items():
        seen: set[str] = set()
        for way in (edition.archive or edition.front) if dated else edition.front:
            walk = Walk(
                site=site,
                language=language,
                edition=edition,
                way=way,
                since=since,
                until=until,
                known=known,
                seen=seen,
            )
            try:
                yield from walked(walk, fetch)
            except CaravanError as error:
                trouble.append(error)
    if trouble:
        raise trouble[0]


def walked(walk: Walk, fetch: Fetch) -> Iterator[Link]:
    """Yield the links of one way. Raises LayoutChanged where it holds none at all."""
    if walk.way.step == "day":
        yield from _days(walk, fetch)
        return
    url = walk.way.url.format(day=walk.until or date.today(), page=walk.way.first)
    yield from _pages(walk, fetch, url)


def _days(walk: Walk, fetch: Fetch) -> Iterator[Link]:
    if walk.since is None or walk.until is None:
        raise LayoutChanged(f"{walk.site.id}: a day-by-day archive needs both dates")
    day, found = walk.until, False
    while day >= walk.since:
        for link in _pages(walk, fetch, walk.way.url.format(day=day), empty=True):
            found = True
            yield link
        day -= timedelta(days=1)
    if not found:
        raise LayoutChanged(_nothing(walk, walk.way.url.format(day=walk.until)))


def _pages(walk: Walk, fetch: Fetch, url: str, *, empty: bool = False) -> Iterator[Link]:
    front, number = url, walk.way.first
    while number < walk.way.first + walk.way.last:
        capture = _ask(walk, fetch, url, number)
        if capture is None:
            if number == walk.way.first and not empty:
                raise LayoutChanged(_nothing(walk, url))
            return
        page = read_page(walk.site, walk.language, walk.edition, walk.way, capture)
        fresh = _fresh(walk, page.links)
        if not page.links and number == walk.way.first and not empty:
            raise LayoutChanged(_nothing(walk, url))
        yield from (link for link in fresh if _wanted(walk, link))
        if page.too_many:
            raise LayoutChanged(
                f"{walk.site.id}: {url}: lists {page.too_many} links, more than "
                f"{walk.site.spec.volume[1]}: took the first; mend volume in the YAML"
            )
        number += 1
        onward = _onward(walk, front, url, number, page)
        if onward is None or not fresh or _enough(walk, fresh, number):
            return
        url = onward


def _ask(walk: Walk, fetch: Fetch, url: str, number: int) -> Capture | None:
    body = walk.way.body
    request = Request(
        url=url,
        method="POST" if body else "GET",
        body=body.replace("{page}", str(number)) if body else None,
    )
    try:
        return held(fetch(request))
    except Missing:
        if number == walk.way.first and walk.way.step != "day":
            raise
        return None  # the end of a paged listing


def _fresh(walk: Walk, found: list[Link]) -> list[Link]:
    fresh = []
    for link in found:
        if link.url not in walk.seen:
            walk.seen.add(link.url)
            fresh.append(link)
    return fresh


def _wanted(walk: Walk, link: Link) -> bool:
    if link.published is None:
        return True
    day = date.fromisoformat(link.published[:10])
    return (walk.since is None or day >= walk.since) and (walk.until is None or day <= walk.until)


def _onward(walk: Walk, front: str, url: str, number: int, page: Page) -> str | None:
    way = walk.way
    if page.next is not None:
        return urljoin(url, page.next)
    if way.body and "{page}" in way.body:
        return url
    if way.pages is None:
        return None
    return way.pages.format(url=front.rstrip("/"), page=number)


def _enough(walk: Walk, fresh: list[Link], number: int) -> bool:
    """Tell whether the pages behind this one can be spared."""
    if walk.since is not None or walk.until is not None:
        days = [date.fromisoformat(link.published[:10]) for link in fresh if link.published]
        return bool(walk.since and days) and max(days) < walk.since  # type: ignore[operator]
    if walk.known is None or number >= walk.way.first + walk.site.spec.depth:
        return True
    return any(walk.known(link) for link in fresh)


def _nothing(walk: Walk, url: str) -> str:
    return (
        f"{walk.site.id}: {url}: nothing in it that is a link to a release; "
        f"look at the page and mend {walk.way.kind} in {walk.site.id}.yml"
    )
