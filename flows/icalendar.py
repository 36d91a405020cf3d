"""Events as iCalendar text, by RFC 5545: lines end in CRLF and are folded at 75 octets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from warehouse.fields import AREAS

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Caravan//Events//EN", "CALSCALE:GREGORIAN")
TAIL = ("END:VCALENDAR",)
OCTETS = 75
Row = Mapping[str, Any]


def calendar_text(events: Iterable[Row], statements: Iterable[Row]) -> str:
    """Return published events as a calendar; ``statements`` tell who says so."""
    told: dict[str, list[Row]] = defaultdict(list)
    for statement in statements:
        told[statement["thing_id"]].append(statement)
    lines = [*HEAD, "X-WR-CALNAME:Central Asia and Russia"]
    for event in events:
        days = span(event["date"])
        if days is not None:
            lines += entry(event, days, told[event["thing_id"]])
    return "".join(f"{folded(line)}\r\n" for line in (*lines, *TAIL))


def entry(event: Row, days: tuple[date, date], told: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of one event. The end of an all-day entry is the day after it."""
    first, last = days
    certain = len(event["date"].split("/")[0]) == len("2025-10-09")
    stamp: datetime = event["recorded_at"]
    parties = ", ".join(AREAS.get(a, a) for a in event["areas"])
    yield "BEGIN:VEVENT"
    yield f"UID:{event['thing_id']}@caravan"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event['title'])}"
    yield f"STATUS:{'CONFIRMED' if certain else 'TENTATIVE'}"
    yield f"CATEGORIES:{escaped(event['type'])}"
    if event["place"]:
        yield f"LOCATION:{escaped(event['place'])}"
    yield f"DESCRIPTION:{escaped(described(parties, event, told))}"
    yield f"URL:{told[0]['url']}" if told else f"COMMENT:{escaped(event['why'])}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def described(parties: str, event: Row, told: Sequence[Row]) -> str:
    said = [f"{s['source']}, {s['published']}: {s['url']}" for s in told]
    return "\n".join([f"{parties}; {event['status']}; {event['why']}", *said])


def span(iso: str | None) -> tuple[date, date] | None:
    """Return first and last day of a date told to the day or month, None for any other."""
    if iso is None or len(iso.split("/")[0]) < len("2025-10"):
        return None
    ends = iso.split("/")
    return begins(ends[0]), ends_on(ends[-1])


def begins(iso: str) -> date:
    return date.fromisoformat(iso if len(iso) == len("2025-10-09") else f"{iso}-01")


def ends_on(iso: str) -> date:
    if len(iso) == len("2025-10-09"):
        return date.fromisoformat(iso)
    return (begins(iso) + timedelta(31)).replace(day=1) - timedelta(1)


def escaped(text: str) -> str:
    """Return text as a value: backslash, semicolon, comma and line end are written out."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(plain, written)
    return text


def folded(line: str) -> str:
    """Fold a line so that none has more than 75 octets, and no character is cut."""
    pieces, held, room = [], "", OCTETS
    for letter in line:
        if len((held + letter).encode()) > room:
            pieces.append(held)
            held, room = "", OCTETS - 1  # the blank that marks a folded line counts
        held += letter
    return "\r\n ".join([*pieces, held])
