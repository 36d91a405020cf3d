"""Published things: events, agreements and initiatives with all statements of each joined.

Here is what the rows tell; what joins statements stands in `warehouse.joining`, and how the rows
are made in `warehouse.joined`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.fields import (
    AGREEMENT_ACTIONS,
    AGREEMENT_TYPES,
    AREAS,
    DOMAINS,
    EVENT_STATUSES,
    EVENT_TYPES,
    INITIATIVE_STATUSES,
    Row,
    column,
)

KINDS = ("event", "agreement", "initiative")


@dataclass(frozen=True, kw_only=True)
class Thing(Row):
    """What all joined rows tell."""

    ID = "thing_id"

    thing_id: str = column("Id of the statement that first told it", key=True)
    areas: list[str] = column("Parties, sorted")
    title: str = column("The fullest quote that names it, English where there is one")
    statements: int = column("Statements of it", unit="count")
    sources: int = column("Sources that state it", unit="count")
    languages: list[str] = column("Languages in which it is stated, ISO 639-1")
    first_stated: date = column("Publication of the first statement")
    last_stated: date = column("Publication of the last statement")
    why: str = column("What joined its statements")


@dataclass(frozen=True, kw_only=True)
class JoinedEvent(Thing):
    """One event with all statements of it."""

    TABLE = "events"

    type: str = column("Kind of event", codes=EVENT_TYPES)
    date: str | None = column("The most precise date told, ISO 8601 day, month or range")
    dates: list[str] = column("All dates told, by number of statements")
    place: str | None = column("The place that most statements tell, in English")
    places: list[str] = column("All places told, by number of statements")
    status: str = column("As the last statement has it", codes=EVENT_STATUSES)
    ordinal: int | None = column("Its number in its series, where told")


@dataclass(frozen=True, kw_only=True)
class JoinedAgreement(Thing):
    """One document with all statements of it."""

    TABLE = "agreements"

    type: str = column("Kind of document", codes=AGREEMENT_TYPES)
    action: str = column("How far it has come", codes=AGREEMENT_ACTIONS)
    date: str | None = column("Date of that, the most precise told")
    period: str | None = column("What it covers, as most statements tell")
    periods: list[str] = column("All periods told, by number of statements")


@dataclass(frozen=True, kw_only=True)
class JoinedInitiative(Thing):
    """One proposal or undertaking with its history over releases."""

    TABLE = "initiatives"

    domain: str = column("Field of cooperation", codes=DOMAINS)
    status: str = column("How far it has come", codes=INITIATIVE_STATUSES)
    proposer: str | None = column("Surname of who first proposed it, in English")
    proposer_area: str | None = column("The side that first proposed it", codes=AREAS)
    proposed_at: date | None = column("First release that tells it as proposed")
    agreed_at: date | None = column("First release that tells it as agreed")
    launched_at: date | None = column("First release that tells it as launched")


@dataclass(frozen=True, kw_only=True)
class Statement(Row):
    """One statement of an event, agreement or initiative, and the thing that it tells."""

    TABLE = "statements"
    ID = "statement_id"

    statement_id: str = column("Id of the statement", key=True)
    kind: str = column("What is stated", codes=KINDS)
    thing_id: str = column("The event, agreement or initiative that it is joined to")
    release_id: str = column("The release version that states it")
    source: str = column("Id of the source")
    url: str = column("Address of the release")
    language: str = column("ISO 639-1")
    published: date = column("Date of publication")
    date: str | None = column("Date that it tells, ISO 8601", default=None)
    place: str | None = column("Place that it tells", default=None)
    status: str = column("Status or action that it tells")
    period: str | None = column("Period that it tells", default=None)
    proposer: str | None = column("Proposer that it tells", default=None)
    quote: str = column("The words of the release")
    start: int = column("Offset of the quote in the release's text", unit="characters")
    end: int = column("Offset just past the quote", unit="characters")
    rules: str = column("JSON object: the rule or lexicon entry that decided each slot")
