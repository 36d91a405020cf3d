"""Findings as the warehouse holds them, in the form that the command line and reports show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from expectations.findings import Finding, fold
from expectations.prior import figures_by_id, releases_by_id
from scrapers.facts.sentences import sentences
from warehouse.fields import Figure, FindingEvent
from warehouse.tables import Warehouse


def standing(warehouse: Warehouse) -> list[Finding]:
    """Return all findings, in the order in which they opened."""
    rows = warehouse.scan("findings").collect().iter_rows(named=True)
    found = fold(FindingEvent(**row) for row in rows).values()
    return sorted(found, key=lambda f: (f.opening.at, f.finding_id))


def listed(warehouse: Warehouse, findings: Iterable[Finding] | None = None) -> list[dict[str, Any]]:
    """Return findings with their statements, ready for JSON: the fields that DESIGN.md names."""
    chosen = standing(warehouse) if findings is None else list(findings)
    figures = figures_by_id({i for f in chosen for i in f.ids}, warehouse) if chosen else {}
    return [row_of(finding, figures) for finding in chosen]


def row_of(finding: Finding, figures: dict[str, Figure]) -> dict[str, Any]:
    event = finding.opening
    sides = ((0, finding.figure_ids), (1, finding.against_ids))
    return {
        "finding_id": event.finding_id,
        "type": event.type,
        "severity": event.severity,
        "state": finding.state,
        "indicator": event.indicator,
        "measure": event.measure,
        "ref_area": event.ref_area,
        "counterpart_area": event.counterpart_area,
        "time_period": event.time_period,
        "scope": event.scope,
        "opened_at": event.at.isoformat(),
        "gap": event.gap,
        "why": event.why,
        "statements": [
            statement(figures[i], side) for side, ids in sides for i in ids if i in figures
        ],
    }


def statement(figure: Figure, side: int) -> dict[str, Any]:
    return {
        "figure_id": figure.figure_id,
        "side": side,
        "url": figure.url,
        "source": figure.source,
        "published": figure.published.isoformat(),
        "reporter": figure.reporter,
        "quote": figure.quote,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "time_period": figure.time_period,
    }


def sentences_of(finding: Finding, warehouse: Warehouse) -> dict[str, tuple[str, str, str]]:
    """Return, by figure, what stands before, in and after each quote of a finding."""
    figures = figures_by_id(finding.ids, warehouse)
    releases = releases_by_id({f.release_id for f in figures.values()}, warehouse)
    return {
        i: around(releases[f.release_id].text, f.start, f.end)
        for i, f in figures.items()
        if f.release_id in releases
    }


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the sentence of a quote in three: before it, the quote, and after it."""
    begin, stop = next(
        ((s.start, s.end) for s in sentences(text) if s.start <= start < s.end), (start, end)
    )
    return text[begin:start], text[start:end], text[end : max(stop, end)]
