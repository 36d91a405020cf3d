"""What an event, document or initiative must look like before it may stand beside others.

The same rules as for figures where they fit (`shape`): the schema's own, the quote in its place,
dates that are dates, and parties that make the fact one of ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import polars as pl

from expectations.detect import Crash
from expectations.shape import (
    AHEAD_YEARS,
    PERIOD,
    Rule,
    declared,
    placed,
    quarantined,
    quoted,
    texts_of,
)
from warehouse.fields import (
    CENTRAL_ASIA,
    Agreement,
    Event,
    Initiative,
    Quarantined,
    Release,
)
from warehouse.tables import frame

Fact = Event | Agreement | Initiative
KINDS: dict[str, type[Fact]] = {row.TABLE: row for row in (Event, Agreement, Initiative)}
F = TypeVar("F", Event, Agreement, Initiative)
UNIONS = ("EAEU", "CIS", "SCO")
DONE = ("signed", "adopted", "initialled", "ratified")


@dataclass(frozen=True, kw_only=True)
class Others:
    """The facts of a batch that are no figures."""

    events: Sequence[Event] = ()
    agreements: Sequence[Agreement] = ()
    initiatives: Sequence[Initiative] = ()

    @property
    def tables(self) -> dict[type[Fact], Sequence[Fact]]:
        return {Event: self.events, Agreement: self.agreements, Initiative: self.initiatives}


def fact_rules(row: type[Fact], today: date) -> list[Rule]:
    """Return the rules of shape of one table. ``today`` is the day of the check."""
    own = _dated("date", "the day", today) if row is not Initiative else []
    if row is Agreement:
        own += _of_agreements(today)
    return [*declared(row), *quoted(today), *_of_parties(), *own]


def _of_parties() -> list[Rule]:
    areas = pl.col("areas")
    ours = areas.list.eval(pl.element().is_in([*CENTRAL_ASIA, "C5"])).list.any()
    russia = areas.list.contains("RU")
    union = (areas.list.len() == 1) & areas.list.first().is_in(list(UNIONS))
    return [
        Rule(
            "parties_ours",
            "areas",
            "the parties are Russia and a state of Central Asia, or a bloc of both",
            (ours & russia) | union,
        ),
        Rule(
            "parties_sorted",
            "areas",
            "each party stands once, in order",
            areas.list.unique().list.sort() == areas,
        ),
    ]


def _of_agreements(today: date) -> list[Rule]:
    signed = pl.col("action").is_in(list(DONE)) & pl.col("date").is_not_null()
    first = pl.col("date").str.slice(0, 4).cast(pl.Int32, strict=False)
    return [
        *_dated("period", "the period covered", today),
        Rule(
            "signed_not_in_future",
            "date",
            "what has been signed is not dated a year or more after its publication",
            ~signed | (first <= pl.col("published").dt.year() + 1),
        ),
    ]


def _dated(name: str, called: str, today: date) -> list[Rule]:
    told = pl.col(name)
    year = told.str.slice(0, 4).cast(pl.Int32, strict=False)
    ends = told.str.split("/")
    return [
        Rule(
            f"{name}_formed",
            name,
            f"{called} is an ISO 8601 date or range",
            told.is_null() | told.str.contains(PERIOD),
        ),
        Rule(
            f"{name}_near",
            name,
            f"{called} lies between 1900 and a lifetime ahead",
            year.is_null() | year.is_between(1900, today.year + AHEAD_YEARS),
        ),
        Rule(
            f"{name}_ordered",
            name,
            f"{called} does not begin after its end",
            told.is_null() | (ends.list.first() <= ends.list.last() + "~"),
        ),
    ]


def told_frame(row: type[Fact], facts: Sequence[Fact], texts: Mapping[str, str]) -> pl.DataFrame:
    """Return facts as a frame, with what the rules ask of quote and text."""
    marks = [placed(f, texts.get(f.release_id)) for f in facts]
    return frame(row.TABLE, facts).with_columns(placed=pl.Series(marks, dtype=pl.Boolean))


def screen_facts(
    others: Others, releases: Sequence[Release], *, run_id: str | None, at: datetime
) -> tuple[Others, list[Quarantined], list[Crash]]:
    """Part the facts that may stand from those to be quarantined, as `shape.screen` does."""
    held_back: list[Quarantined] = []
    crashes: list[Crash] = []
    texts = texts_of(releases)

    def sound(row: type[F], facts: Sequence[F]) -> list[F]:
        broken, crashed = _broken(row, facts, texts, at.date())
        crashes.extend(crashed)
        held_back.extend(
            quarantined(f, broken[f.row_id], run_id=run_id) for f in facts if f.row_id in broken
        )
        return [f for f in facts if f.row_id not in broken]

    kept = Others(
        events=sound(Event, others.events),
        agreements=sound(Agreement, others.agreements),
        initiatives=sound(Initiative, others.initiatives),
    )
    return kept, held_back, crashes


def _broken(
    row: type[Fact], facts: Sequence[Fact], texts: Mapping[str, str], today: date
) -> tuple[dict[str, list[Rule]], list[Crash]]:
    """Return by id the rules that a fact does not keep, and the rules that crashed."""
    reasons: dict[str, list[Rule]] = {}
    crashes: list[Crash] = []
    rows = told_frame(row, facts, texts)
    for rule in fact_rules(row, today) if facts else ():
        try:
            bad = rows.filter(~rule.holds.fill_null(True))[row.ID]
        except pl.exceptions.PolarsError as error:
            name = f"{row.TABLE}.{rule.name}"
            crashes.append(Crash(check=name, message=f"{type(error).__name__}: {error}"))
            continue
        for row_id in bad:
            reasons.setdefault(row_id, []).append(rule)
    return reasons, crashes
