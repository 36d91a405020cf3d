"""What the client costs beside bare httpx, page by page, from a server in another process.

python -m tests.benchmarks.web_client [PAGES]
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from multiprocessing.connection import Connection

import httpx

from scrapers.sources.base import Request
from scrapers.web.client import Client
from scrapers.web.memory import InMemory
from scrapers.web.policy import Policy, Site
from tests.scrapers.web.server import Server, page

BODY = "<p>Товарооборот вырос на 12 процентов, сказал посол.</p>" * 700  # about 60 kB


def serve(ready: Connection, pages: int) -> None:
    with Server() as server:
        for number in range(pages):
            server.on(f"/{number}", page(f"<html>{number}{BODY}</html>", etag=f'"{number}"'))
        ready.send(server.url)
        ready.recv()


def seconds_each(ask, pages: int) -> float:
    start = time.perf_counter()
    for number in range(pages):
        ask(number)
    return (time.perf_counter() - start) / pages


def main(pages: int) -> None:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(theirs, pages))
    process.start()
    url = ours.recv()
    with httpx.Client() as bare:
        bare_s = seconds_each(lambda number: bare.get(f"{url}/{number}").text, pages)
    site = Site(id="kremlin", hosts=("kremlin.ru",), policy=Policy(spacing_s=0), at=url)
    with Client() as client:
        fetch = client.fetcher(site, InMemory())

        def ask(number: int) -> None:
            fetch(Request(url=f"http://kremlin.ru/{number}"))

        first_s, second_s = seconds_each(ask, pages), seconds_each(ask, pages)
    ours.send("done")
    process.join()
    print(f"bare httpx        {bare_s * 1000:6.2f} ms a page")  # noqa: T201
    print(f"client, new       {first_s * 1000:6.2f} ms a page, {len(BODY.encode())} bytes")  # noqa: T201
    print(f"client, unchanged {second_s * 1000:6.2f} ms a page")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
