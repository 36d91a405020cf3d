"""What a page prints about its time of publication, as a date and, where it says so, a moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from scrapers.text.dates import find_date, find_time

MOMENT = re.compile(r"^\s*\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\s*$")
RFC822 = re.compile(r"^\s*(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3,9} \d{2,4} \d\d:\d\d")
EPOCH = re.compile(r"^\s*1\d{9}(?:\d{3})?\s*$")


@dataclass(frozen=True)
class Stamp:
    """A date on the publisher's calendar, and the clock time there if one is printed."""

    day: date
    clock: time | None = None

    def moment(self, zone: ZoneInfo) -> datetime | None:
        """Return the moment in UTC, or None where only a date is known."""
        if self.clock is None:
            return None
        return datetime.combine(self.day, self.clock, zone).astimezone(UTC)

    def iso(self, zone: ZoneInfo) -> str:
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock, zone).isoformat(timespec="minutes")

    def after(self, now: datetime, zone: ZoneInfo) -> bool:
        """Tell whether this lies in the future, with a day's grace for clocks and zones."""
        return self.day > (now.astimezone(zone) + timedelta(days=1)).date()


def read_stamp(text: str, zone: ZoneInfo, *, trust_offset: bool) -> Stamp | None:
    """Return what a text says, or None where it holds no date.

    An offset in the text counts only where it is trusted: kremlin.ru and government.ru still
    write +04:00 for Moscow. Without one, the clock is the publisher's. Midnight sharp is how
    feeds and old pages write that they have no clock.
    """
    try:
        moment = _moment(text)
        if moment is not None:
            if moment.tzinfo is not None and trust_offset:
                moment = moment.astimezone(zone)
            return Stamp(moment.date(), clock_of(moment.time()))
    except (ValueError, OverflowError, TypeError):
        return None
    day = find_date(text)
    return None if day is None else Stamp(day, clock_of(find_time(text)))


def clock_of(clock: time | None) -> time | None:
    """Return a clock time to the minute; midnight sharp is none."""
    minute = clock and clock.replace(second=0, microsecond=0)
    return None if minute == time() else minute


def _moment(text: str) -> datetime | None:
    if EPOCH.match(text):
        return datetime.fromtimestamp(int(text.strip()[:10]), UTC)
    if MOMENT.match(text):
        return datetime.fromisoformat(text.strip())
    if RFC822.match(text):
        return parsedate_to_datetime(text.strip())
    return None
