"""One page of a feed, a listing, a JSON interface or a sitemap, read into links."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from scrapers.sources import cut
from scrapers.sources.base import Link
from scrapers.sources.feeds import read_feed, read_sitemap
from scrapers.sources.items import Item, Page
from scrapers.sources.markup import parsed
from scrapers.sources.spec import Edition, Language, Way
from scrapers.sources.stamp import Stamp, clock_of
from scrapers.text.dates import find_time
from scrapers.text.normalise import line
from scrapers.web.errors import LayoutChanged
from scrapers.web.pages import page_text
from warehouse.fields import Capture

if TYPE_CHECKING:
    from scrapers.sources.site import Site


SITEMAP = 50_000  # links in one sitemap, by their standard


def read_page(site: Site, language: Language, edition: Edition, way: Way, capture: Capture) -> Page:
    """Return the links of one page. Raises LayoutChanged where it is nothing of this kind."""
    onward: list[str] = []
    most = SITEMAP if way.kind == "sitemap" else site.spec.volume[1]
    links: list[Link] = []
    others = False
    for item in READERS[way.kind](site, edition, way, capture, onward):
        others = others or item is None
        link = link_of(site, language, edition, item, capture) if item else None
        if link is not None:
            links.append(link)
    unique = once(links)
    return Page(
        links=unique[:most],
        next=onward[0] if onward else None,
        too_many=len(unique) if len(unique) > most else 0,
        others=others,
    )


def once(links: list[Link]) -> list[Link]:
    """Return each address once, in the order of the page: a picture's link has no title."""
    found: dict[str, Link] = {}
    for link in links:
        held = found.setdefault(link.url, link)
        if (held.title, held.published) != (link.title, link.published):
            title, published = held.title or link.title, held.published or link.published
            found[link.url] = replace(held, title=title, published=published)
    return list(found.values())


def link_of(
    site: Site, language: Language, edition: Edition, item: Item, capture: Capture
) -> Link | None:
    """Return the link of an item, or None where it leads elsewhere or to no article."""
    try:
        url = urljoin(capture.url, item.href.strip())
        parts = urlsplit(url)
    except ValueError:  # no address at all
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    match = re.search(site.spec.article.address, path)
    if parts.hostname not in site.spec.hosts or not match or not re.search(edition.match, url):
        return None
    stamp = item.stamp
    if stamp is not None and stamp.after(capture.fetched_at, site.spec.zone):
        stamp = None  # the page decides; a date in the future is none
    return Link(
        url=site.canonical(url),
        language=language,
        native_id=item.native_id or match.groupdict().get("id"),
        title=line(item.title or "") or None,
        published=stamp.iso(site.spec.zone) if stamp else None,
        ask=item.ask,
        body=item.body,
    )


def read_listing(
    site: Site, edition: Edition, way: Way, capture: Capture, onward: list[str]
) -> Iterator[Item]:
    html = page_text(capture, charset=site.spec.charset)
    tree = parsed(html, where=f"{site.id}: {capture.url}")
    listing = site.spec.listing
    assert listing is not None
    nodes: list[LexborNode] = []
    for selector in listing.item:
        nodes = nodes or tree.css(selector)
    onward += [href for href in [cut.first(tree, listing.next)] if href]
    # A clock time alone means a day only on the front page, whose first item is of today.
    front = listing.rollover and capture.url == way.url
    clocks = Rollover(capture.fetched_at.astimezone(site.spec.zone)) if front else None
    for node in nodes:
        href = cut.first(node, listing.link)
        if not href:
            continue
        stamp = site.read(cut.first(node, listing.date))
        clock = clock_of(find_time(cut.first(node, listing.time) or ""))
        if stamp is not None and clock is not None:
            stamp = Stamp(stamp.day, clock)
        elif clocks is not None and clock is not None:
            stamp = clocks.stamp(clock)
        title = cut.first(node, listing.title) or cut.first(node, ["a", ""])
        yield Item(href=href, title=title, stamp=stamp)


class Rollover:
    """Counts days back along a list of clock times, newest first, as midnight is passed."""

    def __init__(self, now: datetime) -> None:
        self.day = now.date()
        self.last = (now + timedelta(minutes=10)).time() if now.hour < 23 else time.max

    def stamp(self, clock: time) -> Stamp:
        if clock > self.last:
            self.day -= timedelta(days=1)
        self.last = clock
        return Stamp(self.day, clock)


def read_rows(
    site: Site, edition: Edition, way: Way, capture: Capture, onward: list[str]
) -> Iterator[Item | None]:
    try:
        data: Any = json.loads(page_text(capture))
    except (ValueError, RecursionError) as error:
        raise LayoutChanged(f"{site.id}: {capture.url}: not JSON: {error}") from error
    rows = site.spec.rows
    assert rows is not None
    found = cut.at(data, rows.path, kind=list)
    if found is None:
        raise LayoutChanged(
            f"{site.id}: {capture.url}: no rows at {', '.join(rows.path)}; mend rows.path"
        )
    for row in found:
        yield site.item(row, edition, way, capture)


Reader = Callable[["Site", Edition, Way, Capture, list[str]], Iterator[Item | None]]
READERS: dict[str, Reader] = {
    "feed": read_feed,
    "listing": read_listing,
    "rows": read_rows,
    "sitemap": read_sitemap,
}
