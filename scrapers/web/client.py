"""Asking sites for pages, politely and within limits."""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.sources.base import Memory, Request, Unchanged
from scrapers.web.policy import Site
from warehouse.fields import Capture


@dataclass
class Tally:
    """What was asked of a site since its fetcher was made."""

    requests: int = 0  # all that went out: retries, redirects and robots.txt included
    fetched: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0


class Fetcher:
    """The client bound to one site: a `Fetch` that also counts. Made by `Client.fetcher`."""

    def __init__(self, site: Site, memory: Memory) -> None:
        self.site = site
        self.tally = Tally()
        self._memory = memory

    def __call__(self, request: Request) -> Capture | Unchanged:
        raise NotImplementedError


class Client:
    """All that threads share: connections, the pace of each host, robots rules, breakers."""

    def fetcher(self, site: Site, memory: Memory | None = None) -> Fetcher:
        raise NotImplementedError
