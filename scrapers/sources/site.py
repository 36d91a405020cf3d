"""One publisher, driven by its YAML: what `base.Source` promises, for any site.

A site whose pages need an algorithm of their own has ``<id>.py`` with a subclass named ``Site``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from scrapers.sources import cut, discover
from scrapers.sources.base import Fetch, Link, Request
from scrapers.sources.generic import main_text
from scrapers.sources.items import Item
from scrapers.sources.markup import parsed
from scrapers.sources.spec import Edition, Language, Spec, Way
from scrapers.sources.stamp import Stamp, clock_of, read_stamp
from scrapers.text.dates import find_time
from scrapers.text.language import language_of
from scrapers.text.normalise import join, line
from scrapers.web import policy
from scrapers.web.errors import BadPage, LayoutChanged, Misconfigured
from scrapers.web.pages import page_text
from warehouse.fields import Capture, Release, content_id, lines_sha256


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was cut out of a page, before it is judged: title, lead and paragraphs are lines."""

    title: str | None = None
    stamp: Stamp | None = None
    place: str | None = None
    lead: str | None = None
    paragraphs: tuple[str, ...] = ()
    generic: bool = False


class Site:
    """A source of one YAML. Stateless: all methods are pure but for what ``fetch`` does."""

    VERSION = "1"
    SECTION = "article"  # of the YAML, where the parts of a release are told

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    @property
    def id(self) -> str:
        return self.spec.id

    @property
    def site(self) -> policy.Site:
        return policy.Site(id=self.spec.id, hosts=self.spec.hosts, policy=self.spec.policy.policy())

    def discover(
        self,
        fetch: Fetch,
        *,
        since: date | None = None,
        until: date | None = None,
        reaches: Callable[[Sequence[Link]], bool] | None = None,
    ) -> Iterator[Link]:
        return discover.links(self, fetch, since=since, until=until, reaches=reaches)

    def page(self, link: Link) -> Request:
        ask = link.ask or self.ask_for(link) or link.url
        return Request(url=ask, method="POST" if link.body else "GET", body=link.body, link=link)

    def ask_for(self, link: Link) -> str | None:
        """Return the address of the interface that a release is read from, if it is one."""
        return None

    def holds(self, url: str) -> bool:
        """Tell whether an address is that of a release's page; interfaces have no pages."""
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if self.spec.interface is not None or parts.hostname not in self.spec.hosts:
            return False
        return bool(re.search(self.spec.article.address, path) and self.edition_of(url))

    def parse(self, capture: Capture) -> Release:
        url = self.canonical(capture.url)
        draft = self.cut(capture, page_text(capture, charset=self.spec.charset))
        return self.release(capture, url, self.judged(draft, capture))

    def canonical(self, url: str) -> str:
        """Return the one address of a release, of the several that lead to it."""
        plain = url.partition("#")[0]
        return plain if self.spec.article.query == "keep" else plain.partition("?")[0]

    def item(self, row: Any, edition: Edition, way: Way, capture: Capture) -> Item | None:
        """Return the entry of one row of a JSON listing, or None where it names no release."""
        raise NotImplementedError(f"{self.id}: rows without an interface need code of their own")

    def link_to(self, url: str) -> Link:
        """Return the link to a release by its address. Raises Misconfigured where it is none."""
        edition, native_id = self.edition_of(url), self.id_in(url)
        if edition is None:
            raise Misconfigured(f"{url}: no address of a release of {self.id}")
        return Link(url=url, language=edition[0], native_id=native_id)

    def cut(self, capture: Capture, html: str) -> Draft:
        """Return what a page says. Raises LayoutChanged where it is no page that we know."""
        tree = parsed(html, where=f"{self.id}: {capture.url}")
        article = self.spec.article
        title, stamp = self.title(tree), self.stamp(tree, capture)
        for selector in article.drop:
            for node in tree.css(selector):
                node.decompose()
        lead, place = cut.first(tree, article.lead), cut.first(tree, article.place)
        nodes = cut.container(tree, article.body)
        if nodes:
            text = self.prepared((p for node in nodes for p in cut.paragraphs(node)), title)
        elif article.generic:
            text = self.prepared(main_text(html), title)
        elif lead and title:
            text = ()  # a note whose lead is all there is
        else:
            raise LayoutChanged(
                f"{self.id}: {capture.url}: no text at {', '.join(article.body)}; "
                f"look at the page and mend article.body in {self.id}.yml"
            )
        return Draft(
            title=title,
            stamp=stamp,
            place=place,
            lead=lead,
            paragraphs=text,
            generic=not nodes and article.generic,
        )

    def prepared(self, paragraphs: Iterable[str], title: str | None) -> tuple[str, ...]:
        """Return the paragraphs of the text: cleaned, without headline, advertisements and tail."""
        kept: list[str] = []
        for paragraph in map(line, paragraphs):
            if any(re.search(p, paragraph) for p in self.spec.article.stop_at):
                break
            if not kept and paragraph == title:
                continue
            if paragraph and not any(
                re.search(p, paragraph) for p in self.spec.article.drop_paragraphs
            ):
                kept.append(paragraph)
        return tuple(kept)

    def title(self, tree: LexborHTMLParser) -> str | None:
        title = cut.first(tree, self.spec.article.title)
        for suffix in self.spec.article.title_suffix:
            title = re.sub(suffix, "", title or "")
        return line(title or "") or None

    def stamp(self, tree: LexborHTMLParser, capture: Capture) -> Stamp | None:
        """Return the date of a release, from where the YAML says that it can be believed."""
        ways: dict[str, Callable[[], Stamp | None]] = {
            "page": lambda: self.printed(tree),
            "listing": lambda: self.read(capture.listed_published),
            "address": lambda: self.in_address(capture.url),
        }
        found = [stamp for name in self.spec.article.date_from if (stamp := ways[name]())]
        if not found:
            return None
        clocks = [stamp.clock for stamp in found if stamp.day == found[0].day and stamp.clock]
        return Stamp(found[0].day, clocks[0] if clocks else None)

    def printed(self, tree: LexborHTMLParser) -> Stamp | None:
        article = self.spec.article
        for selector in article.date:
            stamp = self.read(cut.first(tree, [selector]))
            if stamp is not None:
                clock = clock_of(find_time(cut.first(tree, article.time) or ""))
                return replace(stamp, clock=clock) if clock else stamp
        return None

    def read(self, text: str | None) -> Stamp | None:
        if not text:
            return None
        return read_stamp(text, self.spec.zone, trust_offset=self.spec.offsets == "trust")

    def in_address(self, url: str) -> Stamp | None:
        pattern = self.spec.article.address_date
        match = re.search(pattern, url) if pattern else None
        return self.read("-".join(match.groups())) if match else None

    def judged(self, draft: Draft, capture: Capture) -> Draft:
        """Return the draft if it can be a release. Raises BadPage, saying what is missing."""
        where = f"{self.id}: {capture.url}"
        if not draft.title:
            raise BadPage(f"{where}: no title; mend {self.SECTION}.title in {self.id}.yml")
        if draft.stamp is None:
            raise BadPage(
                f"{where}: no date of publication; mend {self.SECTION}.date in {self.id}.yml"
            )
        if draft.stamp.after(capture.fetched_at, self.spec.zone):
            raise BadPage(f"{where}: dated {draft.stamp.day}, after it was fetched")
        if not (draft.lead or draft.paragraphs):
            raise BadPage(f"{where}: no text")
        return draft

    def release(self, capture: Capture, url: str, draft: Draft) -> Release:
        assert draft.title and draft.stamp
        body = list(draft.paragraphs)
        if draft.lead and (not body or draft.lead != body[0]):
            body.insert(0, draft.lead)
        text = join(body)
        digest = lines_sha256([draft.title, *body])
        return Release(
            release_id=content_id(url, digest),
            source=self.id,
            url=url,
            language=self.language(capture, url, text),
            title=draft.title,
            published=draft.stamp.day,
            published_at=draft.stamp.moment(self.spec.zone),
            place=draft.place,
            lead=draft.lead,
            text=text,
            text_sha256=digest,
            native_id=self.native_id(capture, url),
            capture_id=capture.capture_id,
            parser="generic" if draft.generic else self.id,
            parser_version=self.VERSION,
        )

    def language(self, capture: Capture, url: str, text: str) -> str:
        edition = self.edition_of(url)
        return capture.language or (edition[0] if edition else None) or language_of(text) or "en"

    def edition_of(self, url: str) -> tuple[Language, Edition] | None:
        for language, edition in self.spec.editions.items():
            if re.search(edition.match, url):
                return language, edition
        return None

    def native_id(self, capture: Capture, url: str) -> str | None:
        """Return the site's own id where all its languages share it; else no two would pair."""
        if not self.spec.shared_ids:
            return None
        return capture.native_id or self.id_in(url)

    def id_in(self, url: str) -> str | None:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        match = re.search(self.spec.article.address, path)
        return match.groupdict().get("id") if match else None
