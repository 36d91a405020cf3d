"""Reading 2,000 archived pages anew on two cores beside one.

    python -m tests.benchmarks.reextract [PAGES]

The pages are real ones from ../shared, each under many addresses; without them it says so.
"""

import gzip
import sys
import tempfile
import time
from pathlib import Path

import click

from flows.reextract import commit, plan
from flows.rereading import over_processes
from tests.warehouse.samples import capture, night
from warehouse.tables import Warehouse

PAGES = Path(__file__).parents[3] / "shared" / "kremlin-pages" / "news"
SHARED = next((p for p in (PAGES, Path("/work/shared/kremlin-pages/news")) if p.exists()), None)
ADDRESS = "http://en.kremlin.ru/events/president/news/{}"
LIMIT = 1.8


def fill(root, pages):
    warehouse = Warehouse(root)
    bodies = [gzip.decompress(file.read_bytes()) for file in sorted(SHARED.glob("*.gz"))]
    for first in range(0, pages, 200):
        numbers = range(first, min(first + 200, pages))
        made = [capture(url=ADDRESS.format(n), body=bodies[n % len(bodies)], language="en")
                for n in numbers]  # fmt: skip
        warehouse.append(made, recorded_at=night(0))
    return warehouse


def read_anew(warehouse, folder, workers):
    spread = over_processes(workers)
    return plan(warehouse, str(warehouse.root), folder, spread=spread, at=night(1))


def main():
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    if SHARED is None:
        click.echo("reextract: skipped, ../shared/kremlin-pages is not here")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = fill(folder / "warehouse", pages)
        seconds = {}
        for workers in (1, 2):
            begun = time.perf_counter()
            made = read_anew(warehouse, folder / f"{workers}", workers)
            seconds[workers] = time.perf_counter() - begun
            click.echo(f"reextract: {pages} pages, {workers} workers: {seconds[workers]:.1f} s")
        commit(made, warehouse, folder / "2", at=night(1))
        again = read_anew(warehouse, folder / "3", 2)
    ratio = seconds[1] / seconds[2]
    click.echo(f"reextract: ratio {ratio:.2f} (limit {LIMIT}); again: {len(again.changes)} changes")
    raise SystemExit(ratio < LIMIT or not again.empty)


if __name__ == "__main__":
    main()
