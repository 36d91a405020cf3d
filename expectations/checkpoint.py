"""Check a batch: shape first, then beside what was known. The seam that flows call.

The decisions are pure (`shape`, `detect`, `findings`); Great Expectations runs the same rules as
suites that people read (`suites`), sees the batch only, and never the history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from expectations.corrections import curate, load_corrections
from expectations.detect import Crash, detect
from expectations.fact_shape import Others, screen_facts, told_frame
from expectations.facts import check_facts
from expectations.findings import lived
from expectations.pool import Disagreement
from expectations.prior import figures_by_id, known_findings, pool_of, releases_by_id
from expectations.shape import facts_frame, screen, texts_of
from expectations.syndication import echoes
from expectations.withdrawn import amended, curated_events
from warehouse.fields import Figure, FindingEvent, Quarantined, Release, Row
from warehouse.tables import Warehouse

__all__ = ["Crash", "Others", "Outcome", "check"]
NOTHING = Others()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the checks say of a batch. Conflicting figures are accepted: they were said."""

    accepted: Sequence[Figure]
    others: Others = field(default_factory=Others)  # the events, documents … that may stand
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
    others: Others = NOTHING,
    docs: Path | None = None,
    actions: Sequence[Mapping[str, Any]] = (),
) -> Outcome:
    """Check a batch beside everything the warehouse holds; nothing is written to it.

    ``releases`` are the batch's; figures of theirs that are held already are no conflict.
    ``others``: its events, documents and initiatives.
    ``docs`` is the folder for Data Docs, or None for none: then Great Expectations is left out,
    which changes no decision. ``actions`` are settings of its own actions, run after the suites.
    """
    corrections = load_corrections()
    curated = curate(figures, releases, corrections, run_id=run_id)
    sound, malformed, crashes = screen(curated.figures, releases, run_id=run_id, at=at)
    crashes += [Crash(check="corrections", message=told) for told in curated.expired]
    pool = amended(pool_of(sound, releases, warehouse), corrections)
    found, crashed = detect(pool)
    crashes += crashed
    events = events_of(found, sound, releases, warehouse, run_id=run_id, at=at)
    events += curated_events(corrections, warehouse, events, run_id=run_id, at=at)
    told, odd, broken = screen_facts(others, releases, run_id=run_id, at=at)
    clashes, failed = check_facts(told.events, told.agreements, warehouse, run_id=run_id, at=at)
    crashes += [*broken, *failed]
    index = None
    if docs is not None and (curated.figures or any(others.tables.values())):
        frames = frames_of(curated.figures, others, texts_of(releases))
        index, broken = documented(frames, found, run_id=run_id, at=at, docs=docs, actions=actions)
        crashes += [c for c in broken if c.check not in {known.check for known in crashes}]
    return Outcome(
        accepted=sound,
        others=told,
        quarantined=[*curated.dropped, *malformed, *odd],
        findings=[*events, *clashes],
        crashes=crashes,
        docs=index,
    )


def frames_of(
    figures: Sequence[Figure], others: Others, texts: Mapping[str, str]
) -> dict[type[Row], pl.DataFrame]:
    """Return what Great Expectations reads of a batch, table by table; none of what is empty."""
    frames: dict[type[Row], pl.DataFrame] = {}
    if figures:
        frames[Figure] = facts_frame(figures, texts)
    for row, facts in others.tables.items():
        if facts:
            frames[row] = told_frame(row, facts, texts)
    return frames


def documented(
    frames: Mapping[type[Row], pl.DataFrame],
    found: Sequence[Disagreement],
    *,
    run_id: str,
    at: datetime,
    docs: Path,
    actions: Sequence[Mapping[str, Any]] = (),
) -> tuple[Path | None, list[Crash]]:
    """Run the suites of Great Expectations over the batch; return the Data Docs and what crashed.

    Whatever happens in there must not end the night: the decisions have been made.
    """
    try:
        from expectations.gate import recorded

        told = recorded(frames, found, run_id=run_id, today=at.date(), docs=docs, actions=actions)
    except Exception as error:  # noqa: BLE001 - recorded as a crash, by name
        return None, [Crash(check="great expectations", message=f"{type(error).__name__}: {error}")]
    return told.docs, list(told.crashes)


def events_of(
    found: Sequence[Disagreement],
    batch: Sequence[Figure],
    releases: Sequence[Release],
    warehouse: Warehouse,
    *,
    run_id: str,
    at: datetime,
) -> list[FindingEvent]:
    """Return the events by which the disagreements enter the life of their findings."""
    if not found:
        return []
    known = known_findings(batch, warehouse)
    told = {f.figure_id: f for d in found for f in d.figures}

    def echo(fresh: frozenset[str], held: frozenset[str]) -> bool:
        """Whether all new witnesses only repeat stories that the finding has."""
        figures = {**figures_by_id(held, warehouse), **told}
        ids = {f.release_id for i, f in figures.items() if i in fresh | held}
        texts = {**releases_by_id(ids, warehouse), **{r.release_id: r for r in releases}}
        leader = echoes([texts[i] for i in sorted(ids) if i in texts])
        stories = {i: leader.get(f.release_id, f.release_id) for i, f in figures.items()}
        had = {stories[i] for i in held if i in stories}
        return all(stories[i] in had for i in fresh)

    return list(lived(found, known, run_id=run_id, at=at, echo=echo))
