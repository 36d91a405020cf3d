"""From page to figures, beside trafilatura alone and trafilatura with quantulum3, in one run.

python -m tests.benchmarks.figures [--pages N]

Real pages of en.kremlin.ru from ../shared, one core, caches warm: parse and extract must take at
most half the time that trafilatura needs for the text alone, and a fiftieth of trafilatura with
quantulum3 (a tenth of the pages: it is that slow).

Each page is given to all in turn, and what counts is the processor time of this process, the least
of three turns (one of quantulum3): so the ratios hold on a machine that others use too. What was
loaded before is out of the garbage collector's sight: nobody pays for the objects of another.
"""

import gc
import gzip
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import click

from scrapers.facts.figures import extract_figures
from scrapers.sources import load_sources
from scrapers.web.bodies import pack, unpack
from tests.accuracy import SHARED
from warehouse.fields import Capture

PAGES = SHARED / "kremlin-pages/news"
LIMITS = {"trafilatura": 2.0, "trafilatura + quantulum3": 50.0}
START_UP = 1.0
TURNS = 3


def capture(path: Path) -> Capture:
    name = path.name.split(".")[0]
    url = f"http://en.kremlin.ru/events/president/news/{name}"
    return Capture(
        capture_id=name, source="kremlin", url=url, final_url=url, status=200,
        content_type="text/html; charset=utf-8", fetched_at=datetime(2026, 11, 21, tzinfo=UTC),
        body=pack(gzip.decompress(path.read_bytes())), body_sha256="",
        native_id=name, language="en",
    )  # fmt: skip


def html_of(item: Capture) -> str:
    return unpack(item).decode()


def took(work, item):
    """Return the milliseconds of this process that some work on a page takes."""
    begun = time.process_time()
    work(item)
    return (time.process_time() - begun) * 1e3


def mean_times(works, captures):
    """Return the mean of each kind of work over the pages that it is given, by its name."""
    for item in captures:
        works["ours"][0](item)  # lemmas and patterns, once
        works["trafilatura"][0](item)
    gc.collect()
    gc.freeze()
    least = defaultdict(lambda: float("inf"))
    for turn in range(TURNS):
        for number, item in enumerate(captures):
            for name, (work, every) in works.items():
                if number % every == 0 and (every == 1 or turn == 0):
                    least[name, number] = min(least[name, number], took(work, item))
    return {
        name: statistics.fmean(time for (of, _), time in least.items() if of == name)
        for name in works
    }


def start_up():
    """Return the seconds that `caravan extract --help` takes."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "flows.cli", "extract", "--help"], check=True, capture_output=True
    )
    return time.perf_counter() - begun


def kinds_of_work(source):
    """Return what is measured, and the part of the pages that each kind of work is given."""
    import trafilatura

    works = {
        "ours": (lambda c: extract_figures(source.parse(c)), 1),
        "trafilatura": (lambda c: trafilatura.extract(html_of(c)), 1),
    }
    try:
        from quantulum3 import parser
    except ImportError:
        click.echo("quantulum3 is not installed: uv pip install --group bench")
        return works
    both = (lambda c: parser.parse(trafilatura.extract(html_of(c)) or ""), 10)
    return works | {"trafilatura + quantulum3": both}


@click.command()
@click.option("--pages", default=200, show_default=True)
def main(pages: int) -> None:
    """Print the time a page and the ratio to each peer; exit 1 where a limit is missed."""
    if not PAGES.exists():
        click.echo(f"no pages at {PAGES}: nothing measured")
        return
    captures = [capture(path) for path in sorted(PAGES.glob("*.gz"))[:pages]]
    source = load_sources()["kremlin"]
    pages = [c for c in captures if parses(source, c)]
    times = mean_times(kinds_of_work(source), pages)
    ours = times.pop("ours")
    click.echo(f"{len(pages)} pages of {len(captures)}: {ours:.2f} ms a page, parse and extract")
    begins = start_up()
    click.echo(f"start-up of `caravan extract`: {begins:.2f} s")
    missed = begins > START_UP
    for name, theirs in times.items():
        limit, ratio = LIMITS[name], theirs / ours
        click.echo(f"{name}: {theirs:.1f} ms a page, {ratio:.1f} times ours (limit {limit})")
        missed = missed or ratio < limit
    raise SystemExit(missed)


def parses(source, item) -> bool:
    from scrapers.web.errors import CaravanError

    try:
        source.parse(item)
    except CaravanError:
        return False
    return True


if __name__ == "__main__":
    main()
