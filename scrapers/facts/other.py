"""All facts of a release that are no figures: events, agreements and initiatives together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scrapers.facts.agreements import agreements_of
from scrapers.facts.events import extract_events
from scrapers.facts.initiatives import initiatives_of
from warehouse.fields import Agreement, Event, Initiative, Release

_SLOTS: dict[type, tuple[str, tuple[str, ...]]] = {
    Event: ("event", ("type", "date", "place", "areas", "status")),
    Agreement: ("agreement", ("type", "action", "date", "areas", "period")),
    Initiative: ("initiative", ("proposer", "proposer_area", "domain", "status")),
}


@dataclass(frozen=True, slots=True)
class OtherFacts:
    """The facts of one release by kind."""

    events: Sequence[Event]
    agreements: Sequence[Agreement]
    initiatives: Sequence[Initiative]

    def all(self) -> list[Event | Agreement | Initiative]:
        """Return them in the order of the text."""
        facts: list[Event | Agreement | Initiative] = [*self.events, *self.agreements]
        facts += self.initiatives
        return sorted(facts, key=lambda f: (f.start, f.end, f.row_id))


def extract_facts(release: Release) -> OtherFacts:
    """Return the events, agreements and initiatives of a release. Pure; never raises."""
    events = extract_events(release)
    agreements = agreements_of(release, events)
    return OtherFacts(events, agreements, initiatives_of(release, [*events, *agreements]))


def printable(fact: Event | Agreement | Initiative) -> dict[str, Any]:
    """Return a fact as the scorer reads it: kind, span, quote and the fields of its kind."""
    kind, slots = _SLOTS[type(fact)]
    span = {"kind": kind, "start": fact.start, "end": fact.end, "quote": fact.quote}
    return span | {name: getattr(fact, name) for name in slots}
