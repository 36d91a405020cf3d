"""How we behave towards one site: what its YAML says, as checked values."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from scrapers.web.errors import Misconfigured

ROBOT = "Caravan"  # the product token that robots.txt rules are matched against
USER_AGENT = f"{ROBOT}/0.1 (nightly reader of public releases)"
LEAST = {
    "spacing_s": 0,
    "concurrency": 1,
    "timeout_s": 0.01,
    "total_s": 0.01,
    "max_bytes": 1,
    "redirects": 0,
    "retries": 0,
    "backoff_s": 0,
    "retry_after_max_s": 0,
    "breaker_after": 1,
    "breaker_s": 0,
}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Politeness and limits; the defaults suit a site that we know nothing of.

    ``spacing_s`` runs from the end of one request to a host to the start of the next, retries,
    redirects and robots.txt included.
    """

    spacing_s: float = 3.0
    concurrency: int = 1
    timeout_s: float = 30.0  # of silence: while connecting, and between two pieces of an answer
    total_s: float = 120.0  # for one whole answer
    max_bytes: int = 10_000_000  # of a body, after decompression
    redirects: int = 5
    retries: int = 2
    backoff_s: float = 2.0  # before the first retry, doubled for each further one, with jitter
    retry_after_max_s: float = 120.0  # a longer Retry-After closes the host instead of waiting
    breaker_after: int = 3  # failures in a row that close a host
    breaker_s: float = 1800.0  # for how long it stays closed
    user_agent: str = USER_AGENT
    verify: bool = True
    ca: Path | None = None  # PEM file trusted besides the usual ones (a missing intermediate)
    respect_robots: bool = True

    def __post_init__(self) -> None:
        for name, least in LEAST.items():
            value = getattr(self, name)
            if not least <= value < math.inf:
                raise Misconfigured(f"policy: {name} is {value}; it must be {least} or more")


@dataclass(frozen=True, kw_only=True)
class Site:
    """A source as the client sees it.

    ``hosts`` are all hosts that we may ask, the main one first, without scheme or port.
    ``at`` is the address of a mirror or test server that stands in for all of them; it may hold
    ``{host}`` where the mirror keeps the hosts apart.
    """

    id: str
    hosts: tuple[str, ...]
    policy: Policy = field(default_factory=Policy)
    at: str | None = None

    def __post_init__(self) -> None:
        if not self.hosts:
            raise Misconfigured(f"{self.id}: no hosts; list them in its YAML")
        for host in self.hosts:
            if not host or set(host) & set(":/@ ") or host != host.lower():
                raise Misconfigured(f"{self.id}: host {host!r} must be a bare lower-case name")

    def stood_in_by(self, at: str | None, *, hurry: bool = False) -> Self:
        """Return this site with a mirror, if any, in its place.

        In a hurry the mirror is asked without pause and with short time-outs; a live site never.
        """
        if at is None or not hurry:
            return replace(self, at=at)
        quick = replace(self.policy, spacing_s=0, timeout_s=3, retries=1, backoff_s=0.1)
        return replace(self, at=at, policy=quick)
