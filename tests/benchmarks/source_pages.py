"""How long a page takes to become a release: real pages of the Kremlin, and our fixtures.

python -m tests.benchmarks.source_pages
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from pathlib import Path

from scrapers.sources import load_sources
from scrapers.sources.base import Link
from scrapers.web.pages import page_text
from tests.scrapers.sources.captured import capture_of
from tests.scrapers.sources.mirror import FIXTURES, beside

BESIDE = [parent / "shared/kremlin-pages/news" for parent in Path(__file__).resolve().parents]
ROUNDS = 5


def best_ms(call, *values) -> float:
    """Return the best of a few rounds, in milliseconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        call(*values)
        best = min(best, time.perf_counter() - started)
    return best * 1000


def say(name: str, times: list[float]) -> None:
    middle, most = statistics.median(times), max(times)
    sys.stdout.write(f"{name:20} {len(times):4} pages  median {middle:6.2f} ms  most {most:7.2f}\n")


def fixtures(source) -> list[float]:
    times = []
    for path in sorted((FIXTURES / source.id).glob("*.expected.json")):
        given = json.loads(path.read_text(encoding="utf-8"))
        if "release" in given:
            link = Link(**given["link"])
            times.append(
                best_ms(source.parse, capture_of(source.id, link.url, beside(path), link=link))
            )
    return times


def main() -> None:
    sources = load_sources()
    url = "http://en.kremlin.ru/events/president/news/"
    real = [
        capture_of("kremlin", url + path.name.split(".")[0], gzip.decompress(path.read_bytes()))
        for folder in BESIDE
        for path in sorted(folder.glob("*.gz"))
    ]
    if real:
        say("kremlin, real", [best_ms(sources["kremlin"].parse, capture) for capture in real])
        say("of it: decoding", [best_ms(page_text, capture) for capture in real])
    for name, source in sources.items():
        say(name, fixtures(source))


if __name__ == "__main__":
    main()
