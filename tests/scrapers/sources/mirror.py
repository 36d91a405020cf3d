"""All fixtures as 26 sites on loopback: what a whole night can be run against."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from scrapers.sources.base import Link, Source

FIXTURES = Path(__file__).parents[2] / "fixtures/sources"


def pages_of(source: Source, *, with_articles: bool = True) -> dict[str, bytes]:
    """Return what a source's hosts serve, by address without the scheme."""
    folder = FIXTURES / source.id
    pages: dict[str, bytes] = {}
    for language, edition in source.spec.editions.items():
        body = beside(folder / f"listing.{language}.expected.json")
        for way in edition.front:
            address = way.url.format(**edition.values, **way.values)
            pages[address] = merged(pages.get(address), body)
    for expected in folder.glob("*.expected.json"):
        given = json.loads(expected.read_text(encoding="utf-8"))
        if with_articles and "release" in given:
            request = source.page(Link(**given["link"]))
            if request.method == "GET":  # else its row stands in the listing
                pages[request.url] = beside(expected)
    return {address.split("://")[1]: body for address, body in pages.items()}


def beside(expected: Path) -> bytes:
    stem = expected.name.removesuffix("expected.json")
    (body,) = (p for p in expected.parent.glob(f"{stem}*") if p != expected)
    return body.read_bytes()


def merged(one: bytes | None, other: bytes) -> bytes:
    """Return one answer of an interface that holds the rows of two languages."""
    if one is None or not other.startswith(b"{"):
        return other
    rows = json.loads(one)["content"] + json.loads(other)["content"]
    return json.dumps({"content": rows}).encode()


class Mirror:
    """A server that keeps its hosts apart in the path, and remembers what it was asked."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages, self.asked = pages, []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("content-length") or 0))
                name = unquote(self.path.lstrip("/"))
                mirror.asked.append(name)
                body = mirror.pages.get(name)
                self.send_response(404 if body is None else 200)
                self.send_header("content-length", str(len(body or b"")))
                self.send_header("content-type", "text/html")
                self.end_headers()
                self.wfile.write(body or b"")

            do_POST = do_GET  # noqa: N815 - the name is the base class's

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def at(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{{host}}"

    def answered(self) -> list[str]:
        """Return what was asked since the last time, without robots.txt."""
        asked, self.asked = self.asked, []
        return [name for name in asked if not name.endswith("/robots.txt")]


@contextmanager
def serving(pages: dict[str, bytes]) -> Iterator[Mirror]:
    mirror = Mirror(pages)
    thread = threading.Thread(target=mirror.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield mirror
    finally:
        mirror.server.shutdown()
        mirror.server.server_close()
        thread.join()
