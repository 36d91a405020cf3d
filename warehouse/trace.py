"""Evidence: from a figure or other fact to its sentence, release version, and its page's bytes.

Every link is verified: the quote against the text, the text against its hash, the body against
its own. It needs the warehouse and nothing else, so it works offline, years later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from warehouse.errors import NotHeld
from warehouse.fields import (
    TABLES,
    Agreement,
    Capture,
    Event,
    Figure,
    Initiative,
    Release,
    text_sha256,
)
from warehouse.tables import Warehouse
from warehouse.verify import changed, unpacked

_SENTENCE_END = re.compile(r"[.!?…][\"'”»)]*\s+(?=[\"'“«(]*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІЎҲ])")


Fact = Figure | Event | Agreement | Initiative
FACTS = ("figures", "events", "agreements", "initiatives")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One link of the chain, and whether it holds."""

    name: str
    holds: bool
    detail: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A fact and all it stands on. ``body`` is the page's bytes, where they can be had."""

    figure: Fact
    retired: bool
    release: Release | None
    capture: Capture | None
    body: bytes | None
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)


def trace(warehouse: Warehouse, figure_id: str) -> Evidence:
    """Return a fact's evidence, verified. Raises NotHeld where the warehouse has no such id.

    ``figure_id`` is that of a figure, or of a statement of an event, agreement or initiative.
    """
    held = (_row(warehouse, table, figure_id) for table in FACTS)
    figure = next((row for row in held if row is not None), None)
    if figure is None:
        raise NotHeld(
            f"figure {figure_id}: not in {warehouse.root}; ids are in figures.figure_id and "
            "statements.statement_id"
        )
    checks: list[Check] = []
    release = _held(warehouse, "releases", figure.release_id, checks)
    capture = body = None
    if release is not None:
        checks += _of_text(figure, release)
        if release.capture_id is not None:
            capture = _held(warehouse, "captures", release.capture_id, checks)
    if capture is not None:
        body, check = _body(capture)
        checks.append(check)
    standing = warehouse.scan(figure.TABLE).filter(pl.col(figure.ID) == figure_id)
    return Evidence(
        figure=figure,
        retired=standing.collect().is_empty(),
        release=release,
        capture=capture,
        body=body,
        checks=tuple(checks),
    )


def told(fact: Fact) -> list[str]:
    """Return what a fact says, as lines for people."""
    if isinstance(fact, Figure):
        areas = "–".join(area for area in (fact.ref_area, fact.counterpart_area) if area)
        return [
            f"{fact.indicator} {fact.measure}, {areas}, {fact.time_period or 'undated'}",
            f"{fact.value:g} {fact.unit} ({fact.low} to {fact.high})",
        ]
    areas = "–".join(fact.areas)
    if isinstance(fact, Event):
        when = f"{fact.date or 'undated'}, {fact.place or 'no place told'}"
        return [f"event: {fact.type}, {areas}", f"{fact.status}, {when}"]
    if isinstance(fact, Agreement):
        covers = f", for {fact.period}" if fact.period else ""
        return [
            f"agreement: {fact.type}, {areas}",
            f"{fact.action}, {fact.date or 'undated'}{covers}",
        ]
    by = fact.proposer or fact.proposer_area or "nobody named"
    return [f"initiative: {fact.domain}, {areas}", f"{fact.status}, by {by}"]


def _row(warehouse: Warehouse, table: str, row_id: str) -> Any:
    """Return one row as its dataclass, or None where the table has it not."""
    row = TABLES[table]
    rows = warehouse.scan(table, retired=True).filter(pl.col(row.ID) == row_id).collect()
    return row(**rows.row(0, named=True)) if rows.height else None


def _held(warehouse: Warehouse, table: str, row_id: str, checks: list[Check]) -> Any:
    """Return a row the chain needs; note where it is missing or cannot be read."""
    name = table.removesuffix("s")
    try:
        found = _row(warehouse, table, row_id)
    except pl.exceptions.PolarsError as error:  # bytes of the file were altered on disk
        checks.append(Check(name=name, holds=False, detail=f"ALTERED, cannot be read: {error}"))
        return None
    if found is None:
        checks.append(Check(name=name, holds=False, detail=f"{row_id} is not in the warehouse"))
    return found


def _of_text(figure: Fact, release: Release) -> Iterator[Check]:
    there = release.text[figure.start : figure.end] == figure.quote
    detail = f"stands at {figure.start}–{figure.end} of the text"
    yield Check(
        name="quote", holds=there, detail=detail if there else f"ALTERED, no longer {detail}"
    )
    digest = text_sha256(release.title, release.text)
    yield _hashed("text", release.text_sha256, changed(release.text_sha256, digest))


def _body(capture: Capture) -> tuple[bytes | None, Check]:
    body, wrong = unpacked(capture.body, capture.body_sha256)
    return body, _hashed("page", capture.body_sha256, wrong)


def _hashed(name: str, stored: str, wrong: str | None) -> Check:
    detail = f"ALTERED, {wrong}" if wrong else f"sha256 {stored}"
    return Check(name=name, holds=wrong is None, detail=detail)


def sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the sentence around a span: what is before it, the span, what is after it."""
    first = text.rfind("\n", 0, start) + 1
    for stop in _SENTENCE_END.finditer(text, first, start):
        first = stop.end()
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    stop_after = _SENTENCE_END.search(text, end, last)
    if stop_after:
        last = stop_after.start() + 1
    return text[first:start], text[start:end], text[end:last]
