"""Feeding broken pages and listings to every source; run alone, it feeds as many as are wanted.

python -m tests.scrapers.sources.fuzzing 10000 [SEED]
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from scrapers.sources import load_sources
from scrapers.sources.base import Link
from scrapers.web.errors import CaravanError, Missing
from tests.scrapers.sources.captured import Served, capture_of
from tests.scrapers.sources.mutate import mutated

FIXTURES = Path(__file__).parents[2] / "fixtures/sources"
SOURCES = load_sources()
BODIES = sorted(
    path
    for path in FIXTURES.glob("*/*")
    if path.suffix in (".html", ".xml", ".json") and not path.name.endswith(".expected.json")
)


def feed(path: Path, random: Random) -> str:
    """Feed one mutation of a fixture to its source; return what came of it.

    Raises whatever a parser raises that is not of our tree.
    """
    source = SOURCES[path.parent.name]
    body = mutated(path.read_bytes(), random)
    try:
        if path.name.startswith("listing."):
            return discover(source, path.name.split(".")[1], body)
        return parse(source, path, body)
    except CaravanError as error:
        return type(error).__name__


def parse(source, path, body):
    expected = path.with_name(f"{path.stem}.expected.json")
    link = Link(**json.loads(expected.read_text(encoding="utf-8"))["link"])
    release = source.parse(capture_of(source.id, link.url, body, link=link))
    assert release.title and release.text
    assert release.published.year < 2027
    return "release"


def discover(source, language, body):
    edition = source.spec.editions[language]
    served = Served(
        source.id, {way.url.format(**edition.values, **way.values): body for way in edition.front}
    )
    with contextlib.suppress(Missing):  # of the other edition, which nobody serves
        for link in source.discover(served):
            source.page(link)
            assert link.url.split("/")[2] in source.site.hosts
    return "links"


def main(count: int, seed: int = 1) -> None:
    random, came = Random(seed), Counter()
    started = time.perf_counter()
    for _ in range(count):
        path, state = random.choice(BODIES), random.getstate()
        try:
            came[feed(path, random)] += 1
        except Exception:
            random.setstate(state)
            Path("/tmp/broken-page").write_bytes(mutated(path.read_bytes(), random))
            sys.stderr.write(f"{path}: kept as /tmp/broken-page\n")
            raise
    seconds = time.perf_counter() - started
    sys.stdout.write(f"{count} mutated pages in {seconds:.0f} s: {dict(came)}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or [10_000]))
