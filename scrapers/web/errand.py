"""One errand: a request followed through redirects, and tried again where that may help."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from random import Random

import httpx

from scrapers.sources.base import Request
from scrapers.web.answers import REDIRECTS, Judge, Passing, Reply
from scrapers.web.errors import Forbidden, Refused, Unreachable
from scrapers.web.line import Line
from scrapers.web.pace import Host
from warehouse.fields import Capture

A_DAY_S = 86400.0
LONGEST_PAUSE_S = 300.0
log = logging.getLogger(__name__)


class Errand:
    """A request on its way. ``url`` is the real address it has come to."""

    def __init__(
        self,
        line: Line,
        request: Request,
        *,
        held: Capture | None,
        allow: Callable[[str], None],
        judge: Judge,
        random: Random,
    ) -> None:
        self._line = line
        self._start = request
        self._held = held
        self._allow = allow
        self._judge = judge
        self._random = random
        self._url = request.url

    def run(self, *, retries: int) -> Reply:
        """Return an answer that the judge lets pass."""
        for attempt in count():
            try:
                return self._attempt()
            except Passing as passing:
                if not passing.again or attempt >= retries:
                    self._host.failed(str(passing.error))
                    raise passing.error from passing
                self._pause(attempt, passing)
        raise AssertionError("unreachable")

    @property
    def _host(self) -> Host:
        return self._line.host(self._url)

    def _attempt(self) -> Reply:
        reply = self._follow()
        try:
            judged = self._judge(reply)
        except Refused as error:
            self._host.failed(str(error))
            raise
        self._host.succeeded()
        return judged

    def _follow(self) -> Reply:
        """Return the first answer that is no redirect; every hop obeys all rules."""
        request, cookies = self._start, httpx.Cookies()
        self._url = request.url
        for _ in range(self._line.site.policy.redirects + 1):
            self._allow(self._url)
            reply = self._line.exchange(request, self._url, self._held, cookies)
            if reply.status not in REDIRECTS or "location" not in reply.headers:
                return reply
            self._url = self._next(reply)
            if reply.status not in (307, 308):
                request = replace(request, method="GET", body=None)
        most = self._line.site.policy.redirects
        raise Unreachable(f"{self._start.url}: redirected more than {most} times, to {self._url}")

    def _next(self, reply: Reply) -> str:
        target = reply.headers["location"]
        try:
            joined = str(httpx.URL(reply.url).join(target))
            return self._line.addresses.real(joined, seen_at=reply.url)
        except (Forbidden, httpx.InvalidURL, ValueError) as error:
            raise Forbidden(f"{reply.url}: redirects where we do not go: {error}") from error

    def _pause(self, attempt: int, passing: Passing) -> None:
        """Let the host rest before the next try. Raises where it wants a longer rest than ours."""
        policy = self._line.site.policy
        if passing.wait_s is not None and passing.wait_s > policy.retry_after_max_s:
            self._host.shut(min(passing.wait_s, A_DAY_S), str(passing.error))
            raise type(passing.error)(
                f"{passing.error}, asking for {passing.wait_s:.0f} s of rest"
            ) from passing
        backoff = policy.backoff_s * 2**attempt * self._random.uniform(0.5, 1.5)
        rest_s = max(min(backoff, LONGEST_PAUSE_S), passing.wait_s or 0.0)
        log.info("%s; trying again in %.0f s", passing.error, rest_s)
        self._host.rest(rest_s)
