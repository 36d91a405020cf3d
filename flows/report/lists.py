"""Events, agreements and initiatives as readers meet them: what, when, who, how far. No markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.report import words

LISTS = {"events": "Events", "agreements": "Agreements", "initiatives": "Initiatives"}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One statement of it."""

    source: str
    language: str
    quote: str
    url: str | None
    release_id: str | None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a list."""

    what: str
    language: str
    kind: str
    when: str | None
    where: str | None
    parties: str
    status: str
    told: tuple[Told, ...]
    statements: int


def fact(row: Mapping[str, Any], statements: Sequence[Mapping[str, Any]] = ()) -> Fact:
    """Return a row of any of the lists, joined or as stated; what a list has not is left out."""
    what = first(row, "title", "quote") or ""
    told = tuple(
        Told(
            source=first(one, "source") or "",
            language=first(one, "language") or "en",
            quote=first(one, "quote") or "",
            url=first(one, "url"),
            release_id=first(one, "release_id"),
        )
        for one in (statements or [row])
    )
    return Fact(
        what=what,
        language=next((t.language for t in told if t.quote == what), "en"),
        kind=str(first(row, "type", "domain") or "").replace("_", " "),
        when=first(row, "date", "period"),
        where=first(row, "place"),
        parties=", ".join(words.area(code) for code in row.get("areas") or ()),
        status=str(first(row, "status", "action") or ""),
        told=told,
        statements=first(row, "statements") or len(told),
    )


def first(row: Mapping[str, Any], *names: str) -> Any:
    """Return the first of the columns that the row has and fills."""
    return next((row[name] for name in names if row.get(name) is not None), None)
