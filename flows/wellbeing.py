"""What the tables say about the nights of the sources, for `caravan sources` and the nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from flows.stages import Haul
from scrapers.sources.health import silence
from scrapers.sources.site import Site
from warehouse.fields import SourceRun
from warehouse.tables import Warehouse

NIGHTS = 30  # of history
LATE = timedelta(days=120)  # publication days that make the rhythm


def last_nights(warehouse: Warehouse) -> dict[str, list[SourceRun]]:
    """Return the last runs of each source, oldest first."""
    runs = (
        warehouse.scan("runs")
        .sort("started_at", "source_run_id")
        .group_by("source", maintain_order=True)
        .tail(NIGHTS)
        .collect()
    )
    found: dict[str, list[SourceRun]] = {}
    for row in runs.iter_rows(named=True):
        found.setdefault(row["source"], []).append(SourceRun(**row))
    return found


def published_days(warehouse: Warehouse, *, until: date) -> dict[str, list[date]]:
    """Return the days of late on which each source published."""
    days = (
        warehouse.scan("releases")
        .filter(pl.col("published").is_between(until - LATE, until))
        .select("source", "published")
        .unique()
        .sort("source", "published")
        .collect()
    )
    return {
        str(source): list(rows["published"])
        for (source,), rows in days.group_by("source", maintain_order=True)
    }


def heard(haul: Haul, source: object, warehouse: Warehouse) -> Haul:
    """Return a haul; one that is quiet for longer than the source's own rhythm is silent."""
    if haul.run.verdict != "quiet" or not isinstance(source, Site):
        return haul
    today = haul.run.started_at.date()
    days = published_days(warehouse, until=today).get(source.id, [])
    why = silence(source.spec.rhythm, days, today=today)
    if why is None:
        return haul
    return replace(haul, run=replace(haul.run, verdict="silent", note=why))
