"""Finding releases: feeds, listings, JSON rows and sitemaps, page by page, newest first.

What is yielded is each address once an edition, on the source's own hosts, and looks like an
article; anything else in a listing is left out in silence, but a listing of which nothing is left
is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapers.sources.base import Fetch, Link, Request, held
from scrapers.sources.items import Page
from scrapers.sources.readers import read_page
from scrapers.sources.spec import Edition, Language, Way
from scrapers.web.errors import CaravanError, LayoutChanged, Misconfigured, Missing
from warehouse.fields import Capture

if TYPE_CHECKING:
    from scrapers.sources.site import Site

Reaches = Callable[[Sequence[Link]], bool]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One way of one edition, over the dates that are wanted."""

    site: Site
    language: Language
    edition: Edition
    way: Way
    since: date | None = None
    until: date | None = None
    reaches: Reaches | None = None
    seen: set[str] = field(default_factory=set)


def links(
    site: Site,
    fetch: Fetch,
    *,
    since: date | None = None,
    until: date | None = None,
    reaches: Reaches | None = None,
) -> Iterator[Link]:
    """Yield the links of all ways of all editions; raise what went wrong when all were tried."""
    if (since or until) and not (since and until):
        raise Misconfigured(f"{site.id}: a backfill needs both ends of its range of dates")
    trouble: list[CaravanError] = []
    for language, edition in site.spec.editions.items():
        seen: set[str] = set()
        for way in (edition.archive or edition.front) if since else edition.front:
            walk = Walk(
                site=site,
                language=language,
                edition=edition,
                way=way,
                since=since,
                until=until,
                reaches=reaches,
                seen=seen,
            )
            try:
                yield from walked(walk, fetch)
            except CaravanError as error:
                trouble.append(error)
    if trouble:
        raise type(trouble[0])("; ".join(map(str, trouble))) from trouble[0]


def walked(walk: Walk, fetch: Fetch) -> Iterator[Link]:
    """Yield the links of one way. Raises LayoutChanged where it holds none at all."""
    if walk.way.step == "day":
        yield from _days(walk, fetch)
    else:
        yield from _pages(walk, fetch, _filled(walk, walk.until))


def _filled(walk: Walk, day: date | None) -> str:
    values = {**walk.edition.values, **walk.way.values, "page": walk.way.first}
    return walk.way.url.format(day=day, **values)


def _days(walk: Walk, fetch: Fetch) -> Iterator[Link]:
    """Yield the links of each day; a day without news is no error, a range without any is."""
    assert walk.since and walk.until
    day, found = walk.until, False
    while day >= walk.since:
        for link in _pages(walk, fetch, _filled(walk, day), empty=True):
            found = True
            yield link
        day -= timedelta(days=1)
    if not found:
        raise LayoutChanged(_nothing(walk, _filled(walk, walk.until)))


def _pages(walk: Walk, fetch: Fetch, url: str, *, empty: bool = False) -> Iterator[Link]:
    front, number = url, walk.way.first
    while number < walk.way.first + walk.way.last:
        capture = _ask(walk, fetch, url, number)
        if capture is None:
            if number == walk.way.first and not empty:
                raise LayoutChanged(_nothing(walk, url))
            return
        page = read_page(walk.site, walk.language, walk.edition, walk.way, capture)
        fresh = _fresh(walk, _asked_there(walk, page.links, url, number))
        if not (page.links or page.others or empty) and number == walk.way.first:
            raise LayoutChanged(_nothing(walk, url))
        yield from (link for link in fresh if _wanted(walk, link))
        if page.too_many:
            raise LayoutChanged(
                f"{walk.site.id}: {url}: lists {page.too_many} links, took the first "
                f"{len(page.links)}; if that is right, mend volume in {walk.site.id}.yml"
            )
        number += 1
        onward = _onward(walk, front, url, number, page)
        if onward is None or not fresh or _enough(walk, fresh, number):
            return
        url = onward


def _asked_there(walk: Walk, found: list[Link], url: str, number: int) -> list[Link]:
    interface = walk.site.spec.interface
    if not (interface and interface.in_listing):
        return found
    return [replace(link, ask=url, body=_body(walk.way, number)) for link in found]


def _body(way: Way, number: int) -> str | None:
    return way.body.replace("{page}", str(number)) if way.body else None


def _ask(walk: Walk, fetch: Fetch, url: str, number: int) -> Capture | None:
    body = _body(walk.way, number)
    request = Request(url=url, method="POST" if body else "GET", body=body)
    try:
        return held(fetch(request))
    except Missing:
        if number == walk.way.first and walk.way.step != "day":
            raise
        return None  # the end of a paged listing


def _fresh(walk: Walk, found: list[Link]) -> list[Link]:
    fresh = []
    for link in found:
        # A release in two sections may have two addresses; where ids are the site's, they tell.
        key = link.native_id if walk.site.spec.shared_ids and link.native_id else link.url
        if key not in walk.seen:
            walk.seen.add(key)
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
    values = {**walk.edition.values, **way.values}
    return way.pages.format(url=front.rstrip("/"), page=number, **values)


def _enough(walk: Walk, fresh: list[Link], number: int) -> bool:
    """Tell whether the pages behind this one can be spared."""
    if walk.since is not None:
        days = [date.fromisoformat(link.published[:10]) for link in fresh if link.published]
        return bool(days) and max(days) < walk.since
    if walk.reaches is None or number >= walk.way.first + walk.site.spec.depth:
        return True
    return walk.reaches(fresh)


def _nothing(walk: Walk, url: str) -> str:
    return (
        f"{walk.site.id}: {url}: nothing in it that is a link to a release; "
        f"look at the page and mend {walk.way.kind} in {walk.site.id}.yml"
    )
