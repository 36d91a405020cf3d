"""Publishing ten million figures, and two queries of them beside one hand-sorted file.

python -m tests.benchmarks.publish [ROWS]
"""

import resource
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import click
import duckdb

from tests.benchmarks._rows import fill
from tests.warehouse.samples import figure, night, release
from warehouse.engine import quoted
from warehouse.products import KEY
from warehouse.publish import publish
from warehouse.tables import Warehouse

SECONDS, MEMORY_MB, RATIO = 60, 4096, 1.2
POINT = """
SELECT value, quote, url FROM {} WHERE indicator = 'trade.turnover' AND measure = 'level'
  AND ref_area = 'UZ' AND counterpart_area = 'RU' AND time_period = '2019-05' AND scope IS NULL
"""
YEARLY = """
SELECT time_period, min(low), max(high), count(*) FROM {} WHERE indicator = 'trade.turnover'
  AND measure = 'level' AND ref_area = 'UZ' AND length(time_period) = 4 GROUP BY ALL ORDER BY ALL
"""


def append_night(root):
    """Append a night's figures of the last year."""
    warehouse = Warehouse(root)
    of = release("one more", published=date(2025, 12, 30))
    warehouse.append([figure(of, start=n, value=3e9 + n) for n in range(500)], recorded_at=night(0))
    warehouse.append([of], recorded_at=night(0))
    return warehouse


def hand_sorted(published, file):
    """Write what an analyst would sort by hand: all rows in one file, by key."""
    order = ", ".join(KEY)
    duckdb.execute(
        f"COPY (SELECT * FROM {quoted(published)} ORDER BY {order}) TO {quoted(file)} (CODEC zstd)"
    )


def compare(sql, published, file):
    """Return the median seconds of a query on both files, asked in turns."""
    places = [f"read_parquet({quoted(path)})" for path in (published, file)]
    answers = [sorted(duckdb.execute(sql.format(p)).fetchall(), key=str) for p in places]
    assert answers[0] == answers[1] and answers[0], "the two files must answer alike"
    taken = ([], [])
    for _ in range(15):
        for place, seconds in zip(places, taken, strict=True):
            begun = time.perf_counter()
            duckdb.execute(sql.format(place)).fetchall()
            seconds.append(time.perf_counter() - begun)
    return [statistics.median(seconds) for seconds in taken]


def beside(told, sql, published, file):
    """Tell the seconds of a query beside those on the hand-sorted file; return their ratio."""
    ours, theirs = compare(sql, published, file)
    click.echo(
        f"publish: {told} {1000 * ours:.1f} ms, hand-sorted {1000 * theirs:.1f} ms, "
        f"ratio {ours / theirs:.2f}"
    )
    return ours / theirs


def grown(folder, rows):
    """Tell what the folder of a grown table costs, as if so many rows were enough; no limit."""
    warehouse, published = Warehouse(folder / "warehouse"), folder / "published"
    publish(warehouse, published, grown=rows // 2)
    for told, sql in (("split: point query", POINT), ("split: yearly series", YEARLY)):
        beside(told, sql, published / "figures.parquet", folder / "sorted.parquet")
    begun = time.perf_counter()
    publish(append_night(folder / "warehouse"), published, grown=rows // 2)
    click.echo(f"publish: split: a night of 500 more in {time.perf_counter() - begun:.1f} s")


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "warehouse", rows, files=120)
        begun = time.perf_counter()
        publish(Warehouse(folder / "warehouse"), folder / "published")
        seconds = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        click.echo(f"publish: {rows:,} figures in {seconds:.1f} s (limit {SECONDS}), {peak} MB")
        failed |= seconds > SECONDS or peak > MEMORY_MB
        published = folder / "published" / "figures.parquet"
        hand_sorted(published, folder / "sorted.parquet")
        for told, sql in (("point query", POINT), ("yearly series", YEARLY)):
            ratio = beside(told, sql, published, folder / "sorted.parquet")
            failed |= ratio > RATIO
        click.echo(f"publish: limit of both ratios {RATIO}")
        grown(folder, rows)
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
