"""The life of a finding: events in order, folded into a state. Nothing here reads a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from expectations.pool import Disagreement
from warehouse.fields import FindingEvent, content_id

STATE_AFTER = {
    "opened": "open",
    "reopened": "open",
    "acknowledged": "acknowledged",
    "resolved": "resolved",
}
Echo = Callable[[frozenset[str], frozenset[str]], bool]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding as it stands now. The fields of its opening, and all witnesses so far."""

    opening: FindingEvent
    events: tuple[FindingEvent, ...]
    state: str
    figure_ids: tuple[str, ...]
    against_ids: tuple[str, ...]

    @property
    def finding_id(self) -> str:
        return self.opening.finding_id

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(self.figure_ids + self.against_ids)

    @property
    def standing(self) -> bool:
        """Whether it still asks for attention: open, or acknowledged and not resolved."""
        return self.state != "resolved"


def fold(events: Iterable[FindingEvent]) -> dict[str, Finding]:
    """Return each finding's present state from its events, in the order in which they happened."""
    folded: dict[str, Finding] = {}
    for event in sorted(events, key=lambda e: (e.at, event_rank(e), e.event_id)):
        held = folded.get(event.finding_id)
        folded[event.finding_id] = born(event) if held is None else grown(held, event)
    return folded


def event_rank(event: FindingEvent) -> int:
    return 0 if event.event == "opened" else 1


def born(event: FindingEvent) -> Finding:
    return Finding(
        opening=event,
        events=(event,),
        state=STATE_AFTER.get(event.event, "open"),
        figure_ids=tuple(event.figure_ids),
        against_ids=tuple(event.against_ids),
    )


def grown(finding: Finding, event: FindingEvent) -> Finding:
    return replace(
        finding,
        events=(*finding.events, event),
        state=STATE_AFTER.get(event.event, finding.state),
        figure_ids=merged(finding.figure_ids, event.figure_ids),
        against_ids=merged(finding.against_ids, event.against_ids),
    )


def merged(held: Sequence[str], new: Iterable[str]) -> tuple[str, ...]:
    return (*held, *(i for i in dict.fromkeys(new) if i not in held))


def lived(
    found: Iterable[Disagreement],
    known: Iterable[Finding],
    *,
    run_id: str | None,
    at: datetime,
    echo: Echo,
) -> Iterator[FindingEvent]:
    """Yield what the disagreements of a batch mean for the findings that are known.

    One that is known gains its new figures as witnesses, and reopens where it was resolved and
    the new figures are no mere ``echo`` of those it has. All others open.
    """
    findings = {f.finding_id: f for f in known}
    for disagreement in found:
        held = recognised(disagreement, findings.values())
        event = (
            opened(disagreement, run_id=run_id, at=at)
            if held is None
            else gained(
                held,
                ids_of(disagreement),
                why=disagreement.why,
                run_id=run_id,
                at=at,
                echo=echo,
            )
        )
        if event is not None:
            folded = born(event) if held is None else grown(held, event)
            findings[folded.finding_id] = folded
            yield event


def ids_of(found: Disagreement) -> tuple[list[str], list[str]]:
    return [f.figure_id for f in found.first], [f.figure_id for f in found.second]


def recognised(found: Disagreement, known: Iterable[Finding]) -> Finding | None:
    """Return the known finding that is this disagreement, met again."""
    event_id = identity(found)
    for finding in known:
        if finding.finding_id == event_id or same_mirror(found, finding):
            return finding
    first, second = ({f.figure_id for f in s} for s in (found.first, found.second))
    for finding in known:
        one, other = set(finding.figure_ids), set(finding.against_ids)
        if (first & one and second & other) or (first & other and second & one):
            return finding
    return None


def same_mirror(found: Disagreement, finding: Finding) -> bool:
    """Whether both are the gap between two sides' statistics of one key, whatever the values."""
    event = finding.opening
    return found.type == event.type == "mirror_gap" and subject(found) == (
        event.indicator,
        event.measure,
        event.ref_area,
        event.counterpart_area,
        event.time_period,
        event.unit,
        event.scope,
    )


def subject(found: Disagreement) -> tuple[str | None, ...]:
    f = found.lead
    return (
        f.indicator,
        f.measure,
        f.ref_area,
        f.counterpart_area,
        found.time_period,
        f.unit,
        f.scope,
    )


def identity(found: Disagreement) -> str:
    """Return the id of a finding: type, key, and the values that stand against each other."""
    values = [f"{side[0].value:.6g}" for side in (found.first, found.second)]
    return content_id(found.type, *subject(found), *values)


def opened(found: Disagreement, *, run_id: str | None, at: datetime) -> FindingEvent:
    finding_id = identity(found)
    f = found.lead
    return FindingEvent(
        event_id=content_id(finding_id, "opened"),
        finding_id=finding_id,
        event="opened",
        type=found.type,
        severity=found.severity,
        indicator=f.indicator,
        measure=f.measure,
        ref_area=f.ref_area,
        counterpart_area=f.counterpart_area,
        time_period=found.time_period,
        unit=f.unit,
        scope=f.scope,
        gap=round(found.gap, 4),
        figure_ids=ids_of(found)[0],
        against_ids=ids_of(found)[1],
        why=found.why,
        run_id=run_id,
        at=at,
    )


def gained(
    held: Finding,
    sides: tuple[Sequence[str], Sequence[str]],
    *,
    why: str,
    run_id: str | None,
    at: datetime,
    echo: Echo = lambda fresh, held: False,
) -> FindingEvent | None:
    """Return the event that adds the figures a known finding lacks; None where it lacks none.

    The sides may come turned. Whatever a person said before is not said of the new event.
    """
    turned = bool({*sides[0]} & {*held.against_ids} or {*sides[1]} & {*held.figure_ids})
    new = [[i for i in side if i not in held.ids] for side in (sides[::-1] if turned else sides)]
    fresh = frozenset(new[0] + new[1])
    if not fresh:
        return None
    again = held.state == "resolved" and not echo(fresh, held.ids)
    event = "reopened" if again else "witness_added"
    return replace(
        held.opening,
        event_id=content_id(held.finding_id, event, *sorted(fresh)),
        event=event,
        figure_ids=new[0],
        against_ids=new[1],
        why=why,
        reason=None,
        actor=None,
        run_id=run_id,
        at=at,
        recorded_at=None,
    )


def judged(
    finding: Finding, event: str, *, at: datetime, actor: str | None, reason: str | None = None
) -> FindingEvent:
    """Return the event by which a person acknowledges or resolves a finding."""
    return replace(
        finding.opening,
        event_id=content_id(finding.finding_id, event, at.isoformat()),
        event=event,
        figure_ids=[],
        against_ids=[],
        reason=reason,
        actor=actor,
        run_id=None,
        at=at,
        recorded_at=None,
    )
