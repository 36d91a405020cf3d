"""Making the published tables of events, agreements, initiatives and their statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from warehouse.fields import (
    INITIATIVE_STATUSES,
    Agreement,
    Event,
    Initiative,
    Row,
    columns,
)
from warehouse.joining import Group, first, join_agreements, join_events, join_initiatives
from warehouse.parquet import arrow_schema
from warehouse.things import (
    JoinedAgreement,
    JoinedEvent,
    JoinedInitiative,
    Statement,
)

S = TypeVar("S", Event, Agreement, Initiative)
T = TypeVar("T", bound=Row)
MADE: dict[str, type[Row]] = {
    row.TABLE: row for row in (JoinedEvent, JoinedAgreement, JoinedInitiative, Statement)
}


def build(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make the table ``<name>_joined`` from the views of the statements."""
    row = MADE[name]
    names = [c.name for c in columns(row)]
    made = [{n: getattr(thing, n) for n in names} for thing in _rows(con, name)]
    table = pa.Table.from_pylist(made, schema=arrow_schema(row).remove_metadata())
    con.register(f"{name}_made", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name}_joined AS SELECT * FROM {name}_made")
    con.unregister(f"{name}_made")


def _rows(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[Row]:
    if name in ("events", "statements"):
        events = join_events(_read(con, Event))
        yield from _told(name, events, joined_event, "event")
    if name in ("agreements", "statements"):
        agreements = join_agreements(_read(con, Agreement))
        yield from _told(name, agreements, joined_agreement, "agreement")
    if name in ("initiatives", "statements"):
        initiatives = join_initiatives(_read(con, Initiative))
        yield from _told(name, initiatives, joined_initiative, "initiative")


def _told(name: str, groups: Sequence[Group[Any]], make: Any, kind: str) -> Iterator[Row]:
    """Yield the things themselves, or for ``statements`` what each is stated by."""
    for group in groups:
        if name != "statements":
            yield make(group)
            continue
        for statement in group[0]:
            yield _statement(statement, kind, group[0][0].row_id)


def _read(con: duckdb.DuckDBPyConnection, row: type[T]) -> list[T]:
    names = [c.name for c in columns(row)]
    listed = ", ".join(f'"{n}"' for n in names)
    found = con.execute(f"SELECT {listed} FROM {row.TABLE}").fetchall()
    return [row(**dict(zip(names, values, strict=True))) for values in found]


def joined_event(group: Group[Event]) -> JoinedEvent:
    """Return one event: the most precise date, the place most told, the last status."""
    told = group[0]
    dates = by_support(e.date for e in told)
    places = by_support(e.place for e in told)
    return JoinedEvent(
        **_common(group),
        type=told[0].type,
        date=max(dates, key=lambda d: len(first(d)), default=None),
        dates=dates,
        place=places[0] if places else None,
        places=places,
        status=_last(told).status,
        ordinal=next((e.ordinal for e in told if e.ordinal), None),
    )


def joined_agreement(group: Group[Agreement]) -> JoinedAgreement:
    """Return one document: how far it has come, and when."""
    told = group[0]
    rank = ["prepared", "initialled", "signed", "adopted", "ratified"]
    action = max((a.action for a in told), key=rank.index)
    dates = by_support(a.date for a in told if a.action == action)
    periods = by_support(a.period for a in told)
    return JoinedAgreement(
        **_common(group),
        type=told[0].type,
        action=action,
        date=max(dates, key=lambda d: len(first(d)), default=None),
        period=periods[0] if periods else None,
        periods=periods,
    )


def joined_initiative(group: Group[Initiative]) -> JoinedInitiative:
    """Return one initiative with its history: when it was first told as what."""
    told = group[0]
    since = {status: _first(told, status) for status in INITIATIVE_STATUSES}
    named = [i for i in told if i.proposer] or [i for i in told if i.proposer_area]
    by = named[0] if named else None
    return JoinedInitiative(
        **_common(group),
        domain=told[0].domain,
        status=max((i.status for i in told), key=INITIATIVE_STATUSES.index),
        proposer=by.proposer if by else None,
        proposer_area=by.proposer_area if by else None,
        proposed_at=since["proposed"],
        agreed_at=since["agreed"],
        launched_at=since["launched"],
    )


def _first(told: Sequence[Initiative], status: str) -> date | None:
    return min((i.published for i in told if i.status == status), default=None)


def _common(group: Group[Any]) -> dict[str, Any]:
    told, reasons = group
    languages = sorted({s.language for s in told})
    english = [s for s in told if s.language == "en"] or told
    return {
        "thing_id": told[0].row_id,
        "areas": list(told[0].areas),
        "title": max((" ".join(s.quote.split()) for s in english), key=lambda q: (len(q), q)),
        "statements": len(told),
        "sources": len({s.source for s in told}),
        "languages": languages,
        "first_stated": told[0].published,
        "last_stated": max(s.published for s in told),
        "why": "; ".join(by_support(reasons)) or "one statement",
        "recorded_at": max((s.recorded_at for s in told if s.recorded_at), default=None),
    }


def by_support(values: Iterable[str | None]) -> list[str]:
    """Return the values told, those of most statements first; ties by the value."""
    counts = Counter(v for v in values if v is not None)
    return sorted(counts, key=lambda v: (-counts[v], v))


def _last(told: Sequence[Event]) -> Event:
    return max(told, key=lambda e: (e.published, e.status == "held", e.event_id))


def _statement(told: Event | Agreement | Initiative, kind: str, thing_id: str) -> Statement:
    return Statement(
        recorded_at=told.recorded_at,
        statement_id=told.row_id,
        kind=kind,
        thing_id=thing_id,
        release_id=told.release_id,
        source=told.source,
        url=told.url,
        language=told.language,
        published=told.published,
        date=getattr(told, "date", None),
        place=getattr(told, "place", None),
        status=told.action if isinstance(told, Agreement) else told.status,
        period=getattr(told, "period", None),
        proposer=getattr(told, "proposer", None),
        quote=told.quote,
        start=told.start,
        end=told.end,
        rules=told.rules,
    )
