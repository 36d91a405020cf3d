"""What an answer means: a body to keep, nothing new, or one of the ways to fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from scrapers.web.bodies import Body
from scrapers.web.challenge import challenge
from scrapers.web.errors import (
    CaravanError,
    Misconfigured,
    Missing,
    Refused,
    Transient,
    Unreachable,
)

REDIRECTS = (301, 302, 303, 307, 308)
REFUSALS = (401, 402, 403, 406, 407, 418, 451)
GONE = (404, 410)


@dataclass(frozen=True)
class Reply:
    """One answer, before it is judged. ``url`` is the real address that gave it."""

    url: str
    status: int
    headers: httpx.Headers
    body: Body

    @property
    def name(self) -> str:
        return f"{self.url}: answered {self.status} {phrase(self.status)}".rstrip()

    @property
    def challenge(self) -> str | None:
        return challenge(self.body.head, self.body.size, self.headers)


Judge = Callable[[Reply], Reply]


class Passing(Exception):  # noqa: N818 - no failure yet
    """A failure that may pass: ``error`` is raised if it does not.

    ``wait_s`` is what the site asked for; ``again`` is false where another try would be the same.
    """

    def __init__(self, error: Transient, *, wait_s: float | None = None, again: bool = True):
        super().__init__(str(error))
        self.error = error
        self.wait_s = wait_s
        self.again = again


def judge(reply: Reply, now: datetime) -> Reply:
    """Return an answer that holds a body, or 304. Raises Passing and the errors of the tree."""
    if mark := reply.challenge:
        raise Refused(f"{reply.name}, with a challenge page ({mark})")
    if reply.status in (200, 203):
        if not reply.body.size:
            raise Passing(Unreachable(f"{reply.name}, with an empty body"))
        return reply
    if reply.status == 304:
        return reply
    if reply.status == 429 or (reply.status == 503 and "retry-after" in reply.headers):
        raise Passing(slow_down(reply), wait_s=retry_after(reply.headers, now))
    if reply.status >= 500:
        raise Passing(Unreachable(reply.name))
    raise final(reply)


def slow_down(reply: Reply) -> Transient:
    return (Refused if reply.status == 429 else Unreachable)(reply.name)


def final(reply: Reply) -> CaravanError:
    if reply.status in GONE:
        return Missing(reply.name)
    if reply.status in REFUSALS:
        return Refused(reply.name)
    if 400 <= reply.status < 500:
        return Misconfigured(f"{reply.name}; what we ask for is no longer right: mend the YAML")
    return Unreachable(f"{reply.name}, which is no page")


def retry_after(headers: httpx.Headers, now: datetime) -> float | None:
    """Return the seconds that a site wants us to wait: Retry-After as a number or a date."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())


def phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
