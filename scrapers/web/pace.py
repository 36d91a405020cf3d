"""One host's patience: when it may be asked next, by how many at once, and when to leave it be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from scrapers.web.clock import Clock
from scrapers.web.errors import Refused
from scrapers.web.policy import Policy


class Host:
    """Pace and circuit breaker of one host, shared by all threads that ask it."""

    def __init__(self, name: str, policy: Policy, clock: Clock) -> None:
        self.name = name
        self._policy = policy
        self._clock = clock
        self._spacing_s = policy.spacing_s
        self._free_at = -1e18  # monotonic: the next request may start
        self._shut_until = -1e18
        self._why = ""
        self._failures = 0
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(policy.concurrency)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for our turn and hold it. Raises Refused while the breaker is open."""
        with self._places:
            self.check()
            self._clock.sleep(self._take_slot())
            self.check()  # another thread may have been refused while we waited
            try:
                yield
            finally:
                self.rest(self._spacing_s)

    def _take_slot(self) -> float:
        with self._lock:
            now = self._clock.monotonic()
            start = max(now, self._free_at)
            self._free_at = start + self._spacing_s
            return start - now

    def rest(self, seconds: float) -> None:
        """Ask nothing for some seconds from now; whoever comes next waits."""
        with self._lock:
            self._free_at = max(self._free_at, self._clock.monotonic() + seconds)

    def slow_down(self, spacing_s: float) -> None:
        """Widen the spacing, as a robots.txt may ask; it is never narrowed."""
        with self._lock:
            self._spacing_s = max(self._spacing_s, spacing_s)

    def check(self) -> None:
        with self._lock:
            left = self._shut_until - self._clock.monotonic()
        if left > 0:
            raise Refused(f"{self.name}: left alone for another {left:.0f} s, after: {self._why}")

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self, why: str) -> None:
        """Count a failure; enough of them in a row open the breaker.

        Once its time is over one request may try; if it fails too, the breaker opens again.
        """
        with self._lock:
            self._failures += 1
            enough = self._failures >= self._policy.breaker_after
        if enough:
            self.shut(self._policy.breaker_s, why)

    def shut(self, seconds: float, why: str) -> None:
        """Open the breaker for some seconds."""
        with self._lock:
            self._shut_until = max(self._shut_until, self._clock.monotonic() + seconds)
            self._why = why
