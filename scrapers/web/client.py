"""Asking sites for pages: politely, within limits, and with a name for every way to fail.

    client = Client()
    fetch = client.fetcher(source.site, memory)
    answer = fetch(Request(url="http://kremlin.ru/events/president/news"))

One client serves a whole run. Its fetchers may be used from several threads at once.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from random import Random
from types import TracebackType
from typing import Self, TypeVar

import httpx

from scrapers.sources.base import Memory
from scrapers.web.addresses import Addresses
from scrapers.web.clock import Clock, SystemClock
from scrapers.web.fetcher import Fetcher, RuleBook
from scrapers.web.line import Line
from scrapers.web.memory import Forgetful
from scrapers.web.network import Deadline, PinnedBackend, PinnedTransport, Resolve, tls_context
from scrapers.web.pace import Host
from scrapers.web.policy import Policy, Site

T = TypeVar("T")


class Client:
    """What all threads share: connections, the pace of each host, its rules and its breaker."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        random: Random | None = None,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:
        self._clock = clock or SystemClock()
        self._random = random or Random()
        self._resolve = resolve
        self._deadline = Deadline(self._clock)
        self._lock = threading.Lock()
        self._shared: dict[object, object] = {}

    def fetcher(self, site: Site, memory: Memory | None = None) -> Fetcher:
        """Return a `Fetch` for one site. Raises Misconfigured for a policy that cannot work."""
        addresses = Addresses(site)
        http = self._once(
            ("http", site.policy.verify, site.policy.ca, addresses.endpoint),
            lambda: self._http(site.policy, addresses),
        )

        def host_of(url: httpx.URL) -> Host:
            name = url.netloc.decode()
            return self._once(("host", site.id, name), lambda: Host(name, site.policy, self._clock))

        line = Line(site, addresses, http, self._deadline, host_of)
        book = self._once(("robots", site.id, site.at), RuleBook)
        return Fetcher(line, memory or Forgetful(), book, self._clock, self._random)

    def _http(self, policy: Policy, addresses: Addresses) -> httpx.Client:
        backend = PinnedBackend(self._deadline, mirror=addresses.endpoint, resolve=self._resolve)
        context = tls_context(verify=policy.verify, ca=policy.ca)
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        transport = PinnedTransport(backend, context)
        return httpx.Client(transport=transport, cookies=no_cookies, trust_env=False)

    def _once(self, key: object, make: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._shared:
                self._shared[key] = make()
            return self._shared[key]  # type: ignore[return-value]

    def close(self) -> None:
        for shared in self._shared.values():
            if isinstance(shared, httpx.Client):
                shared.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
