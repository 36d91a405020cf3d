"""The text of an alert, as its reader gets it: Markdown, the gravest first, both sides quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.fields import AREAS, INDICATORS, SEVERITIES, SUBJECTS, FindingEvent

HEADINGS = {
    "opened": "New",
    "reopened": "Open again, by new evidence",
    "resolved": "Resolved",
    "acknowledged": "Taken up",
}
SHOWN = 4  # statements on a side; the rest is counted


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of state, and the finding as `caravan findings list` shows it."""

    event: FindingEvent
    row: dict[str, Any]


def title_of(changes: Sequence[Change], now: datetime) -> str:
    """Return the subject line: how many, how grave, of which day."""
    new = [c for c in changes if c.event.event in ("opened", "reopened")]
    critical = sum(c.event.severity == "critical" for c in new)
    grave = f", {critical} critical" if critical else ""
    count = f"{len(new)} new finding{'s' * (len(new) != 1)}{grave}" if new else "findings settled"
    return f"Caravan: {count} ({now:%Y-%m-%d})"


def body_of(changes: Sequence[Change]) -> str:
    parts = []
    for event, heading in HEADINGS.items():
        here = sorted((c for c in changes if c.event.event == event), key=gravity)
        if here:
            parts += [f"## {heading}", *(entry(change) for change in here)]
    return "\n\n".join(parts) + "\n"


def gravity(change: Change) -> tuple[int, str]:
    return (-SEVERITIES.index(change.event.severity), change.event.finding_id)


def entry(change: Change) -> str:
    """Return one finding: what disagrees, what each side says and where, and how to go on."""
    event, row = change.event, change.row
    lines = [f"### {headline(event)}", ""]
    for side in (0, 1):
        told = [s for s in row["statements"] if s["side"] == side]
        lines += [said(s) for s in told[:SHOWN]]
        if len(told) > SHOWN:
            lines.append(f"- and {len(told) - SHOWN} more that say the same")
        if side == 0:
            lines += ["", "against", ""]
    lines += ["", summary(event)]
    if event.reason:
        lines.append(f"{event.actor or 'Somebody'}: {event.reason}")
    if event.event in ("opened", "reopened"):
        lines.append(f"`caravan findings show {event.finding_id[:8]}`")
    return "\n".join(lines)


def headline(event: FindingEvent) -> str:
    period = f", {event.time_period}" if event.time_period else ""
    measure = "" if event.measure in ("level", "statement") else f" ({event.measure})"
    name = event.type.replace("_", " ")
    return f"{event.severity}: {name}, {event.indicator}{measure}, {areas(event)}{period}"


def areas(event: FindingEvent) -> str:
    one = AREAS.get(event.ref_area, event.ref_area)
    other = event.counterpart_area
    return f"{one} – {AREAS.get(other, other)}" if other else one


def said(statement: dict[str, Any]) -> str:
    side = f", for {statement['reporter']}" if statement["reporter"] else ""
    words = f" ({statement['says']})" if statement["value"] is None else ""
    return (
        f"- “{statement['quote']}”{words}: {statement['source']}{side}, {statement['published']}, "
        f"{statement['url']}"
    )


def summary(event: FindingEvent) -> str:
    """Return what is measured, in the words of the code list, and how far apart the sides are."""
    if event.indicator in SUBJECTS:
        return f"Told differently: {SUBJECTS[event.indicator]}."
    measured = INDICATORS[event.indicator]
    for slot, area in (("counterpart_area", event.counterpart_area), ("ref_area", event.ref_area)):
        measured = measured.replace(slot, AREAS.get(area or "", "anyone"))
    measured = measured.replace("the counterpart (or of anyone)", "Russia or others")
    gap = "" if event.gap is None else f", {event.gap:.0%} apart"
    return f"{measured[0].upper()}{measured[1:]}{gap}."
