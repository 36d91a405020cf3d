"""Feeds and sitemaps: XML that sites make for readers like us."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

from scrapers.sources.cut import fragment
from scrapers.sources.items import Item
from scrapers.sources.markup import sane, undeclared
from scrapers.sources.spec import Edition, Way
from scrapers.web.bodies import unpack
from scrapers.web.errors import LayoutChanged
from scrapers.web.pages import page_text
from warehouse.fields import Capture

if TYPE_CHECKING:
    from scrapers.sources.site import Site

# feedparser's lenient reader lets these out where markup is broken ("&#x110000;" is a ValueError).
BREAKS_FEEDPARSER = (ValueError, LookupError, TypeError, AttributeError, AssertionError)


def read_feed(
    site: Site, edition: Edition, way: Way, capture: Capture, onward: list[str]
) -> Iterator[Item]:
    # Decoded by us, since feedparser fails on a declaration that is not ASCII.
    xml = undeclared(page_text(capture, charset=site.spec.charset))
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
    return " ".join(fragment(html)) if html else None


def read_sitemap(
    site: Site, edition: Edition, way: Way, capture: Capture, onward: list[str]
) -> Iterator[Item]:
    body = unpack(capture)
    soup = BeautifulSoup(body if b"<" in body else b"", "xml")  # bs4 warns of names of files
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
