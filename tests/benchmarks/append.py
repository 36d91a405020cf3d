"""Appending a night's 500 figures after 1,000 nights beside after 10; two writers, 200 batches.

python -m tests.benchmarks.append
"""

import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path

import click
import polars as pl

from tests.warehouse.samples import figure, night, release
from warehouse.tables import Warehouse

ROWS = 500
LIMIT = 1.5


def rows(number, count=ROWS):
    of = release(f"night-{number}")
    return [figure(of, start=n, value=3e9 + n) for n in range(count)]


def timed(warehouse, number):
    """Append one night; return the seconds it took."""
    batch = rows(number)
    begun = time.perf_counter()
    warehouse.append(batch, recorded_at=night(number))
    return time.perf_counter() - begun


def growth(folder):
    """Return the median seconds of a night on a young and on an old warehouse, taken in turns."""
    young, old = Warehouse(folder / "young"), Warehouse(folder / "old")
    for warehouse, nights in ((young, 10), (old, 1000)):
        for number in range(nights):
            timed(warehouse, number)
    taken = [(timed(young, n), timed(old, n)) for n in range(2000, 2020)]
    return [statistics.median(side) for side in zip(*taken, strict=True)]


def write(folder, numbers):
    for number in numbers:
        Warehouse(folder).append(rows(number, 10), recorded_at=night(0))


def race(folder):
    """Two processes append 200 batches, half of them both; return rows held and distinct ids."""
    context = multiprocessing.get_context("spawn")
    spans = (range(150), range(50, 200))
    writers = [context.Process(target=write, args=[folder, span]) for span in spans]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    bare = pl.read_parquet(folder / "figures" / "**" / "*.parquet")
    return bare.height, bare["figure_id"].n_unique()


def main():
    with tempfile.TemporaryDirectory() as folder:
        few, many = growth(Path(folder) / "growth")
        held, ids = race(Path(folder) / "race")
    click.echo(
        f"append: {ROWS} rows {1000 * few:.1f} ms after 10 nights, {1000 * many:.1f} ms after "
        f"1,000, ratio {many / few:.2f} (limit {LIMIT})"
    )
    click.echo(f"append: two writers, 200 batches of 10: {held} rows, {ids} ids, of 2000")
    raise SystemExit(many / few > LIMIT or (held, ids) != (2000, 2000))


if __name__ == "__main__":
    main()
