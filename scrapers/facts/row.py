"""The row of the table of figures that an amount with its slots becomes."""

from __future__ import annotations

import json

from scrapers.facts.amounts import Quantity
from scrapers.facts.attribution import attribute
from scrapers.facts.intervals import interval
from scrapers.facts.measures import Measure
from scrapers.facts.scope import scope_at
from scrapers.facts.seen import Sides
from scrapers.facts.speakers import Turn
from warehouse.fields import Figure, Release, content_id

VERSION = "1"


def row_of(
    release: Release,
    amount: Quantity,
    measure: Measure,
    indicator: str,
    sides: Sides,
    period: str | None,
    status: str,
    turn: Turn | None,
    rules: dict[str, str],
) -> Figure:
    value, value_high, falling = _signed(amount, measure)
    unit = "percent" if amount.unit == "percent_points" else amount.unit
    low, high = interval(value, value_high, amount.bound, amount.step, falling=falling)
    told = attribute(release, amount.start, sides[0], turn)
    scope = scope_at(release, amount.start, amount.end, indicator)
    rules = rules | {"reporter": told.rule, "scope": scope or "whole"}
    return Figure(
        figure_id=content_id(release.release_id, amount.start, amount.end, value, unit),
        release_id=release.release_id,
        source=release.source,
        url=release.url,
        language=release.language,
        published=release.published,
        indicator=indicator,
        measure=measure.name,
        ref_area=sides[0],
        counterpart_area=sides[1],
        time_period=period,
        status=status,
        scope=scope,
        value=value,
        value_high=value_high,
        unit=unit,
        bound=amount.bound,
        low=low,
        high=high,
        quote=release.text[amount.start : amount.end],
        start=amount.start,
        end=amount.end,
        speaker=turn.name if turn else None,
        reporter=told.reporter,
        rules=json.dumps(rules, ensure_ascii=False, sort_keys=True),
        extractor_version=VERSION,
    )


def _signed(amount: Quantity, measure: Measure) -> tuple[float, float | None, bool]:
    """Return value, upper end, whether it falls: a fall is negative, its multiple below 1."""
    value, high = amount.value, amount.value_high
    if not measure.falling:
        return value, high, False
    if measure.name in ("growth", "increment"):
        return (-abs(value), None, True) if high is None else (-abs(high), -abs(value), False)
    if measure.name == "multiple" and value > 1:
        return 1 / value, high, False
    return value, high, False
