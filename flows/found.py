"""Findings as the warehouse holds them, in the form that the command line and reports show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from expectations.findings import Finding, fold
from expectations.prior import figures_by_id, releases_by_id
from flows import statements
from flows.statements import Told, facts_by_id, is_of_facts
from scrapers.facts.sentences import sentences
from warehouse.fields import Figure, FindingEvent
from warehouse.tables import Warehouse

FIELDS = (
    *("finding_id", "type", "severity", "state", "indicator", "measure", "ref_area"),
    *("counterpart_area", "time_period", "opened_at", "gap", "statements"),
)
STATED = ("figure_id", "url", "source", "published", "quote", "value", "low", "high", "unit")


def standing(warehouse: Warehouse) -> list[Finding]:
    """Return all findings, in the order in which they opened."""
    rows = warehouse.scan("findings").collect().iter_rows(named=True)
    found = fold(FindingEvent(**row) for row in rows).values()
    return sorted(found, key=lambda f: (f.opening.at, f.finding_id))


def listed(warehouse: Warehouse, findings: Iterable[Finding] | None = None) -> list[dict[str, Any]]:
    """Return findings with their statements: all that a page or an alert tells of them."""
    chosen = standing(warehouse) if findings is None else list(findings)
    told = told_by(chosen, warehouse)
    return [row_of(finding, told) for finding in chosen]


def brief(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a finding as lists print it: the fields of the contract, no more and no less.

    The first side's statements come first; `show` tells which is which, and why they disagree.
    Statements of events and documents have no value; ``says`` stands in its place.
    """
    told = {name: row[name] for name in FIELDS}
    statements = [{n: s[n] for n in (*STATED, "says") if n in s} for s in row["statements"]]
    return told | {"statements": statements}


def told_by(findings: Iterable[Finding], warehouse: Warehouse) -> dict[str, Figure | Told]:
    """Return what findings are about, by id: figures, or statements of events and agreements."""
    ids: dict[bool, set[str]] = {True: set(), False: set()}
    for finding in findings:
        ids[is_of_facts(finding.opening.indicator)] |= finding.ids
    figures = figures_by_id(ids[False], warehouse) if ids[False] else {}
    return {**figures, **facts_by_id(ids[True], warehouse)}


def row_of(finding: Finding, told: Mapping[str, Figure | Told]) -> dict[str, Any]:
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
            stated(told[i], event.indicator, side) for side, ids in sides for i in ids if i in told
        ],
    }


def stated(fact: Figure | Told, subject: str, side: int) -> dict[str, Any]:
    if isinstance(fact, Figure):
        return statement(fact, side)
    return statements.statement(fact, subject, side)


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
    figures = told_by([finding], warehouse)
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
