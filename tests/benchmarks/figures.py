"""From page to figures, beside trafilatura alone and trafilatura with quantulum3, in one run.

python -m tests.benchmarks.figures [--pages N]

Real pages of en.kremlin.ru from ../shared, one core, caches warm: parse and extract must take at
most half the time that trafilatura needs for the text alone, and a fiftieth of trafilatura with
quantulum3 (a tenth of the pages: it is that slow).
"""

import gzip
import statistics
import subprocess
import sys
import time
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


def timed(work, items):
    """Return the milliseconds of this process that each item took: others may use the machine."""
    took = []
    for item in items:
        begun = time.process_time()
        work(item)
        took.append((time.process_time() - begun) * 1e3)
    return took


def start_up():
    """Return the seconds that `caravan extract --help` takes."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "flows.cli", "extract", "--help"], check=True, capture_output=True
    )
    return time.perf_counter() - begun


def peers():
    import trafilatura

    yield "trafilatura", 1, lambda c: trafilatura.extract(html_of(c))
    try:
        from quantulum3 import parser
    except ImportError:
        click.echo("quantulum3 is not installed: uv pip install --group bench")
        return
    yield (
        "trafilatura + quantulum3", 10,
        lambda c: parser.parse(trafilatura.extract(html_of(c)) or ""),
    )  # fmt: skip


@click.command()
@click.option("--pages", default=200, show_default=True)
def main(pages: int) -> None:
    """Print the time a page and the ratio to each peer; exit 1 where a limit is missed."""
    if not PAGES.exists():
        click.echo(f"no pages at {PAGES}: nothing measured")
        return
    captures = [capture(path) for path in sorted(PAGES.glob("*.gz"))[:pages]]
    source = load_sources()["kremlin"]
    ours = [c for c in captures if parses(source, c)]
    timed(lambda c: extract_figures(source.parse(c)), ours)  # lemmas and patterns, once
    took = timed(lambda c: extract_figures(source.parse(c)), ours)
    mean = statistics.fmean(took)
    click.echo(f"{len(ours)} pages of {len(captures)}: {mean:.2f} ms a page, parse and extract")
    begins = start_up()
    click.echo(f"start-up of `caravan extract`: {begins:.2f} s")
    missed = begins > START_UP
    for name, part, work in peers():
        theirs = statistics.fmean(timed(work, ours[::part]))
        ratio = theirs / mean
        click.echo(f"{name}: {theirs:.1f} ms a page, {ratio:.1f} times ours (limit {LIMITS[name]})")
        missed = missed or ratio < LIMITS[name]
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
