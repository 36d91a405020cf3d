"""One page of a feed, a listing, a JSON interface or a sitemap, read into links."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborNode

from scrapers.sources import cut
from scrapers.sources.base import Link
from scrapers.sources.markup import parsed, sane
from scrapers.sources.spec import Edition, Language, Way
from scrapers.sources.stamp import Stamp, clock_of
from scrapers.text.dates import find_time
from scrapers.text.normalise import line
from scrapers.web.bodies import unpack
from scrapers.web.errors import LayoutChanged
from scrapers.web.pages import page_text
from warehouse.fields import Capture

if TYPE_CHECKING:
    from scrapers.sources.site import Site


# Its lenient reader lets these out where markup is broken ("&#x110000;" is a ValueError).
BREAKS_FEEDPARSER = (ValueError, LookupError, TypeError, AttributeError, AssertionError)
SITEMAP = 50_000  # links in one sitemap, by their standard
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


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


def read_page(site: Site, language: Language, edition: Edition, way: Way, capture: Capture) -> Page:
    """Return the links of one page. Raises LayoutChanged where it is nothing of this kind."""
    onward: list[str] = []
    reader = {"feed": _feed, "listing": _listing, "rows": _rows, "sitemap": _sitemap}[way.kind]
    most = SITEMAP if way.kind == "sitemap" else site.spec.volume[1]
    links: list[Link] = []
    others = False
    for item in reader(site, edition, way, capture, onward):
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
    if site.spec.article.query == "drop":
        url = url.split("?")[0]
    return Link(
        url=url.split("#")[0],
        language=language,
        native_id=item.native_id or match.groupdict().get("id"),
        title=line(item.title or "") or None,
        published=stamp.iso(site.spec.zone) if stamp else None,
        ask=item.ask,
        body=item.body,
    )


def _feed(
    site: Site, edition: Edition, way: Way, capture: Capture, onward: list[str]
) -> Iterator[Item]:
    # Decoded by us, since feedparser fails on a declaration that is not ASCII.
    xml = DECLARATION.sub("", page_text(capture, charset=site.spec.charset), count=1)
    sane(xml, where=f"{site.id}: {capture.url}")
    feed = _parsed_feed(xml)
    if feed is None or not (feed.get("version") or feed.entries):
        raise LayoutChanged(
            f"{site.id}: {capture.url}: not a feed; look at it and mend front in {site.id}.yml"
        )
    onward += [x["href"] for x in feed.feed.get("links", []) if x.get("rel") == "next"]
    for entry in feed.entries:
        told = dict(entry.items())  # without the mapping of feedparser, which warns of itself
        href = told.get("link") or told.get("id") or ""
        printed = told.get("published") or told.get("updated")
        yield Item(href=href, title=plain(told.get("title")), stamp=site.read(printed))


def _parsed_feed(xml: str) -> Any:
    """Return the feed as feedparser reads it, or None where it fails on it."""
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # feedparser 6 on Python 3.13
        try:
            return feedparser.parse(
                xml.encode("utf-8", "replace"),
                response_headers={"content-type": "application/xml; charset=utf-8"},
            )
        except BREAKS_FEEDPARSER:
            return None


def plain(html: str | None) -> str | None:
    """Return a title of a feed without its markup."""
    if not html or not ("<" in html or "&" in html):
        return html
    return BeautifulSoup(html, "lxml").get_text(" ")


def _listing(
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


def _rows(
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


def _sitemap(
    site: Site, edition: Edition, way: Way, capture: Capture, onward: list[str]
) -> Iterator[Item]:
    soup = BeautifulSoup(unpack(capture), "xml")
    if soup.find(["urlset", "sitemapindex"]) is None:
        raise LayoutChanged(f"{site.id}: {capture.url}: not a sitemap")
    for url in soup("url"):
        loc, changed = url.find("loc"), url.find(["publication_date", "lastmod"])
        if loc is not None:
            yield Item(
                href=loc.get_text(),
                title=(url.find("title") or url).get_text() if url.find("title") else None,
                stamp=site.read(changed.get_text()) if changed else None,
            )
