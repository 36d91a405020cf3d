"""Statements of events and agreements as findings show them: who says what, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from warehouse.fields import SUBJECTS, Agreement, Event
from warehouse.tables import Warehouse

Told = Event | Agreement


def facts_by_id(ids: Iterable[str], warehouse: Warehouse) -> dict[str, Told]:
    """Return the statements of events and agreements among ids, retired ones too."""
    wanted = sorted(set(ids))
    return {fact.row_id: fact for fact in _held(wanted, warehouse)} if wanted else {}


def _held(wanted: list[str], warehouse: Warehouse) -> Iterator[Told]:
    for row in (Event, Agreement):
        rows = warehouse.scan(row.TABLE).filter(pl.col(row.ID).is_in(wanted)).collect()
        yield from (row(**values) for values in rows.iter_rows(named=True))


def is_of_facts(subject: str) -> bool:
    """Whether a finding is of events or agreements, and not of figures."""
    return subject in SUBJECTS


def statement(fact: Told, subject: str, side: int) -> dict[str, Any]:
    """Return a statement with the fields of a figure's: what has no number has none."""
    return {
        "figure_id": fact.row_id,
        "side": side,
        "url": fact.url,
        "source": fact.source,
        "published": fact.published.isoformat(),
        "reporter": None,
        "quote": fact.quote,
        "value": None,
        "low": None,
        "high": None,
        "unit": "text",
        "time_period": fact.date,
        "says": says(fact, subject),
    }


def says(fact: Told, subject: str) -> str:
    """Return what a statement tells of what the finding is about."""
    if isinstance(fact, Agreement):
        return fact.period or "no period"
    number = f"number {fact.ordinal}, " if subject == "events.order" else ""
    told = {"events.place": fact.place, "events.status": f"{fact.status}, {fact.date}"}
    return f"{number}{told.get(subject, fact.date) or 'not told'}"
