"""Fetching for one site: robots rules first, then the page, beside what we hold of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from random import Random

import httpx

from scrapers.sources.base import Memory, Request, Unchanged
from scrapers.web import robots
from scrapers.web.answers import Reply, judge
from scrapers.web.bodies import unpack
from scrapers.web.clock import Clock
from scrapers.web.errand import Errand
from scrapers.web.errors import (
    CaravanError,
    Forbidden,
    Missing,
    Refused,
    Skip,
    Transient,
    Unreachable,
)
from scrapers.web.line import Line, Tally, validators
from scrapers.web.robots import Rules
from warehouse.fields import Capture, content_id

ROBOTS_RETRIES = 1
log = logging.getLogger(__name__)


class RuleBook:
    """The robots rules of one site's hosts, each read by one thread at a time."""

    def __init__(self) -> None:
        self._rules: dict[str, robots.Rules] = {}
        self._lock = threading.Lock()

    def rules(self, place: str, now: float, read: Callable[[], robots.Rules]) -> robots.Rules:
        with self._lock:
            known = self._rules.get(place)
            if known is None or known.good_until < now:
                known = self._rules[place] = read()
            return known


class Fetcher:
    """The client bound to one site: a `Fetch` that also counts. Made by `Client.fetcher`."""

    def __init__(
        self, line: Line, memory: Memory, book: RuleBook, clock: Clock, random: Random
    ) -> None:
        self._line = line
        self._memory = memory
        self._book = book
        self._clock = clock
        self._random = random

    @property
    def tally(self) -> Tally:
        return self._line.tally

    def __call__(self, request: Request) -> Capture | Unchanged:
        """Return what the address holds, new or held. Raises errors of the tree only."""
        try:
            answer = self._fetch(request)
        except CaravanError as error:
            self.tally.count(kind(error))
            raise
        self.tally.count("unchanged" if isinstance(answer, Unchanged) else "fetched")
        return answer

    def _fetch(self, request: Request) -> Capture | Unchanged:
        url = self._line.addresses.real(request.url)
        known_by = request.link.url if request.link else url
        held = self._memory.recall(known_by) if request.method == "GET" else None
        errand = Errand(
            self._line,
            replace(request, url=url),
            held=held,
            allow=self._allow,
            judge=lambda reply: judge(reply, self._clock.now()),
            random=self._random,
        )
        reply = errand.run(retries=self._line.site.policy.retries)
        if held is not None and is_same(held, reply):
            return Unchanged(capture=held)
        if reply.status == 304:
            raise Unreachable(f"{reply.name}, though we hold nothing of it")
        return self._keep(self._capture(request, known_by, reply))

    def _capture(self, request: Request, url: str, reply: Reply) -> Capture:
        link = request.link
        return Capture(
            capture_id=content_id(url, reply.body.sha256),
            source=self._line.site.id,
            url=url,
            final_url=reply.url,
            status=reply.status,
            content_type=reply.headers.get("content-type"),
            etag=reply.headers.get("etag"),
            last_modified=reply.headers.get("last-modified"),
            fetched_at=self._clock.now(),
            body=reply.body.packed,
            body_sha256=reply.body.sha256,
            native_id=link.native_id if link else None,
            language=link.language if link else None,
            listed_title=link.title if link else None,
            listed_published=link.published if link else None,
        )

    def _keep(self, capture: Capture) -> Capture:
        self._memory.keep(capture)
        return capture

    def _allow(self, url: str) -> None:
        """Raise Refused where robots.txt forbids an address."""
        if not self._line.site.policy.respect_robots:
            return
        parsed = httpx.URL(url)
        place = f"{parsed.scheme}://{parsed.netloc.decode()}"
        now = self._clock.monotonic()
        rules = self._book.rules(place, now, lambda: self._rules(f"{place}/robots.txt"))
        self._line.host(url).slow_down(rules.spacing_s)
        if why := rules.why_not(url):
            raise Refused(f"{url}: {why}")

    def _rules(self, url: str) -> Rules:
        held = self._memory.recall(url)
        if held is not None and self._clock.now() - held.fetched_at < robots.FRESH:
            return self._read(held)
        try:
            return self._ask_for_rules(url, held)
        except Forbidden as error:
            log.info("%s; taken as no rules", error)
            return Rules(good_until=self._until(robots.FRESH.total_seconds()))
        except (Transient, Skip) as error:
            if held is not None and self._clock.now() - held.fetched_at < robots.STALE:
                return self._read(held)
            why = f"its robots.txt is not to be had, so we stay away ({error})"
            return Rules(refusal=why, good_until=self._until(robots.TRY_AGAIN_S))

    def _ask_for_rules(self, url: str, held: Capture | None) -> Rules:
        request = Request(url=url, accept="text/plain,*/*;q=0.5")
        errand = Errand(
            self._line,
            request,
            held=held,
            allow=lambda _: None,
            judge=lambda reply: robots.judge(reply, self._clock.now()),
            random=self._random,
        )
        reply = errand.run(retries=min(ROBOTS_RETRIES, self._line.site.policy.retries))
        if held is not None and is_same(held, reply):
            return self._read(held)
        if reply.status != 200:
            return Rules(good_until=self._until(robots.FRESH.total_seconds()))
        return self._read(self._keep(self._capture(request, url, reply)))

    def _read(self, capture: Capture) -> Rules:
        until = self._until(robots.FRESH.total_seconds())
        return robots.read_rules(unpack(capture), good_until=until)

    def _until(self, seconds: float) -> float:
        return self._clock.monotonic() + seconds


def is_same(held: Capture, reply: Reply) -> bool:
    """Tell whether an answer is what we hold: by the site's word, or byte by byte."""
    if reply.status == 304:
        return bool(validators(held, reply.url))
    return reply.body.sha256 == held.body_sha256


def kind(error: CaravanError) -> str:
    if isinstance(error, Missing):
        return "missing"
    return "refused" if isinstance(error, Refused) else "failed"
