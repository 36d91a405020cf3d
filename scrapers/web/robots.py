"""robots.txt: what a host lets us ask, and what we make of answers that are no rules.

=====================================  =========================================================
its robots.txt                         what we do
=====================================  =========================================================
rules                                  obey those for `Caravan`, else those for `*`; Crawl-delay
                                       and Request-rate widen the spacing, to a minute at most
404, 403 and other 4xx                 no rules (RFC 9309, 2.3.1.3); the pages' own answers decide
an HTML page with status 200           no rules: government.ru answers its home page
a challenge page, 429                  refused: the host keeps us out or wants us slower
5xx, no answer, hanging                the rules we hold, if not older than 30 days; else refused
                                       (RFC 9309, 2.3.1.4), and asked again after ten minutes
redirect to another host               no rules; other hosts are never asked
more than 500 kB                       the first 500 kB count
=====================================  =========================================================

Answers count for a day. A site whose YAML says ``respect_robots: false`` is not asked at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from scrapers.web.answers import Passing, Reply, retry_after
from scrapers.web.errors import Refused, Unreachable
from scrapers.web.policy import ROBOT

FRESH = timedelta(days=1)
STALE = timedelta(days=30)
TRY_AGAIN_S = 600.0
LONGEST = 500_000
MAX_DELAY_S = 60.0
HTML = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|\?xml|!--|meta)", re.I)


@dataclass(frozen=True)
class Rules:
    """What one host allows. Without ``parsed`` everything, with ``refusal`` nothing."""

    parsed: Protego | None = None
    refusal: str | None = None
    good_until: float = 0.0  # on the client's monotonic clock

    def why_not(self, url: str) -> str | None:
        """Return why an address may not be fetched, or None where it may."""
        if self.refusal is not None:
            return self.refusal
        if self.parsed is None or self.parsed.can_fetch(url, ROBOT):
            return None
        return f"robots.txt forbids it to {ROBOT}"

    @property
    def spacing_s(self) -> float:
        """The spacing that the rules ask for, 0 without any."""
        if self.parsed is None:
            return 0.0
        delay = self.parsed.crawl_delay(ROBOT) or 0.0
        if (rate := self.parsed.request_rate(ROBOT)) and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return float(min(delay, MAX_DELAY_S))


def read_rules(body: bytes, *, good_until: float) -> Rules:
    """Return the rules of a robots.txt; an HTML page holds none."""
    if HTML.match(body):
        return Rules(good_until=good_until)
    text = body[:LONGEST].decode("utf-8-sig", "replace")
    return Rules(parsed=Protego.parse(text), good_until=good_until)


def judge(reply: Reply, now: datetime) -> Reply:
    """Return an answer that settles the rules. Raises Refused and Passing for those that do not."""
    if reply.status == 429:
        raise Passing(Refused(reply.name), wait_s=retry_after(reply.headers, now))
    if reply.status >= 500:
        raise Passing(Unreachable(reply.name), wait_s=retry_after(reply.headers, now))
    if reply.status == 200 and (mark := reply.challenge):
        raise Refused(f"{reply.name}, with a challenge page ({mark})")
    return reply
