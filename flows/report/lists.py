"""Events, agreements and initiatives as readers meet them: what, when, who, how far. No markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.report import words
from warehouse.fields import INITIATIVE_STATUSES, Release
from warehouse.trace import sentence

LISTS = {"events": "Events", "agreements": "Agreements", "initiatives": "Initiatives"}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One statement of it, in its sentence where the release is at hand."""

    statement_id: str | None
    source: str
    language: str
    quote: str
    url: str | None
    release_id: str | None
    published: date | None
    says: tuple[str, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a list, and what a page of its own tells more."""

    what: str
    language: str
    kind: str
    when: str | None
    where: str | None
    parties: str
    status: str
    told: tuple[Told, ...]
    statements: int
    path: str | None
    by: str | None
    history: tuple[tuple[str, date], ...]
    also: tuple[tuple[str, str], ...]
    why: str | None


def fact(
    row: Mapping[str, Any],
    statements: Sequence[Mapping[str, Any]] = (),
    *,
    table: str = "events",
    releases: Mapping[str, Release] | None = None,
) -> Fact:
    """Return a row of any of the lists, joined or as stated; what a list has not is left out."""
    what = first(row, "title", "quote") or ""
    told = tuple(telling(one, releases or {}) for one in (statements or [row]))
    counted = first(row, "statements") or len(told)
    return Fact(
        what=what,
        language=next((t.language for t in told if t.quote == what), "en"),
        kind=str(first(row, "type", "domain") or "").replace("_", " "),
        when=first(row, "date", "period"),
        where=first(row, "place"),
        parties=", ".join(words.area(code) for code in row.get("areas") or ()),
        status=str(first(row, "status", "action") or ""),
        told=told,
        statements=counted,
        path=fact_path(table, row["thing_id"]) if counted > 1 and row.get("thing_id") else None,
        by=first(row, "proposer") or words.area(first(row, "proposer_area")) or None,
        history=history(row),
        also=tuple(otherwise(row)),
        why=first(row, "why"),
    )


def telling(one: Mapping[str, Any], releases: Mapping[str, Release]) -> Told:
    """Return a statement in its sentence, with what it says of the fact."""
    quote, before, after = first(one, "quote") or "", "", ""
    release = releases.get(first(one, "release_id") or "")
    if release is not None and release.text[one["start"] : one["end"]] == quote:
        before, quote, after = sentence(release.text, one["start"], one["end"])
        before, after = words.clipped(before, after)
    at = first(one, "date")
    spoken = (first(one, "status", "action"), words.period(at) if at else None)
    covers = f"for {words.period(one['period'])}" if first(one, "period") else None
    by = f"by {one['proposer']}" if first(one, "proposer") else None
    return Told(
        statement_id=first(one, "statement_id"),
        source=first(one, "source") or "",
        language=first(one, "language") or "en",
        quote=quote,
        url=first(one, "url"),
        release_id=first(one, "release_id"),
        published=first(one, "published"),
        says=tuple(said for said in (*spoken, first(one, "place"), covers, by) if said),
        before=before,
        after=after,
    )


def history(row: Mapping[str, Any]) -> tuple[tuple[str, date], ...]:
    """Return how an initiative went on: proposed, agreed, launched, each with its first release."""
    told = ((status, row.get(f"{status}_at")) for status in INITIATIVE_STATUSES)
    return tuple((status, at) for status, at in told if at is not None)


def otherwise(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what statements tell in different ways, by what it is of."""
    found = []
    for name, of in (("dates", "When"), ("places", "Where"), ("periods", "For")):
        told = row.get(name) or []
        if len(told) > 1:
            say = words.period if name != "places" else str
            found.append((of, "; ".join(say(value) for value in told)))
    return found


def fact_path(table: str, thing_id: str) -> str:
    return f"{table}/{words.file_name(thing_id)}.html"


def first(row: Mapping[str, Any], *names: str) -> Any:
    """Return the first of the columns that the row has and fills."""
    return next((row[name] for name in names if row.get(name) is not None), None)
