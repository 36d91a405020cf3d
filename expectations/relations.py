"""Two figures as values in, their relation out. Pure; no history, no tables.

A figure is the interval that its wording implies. Two figures are comparable where indicator,
measure, areas, status, unit, scope and period are the same; they agree where their intervals meet.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from expectations.addresses import canonical, twin_key
from expectations.indicators import nature
from expectations.periods import Span, as_of, near, span
from warehouse.fields import CENTRAL_ASIA, Figure

STOCK_DAYS = 93  # an undated stock holds about three months
EVENT_DAYS = 3
PROGRESS_DAYS = 20  # a year is summed up in its last days already
IN_ONE_BREATH = 150  # characters: a sentence that lists
EVENT_UNLIKE = 1.0  # twice as much
WILD = 5000.0
UNLIKE = 4.0  # five times as much
LEAST_MONEY = 10_000
UNDATED = 1900  # a release without a date is taken as of the year 1
SLACK = 1e-9
CRITICAL_GAP, WARNING_GAP, MIRROR_GAP = 0.20, 0.02, 0.15


@dataclass(frozen=True)
class Relation:
    """How two figures stand to each other: ``apart`` (not comparable), ``agree``, or a type."""

    kind: str
    gap: float
    why: str

    @property
    def conflict(self) -> bool:
        return self.kind not in ("apart", "agree")


def interval(figure: Figure) -> tuple[float, float]:
    """Return the ends of what the wording implies; an open end is infinite."""
    low = -math.inf if figure.low is None else figure.low
    high = math.inf if figure.high is None else figure.high
    if figure.low is None and figure.high is None:
        low = high = figure.value
    return low, high


def meets(one: tuple[float, float], other: tuple[float, float]) -> bool:
    slack = SLACK * max((abs(e) for e in (*one, *other) if math.isfinite(e)), default=0.0)
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def agree(a: Figure, b: Figure) -> bool:
    return meets(interval(a), interval(b))


def gap(a: Figure, b: Figure) -> float:
    """Return the distance of two values over the smaller one, as FINDINGS.md counts it."""
    return gap_of(a.value, b.value)


def gap_of(one: float, other: float) -> float:
    smaller = min(abs(one), abs(other))
    return abs(one - other) / smaller if smaller else (0.0 if one == other else 1e6)


def key(figure: Figure) -> tuple[str | None, ...]:
    """Return what must be the same for two figures to be of one series."""
    f = figure
    return (f.indicator, f.measure, f.ref_area, f.counterpart_area, f.status, f.unit, f.scope)


def same_release(a: Figure, b: Figure) -> bool:
    return a.release_id == b.release_id


def same_page(a: Figure, b: Figure) -> bool:
    return canonical(a.url) == canonical(b.url)


def twins(a: Figure, b: Figure) -> bool:
    """Whether two figures stand in two language versions of one release."""
    same = a.source == b.source and a.language != b.language and not same_page(a, b)
    return same and twin_key(a.url) == twin_key(b.url)


def same_moment(a: Figure, b: Figure) -> bool:
    """Whether two figures of one series describe the same period, or the same standing state."""
    kind = nature(a.indicator).kind
    one, other = span(a.time_period), span(b.time_period)
    if kind == "event":
        return near(a.published, b.published, days=EVENT_DAYS)
    if one and other and one == other:
        return kind != "flow" or same_progress(a, b, one)
    if same_release(a, b) and one is None and other is None:
        return kind != "flow"
    if kind == "flow":
        return False
    undated = [s is None or (kind == "stock" and s.months <= 1) for s in (one, other)]
    return all(undated) and near(
        as_of(a.time_period, a.published), as_of(b.time_period, b.published), days=STOCK_DAYS
    )


def same_progress(a: Figure, b: Figure, period: Span) -> bool:
    """Whether both tell a whole period, or both tell it so far, within a month of each other."""
    if a.status != "actual":
        return True
    told = [f.published for f in (a, b)]
    if not all(day.year > UNDATED for day in told):
        return True  # nothing says that it was told too early
    over = [day > period.end - timedelta(days=PROGRESS_DAYS) for day in told]
    return all(over) or (not any(over) and near(a.published, b.published, days=30))


def told_apart(a: Figure, b: Figure) -> str | None:
    """Return why two figures are not comparable, or None where they are."""
    if key(a) != key(b):
        return "another series"
    if gap(a, b) > WILD:
        return "so far apart, they count different things"
    if not (is_dated(a) and is_dated(b)):
        return "nobody knows when one was said, nor of when it speaks"
    kind = nature(a.indicator).kind
    if kind != "event" and gap(a, b) > UNLIKE:
        return "so far apart, they count different things, or one is a slip of magnitude"
    if kind == "instance" and a.scope is None:
        return "nothing says that both speak of one thing"
    if kind == "event" and (same_release(a, b) or gap(a, b) > EVENT_UNLIKE):
        return "an event has several things to count"
    if same_release(a, b) and (reason := told_together(a, b)):
        return reason
    if a.status == "forecast" and a.source != b.source:
        return "two houses may expect different things"
    if not same_moment(a, b):
        return "another period"
    return None


def is_dated(figure: Figure) -> bool:
    """Whether it is known of when a figure speaks, if only by the day on which it was said."""
    return figure.time_period is not None or figure.published.year > UNDATED


def told_together(a: Figure, b: Figure) -> str | None:
    """Return why two figures of one release are rather two things than a contradiction."""
    if gap(a, b) > UNLIKE:
        return "so far apart, one release speaks of two things"
    if a.status in ("planned", "forecast"):
        return "what is planned has several parts"
    if abs(a.start - b.start) < IN_ONE_BREATH:
        return "told in one breath, so told apart"
    if any(decided(f.rules).get("indicator", "").split(";")[0].endswith("nearby") for f in (a, b)):
        return "only a neighbouring sentence says what it counts"
    return None


def same_side(a: Figure, b: Figure) -> bool:
    """Whether one side, or one publisher of no side, speaks twice."""
    if a.reporter and b.reporter:
        return a.reporter == b.reporter
    return a.source == b.source


def across(a: Figure, b: Figure) -> bool:
    """Whether Russia tells one figure and the Central Asian side the other."""
    sides = {a.reporter, b.reporter}
    return "RU" in sides and bool(sides & {*CENTRAL_ASIA, "C5"})


def relate(a: Figure, b: Figure) -> Relation:
    """Return how two figures stand to each other; the same whichever comes first."""
    reason = told_apart(a, b)
    if reason:
        return Relation("apart", 0.0, reason)
    apart = gap(a, b)
    if agree(a, b):
        return Relation("agree", apart, "the intervals meet")
    return Relation(conflict(a, b), apart, "the intervals do not meet")


def conflict(a: Figure, b: Figure) -> str:
    """Return the type of the conflict of two comparable figures whose intervals do not meet."""
    if same_page(a, b) and not same_release(a, b):
        return "edit"
    if twins(a, b):
        return "translation_mismatch"
    if across(a, b) and nature(a.indicator).mirrored and a.status == "actual":
        return "mirror_gap"
    if same_release(a, b):
        return "contradiction"
    if same_side(a, b):
        later = a.published != b.published and min(a.published, b.published).year > UNDATED
        return "restatement" if later else "contradiction"
    return "contradiction"


GUESSED = ("carried along", "nothing else")
UNNAMED = (*GUESSED, "topic of the release")
BLOCS = ("C5", "EAEU", "CIS", "SCO")


def firm(figure: Figure, *, leaning: bool = False) -> bool:
    """Whether words of its own say what a figure counts, and of whom: else it accuses nobody.

    The extractor's ``rules`` tell. An indicator only carried along from another sentence, or a bloc
    that no word names, may be a misreading, and a misreading is no disagreement. Only a growth and
    its amount may lean on each other.
    """
    rules = decided(figure.rules)
    if (rules.get("indicator") in GUESSED and not leaning) or is_stump(figure):
        return False
    return not (figure.ref_area in BLOCS and rules.get("sides") in UNNAMED)


def is_money(figure: Figure) -> bool:
    return len(figure.unit) == 3 and figure.unit.isupper() and figure.unit != "TEU"


def is_stump(figure: Figure) -> bool:
    """Whether an amount has lost its scale: what states trade and invest is no "$24"."""
    series = nature(figure.indicator).series
    return series and is_money(figure) and figure.measure == "level" and figure.value < LEAST_MONEY


@lru_cache(maxsize=4096)
def decided(rules: str) -> dict[str, str]:
    """Return the rule that decided each slot; none where it cannot be read."""
    try:
        told = json.loads(rules)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def certain(figure: Figure) -> bool:
    """Whether the side is told by the text or an official publisher, not by a newspaper's home."""
    return decided(figure.rules).get("reporter") != "publisher"


def severity(kind: str, distance: float) -> str:
    """Return how grave a finding is, by its type and the gap over the smaller value."""
    if kind == "magnitude":
        return "critical"
    if kind == "mirror_gap":
        return "warning" if distance > MIRROR_GAP else "info"
    if distance > CRITICAL_GAP:
        return "critical"
    return "warning" if distance >= WARNING_GAP else "info"
