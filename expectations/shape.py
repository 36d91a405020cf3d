"""What a figure must look like before it may stand beside others: the rules of the suite of shape.

Each rule is a polars expression over a frame of figures, true where all is well. The table's own
schema (types, nulls, code lists) comes from `warehouse.fields`; the frame that Great Expectations
reads runs the same rules (`suites`), so that what people read is what decided.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import polars as pl

from expectations.detect import Crash
from expectations.relations import UNDATED
from warehouse.fields import (
    Agreement,
    Column,
    Event,
    Figure,
    Initiative,
    Quarantined,
    Release,
    Row,
    columns,
    content_id,
)
from warehouse.tables import frame

Stated = Figure | Event | Agreement | Initiative
PERIOD = r"^\d{4}(-\d{2}){0,2}(/\d{4}(-\d{2}){0,2})?$"
CURRENCY_OR_UNIT = r"^[A-Za-z][A-Za-z0-9/·.]{0,15}$"
PERCENTAGES = ("growth", "share")
AHEAD_YEARS = 40


@dataclass(frozen=True)
class Rule:
    """One expectation of shape: what it is called, what it asks, and of which column."""

    name: str
    column: str
    asks: str
    holds: pl.Expr


def rules(today: date) -> list[Rule]:
    """Return all rules of shape. ``today`` is the day of the check: nothing is published later."""
    return [*declared(Figure), *sensible(today), *quoted(today)]


def declared(row: type[Row]) -> list[Rule]:
    """Return the rules that the schema of a table itself declares."""
    told = [c for c in columns(row) if c.name != "recorded_at"]
    present = [
        Rule(f"{c.name}_present", c.name, f"{c.name} is never missing", filled(c))
        for c in told
        if not c.nullable
    ]
    coded = [
        Rule(
            f"{c.name}_coded",
            c.name,
            f"{c.name} is one of {len(c.codes)} codes",
            pl.col(c.name).is_in(list(c.codes)) | pl.col(c.name).is_null(),
        )
        for c in told
        if c.codes
    ]
    return present + coded


def filled(column: Column) -> pl.Expr:
    told = pl.col(column.name)
    if column.type == list[str]:
        return told.is_not_null() & (told.list.len() > 0)
    return told.is_not_null() & (told.cast(pl.String) != "")


def quoted(today: date) -> list[Rule]:
    """Return the rules of what every fact has: a quote in its place, and a day of publication."""
    return [
        Rule(
            "quote_placed",
            "end",
            "the quote is as long as its place in the text",
            pl.col("end") - pl.col("start") == pl.col("quote").str.len_chars(),
        ),
        Rule(
            "quote_stands_in_text",
            "quote",
            "the quote stands in the text at its place",
            pl.col("placed"),
        ),
        Rule(
            "published_not_in_future",
            "published",
            "nothing is published after today",
            pl.col("published") <= pl.lit(today).dt.offset_by("1d"),
        ),
    ]


def sensible(today: date) -> list[Rule]:
    value, low, high = pl.col("value"), pl.col("low"), pl.col("high")
    slack = value.abs() * 1e-9
    year = pl.col("time_period").str.slice(0, 4).cast(pl.Int32, strict=False)
    percent = pl.col("unit") == "percent"
    level = pl.col("measure").is_in(["level", "share"])
    return [
        Rule("value_finite", "value", "value is a number", value.is_finite()),
        Rule(
            "level_positive", "value", "a level or a share is not negative", ~level | (value >= 0)
        ),
        Rule(
            "share_within",
            "value",
            "a share in percent is at most 100",
            ~((pl.col("measure") == "share") & percent) | value.is_between(0, 100),
        ),
        Rule(
            "growth_in_percent",
            "unit",
            "growth is told in percent, a multiple in times",
            ((pl.col("measure") != "growth") | percent)
            & ((pl.col("measure") != "multiple") | (pl.col("unit") == "times")),
        ),
        Rule("unit_known", "unit", "unit is a code", pl.col("unit").str.contains(CURRENCY_OR_UNIT)),
        Rule(
            "interval_ordered",
            "low",
            "the interval does not begin after its end",
            low.is_null() | high.is_null() | (low <= high + slack),
        ),
        Rule(
            "interval_holds_value",
            "low",
            "the interval holds the value",
            (low.is_null() | (low <= value + slack)) & (high.is_null() | (value <= high + slack)),
        ),
        Rule(
            "range_ordered",
            "value_high",
            "an explicit range ends above its beginning",
            pl.col("value_high").is_null() | (pl.col("value_high") >= value),
        ),
        Rule(
            "quote_holds_number",
            "quote",
            "the quote holds the number that was read",
            pl.col("numbered"),
        ),
        Rule(
            "period_formed",
            "time_period",
            "the period is an ISO 8601 date or range",
            pl.col("time_period").is_null() | pl.col("time_period").str.contains(PERIOD),
        ),
        Rule(
            "period_near",
            "time_period",
            "the period lies between 1900 and a lifetime ahead",
            year.is_null() | year.is_between(1900, today.year + AHEAD_YEARS),
        ),
        Rule(
            "actual_not_in_future",
            "time_period",
            "what has happened is not dated after its publication",
            (pl.col("status") != "actual")
            | year.is_null()
            | (pl.col("published").dt.year() <= UNDATED)
            | (year <= pl.col("published").dt.year() + 1),
        ),
    ]


def facts_frame(figures: Sequence[Figure], texts: Mapping[str, str]) -> pl.DataFrame:
    """Return figures as a frame, with what the rules ask of quote and text: placed, numbered."""
    return frame("figures", figures).with_columns(
        placed=pl.Series([placed(f, texts.get(f.release_id)) for f in figures], dtype=pl.Boolean),
        numbered=pl.Series([numbered(f) for f in figures], dtype=pl.Boolean),
    )


def texts_of(releases: Sequence[Release]) -> dict[str, str]:
    return {r.release_id: r.text for r in releases}


def placed(fact: Stated, text: str | None) -> bool | None:
    """Whether the quote stands at its place; unknown without the text."""
    return None if text is None else text[fact.start : fact.end] == fact.quote


DIGITS = re.compile(r"\d+")
SPELT = re.compile(r"half|quarter|third|dozen|пол|четверт|трет|десят|дюжин", re.IGNORECASE)


def numbered(figure: Figure) -> bool | None:
    """Whether the digits of the value stand in the quote; unknown where the quote spells it out."""
    groups = DIGITS.findall(figure.quote)
    if not groups or SPELT.search(figure.quote):
        return None
    told = {significant("".join(groups[i:j])) for i in range(len(groups)) for j in spans(groups, i)}
    values = [figure.value, 1 / figure.value if figure.value else 0.0, figure.value + 100]
    mantissas = (f"{abs(v):.9e}".partition("e")[0].replace(".", "") for v in values)
    return any(significant(m) in told for m in mantissas)


def spans(groups: Sequence[str], begin: int) -> range:
    return range(begin + 1, len(groups) + 1)


def significant(digits: str) -> str:
    return digits.strip("0")


def screen(
    figures: Sequence[Figure], releases: Sequence[Release], *, run_id: str | None, at: datetime
) -> tuple[list[Figure], list[Quarantined], list[Crash]]:
    """Part the figures that may stand from those to be quarantined, each with its reasons.

    A rule that crashes rejects nothing; it is named among the crashes.
    """
    reasons: dict[str, list[Rule]] = {}
    crashes: list[Crash] = []
    rows = facts_frame(figures, texts_of(releases))
    for rule in rules(at.date()):
        try:
            bad = rows.filter(~rule.holds.fill_null(True))["figure_id"]
        except pl.exceptions.PolarsError as error:
            crashes.append(Crash(check=rule.name, message=f"{type(error).__name__}: {error}"))
            continue
        for figure_id in bad:
            reasons.setdefault(figure_id, []).append(rule)
    sound = [f for f in figures if f.figure_id not in reasons]
    held_back = [
        quarantined(f, reasons[f.figure_id], run_id=run_id)
        for f in figures
        if f.figure_id in reasons
    ]
    return sound, held_back, crashes


def quarantined(fact: Stated, broken: Sequence[Rule], *, run_id: str | None) -> Quarantined:
    """Return the row that keeps a rejected fact, whole, so that it can be replayed."""
    first = broken[0]
    value = getattr(fact, first.column)
    reason = f"“{fact.quote}”: {'; '.join(r.asks for r in broken)}; {first.column} is {value!r}"
    return Quarantined(
        quarantine_id=content_id(fact.TABLE, fact.row_id, first.name),
        run_id=run_id,
        source=fact.source,
        url=fact.url,
        of_table=fact.TABLE,
        of_id=fact.row_id,
        expectation=first.name,
        reason=reason,
        payload=json.dumps(asdict(fact), ensure_ascii=False, default=str, sort_keys=True),
    )
