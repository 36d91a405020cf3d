"""The line to one site: single requests, in their turn and within their limits."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import httpx

from scrapers.sources.base import Request
from scrapers.web.addresses import Addresses
from scrapers.web.answers import REDIRECTS, Passing, Reply
from scrapers.web.bodies import ENCODINGS, HEAD, Body, CutOff, decompressed, read_body
from scrapers.web.errors import BadPage, Unreachable
from scrapers.web.network import Deadline
from scrapers.web.pace import Host
from scrapers.web.policy import Site
from warehouse.fields import Capture

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
EMPTY = Body(b"", "", 0, b"")
log = logging.getLogger(__name__)


@dataclass
class Tally:
    """What was asked of a site since its fetcher was made."""

    requests: int = 0  # all that went out: retries, redirects and robots.txt included
    fetched: int = 0
    unchanged: int = 0
    missing: int = 0
    refused: int = 0
    failed: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, name: str) -> None:
        with self._lock:
            setattr(self, name, getattr(self, name) + 1)


class Line:
    """One site, its connections and its hosts."""

    def __init__(
        self,
        site: Site,
        addresses: Addresses,
        http: httpx.Client,
        deadline: Deadline,
        host_of: Callable[[httpx.URL], Host],
    ) -> None:
        self.site = site
        self.addresses = addresses
        self.tally = Tally()
        self._http = http
        self._deadline = deadline
        self._host_of = host_of

    def host(self, url: str) -> Host:
        """Return pace and breaker of the host that a real address is asked at."""
        return self._host_of(self.addresses.ask(url))

    def exchange(
        self, request: Request, url: str, held: Capture | None, cookies: httpx.Cookies
    ) -> Reply:
        """Ask once. Raises Passing where there is no whole answer, BadPage where it is too large.

        A redirect is returned as it is, without its body.
        """
        with self.host(url).turn(), self._deadline.within(self.site.policy.total_s):
            self.tally.count("requests")
            try:
                response = self._http.send(self._build(request, url, held, cookies), stream=True)
                try:
                    cookies.extract_cookies(response)
                    body = self._body(response, url)
                    reply = Reply(url, response.status_code, response.headers, body)
                finally:
                    response.close()
            except CutOff as error:
                raise Passing(error) from error
            except (httpx.TransportError, ValueError) as error:  # httpx reads Location itself
                raise self._failure(url, error) from error
        log.debug("%s %s: %d, %d bytes", request.method, url, reply.status, reply.body.size)
        return reply

    def _build(
        self, request: Request, url: str, held: Capture | None, cookies: httpx.Cookies
    ) -> httpx.Request:
        asked = self.addresses.ask(url)
        headers = {
            "User-Agent": self.site.policy.user_agent,
            "Accept": request.accept or ACCEPT,
            "Accept-Encoding": ENCODINGS,
        }
        if self.site.at is not None:
            headers["X-Forwarded-Host"] = httpx.URL(url).host  # a mirror may tell hosts apart
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        built = self._http.build_request(
            request.method,
            asked,
            headers=headers | validators(held, url),
            content=request.body,
            timeout=self.site.policy.timeout_s,
        )
        with contextlib.suppress(UnicodeEncodeError):  # a cookie that no header can hold
            cookies.set_cookie_header(built)
        return built

    def _body(self, response: httpx.Response, url: str) -> Body:
        status = response.status_code
        if status in REDIRECTS and "location" in response.headers:
            return EMPTY
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if status >= 400:
            return glimpse(response.iter_raw(), encoding)
        most = self.site.policy.max_bytes
        return read_body(response.iter_raw(), encoding=encoding, max_bytes=most, name=url)

    def _failure(self, url: str, error: Exception) -> Passing:
        policy, what = self.site.policy, f"{type(error).__name__}: {error}".rstrip(": ")
        if "CERTIFICATE_VERIFY_FAILED" in what:
            mend = "give the missing certificate as `ca` in its YAML, or set `verify: false`"
            return Passing(Unreachable(f"{url}: {what}; {mend}"), again=False)
        if self._deadline.is_over():
            late = (
                f"{url}: not whole within {policy.total_s:g} s; if that is right, raise `total_s`"
            )
            return Passing(Unreachable(late), again=False)
        return Passing(Unreachable(f"{url}: {what}"))


def validators(held: Capture | None, url: str) -> dict[str, str]:
    """Return the headers that ask for a body only if it is not the one we hold."""
    if held is None or held.final_url != url:
        return {}
    pairs = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
    return {name: value for name, value in pairs.items() if value}


def glimpse(pieces: Iterable[bytes], encoding: str) -> Body:
    """Return the beginning of an error's body: enough to know a challenge page by."""
    head = b""
    try:
        for piece in decompressed(pieces, encoding, ""):
            head += piece
            if len(head) >= HEAD:
                break
    except (BadPage, CutOff):
        pass  # the status has said what there is to say
    return Body(b"", "", len(head), head[:HEAD])
