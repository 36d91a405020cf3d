"""A server on loopback that stands in for the sample sites, kept apart by host: ``/{host}/…``.

It answers conditional requests as real sites do, and can play a site that is down, hangs or
sends garbage. What is posted to ``/inbox`` is kept: the reader whom the demo's alerts go to.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from flows.demo.sites import Page, SampleSite

Trouble = Literal["error", "hang", "garbage"]
GARBAGE = bytes(range(128, 256)) * 40


class SampleServer(ThreadingHTTPServer):
    """The sample sites of one night; ``night`` and ``trouble`` (by source) may be changed."""

    daemon_threads = True
    block_on_close = False  # a client that hangs up late must not keep us

    def __init__(self, sites: list[SampleSite], *, night: int = 1) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.sites = sites
        self.night = night
        self.trouble: Mapping[str, Trouble] = {}
        self.closing = threading.Event()
        self.inbox: list[dict[str, Any]] = []  # the alerts that came, as Apprise posts them
        self.pages = cache(self._pages)
        self.source_of = {host: site.source for site in sites for host in site.hosts}

    @property
    def address(self) -> str:
        """What stands in for every site: the address with ``{host}`` left open."""
        return f"http://127.0.0.1:{self.server_port}/{{host}}"

    @property
    def inbox_address(self) -> str:
        """The inbox as Apprise writes addresses."""
        return f"json://127.0.0.1:{self.server_port}/inbox"

    @property
    def at(self) -> dict[str, str]:
        return {site.source: self.address for site in self.sites}

    def _pages(self, night: int) -> dict[tuple[str, str], Page]:
        return {key: page for site in self.sites for key, page in site.pages(night).items()}


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: SampleServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host, _, path = urlsplit(self.path).path.lstrip("/").partition("/")
        source = self.server.source_of.get(host)
        # The static robots.txt outlives the application behind it, on real sites too.
        trouble = self.server.trouble.get(source) if source and path != "robots.txt" else None
        if trouble == "hang":
            self.server.closing.wait()
            self.close_connection = True
        elif trouble == "error":
            self.answer(500, b"Internal Server Error", {"Content-Type": "text/plain"})
        elif trouble == "garbage":
            self.answer(200, GARBAGE, {"Content-Type": "text/html; charset=utf-8"})
        else:
            self.send_page(self.server.pages(self.server.night).get((host, f"/{path}")))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/inbox":
            self.server.inbox.append(json.loads(body))
            self.answer(200, b"taken", {"Content-Type": "text/plain"})
        else:
            self.answer(405, b"Method Not Allowed", {"Content-Type": "text/plain"})

    def send_page(self, page: Page | None) -> None:
        number = parse_qs(urlsplit(self.path).query).get("page", ["1"])[0]
        if page is None or number not in ("0", "1"):
            self.answer(404, b"Not Found", {"Content-Type": "text/plain"})
            return
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
        headers = {"ETag": etag, "Last-Modified": http_date(page.changed)}
        if self.is_current(page, etag):
            self.answer(304, b"", headers)
        else:
            self.answer(200, page.body, {"Content-Type": page.content_type, **headers})

    def is_current(self, page: Page, etag: str) -> bool:
        if tags := self.headers.get("If-None-Match"):
            return etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        if since := self.headers.get("If-Modified-Since"):
            return page.changed.replace(microsecond=0) <= parsedate_to_datetime(since)
        return False

    def answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the nights report what they asked for."""


def http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


@contextmanager
def serving(sites: list[SampleSite], *, night: int = 1) -> Iterator[SampleServer]:
    """Serve the sites on a free port of loopback while the context lasts."""
    server = SampleServer(sites, night=night)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
