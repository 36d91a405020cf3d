"""A loopback server that misbehaves on demand, and the clock that makes waiting short.

    with Server(clock) as server:
        server.on("/news", page("<p>…</p>", etag='"1"'))
        server.on("/news/2", status(500), page("<p>better</p>"))   # in turn; the last one stays
        fetch = client.fetcher(Site(id="kremlin", hosts=("kremlin.ru",), at=server.url))

`server.log` holds every request with the clock's time. Paths that nobody defined answer 404.
"""

from __future__ import annotations

import gzip
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

START = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


class FakeClock:
    """Runs as time does, but sleeping takes none; `slept` holds what was slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._ahead = 0.0
        self._start = time.monotonic()
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic() - self._start)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._ahead += seconds
            self.slept.append(seconds)


@dataclass(frozen=True)
class Asked:
    """One request, as the server saw it."""

    at: float
    method: str
    path: str
    host: str  # the source's own host, of which this server is a mirror
    headers: dict[str, str]
    body: bytes

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_GET(self) -> None:
        size = int(self.headers.get("content-length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("x-forwarded-host", headers["host"])
        at = self.server.now()
        asked = Asked(at, self.command, self.path, host, headers, self.rfile.read(size))
        try:
            self.server.behaviour(asked)(self, asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client had enough

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass

    def reply(self, code: int, body: bytes = b"", **headers: str) -> None:
        headers.setdefault("content_length", str(len(body)))
        self.head(code, **headers)
        self.wfile.write(body)

    def head(self, code: int, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def stream(self, code: int = 200, **headers: str) -> None:
        """Begin an answer whose end is the end of the connection."""
        self.close_connection = True
        self.head(code, content_type=HTML, connection="close", **headers)

    def wait(self, seconds: float) -> None:
        """Wait, but not beyond the end of the test."""
        if self.server.stopping.wait(seconds):
            raise BrokenPipeError


Behaviour = Callable[[Handler, Asked], None]


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.now = now
        self.stopping = threading.Event()
        self.log: list[Asked] = []
        self.routes: dict[str, list[Behaviour]] = {}
        self.lock = threading.Lock()

    def behaviour(self, asked: Asked) -> Behaviour:
        with self.lock:
            self.log.append(asked)
            turns = self.routes.get(asked.path, [status(404)])
            return turns.pop(0) if len(turns) > 1 else turns[0]

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that hangs up is part of the play


class Server:
    def __init__(self, clock: FakeClock | None = None) -> None:
        self._http = _Http((clock or FakeClock()).monotonic)
        self.on("/robots.txt", page("User-agent: *\nDisallow:\n", content_type="text/plain"))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def log(self) -> list[Asked]:
        return [asked for asked in self._http.log if asked.path != "/robots.txt"]

    @property
    def whole_log(self) -> list[Asked]:
        return list(self._http.log)

    def on(self, path: str, *turns: Behaviour) -> None:
        self._http.routes[path] = list(turns)

    def gaps(self) -> list[float]:
        """Seconds between one request and the next, robots.txt included."""
        times = [asked.at for asked in self.whole_log]
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.stopping.set()
        self._http.shutdown()
        self._http.server_close()


def page(
    body: str | bytes,
    *,
    content_type: str = HTML,
    etag: str | None = None,
    last_modified: str | None = None,
    **headers: str,
) -> Behaviour:
    """Return a well-behaved page; with a validator it answers 304 to who holds it."""
    content = body.encode() if isinstance(body, str) else body
    validators = {"etag": etag, "last_modified": last_modified}
    sent = headers | {name: value for name, value in validators.items() if value}

    def behave(handler: Handler, asked: Asked) -> None:
        known = etag and asked.headers.get("if-none-match") == etag
        known = known or (last_modified and asked.headers.get("if-modified-since") == last_modified)
        if known:
            handler.head(304, **sent)
        else:
            handler.reply(200, content, content_type=content_type, **sent)

    return behave


def status(code: int, body: str = "", **headers: str) -> Behaviour:
    return lambda handler, _: handler.reply(code, body.encode(), content_type=HTML, **headers)


def redirect(to: str, code: int = 302, **headers: str) -> Behaviour:
    return status(code, location=to, **headers)


def endless(handler: Handler, _: Asked) -> None:
    handler.stream()
    while True:
        handler.wfile.write(b"<p>and so on</p>" * 4096)


def drip(every_s: float = 0.05) -> Behaviour:
    """Return a page that arrives a byte at a time, never silent for long."""

    def behave(handler: Handler, _: Asked) -> None:
        handler.stream()
        while True:
            handler.wfile.write(b".")
            handler.wait(every_s)

    return behave


def drip_headers(every_s: float = 0.05) -> Behaviour:
    """Return an answer whose headers never end."""

    def behave(handler: Handler, _: Asked) -> None:
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"x: y\r\n")
            handler.wait(every_s)

    return behave


def hang(seconds: float = 30) -> Behaviour:
    return lambda handler, _: handler.wait(seconds)


def gzip_bomb(megabytes: int = 200) -> Behaviour:
    bomb = gzip.compress(bytes(1_000_000), 9) * megabytes  # members in a row are one body
    return lambda handler, _: handler.reply(200, bomb, content_type=HTML, content_encoding="gzip")


def gzipped(body: str, *, cut: int | None = None, encoding: str = "gzip") -> Behaviour:
    sent = gzip.compress(body.encode())[:cut]
    return lambda handler, _: handler.reply(200, sent, content_type=HTML, content_encoding=encoding)


def cut(body: str, *, claims: int) -> Behaviour:
    """Return a page that announces more bytes than it sends."""

    def behave(handler: Handler, _: Asked) -> None:
        handler.close_connection = True
        handler.reply(200, body.encode(), content_type=HTML, content_length=str(claims))

    return behave


def nested_tags(megabytes: int = 5) -> Behaviour:
    return page("<html><body>" + "<div>" * (megabytes * 200_000) + "deep")


CHALLENGE = """<html><head><script>window["bobcmn"] = "101110";</script>
<script src="/TSPD/0a1b?type=9"></script></head>
<body><noscript>Data processing... Please, wait.</noscript></body></html>"""
