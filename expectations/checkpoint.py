"""Check a batch of figures: shape first, then beside what was known. The seam that flows call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from warehouse.fields import Figure, FindingEvent, Quarantined, Release
from warehouse.tables import Warehouse


@dataclass(frozen=True, kw_only=True)
class Crash:
    """A check that crashed, which is not a check that failed."""

    check: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the checks say of a batch. Conflicting figures are accepted: they were said."""

    accepted: Sequence[Figure]
    quarantined: Sequence[Quarantined] = ()
    findings: Sequence[FindingEvent] = ()
    crashes: Sequence[Crash] = field(default=())
    docs: Path | None = None  # Data Docs index, where they were written


def check(
    figures: Sequence[Figure],
    releases: Sequence[Release],
    warehouse: Warehouse,
    *,
    run_id: str,
    at: datetime,
    docs: Path | None = None,
) -> Outcome:
    """Check a batch beside everything the warehouse holds; nothing is written to it.

    ``releases`` are the batch's; figures of theirs that are held already are no conflict.
    ``docs`` is the folder for Data Docs, or None for none.
    """
    return Outcome(accepted=figures)
