"""The plots of series: each statement a mark at its value over its period; no markup here.

Across lies time, up lies the value. A statement is a rectangle as wide as its period and as high
as the interval that its wording implies, so that both are to scale: the months of a part of a year
are not taken for the year. Places across are percentages, heights are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from expectations.periods import Span, span
from flows.report import words
from flows.report.scale import Scale, middle, scale_for

HEIGHT, FOOT = 250, 24
TOP, BOTTOM = 14.0, HEIGHT - FOOT
START, END = 2.0, 98.0
COLOURS, SHAPES = 7, 8  # coprime: 56 sources are told apart by one or the other, mostly by both
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 480)  # months between two ticks of time
APART = 11  # pixels between marks of one period


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One statement in a plot."""

    source: str
    colour: int
    shape: int
    left: float
    width: float
    top: float
    height: float
    x: float
    aside: int
    y: float
    to_come: bool  # target, forecast or plan
    href: str | None
    said: str


@dataclass(frozen=True, kw_only=True)
class Band:
    """What all statements of a period agree on, or the stretch over which they do not."""

    left: float
    width: float
    top: float
    height: float
    disputed: bool


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One quantity over time."""

    title: str
    unit: str
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    across: tuple[tuple[float, str, str], ...]
    up: tuple[tuple[float, str], ...]
    disputed: bool
    legend: tuple[tuple[str, int, int], ...]
    logarithmic: bool
    undated: bool
    to_come: bool
    rows: tuple[dict[str, Any], ...]
    said: str


Look = Mapping[str, tuple[int, int]]
Linked = Mapping[str, str]


def looks(sources: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return for each source a colour and a shape, the same on all pages."""
    return {name: (n % COLOURS, n % SHAPES) for n, name in enumerate(sorted(set(sources)))}


def plot(
    rows: Sequence[dict[str, Any]],
    statements: Mapping[str, Sequence[dict[str, Any]]],
    *,
    look: Look,
    linked: Linked,
) -> Plot:
    """Return the plot of the rows of ``series`` of one quantity, with what is stated of each."""
    told = [(row, statements.get(row["series_id"], [])) for row in rows]
    across, up = axes(told)
    unit = rows[0]["unit"]
    marks = [
        m
        for _, group in groupby(told, key=lambda t: period_of(t[0]))
        for m in marks_of(list(group), across, up, look=look, linked=linked)
    ]
    names = sorted({m.source for m in marks})
    return Plot(
        title=title_of(rows[0]),
        unit=unit,
        bands=tuple(band(row, across, up) for row, _ in told if row["statements"] > 1),
        marks=tuple(marks),
        across=tuple(dates_of(across)),
        up=tuple((up.at(v), words.amount(v, unit, short=True)) for v in up.ticks(5)),
        legend=tuple((name, *look[name]) for name in names),
        logarithmic=up.logarithmic,
        disputed=any(row["agreement"] == "disputed" for row in rows),
        undated=any(row["time_period"] is None for row in rows),
        to_come=any(row["status"] != "actual" for row in rows),
        rows=tuple({**row, "told": said} for row, said in reversed(told)),
        said=summary(rows),
    )


def title_of(row: Mapping[str, Any]) -> str:
    said = words.indicator(row["indicator"])
    if row["counterpart_area"]:
        said += f" with {words.area(row['counterpart_area'])}"
    narrowed = [row["scope"]] if row["scope"] else []
    kind = [] if row["measure"] == "level" else [row["measure"]]
    unit = "number" if row["unit"] == "count" else row["unit"]
    return f"{', '.join([said, *narrowed, *kind])} ({unit})"


def summary(rows: Sequence[Mapping[str, Any]]) -> str:
    disputed = sum(row["agreement"] == "disputed" for row in rows)
    stated = sum(row["statements"] for row in rows)
    return (
        f"{stated} statements in {len(rows)} rows, {disputed} of them disputed; "
        "the table below has the same, with links"
    )


def period_of(row: Mapping[str, Any]) -> Span:
    """Return the days a row of ``series`` covers; the days of statement where it is undated."""
    return span(row["time_period"]) or Span(row["first_stated"], row["last_stated"])


Told = Sequence[tuple[dict[str, Any], Sequence[dict[str, Any]]]]


def axes(told: Told) -> tuple[Scale, Scale]:
    spans = [period_of(row) for row, _ in told]
    days = [day.toordinal() for s in spans for day in (s.start, s.end)]
    across = scale_for([min(days), max(days) + 1], start=START, end=END)
    values = [
        v
        for row, said in told
        for one in [row, *said]
        for v in (one["low"], one["high"], one["value"])
        if v is not None
    ]
    level = told[0][0]["measure"] == "level"
    return across, scale_for(values, from_zero=level, start=BOTTOM, end=TOP)


def marks_of(told: Told, across: Scale, up: Scale, *, look: Look, linked: Linked) -> Iterable[Mark]:
    """Yield the marks of one period, side by side where they would cover each other."""
    stated = [(row, one) for row, said in told for one in said]
    for place, (row, one) in enumerate(stated):
        covered = period_of(row)
        left, right = reach(covered, across)
        bottom = BOTTOM if one["low"] is None else up.at(one["low"])
        top = TOP if one["high"] is None else up.at(one["high"])
        colour, shape = look[one["source"]]
        yield Mark(
            source=one["source"],
            colour=colour,
            shape=shape,
            left=left,
            width=round(right - left, 2),
            top=round(top, 1),
            height=round(max(bottom - top, 1.0), 1),
            x=round((left + right) / 2, 2),
            aside=round((place - (len(stated) - 1) / 2) * APART),
            y=round(up.at(middle(one["value"], one["value_high"])), 1),
            to_come=row["status"] != "actual",
            href=linked.get(one["figure_id"]),
            said=told_by(row, one),
        )


def told_by(row: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    status = "" if row["status"] == "actual" else f" ({row['status']})"
    return (
        f"{one['source']}, {words.period(row['time_period'])}{status}: “{one['quote']}”, "
        f"{words.interval(one['low'], one['high'], row['unit'])}; "
        f"stated {words.day(one['published'])}"
    )


def reach(covered: Span, across: Scale) -> tuple[float, float]:
    return across.at(covered.start.toordinal()), across.at(covered.end.toordinal() + 1)


def band(row: Mapping[str, Any], across: Scale, up: Scale) -> Band:
    left, right = reach(period_of(row), across)
    bottom = BOTTOM if row["low"] is None else up.at(row["low"])
    top = TOP if row["high"] is None else up.at(row["high"])
    return Band(
        left=left,
        width=round(right - left, 2),
        top=round(top, 1),
        height=round(max(bottom - top, 1.0), 1),
        disputed=row["agreement"] == "disputed",
    )


def dates_of(across: Scale) -> Iterable[tuple[float, str, str]]:
    """Yield the ticks of time: years, or months where the plot covers little.

    Few, so that their words have room on a phone; one near the edge goes without where another is
    close.
    """
    first, last = date.fromordinal(round(across.low)), date.fromordinal(round(across.high))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in STEPS if months / s <= (5 if s >= 12 else 3)), STEPS[-1])
    before = 0.0
    for n in range(first.year * 12, last.year * 12 + 13, step):
        tick = date(n // 12, n % 12 + 1, 1)
        if first <= tick <= last:
            place = across.at(tick.toordinal())
            at_edge = place > 85
            month = "" if step >= 12 else f"{words.MONTHS[tick.month - 1][:3]} "
            said = "" if at_edge and before and place - before < 34 else f"{month}{tick.year}"
            yield place, said, "end" if at_edge else "start"
            before = place
