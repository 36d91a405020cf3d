"""The sample sites: releases as `deploy/demo/sites/*.yml` tells them, and their pages.

What a site looks like stands in `deploy/demo/templates/<source>/`, what it says in its YAML; here
is only how the two meet on a given night.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scrapers.web.errors import Misconfigured

FOLDER = Path(__file__).parent.parent.parent / "deploy" / "demo"
NIGHTS = tuple(datetime.fromisoformat(f"2025-10-{day}T02:30:00+00:00") for day in (10, 11, 12))


@dataclass(frozen=True, kw_only=True)
class SampleRelease:
    """One release in one language, as its site shows it on a given night."""

    id: str
    language: str
    url: str
    path: str
    published: datetime  # on the site's clock
    clock: bool  # whether the site prints the time
    changed: datetime
    title: str
    lead: str | None
    place: str | None
    raw: str  # paragraphs as in the YAML, ** around what stands in bold

    @property
    def blocks(self) -> list[str]:
        return [block.strip() for block in self.raw.split("\n\n") if block.strip()]

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs as a reader sees them."""
        return [" ".join(block.replace("**", "").split()) for block in self.blocks]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the server sends for an address."""

    body: bytes
    content_type: str
    changed: datetime


@dataclass(frozen=True)
class SampleSite:
    """One site: its YAML, read."""

    data: dict[str, Any] = field(repr=False)

    @property
    def source(self) -> str:
        return str(self.data["source"])

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.data["timezone"])

    @property
    def hosts(self) -> list[str]:
        return sorted({edition["host"] for edition in self.data["editions"].values()})

    def releases(self, night: int) -> list[SampleRelease]:
        """Return what the site shows on a night, newest first."""
        shown = [item for item in self.data["releases"] if item["night"] <= night]
        found = [r for item in shown for r in self._versions(item, night)]
        return sorted(found, key=lambda r: (r.published, r.id, r.language), reverse=True)

    def _versions(self, item: dict[str, Any], night: int) -> Iterator[SampleRelease]:
        for language in self.data["editions"]:
            if language in item:
                yield self._release(item, language, night)

    def _release(self, item: dict[str, Any], language: str, night: int) -> SampleRelease:
        edition, text = self.data["editions"][language], item[language]
        published = datetime.fromisoformat(item["published"]).replace(tzinfo=self.zone)
        raw, edited = self._text(item, language, night)
        path = self.data["article"].format(
            id=item["id"],
            lang=language,
            slug=item.get("slug"),
            day=f"{published:%Y/%m/%d}",
            root=edition.get("root"),
        )
        return SampleRelease(
            id=item["id"],
            language=language,
            url=f"{self.data.get('scheme', 'https')}://{edition['host']}{path}",
            path=path,
            published=published,
            clock=len(item["published"]) > 10,
            changed=edited or published,
            title=text["title"],
            lead=text.get("lead"),
            place=text.get("place"),
            raw=raw,
        )

    def _text(self, item: dict[str, Any], language: str, night: int) -> tuple[str, datetime | None]:
        """Return the text as it stands on a night, and when it was last edited, if it was."""
        raw, edited = str(item[language]["text"]), None
        for edit in item.get("edits", []):
            if edit["night"] <= night and language in edit:
                edited = NIGHTS[edit["night"] - 1] - timedelta(hours=6)
                for old, new in edit[language]:
                    if old not in raw:
                        raise Misconfigured(f"{self.source}: {item['id']}: {old!r} is not there")
                    raw = raw.replace(old, new)
        return raw, edited

    def pages(self, night: int) -> dict[tuple[str, str], Page]:
        """Return everything that the site serves on a night, by host and path."""
        pages = {(host, "/robots.txt"): self._robots() for host in self.hosts}
        releases = self.releases(night)
        for language, edition in self.data["editions"].items():
            own = [r for r in releases if r.language == language]
            for release in own:
                pages[edition["host"], release.path] = self._page(
                    "article.html", night, release.changed, release=release, releases=own
                )
            newest = max(release.changed for release in own)
            for path, template in edition["pages"].items():
                pages[edition["host"], path] = self._page(
                    template, night, newest, releases=own, path=path, language=language
                )
        return pages

    def _robots(self) -> Page:
        body = str(self.data["robots"]).encode()
        return Page(body=body, content_type="text/plain", changed=NIGHTS[0] - timedelta(days=300))

    def _page(self, template: str, night: int, changed: datetime, **values: Any) -> Page:
        page = environment().get_template(f"{self.source}/{template}")
        kind = "application/xml" if template.endswith(".xml") else "text/html"
        body = page.render(night=NIGHTS[night - 1], **values).encode()
        if self.data.get("sidebar"):  # prints today's date, so the page is new each night
            changed = NIGHTS[night - 1]
        return Page(body=body, content_type=f"{kind}; charset=utf-8", changed=changed)


@cache
def environment() -> Environment:
    """Return the templates; all that they print is escaped."""
    found = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"prose": prose, "html": html, "day": day, "rfc822": format_datetime}
    return found


def prose(block: str) -> Markup:
    """Return a paragraph as HTML, with what stands between ** in bold."""
    parts = [str(escape(part)) for part in block.split("**")]
    return Markup("".join(f"<b>{p}</b>" if n % 2 else p for n, p in enumerate(parts)))


def html(block: str) -> str:
    """Return a paragraph as source text of HTML, which a feed carries escaped."""
    return f"<p>{prose(block)}</p>"


def day(moment: datetime, language: str, form: str = "official") -> str:
    words = read_yaml(FOLDER / "words.yml")
    month = words["months"][language][moment.month - 1]
    pattern: str = words["forms"][form][language]
    return pattern.format(month=month, day=moment.day, year=moment.year)


@cache
def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def sample_sites() -> list[SampleSite]:
    """Return the sites of the demo. Raises Misconfigured where their files are missing."""
    files = sorted((FOLDER / "sites").glob("*.yml"))
    if not files:
        raise Misconfigured(f"{FOLDER}: no sample sites; run the demo from a clone of Caravan")
    return [SampleSite(read_yaml(path)) for path in files]
