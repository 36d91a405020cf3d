"""Findings whose figures are told no longer, or again: resolved and reopened by themselves.

A figure goes when a newer reading of its release no longer has it (`retirements`), or when curation
drops, corrects or accepts it (`corrections.yml`). A finding stands on both its sides: where one of
them is gone it is resolved, with the reason; where it comes back, the finding is open again. What a
person has resolved stays so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import polars as pl

from expectations.corrections import Correction
from expectations.findings import Finding, fold
from expectations.pool import Pool
from warehouse.fields import Figure, FindingEvent, content_id
from warehouse.tables import Warehouse

CURATION = "corrections"
BACK = "what was taken back stands again"


def withdrawn(
    findings: Iterable[Finding],
    gone: Mapping[str, str],
    *,
    actor: str,
    run_id: str | None,
    at: datetime,
) -> Iterator[FindingEvent]:
    """Yield the resolution of what has lost a side; ``gone`` has the reason for each lost id."""
    for finding in findings:
        lost = next((side for side in sides(finding) if side and side <= gone.keys()), None)
        if finding.standing and lost:
            reasons = "; ".join(sorted({gone[i] for i in lost}))
            yield turned(finding, "resolved", reasons, actor=actor, run_id=run_id, at=at)


def returned(
    findings: Iterable[Finding],
    gone: Collection[str],
    *,
    actor: str,
    run_id: str | None,
    at: datetime,
) -> Iterator[FindingEvent]:
    """Yield the reopening of what the same actor had resolved and has both its sides again.

    ``gone`` has all that does not stand, whatever took it away.
    """
    for finding in findings:
        whole = not any(side and side <= set(gone) for side in sides(finding))
        if finding.state == "resolved" and whole and resolver(finding) == actor:
            yield turned(finding, "reopened", BACK, actor=actor, run_id=run_id, at=at)


def sides(finding: Finding) -> tuple[set[str], set[str]]:
    return set(finding.figure_ids), set(finding.against_ids)


def resolver(finding: Finding) -> str | None:
    """Return who resolved a finding last."""
    told = [event.actor for event in finding.events if event.event == "resolved"]
    return told[-1] if told else None


def turned(
    finding: Finding, event: str, reason: str, *, actor: str, run_id: str | None, at: datetime
) -> FindingEvent:
    return replace(
        finding.opening,
        event_id=content_id(finding.finding_id, event, reason, len(finding.events)),
        event=event,
        figure_ids=[],
        against_ids=[],
        reason=reason,
        actor=actor,
        run_id=run_id,
        at=at,
        recorded_at=None,
    )


def curated_events(
    corrections: Sequence[Correction],
    warehouse: Warehouse,
    told: Sequence[FindingEvent],
    *,
    run_id: str | None,
    at: datetime,
) -> list[FindingEvent]:
    """Return what curation means for the findings held and those just ``told``."""
    known = held_events(warehouse)
    if not corrections and not any(event.actor == CURATION for event in known):
        return []
    gone = taken_back(corrections, warehouse)
    findings = list(fold([*known, *told]).values())
    who = {"actor": CURATION, "run_id": run_id, "at": at}
    away = {*gone, *no_longer_read(findings, warehouse)}
    return [*withdrawn(findings, gone, **who), *returned(findings, away, **who)]  # type: ignore[arg-type]


def no_longer_read(findings: Iterable[Finding], warehouse: Warehouse) -> set[str]:
    """Return the figures, of findings that curation settled, that are held and retired since.

    Those of a batch are not held yet, and are none of them.
    """
    settled = [f for f in findings if f.state == "resolved" and resolver(f) == CURATION]
    ids = sorted(set().union(*(finding.ids for finding in settled)))
    if not ids:
        return set()
    standing = warehouse.scan("figures").filter(pl.col("figure_id").is_in(ids))
    return warehouse.known("figures", ids) - set(
        standing.select("figure_id").collect()["figure_id"]
    )


def held_events(warehouse: Warehouse) -> list[FindingEvent]:
    rows = warehouse.scan("findings").collect()
    return [FindingEvent(**row) for row in rows.iter_rows(named=True)]


def taken_back(corrections: Sequence[Correction], warehouse: Warehouse) -> dict[str, str]:
    """Return the figures held that curation takes back, and the reason for each."""
    quotes = sorted({told.quote for told in corrections})
    rows = warehouse.scan("figures").filter(pl.col("quote").is_in(quotes)).collect()
    held = [Figure(**row) for row in rows.iter_rows(named=True)]
    return {f.figure_id: reason for f in held if (reason := why_back(f, corrections))}


def why_back(figure: Figure, corrections: Sequence[Correction]) -> str | None:
    told = next((c for c in corrections if c.meant(figure)), None)
    if told is None or told.is_done(figure):
        return None
    return f"{told.reason} ({told.action}, {told.by})"


def amended(pool: Pool, corrections: Sequence[Correction]) -> Pool:
    """Return a pool without what curation takes back of the history: it no longer speaks."""
    return pool.without(f.figure_id for f in pool.figures if why_back(f, corrections))
