"""A night of 1,000 archived pages through the flow beside the same functions called plainly.

The pages are in the archive as a night left them that was killed before it read any: the night
parses them, reads their figures, checks, stores, publishes, writes the report. Both ways do all of
that, in homes of their own; Prefect's embedded server is up before the clock starts.

python -m tests.benchmarks.overhead [PAGES]
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import click

from flows.demo.server import serving
from flows.demo.sites import sample_sites
from flows.prefect_env import prepare
from scrapers.sources.base import Link
from tests.scrapers.sources.captured import capture_of
from warehouse.tables import Warehouse

LIMIT = 1.3
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SOURCE = "kremlin"


def archive(home, pages):
    """Fill a home with captured pages that nothing was read from yet."""
    site = next(site for site in sample_sites() if site.source == SOURCE)
    articles = [
        (host, page.body)
        for (host, path), page in site.pages(1).items()
        if path.rpartition("/")[2].isdigit()
    ]
    captures = []
    for number, (host, body) in enumerate(islice(cycle(articles), pages), 10_000):
        url = f"http://{host}/events/president/news/{number}"
        link = Link(url=url, language="en" if host.startswith("en.") else "ru")
        captures.append(capture_of(SOURCE, url, body, link=link))
    Warehouse(home / "warehouse").append(captures, recorded_at=NOW - timedelta(days=1))


def plainly(at):
    """Do what the flow does, in the same order, without Prefect."""
    from flows import nightly as n

    plan = n.plan_of([SOURCE], at, hurry=True, now=NOW)
    source = plan.sources[SOURCE]
    fetch = plan.fetcher(source, n.VisitMemory(plan.settings.home / "cache" / SOURCE))
    links = source.discover(fetch, reaches=n.reaching(plan.warehouse, SOURCE, now=NOW))
    haul = n.collect(source, fetch, plan.warehouse, links, run_id=plan.run_id, now=plan.now)
    hauls = [n.heard(haul, source, plan.warehouse)]
    docs = plan.settings.docs
    night = n.settle(hauls, plan.warehouse, run_id=plan.run_id, at=NOW, docs=docs)
    n.notify(plan.warehouse, plan.settings, run_id=plan.run_id, now=NOW, channels={})
    n.publish(plan.warehouse, plan.settings.published)
    n.write_report(plan.warehouse, plan.settings)
    return night


def through_the_flow(at):
    from flows.nightly import nightly

    return nightly([SOURCE], at, recheck_days=0, hurry=True, now=NOW)


def seconds(way, home, at, pages):
    archive(home, pages)
    os.environ["CARAVAN_HOME"] = str(home)
    begun = time.perf_counter()
    night = way(at)
    taken = time.perf_counter() - begun
    click.echo(
        f"  {way.__name__:17}{taken:7.1f} s  {len(night.releases)} releases, "
        f"{len(night.figures)} figures, {len(night.findings)} events of findings"
    )
    return taken


def main(pages):
    with tempfile.TemporaryDirectory() as folder, serving(sample_sites()) as server:
        at = {SOURCE: server.address}
        prepare(Path(folder))
        click.echo(f"Overhead of the flow, a night of {pages} archived pages")
        seconds(through_the_flow, Path(folder) / "warm", at, 10)
        seconds(plainly, Path(folder) / "warm-too", at, 10)
        plain = seconds(plainly, Path(folder) / "plain", at, pages)
        flow = seconds(through_the_flow, Path(folder) / "flow", at, pages)
    click.echo(f"  ratio {flow / plain:.2f}, at most {LIMIT}")
    return flow / plain <= LIMIT


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000) else 1)
