"""What a source's YAML may say; `load.py` reads it.

Everything about a site that can change without an algorithm stands in ``<id>.yml``. A selector is
CSS, with ``@attribute`` behind it where the value is an attribute (``time@datetime``), or
``ld:name`` for a field of the page's JSON-LD. Candidates are tried in their order.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scrapers.web.policy import Policy
from warehouse.fields import AREAS

EVIDENCE = re.compile(r"^(?:HTML|HTML-text|\d+ indep\.|single\*?|list|guess)$")
ATTRIBUTE = re.compile(r"^(?P<css>.*?)(?:@(?P<attribute>[\w:-]+))?$", re.DOTALL)


def _selector(text: str) -> str:
    css = "" if text.startswith("ld:") else split_selector(text)[0]
    if css:
        try:
            LexborHTMLParser("<p>").css(css)
        except (ValueError, SelectolaxError) as error:
            raise ValueError(f"{text!r} is no CSS selector") from error
    return text


def _css(text: str) -> str:
    if text.startswith("ld:") or split_selector(text)[1]:
        raise ValueError(f"{text!r} must be CSS alone: elements are wanted here, not values")
    return _selector(text)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


def _evidence(text: str) -> str:
    if not EVIDENCE.match(text):
        raise ValueError("one of HTML, HTML-text, 'N indep.', single, single*, list, guess")
    return text


def split_selector(text: str) -> tuple[str, str | None]:
    """Return the CSS of a selector and the attribute behind it, if any."""
    match = ATTRIBUTE.match(text)
    assert match
    return match["css"], match["attribute"]


EVIDENCE_OF = {"feed": "feed", "listing": "listing", "rows": "interface", "sitemap": "sitemap"}
Selector = Annotated[str, AfterValidator(_selector)]
Css = Annotated[str, AfterValidator(_css)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Evidence = Annotated[str, AfterValidator(_evidence)]
Language = Literal["en", "ru"]


class Part(BaseModel):
    """A section of the YAML: no key that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Manners(Part):
    """How the client treats the site: what differs from the defaults of `scrapers.web.policy`."""

    spacing_s: float | None = None
    concurrency: int | None = None
    timeout_s: float | None = None
    total_s: float | None = None
    max_bytes: int | None = None
    redirects: int | None = None
    retries: int | None = None
    backoff_s: float | None = None
    retry_after_max_s: float | None = None
    breaker_after: int | None = None
    breaker_s: float | None = None
    user_agent: str | None = None
    verify: bool | None = None
    ca: Path | None = None  # beside the YAML, or absolute
    respect_robots: bool | None = None

    def policy(self) -> Policy:
        given = {k: v for k, v in self.model_dump().items() if v is not None}
        if self.ca is not None:
            given["ca"] = Path(__file__).parent / self.ca
        return Policy(**given)


class Rhythm(Part):
    """How often the site publishes: what a night expects, and when silence is news."""

    per_week: float = Field(gt=0)
    silent_after_days: float = Field(gt=0)


class Listing(Part):
    """Where the items of an HTML listing stand, and what each says of itself."""

    item: tuple[Css, ...]
    link: tuple[Selector, ...] = ("a@href",)
    title: tuple[Selector, ...] = ()
    date: tuple[Selector, ...] = ()
    time: tuple[Selector, ...] = ()
    next: tuple[Selector, ...] = ()
    rollover: bool = False  # clock times only, newest first: the day is counted back from today


class Rows(Part):
    """Where the rows of a JSON listing stand. Paths are dotted; candidates in their order."""

    path: tuple[str, ...]
    id: tuple[str, ...]
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    slug: tuple[str, ...] = ()


class Way(Part):
    """One way to find releases: an address, how to read it, and how it goes on."""

    kind: Literal["feed", "listing", "rows", "sitemap"]
    url: str
    body: str | None = None  # JSON to POST; {page} is filled in
    pages: str | None = None  # address of further pages, {url} and {page}
    first: int = 1  # number of the front page
    last: int = 3000  # pages at most: a bound against endless lists
    values: dict[str, str | int] = {}  # filled into templates, over those of the edition
    step: Literal["front", "day", "seek"] = "front"  # {day:%d.%m.%Y} in url: each day, or a start


class Edition(Part):
    """One language of a site."""

    match: Pattern  # addresses of this edition
    front: tuple[Way, ...] = Field(min_length=1)
    archive: tuple[Way, ...] = ()
    values: dict[str, str | int] = {}  # filled into templates: {lang_id} and the like


class Article(Part):
    """Where the parts of a release stand on its page."""

    address: Pattern  # matched against path and query; (?P<id>…) is the site's own id
    query: Literal["drop", "keep"] = "drop"  # drop: what stands behind ? only tracks readers
    title: tuple[Selector, ...] = ()
    title_suffix: tuple[Pattern, ...] = ()
    date: tuple[Selector, ...] = ()
    time: tuple[Selector, ...] = ()
    date_from: tuple[Literal["page", "listing", "address"], ...] = ("page", "listing", "address")
    address_date: Pattern | None = None
    place: tuple[Selector, ...] = ()
    lead: tuple[Selector, ...] = ()
    body: tuple[Css, ...] = ()
    drop: tuple[Css, ...] = ()
    drop_paragraphs: tuple[Pattern, ...] = ()
    stop_at: tuple[Pattern, ...] = ()  # the text ends before such a paragraph
    generic: bool = False  # where no container is found: trafilatura, and the release says so


class Interface(Part):
    """Where the parts of a release stand in the JSON of an interface."""

    url: str  # address of the detail, {id}, {slug} and the edition's values
    body: str | None = None
    public: str  # address for readers, same fields
    row: tuple[str, ...]
    title: tuple[str, ...]
    date: tuple[str, ...]
    text: tuple[str, ...]
    lead: tuple[str, ...] = ()
    in_listing: bool = False  # no interface for one release: its listing is asked once more


class Spec(Part):
    """A source as its YAML describes it."""

    id: str
    name: str
    country: str
    timezone: str
    offsets: Literal["trust", "ignore"] = "trust"
    hosts: tuple[str, ...] = Field(min_length=1)
    licence: str
    shared_ids: bool = False  # one id for all languages: pairs a translation
    evidence: dict[str, Evidence]
    rhythm: Rhythm
    volume: tuple[int, int] = (1, 300)  # links: of a night at the least, of one page at the most
    depth: int = Field(5, ge=1)  # pages that a night may go back where none is known yet
    policy: Manners = Manners()
    charset: str | None = None  # where neither header nor page tells
    editions: dict[Language, Edition] = Field(min_length=1)
    listing: Listing | None = None
    rows: Rows | None = None
    article: Article
    interface: Interface | None = None
    notes: str

    @field_validator("country")
    @classmethod
    def _area(cls, value: str) -> str:
        if value not in AREAS:
            raise ValueError(f"{value!r} is none of {', '.join(AREAS)}")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, KeyError, OSError) as error:
            raise ValueError(f"{value!r} is no IANA time zone") from error
        return value

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
