"""Tell people what changed about findings: each change once on each channel, and no more.

A night sends one digest, and its critical findings ahead of it. What a channel took is a row of
`alerts`; what it did not take is sent again by the next night. Prefect itself is a channel: events
for its automations, and an artifact for its pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import polars as pl

from expectations.findings import Finding
from flows.channels import channel_name, send
from flows.digest import Change, body_of, title_of
from flows.found import listed, standing
from flows.settings import Settings
from warehouse.fields import Alert, FindingEvent, content_id
from warehouse.storage import Lock
from warehouse.tables import Warehouse

TOLD = ("opened", "reopened", "acknowledged", "resolved")
FRESH = timedelta(days=30)  # a channel added today is not told the whole past
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a channel is handed: the text for people, and the changes for machines."""

    title: str
    body: str
    changes: Sequence[Change]
    at: datetime


Channel = Callable[[Message], bool]  # returns whether the channel took it


@dataclass(frozen=True, kw_only=True)
class Told:
    """Changes that each channel took, and the channels that did not take theirs."""

    taken: Mapping[str, int] = field(default_factory=dict)
    failed: Sequence[str] = ()


def notify(
    warehouse: Warehouse,
    settings: Settings,
    *,
    run_id: str,
    now: datetime,
    urgent: bool = False,
    channels: Mapping[str, Channel] | None = None,
) -> Told:
    """Send what no channel has taken yet; with ``urgent``, what is critical only.

    A channel that fails is named in the answer and in the log, and is tried again next time. Two
    processes that call this at once send nothing twice: the second waits and finds it taken.
    """
    reached = configured(settings) if channels is None else channels
    taken: dict[str, int] = {}
    failed: list[str] = []
    with Lock.of(settings.home / ".alerts.lock").hold():
        changes = [c for c in changes_of(warehouse, now) if is_urgent(c) or not urgent]
        for name, channel in reached.items():
            due = untold(warehouse, changes, name)
            if not due:
                continue
            if delivered(name, channel, message_of(due, now)):
                rows = [alert(change.event, name, run_id=run_id, at=now) for change in due]
                taken[name] = warehouse.append(rows, recorded_at=now)
            else:
                failed.append(name)
    for name in failed:
        log.error("%s did not take the alert; the next night sends it again", name)
    return Told(taken=taken, failed=failed)


def configured(settings: Settings) -> dict[str, Channel]:
    """Return Prefect and every Apprise address of the settings, by names without secrets."""
    found: dict[str, Channel] = {"prefect": to_prefect}
    for address in settings.alerts:
        found[channel_name(address)] = partial(to_people, address)
    return found


def to_people(address: Any, message: Message) -> bool:
    return send(address, title=message.title, body=message.body)


def to_prefect(message: Message) -> bool:
    """Emit an event for each change, and leave the digest as an artifact."""
    from prefect.artifacts import create_markdown_artifact
    from prefect.events import emit_event

    for change in message.changes:
        event = change.event
        emit_event(
            event=f"caravan.finding.{event.event}",
            resource={
                "prefect.resource.id": f"caravan.finding.{event.finding_id}",
                "prefect.resource.name": event.why[:200],
                "caravan.severity": event.severity,
                "caravan.type": event.type,
            },
            payload=change.row,
        )
    create_markdown_artifact(key="findings", markdown=f"# {message.title}\n\n{message.body}")
    return True


def delivered(name: str, channel: Channel, message: Message) -> bool:
    try:
        return channel(message)
    except Exception as error:  # noqa: BLE001 - one channel must not keep others from their alert
        log.error("%s: %s: %s", name, type(error).__name__, error)
        return False


def changes_of(warehouse: Warehouse, now: datetime) -> list[Change]:
    """Return the changes of state that people are told of, each with its finding as it is now."""
    findings = {f.finding_id: f for f in standing(warehouse)}
    events = list(told_events(findings.values(), now))
    involved = [findings[i] for i in dict.fromkeys(e.finding_id for e in events)]
    rows = {row["finding_id"]: row for row in listed(warehouse, involved)}
    return [Change(event=e, row=rows[e.finding_id]) for e in events]


def told_events(findings: Sequence[Finding] | Any, now: datetime) -> Iterator[FindingEvent]:
    """Yield what is told: changes of state of findings that are more than information."""
    for finding in findings:
        if finding.opening.severity != "info":
            recent = (e for e in finding.events if e.event in TOLD and now - e.at <= FRESH)
            yield from recent


def is_urgent(change: Change) -> bool:
    return change.event.severity == "critical" and change.event.event in ("opened", "reopened")


def untold(warehouse: Warehouse, changes: Sequence[Change], channel: str) -> list[Change]:
    """Return the changes that a channel has not taken."""
    rows = warehouse.scan("alerts").filter(pl.col("channel") == channel).select("event_id")
    taken = set(rows.collect()["event_id"])
    return [c for c in changes if c.event.event_id not in taken]


def message_of(changes: Sequence[Change], now: datetime) -> Message:
    return Message(title=title_of(changes, now), body=body_of(changes), changes=changes, at=now)


def alert(event: FindingEvent, channel: str, *, run_id: str, at: datetime) -> Alert:
    return Alert(
        alert_id=content_id(event.event_id, channel),
        event_id=event.event_id,
        channel=channel,
        run_id=run_id,
        at=at,
    )
