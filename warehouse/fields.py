"""The only schema: every table is a frozen dataclass whose fields carry their own description.

Polars schemas, checks of shape, ``datapackage.json`` and the data dictionary are made from these
classes. Code lists stand here too. No reading or writing of files, and no polars.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass
from datetime import date, datetime
from typing import Any, ClassVar, get_type_hints

AREAS: dict[str, str] = {
    "KZ": "Kazakhstan",
    "KG": "Kyrgyzstan",
    "TJ": "Tajikistan",
    "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
    "C5": "the five states of Central Asia together",
    "RU": "Russia",
    "EAEU": "Eurasian Economic Union",
    "CIS": "Commonwealth of Independent States",
    "SCO": "Shanghai Cooperation Organisation",
}
CENTRAL_ASIA = ("KZ", "KG", "TJ", "TM", "UZ")
BOUNDS = ("exact", "about", "min", "max", "nearly", "range")
MEASURES = ("level", "growth", "multiple", "increment", "share")
STATUSES = ("actual", "target", "forecast", "planned")
INDICATORS: dict[str, str] = {
    "trade.turnover": "goods trade of ref_area with counterpart_area, exports plus imports",
    "trade.exports": "goods exports of ref_area to counterpart_area",
    "trade.imports": "goods imports of ref_area from counterpart_area",
    "trade.agri": "trade in agricultural and food products",
    "trade.share": "the partner's share in a country's foreign trade",
    "trade.national_currency_share": "share of settlements in national currencies",
    "investment.stock": "accumulated investment of the counterpart (or of anyone) in ref_area",
    "investment.flow": "investment of the counterpart (or of anyone) in ref_area in a period",
    "investment.outward": "investment of ref_area in the counterpart",
    "investment.portfolio": "value of joint projects",
    "investment.projects": "number of joint projects",
    "investment.project_value": "cost or investment of one named project",
    "business.russian_capital": "companies with Russian capital in ref_area",
    "business.joint_ventures": "joint ventures",
    "business.in_russia": "companies of ref_area in Russia",
    "agreements.value": "value of agreements or documents signed or adopted",
    "agreements.count": "number of agreements or documents signed or adopted",
    "development.funding": "grants, aid, loans, programme allocations",
    "energy.gas": "supplies of gas",
    "energy.oil": "supplies of oil and oil products",
    "energy.electricity": "supplies of electricity",
    "energy.capacity": "capacity of plants",
    "transport.freight": "volumes carried",
    "transport.transit": "transit",
    "transport.flights": "flights",
    "transport.passengers": "people carried",
    "transport.length": "length of routes",
    "education.students": "students",
    "education.branches": "branches of universities",
    "education.quota": "scholarships and places",
    "education.institutions": "schools, teachers, partner institutions",
    "labour.migrants": "labour migrants",
    "labour.remittances": "money sent home",
    "tourism.visitors": "trips and visitors",
    "events.participants": "people, or companies, at an event",
    "events.countries": "countries represented at an event",
    "industry.output": "production",
    "agriculture.volume": "tonnes of grain and food supplied",
    "macro.gdp": "gross domestic product and other whole-economy figures",
    "macro.growth": "growth of the whole economy",
    "other": "relevant to cooperation, and none of the above",
}
EVENT_TYPES: dict[str, str] = {
    "summit": "leaders of several states, or of a bloc",
    "visit": "a visit or trip",
    "talks": "a meeting, talks or consultations",
    "call": "a telephone conversation",
    "forum": "a forum",
    "commission": "a commission, council or working group in session",
    "exhibition": "an exhibition or fair",
    "conference": "a conference, congress, or ministers or rectors in session",
    "ceremony": "an opening, unveiling or celebration",
    "other": "festivals, days of culture, games, exercises and the like",
}
EVENT_STATUSES = ("held", "scheduled")
AGREEMENT_TYPES = (
    "statement",
    "communique",
    "plan",
    "treaty",
    "agreement",
    "memorandum",
    "protocol",
    "contract",
    "programme",
    "roadmap",
    "declaration",
    "package",
    "other",
)
AGREEMENT_ACTIONS = ("signed", "adopted", "initialled", "ratified", "prepared")
DOMAINS = (
    "trade",
    "investment",
    "industry",
    "energy",
    "transport",
    "agriculture",
    "water",
    "education",
    "culture",
    "health",
    "digital",
    "security",
    "migration",
    "finance",
    "environment",
    "tourism",
    "institution",
    "space",
)
INITIATIVE_STATUSES = ("proposed", "agreed", "launched")
SUBJECTS: dict[str, str] = {
    "events.date": "the day of one event",
    "events.place": "the place of one event",
    "events.order": "the order of events in a series",
    "events.status": "whether an event has been held",
    "agreements.period": "the period that one document covers",
}
FINDING_TYPES: dict[str, str] = {
    "contradiction": "comparable figures whose intervals do not meet, and nothing explains it",
    "restatement": "the same side later gives another value for the same key",
    "mirror_gap": "the Russian and the Central Asian side differ for one bilateral flow",
    "translation_mismatch": "two language versions of one release state different values",
    "edit": "a release changed at its address, and a figure with it",
    "identity_break": "exports and imports do not add up to the turnover",
    "cumulative_break": "a longer stretch of a year has a smaller total than a shorter one",
    "growth_mismatch": "a stated growth does not fit the levels of the two periods",
    "magnitude": "a value five or more times off the rest of its series",
}
SEVERITIES = ("info", "warning", "critical")
FINDING_EVENTS = ("opened", "witness_added", "acknowledged", "resolved", "reopened")
FINDING_STATES = ("open", "acknowledged", "resolved")
RETIREMENT_EVENTS = ("retired", "reinstated")
VERDICTS: dict[str, str] = {
    "ok": "listed and fetched as expected",
    "quiet": "answered, and has nothing new",
    "silent": "quiet for longer than its own rhythm allows",
    "refused": "403, 429, a robots rule or a challenge page kept us out",
    "unreachable": "no answer, or a server error, after all retries",
    "changed": "the listing or the pages no longer have the layout that we know",
    "partial": "some pages stored, some failed",
    "crashed": "our own code failed on this source",
}


def column(
    description: str,
    *,
    unit: str | None = None,
    codes: Any = None,
    key: bool = False,
    default: Any = MISSING,
) -> Any:
    """Declare a dataclass field that is a table's column: what it means, its unit and code list."""
    metadata = {
        "description": description,
        "unit": unit,
        "codes": None if codes is None else tuple(codes),
        "key": key,
    }
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Column:
    """One column as tables, checks and documents see it."""

    name: str
    type: Any  # str, int, float, bool, date, datetime, bytes or list[str]
    nullable: bool
    description: str
    unit: str | None
    codes: tuple[str, ...] | None
    key: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """What all tables share. ``recorded_at`` is stamped when a row is appended."""

    TABLE: ClassVar[str]
    ID: ClassVar[str]

    recorded_at: datetime | None = column("When we came to know this row (UTC)", default=None)

    @property
    def row_id(self) -> str:
        return str(getattr(self, self.ID))


def columns(row: type[Row]) -> Iterator[Column]:
    """Yield the columns of a table in their order, ``recorded_at`` last."""
    hints = get_type_hints(row)
    declared = dataclasses.fields(row)
    for f in [*declared[1:], declared[0]]:
        args = getattr(hints[f.name], "__args__", ())
        nullable = type(None) in args
        plain = next(a for a in args if a is not type(None)) if nullable else hints[f.name]
        yield Column(name=f.name, type=plain, nullable=nullable, **f.metadata)


def content_id(*parts: object) -> str:
    """Return 20 hexadecimal digits of SHA-256 over the parts, the id of a row that holds them."""
    joined = "\x1f".join("" if p is None else str(p) for p in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:20]


def text_sha256(title: str, text: str) -> str:
    """Return SHA-256 of title and text with all white space folded, so that layout is no edit."""
    return lines_sha256(f"{title}\n{text}".split())


def lines_sha256(lines: Iterable[str]) -> str:
    """Return what `text_sha256` does, of lines or words whose white space is folded."""
    return hashlib.sha256(" ".join(lines).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Capture(Row):
    """One body as fetched."""

    TABLE = "captures"
    ID = "capture_id"

    capture_id: str = column("Derived from address and body", key=True)
    source: str = column("Id of the source")
    url: str = column("Address asked for, as the source publishes it")
    final_url: str = column("Address that answered, after redirects")
    status: int = column("HTTP status")
    content_type: str | None = column("Content-Type header", default=None)
    etag: str | None = column("ETag header", default=None)
    last_modified: str | None = column("Last-Modified header", default=None)
    fetched_at: datetime = column("When the body arrived (UTC)")
    body: bytes = column("The body as sent, after content decoding, compressed with zstd")
    body_sha256: str = column("SHA-256 of the uncompressed body")
    native_id: str | None = column("The site's own id of the release, where known", default=None)
    language: str | None = column("ISO 639-1 of the edition it was fetched for", default=None)
    listed_title: str | None = column("Title in the listing or feed", default=None)
    listed_published: str | None = column("Date in the listing or feed, ISO 8601", default=None)


@dataclass(frozen=True, kw_only=True)
class Release(Row):
    """One version of one release."""

    TABLE = "releases"
    ID = "release_id"

    release_id: str = column("Derived from address and text hash", key=True)
    source: str = column("Id of the source")
    url: str = column("Address of the release")
    language: str = column("ISO 639-1")
    title: str = column("Headline")
    published: date = column("Date of publication, on the publisher's calendar")
    published_at: datetime | None = column("Time of publication (UTC), if printed", default=None)
    place: str | None = column("Place line, where printed", default=None)
    lead: str | None = column("Lead paragraph, where set apart from the text", default=None)
    text: str = column("The text: paragraphs separated by a blank line")
    text_sha256: str = column("SHA-256 of title and text, normalised")
    native_id: str | None = column("The site's own id, shared by its languages", default=None)
    capture_id: str | None = column("The capture it was parsed from", default=None)
    parser: str = column("Parser that read the page")
    parser_version: str = column("Its version")


@dataclass(frozen=True, kw_only=True)
class Figure(Row):
    """One statement of one quantity in one release version."""

    TABLE = "figures"
    ID = "figure_id"

    figure_id: str = column("Derived from release version, span and value", key=True)
    release_id: str = column("The release version that states it")
    source: str = column("Id of the source")
    url: str = column("Address of the release")
    language: str = column("ISO 639-1")
    published: date = column("Date of publication")
    indicator: str = column("What is measured", codes=INDICATORS)
    measure: str = column("Kind of number", codes=MEASURES)
    ref_area: str = column("The Central Asian side, ISO 3166-1 alpha-2 or bloc", codes=AREAS)
    counterpart_area: str | None = column("The other side, mostly RU", default=None)
    time_period: str | None = column("Period described, ISO 8601, both ends in", default=None)
    status: str = column("Actual, or looked forward to", codes=STATUSES)
    scope: str | None = column("What narrows it within its indicator; null is all", default=None)
    value: float = column("In base units; a percentage as 4.0; doubled is 2.0")
    value_high: float | None = column("Upper end of an explicit range", default=None)
    unit: str = column("ISO 4217, percent, times, count, t, m3, kWh, W, km, ha, TEU …")
    bound: str = column("How the wording bounds it", codes=BOUNDS)
    low: float | None = column("Lower end of what the wording implies; null is open", default=None)
    high: float | None = column("Upper end of what the wording implies; null is open", default=None)
    quote: str = column("Shortest span of the text that holds number, unit and qualifier")
    start: int = column("Offset of the quote in the release's text", unit="characters")
    end: int = column("Offset just past the quote", unit="characters")
    speaker: str | None = column("Who says it, where the release names one", default=None)
    reporter: str | None = column(
        "The side whose statistics it is, where that can be told", codes=AREAS, default=None
    )
    rules: str = column("JSON object: the rule or lexicon entry that decided each slot")
    extractor_version: str = column("Version of the extractor")


@dataclass(frozen=True, kw_only=True)
class Event(Row):
    """One statement of one event in one release version."""

    TABLE = "events"
    ID = "event_id"

    event_id: str = column("Derived from release version, span and kind", key=True)
    release_id: str = column("The release version that states it")
    source: str = column("Id of the source")
    url: str = column("Address of the release")
    language: str = column("ISO 639-1")
    published: date = column("Date of publication")
    type: str = column("Kind of event", codes=EVENT_TYPES)
    date: str | None = column("ISO 8601 day, month, year or range", default=None)
    place: str | None = column("City, in English", default=None)
    areas: list[str] = column("Parties, sorted")
    status: str = column("Held, or still to come", codes=EVENT_STATUSES)
    ordinal: int | None = column("Its number in its series, where told", default=None)
    name: str | None = column("Words of its proper name, folded and sorted", default=None)
    quote: str = column("Shortest span of the text that names it")
    start: int = column("Offset of the quote in the release's text", unit="characters")
    end: int = column("Offset just past the quote", unit="characters")
    rules: str = column("JSON object: the rule or lexicon entry that decided each slot")
    extractor_version: str = column("Version of the extractor")


@dataclass(frozen=True, kw_only=True)
class Agreement(Row):
    """One statement of one document in one release version."""

    TABLE = "agreements"
    ID = "agreement_id"

    agreement_id: str = column("Derived from release version, span and kind", key=True)
    release_id: str = column("The release version that states it")
    source: str = column("Id of the source")
    url: str = column("Address of the release")
    language: str = column("ISO 639-1")
    published: date = column("Date of publication")
    type: str = column("Kind of document", codes=AGREEMENT_TYPES)
    action: str = column("What was done with it", codes=AGREEMENT_ACTIONS)
    date: str | None = column("ISO 8601 day, month, year or range", default=None)
    areas: list[str] = column("Parties, sorted")
    period: str | None = column("What it covers, ISO 8601", default=None)
    quote: str = column("Shortest span of the text that names it")
    start: int = column("Offset of the quote in the release's text", unit="characters")
    end: int = column("Offset just past the quote", unit="characters")
    rules: str = column("JSON object: the rule or lexicon entry that decided each slot")
    extractor_version: str = column("Version of the extractor")


@dataclass(frozen=True, kw_only=True)
class Initiative(Row):
    """One statement of one proposal or joint undertaking in one release version."""

    TABLE = "initiatives"
    ID = "initiative_id"

    initiative_id: str = column("Derived from release version, span and kind", key=True)
    release_id: str = column("The release version that states it")
    source: str = column("Id of the source")
    url: str = column("Address of the release")
    language: str = column("ISO 639-1")
    published: date = column("Date of publication")
    areas: list[str] = column("Parties, sorted")
    proposer: str | None = column("Surname of who proposed it, in English", default=None)
    proposer_area: str | None = column("The side that proposed it", codes=AREAS, default=None)
    domain: str = column("Field of cooperation", codes=DOMAINS)
    status: str = column("How far it is", codes=INITIATIVE_STATUSES)
    terms: str | None = column(
        "What its quote names, the same in all languages, sorted; cities marked @", default=None
    )
    quote: str = column("Shortest span of the text that names it")
    start: int = column("Offset of the quote in the release's text", unit="characters")
    end: int = column("Offset just past the quote", unit="characters")
    rules: str = column("JSON object: the rule or lexicon entry that decided each slot")
    extractor_version: str = column("Version of the extractor")


@dataclass(frozen=True, kw_only=True)
class FindingEvent(Row):
    """One event in the life of a finding."""

    TABLE = "findings"
    ID = "event_id"

    event_id: str = column("Derived from finding, event and what it brings", key=True)
    finding_id: str = column("Stable identity: type, key and the clusters of values")
    event: str = column("What happened", codes=FINDING_EVENTS)
    type: str = column("Type of the finding", codes=FINDING_TYPES)
    severity: str = column("How grave", codes=SEVERITIES)
    indicator: str = column("What is measured", codes=[*INDICATORS, *SUBJECTS])
    measure: str = column("Kind of number", codes=[*MEASURES, "statement"])
    ref_area: str = column("The Central Asian side", codes=AREAS)
    counterpart_area: str | None = column("The other side", default=None)
    time_period: str | None = column("Period described", default=None)
    unit: str = column("Unit of the values compared")
    scope: str | None = column("What narrows the figures", default=None)
    gap: float | None = column("Gap between sides over the smaller value", default=None)
    figure_ids: list[str] = column(
        "Figures or statements on the first side: the older or larger cluster"
    )
    against_ids: list[str] = column("Figures on the other side")
    why: str = column("In one sentence, what disagrees with what")
    reason: str | None = column("Reason given by a person, or by curation", default=None)
    actor: str | None = column("Who acknowledged or resolved it", default=None)
    run_id: str | None = column("The run that brought it", default=None)
    at: datetime = column("When it happened (UTC)")


@dataclass(frozen=True, kw_only=True)
class Quarantined(Row):
    """A row that an expectation of shape, or a parser, rejected."""

    TABLE = "quarantine"
    ID = "quarantine_id"

    quarantine_id: str = column("Derived from table, row and reason", key=True)
    run_id: str | None = column("The run that rejected it", default=None)
    source: str = column("Id of the source")
    url: str = column("Address of the page")
    of_table: str = column("Table that the row was meant for")
    of_id: str = column("Id of the row, or of the capture where there is no row")
    expectation: str = column("Expectation or parser error that rejected it")
    reason: str = column("What is wrong, in a sentence")
    payload: str = column("The row as JSON: what is needed to replay it")


@dataclass(frozen=True, kw_only=True)
class SourceRun(Row):
    """One source in one run."""

    TABLE = "runs"
    ID = "source_run_id"

    source_run_id: str = column("Run and source", key=True)
    run_id: str = column("The run")
    source: str = column("Id of the source")
    started_at: datetime = column("When work on the source began (UTC)")
    seconds: float = column("Time spent", unit="seconds")
    listed: int = column("Links listed")
    new: int = column("Links not in the warehouse")
    fetched: int = column("Bodies fetched")
    unchanged: int = column("Answers that brought nothing new")
    refused: int = column("Requests refused")
    failed: int = column("Requests and pages that failed otherwise")
    parsed: int = column("Releases parsed")
    quarantined: int = column("Rows quarantined")
    figures: int = column("Figures read")
    findings: int = column("Findings opened or reopened")
    verdict: str = column("In a word", codes=VERDICTS)
    note: str | None = column("In a sentence, what the operator should know", default=None)


@dataclass(frozen=True, kw_only=True)
class Alert(Row):
    """One event of a finding, taken by one channel."""

    TABLE = "alerts"
    ID = "alert_id"

    alert_id: str = column("Derived from event and channel", key=True)
    event_id: str = column("Event of a finding that was told")
    channel: str = column("Channel that took it; never its secret")
    run_id: str | None = column("The run that sent it", default=None)
    at: datetime = column("When the channel took it (UTC)")


@dataclass(frozen=True, kw_only=True)
class Retirement(Row):
    """A row that a newer parser or extractor no longer reads from the archive, or reads again."""

    TABLE = "retirements"
    ID = "retirement_id"

    retirement_id: str = column("Derived from the row and the step", key=True)
    of_table: str = column("Table of the row")
    of_id: str = column("Id of the row")
    step: int = column("1 when first retired, 2 when reinstated, and so on; the last one counts")
    event: str = column("What happened to it", codes=RETIREMENT_EVENTS)
    source: str = column("Id of the source")
    replaced_by: str | None = column("Row read in its place, where there is one", default=None)
    parser_version: str | None = column("Version of the parser that decided", default=None)
    extractor_version: str | None = column("Version of the extractor that decided", default=None)


TABLES: dict[str, type[Row]] = {
    row.TABLE: row
    for row in (
        Capture,
        Release,
        Figure,
        Event,
        Agreement,
        Initiative,
        FindingEvent,
        Quarantined,
        SourceRun,
        Alert,
        Retirement,
    )
}
