"""Do events and agreements agree? One event on two days or in two places, one document for two
periods, a series out of order, something held that is still to come.

Findings live as those of figures do (`expectations.findings`): what is met again gains witnesses.
Only what a text tells counts here: a day that was assumed from the release's own contradicts none.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import polars as pl

from expectations.detect import Crash
from expectations.findings import Finding, fold, gained
from warehouse.fields import (
    CENTRAL_ASIA,
    SUBJECTS,
    Agreement,
    Event,
    FindingEvent,
    content_id,
)
from warehouse.joining import (
    ASSUMED,
    SERIAL,
    SETTING,
    first,
    join_agreements,
    join_events,
    meet,
    names_agree,
)
from warehouse.tables import Warehouse

S = TypeVar("S", Event, Agreement)
GRAVITY = {"events.status": "info"}  # one release alone, and rather a tense that we misread
SERIES_YEARS = 15  # between two events of one series that are held against each other


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Statements that cannot both be right, by what they disagree on."""

    subject: str
    first: tuple[Event | Agreement, ...]
    second: tuple[Event | Agreement, ...]
    values: tuple[str, str]
    why: str

    @property
    def lead(self) -> Event | Agreement:
        return self.first[0]

    @property
    def identity(self) -> str:
        lead = self.lead
        return content_id("fact", self.subject, lead.type, *lead.areas, *sorted(self.values))


def check_facts(
    events: Sequence[Event],
    agreements: Sequence[Agreement],
    warehouse: Warehouse,
    *,
    run_id: str,
    at: datetime,
) -> tuple[list[FindingEvent], list[Crash]]:
    """Check a batch's events and agreements beside those held; a crash is told, never raised."""
    try:
        clashes = [
            *event_clashes([*held(Event, events, warehouse), *events]),
            *agreement_clashes([*held(Agreement, agreements, warehouse), *agreements]),
        ]
        fresh = {s.row_id for s in (*events, *agreements)}
        new = [c for c in clashes if fresh & {s.row_id for s in (*c.first, *c.second)}]
        return list(lived(new, warehouse, run_id=run_id, at=at)), []
    except Exception as error:  # noqa: BLE001 - recorded as a crash, by name
        return [], [Crash(check="facts", message=f"{type(error).__name__}: {error}")]


def held(row: type[S], batch: Sequence[S], warehouse: Warehouse) -> list[S]:
    """Return the statements of the warehouse that share type and parties with a batch's."""
    if not batch:
        return []
    keys = sorted({(s.type, tuple(s.areas)) for s in batch})
    schema: dict[str, Any] = {"type": pl.String, "areas": pl.List(pl.String)}
    wanted = pl.LazyFrame([(t, list(a)) for t, a in keys], schema=schema, orient="row")
    rows = warehouse.scan(row.TABLE).join(wanted, on=["type", "areas"], how="semi").collect()
    fresh = {s.row_id for s in batch}
    found = [row(**values) for values in rows.iter_rows(named=True)]
    return [s for s in found if s.row_id not in fresh]


def event_clashes(events: Sequence[Event]) -> Iterator[Clash]:
    """Yield what events disagree on."""
    for told, _ in join_events(events):
        days = [e for e in told if e.date and len(first(e.date)) == 10 and not assumed(e)]
        yield from apart("events.date", days, lambda e: e.date or "", meet)
        placed = [e for e in told if e.place and not set_in(e)]
        yield from apart("events.place", placed, lambda e: e.place or "", str.__eq__)
    yield from out_of_order(events)
    for event in events:
        if event.status == "held" and event.date and not assumed(event) and is_ahead(event):
            why = f"{worded(event)} is told as held, on {event.date}, after the release itself"
            values = (event.date, event.published.isoformat())
            yield Clash(subject="events.status", first=(event,), second=(), values=values, why=why)


def agreement_clashes(agreements: Sequence[Agreement]) -> Iterator[Clash]:
    """Yield the documents that are told to cover different periods."""
    for told, _ in join_agreements(agreements):
        dated = [a for a in told if a.period]
        yield from apart("agreements.period", dated, lambda a: a.period or "", str.__eq__)


def assumed(event: Event) -> bool:
    rule = str(json.loads(event.rules).get("date"))
    return rule == ASSUMED or rule.startswith("of the ")


def set_in(event: Event) -> bool:
    """Whether its place is only where its release is set."""
    return bool(json.loads(event.rules).get("place") == SETTING)


def is_ahead(event: Event) -> bool:
    day = first(event.date or "")
    if event.published.year < 1900:  # a release without a date
        return False
    return day > event.published.isoformat()[: len(day)]


def apart(
    subject: str, told: Sequence[S], value: Callable[[S], str], agree: Callable[[str, str], bool]
) -> Iterator[Clash]:
    """Yield the two best told values of one thing, where no more can be said for both."""
    values = sorted({value(s) for s in told})
    sides = {v: tuple(s for s in told if value(s) == v) for v in values}
    for one, other in itertools.combinations(values, 2):
        if not agree(one, other):
            a, b = sorted((one, other), key=lambda v: (sides[v][0].published, v))
            why = f"{worded(sides[a][0])} has {a}; {worded(sides[b][0])} has {b}"
            yield Clash(subject=subject, first=sides[a], second=sides[b], values=(a, b), why=why)


def out_of_order(events: Sequence[Event]) -> Iterator[Clash]:
    """Yield events of one series whose numbers and days go opposite ways."""
    counted = [e for e in events if e.ordinal and e.date and e.type in SERIAL and not assumed(e)]
    ranked = sorted(counted, key=lambda e: (e.type, e.areas, e.ordinal or 0, e.event_id))
    for (kind, _), series in itertools.groupby(ranked, key=lambda e: (e.type, e.areas)):
        for a, b in itertools.combinations(series, 2):
            if a.ordinal != b.ordinal and one_series(kind, a, b) and later(a, b):
                values = (f"{a.ordinal}: {a.date}", f"{b.ordinal}: {b.date}")
                why = f"{worded(a)}, number {a.ordinal}, on {a.date} comes after {worded(b)}"
                why += f", number {b.ordinal}, on {b.date}"
                yield Clash(subject="events.order", first=(a,), second=(b,), values=values, why=why)


def one_series(kind: str, a: Event, b: Event) -> bool:
    """Whether two events are of one series: summits of the same parties, else by their name."""
    if abs(int((a.date or "0")[:4]) - int((b.date or "0")[:4])) > SERIES_YEARS:
        return False
    if kind == "summit":
        return names_agree(a.name, b.name)
    return bool(a.name) and a.name == b.name


def later(a: Event, b: Event) -> bool:
    """Whether the first event, whose number is lower, begins after the second has ended."""
    ends = (b.date or "").split("/")[-1]
    return first(a.date or "")[: len(ends)] > ends


def worded(statement: Event | Agreement) -> str:
    quote = " ".join(statement.quote.split())
    return f"“{quote}” ({statement.source}, {statement.published})"


def lived(
    clashes: Iterable[Clash], warehouse: Warehouse, *, run_id: str, at: datetime
) -> Iterator[FindingEvent]:
    """Yield what the clashes of a batch mean for the findings that are known."""
    known = known_findings(warehouse)
    for clash in sorted(clashes, key=lambda c: (c.subject, c.lead.row_id, c.values)):
        finding = known.get(clash.identity)
        event = (
            opened(clash, run_id, at)
            if finding is None
            else gained(finding, sides_of(clash), why=clash.why, run_id=run_id, at=at)
        )
        if event is not None:
            held_now = fold([*(finding.events if finding else ()), event])
            known[clash.identity] = held_now[clash.identity]
            yield event


def sides_of(clash: Clash) -> tuple[list[str], list[str]]:
    return [s.row_id for s in clash.first], [s.row_id for s in clash.second]


def known_findings(warehouse: Warehouse) -> dict[str, Finding]:
    rows = warehouse.scan("findings").filter(pl.col("indicator").is_in(list(SUBJECTS))).collect()
    return fold(FindingEvent(**row) for row in rows.iter_rows(named=True))


def opened(clash: Clash, run_id: str, at: datetime) -> FindingEvent:
    lead = clash.lead
    states = [a for a in lead.areas if a in CENTRAL_ASIA]
    side = (states or [a for a in lead.areas if a != "RU"] or ["RU"])[0]
    return FindingEvent(
        event_id=content_id(clash.identity, "opened"),
        finding_id=clash.identity,
        event="opened",
        type="contradiction",
        severity=GRAVITY.get(clash.subject, "warning"),
        indicator=clash.subject,
        measure="statement",
        ref_area=side,
        counterpart_area="RU" if "RU" in lead.areas and side != "RU" else None,
        time_period=lead.date,
        unit="text",
        scope=lead.type,
        gap=0.0,
        figure_ids=sides_of(clash)[0],
        against_ids=sides_of(clash)[1],
        why=clash.why,
        run_id=run_id,
        at=at,
    )
