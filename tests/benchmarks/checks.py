"""How long a batch of 1,000 figures is checked against 100,000 and against 10 million prior ones.

`python -m tests.benchmarks.checks [--small N] [--large N] [--nights N] [--home DIR]` builds two
warehouses with the same number of nightly files, checks the same batch against each, prints the
seconds of each part (best of three), and ends with 1 where the large one takes over four times the
small one. Great Expectations' part sees the batch only and is shown apart.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from expectations.checkpoint import check, documented
from expectations.detect import detect
from expectations.indicators import natures
from expectations.prior import pool_of
from expectations.shape import facts_frame
from warehouse.fields import CENTRAL_ASIA, Figure
from warehouse.tables import Warehouse, schema

LAST = date(2026, 11, 20)
LIMIT = 4.0
ODD = 0.0005  # of all figures disagree with their key
SCOPES = [None, *(f"place {n}" for n in range(19))]
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)


def night(rows: int, day: date, rng: np.random.Generator) -> pl.DataFrame:
    """Return a night's figures: keys drawn evenly, periods of the years before the day."""
    codes, areas = list(natures()), list(CENTRAL_ASIA)
    pick = rng.integers
    series = pick(0, len(codes) * len(areas) * len(SCOPES), rows)
    code, area, scope = series % len(codes), series // len(codes) % len(areas), series // 205
    years = day.year - pick(0, 4, rows)
    value = 1e9 * (1 + series % 97) * (1 + (years - 2000) / 40) * (1 + rng.normal(0, 0.002, rows))
    half = rng.random(rows) < 0.6
    value = np.where(half, value * 0.45, value)
    value = np.round(value * np.where(rng.random(rows) < ODD, 1.3, 1.0), -6)
    ids = [f"{day:%y%m%d}{n:06d}" for n in range(rows)]
    columns = {
        "figure_id": ids,
        "release_id": [f"r{i[:-1]}" for i in ids],
        "source": [f"source{n}" for n in pick(0, 24, rows)],
        "url": [f"https://example.org/{i[:-1]}" for i in ids],
        "language": ["en"] * rows,
        "published": [day] * rows,
        "indicator": [codes[n] for n in code],
        "measure": ["level"] * rows,
        "ref_area": [areas[n] for n in area],
        "counterpart_area": ["RU"] * rows,
        "time_period": [f"{y}-01/{y}-06" if half[n] else str(y) for n, y in enumerate(years)],
        "status": ["actual"] * rows,
        "scope": [SCOPES[n] for n in scope],
        "value": value,
        "unit": ["USD"] * rows,
        "bound": ["exact"] * rows,
        "low": value * 0.99,
        "high": value * 1.01,
        "quote": [f"${v / 1e9:.3f} billion in trade" for v in value],
        "start": [10] * rows,
        "end": [10 + len(f"${v / 1e9:.3f} billion in trade") for v in value],
        "reporter": [areas[n] if m % 2 else "RU" for m, n in enumerate(area)],
        "rules": ['{"indicator": "trade", "reporter": "text: customs"}'] * rows,
        "extractor_version": ["bench"] * rows,
        "recorded_at": [datetime(day.year, day.month, day.day, 3, tzinfo=UTC)] * rows,
    }
    wanted = schema("figures")
    missing = [pl.lit(None, dtype=t).alias(n) for n, t in wanted.items() if n not in columns]
    frame = pl.DataFrame(columns, schema_overrides={n: wanted[n] for n in columns})
    return frame.with_columns(missing).select(list(wanted))


def build(root: Path, rows: int, nights: int) -> Warehouse:
    """Fill a warehouse with one file a night, as nights do, without their fsyncs."""
    warehouse = Warehouse(root)
    rng = np.random.default_rng(7)
    for n in range(nights):
        day = LAST - timedelta(days=nights - n)
        folder = root / "figures" / f"ingest_month={day:%Y-%m}"
        folder.mkdir(parents=True, exist_ok=True)
        frame = night(rows // nights, day, rng).sort("indicator", "ref_area", "figure_id")
        frame.write_parquet(folder / f"{day:%Y%m%d}0000000000.parquet", compression="zstd")
    return warehouse


def batch(rows: int = 1000) -> list[Figure]:
    frame = night(rows, LAST, np.random.default_rng(11))
    return [Figure(**row) for row in frame.iter_rows(named=True)]


def timed(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def measure(name: str, warehouse: Warehouse, figures: list[Figure]) -> float:
    pool = pool_of(figures, (), warehouse)
    seconds = {
        "join": timed(lambda: pool_of(figures, (), warehouse)),
        "detect": timed(lambda: detect(pool)),
        "whole": timed(lambda: check(figures, (), warehouse, run_id="bench", at=AT)),
    }
    parts = "  ".join(f"{part} {taken:.2f} s" for part, taken in seconds.items())
    print(f"{name}: {len(pool.figures) - len(figures):,} comparable; {parts}")  # noqa: T201
    return seconds["whole"]


def great_expectations(figures: list[Figure], docs: Path) -> None:
    facts = facts_frame(figures, {})
    begin = time.perf_counter()
    documented(facts, [], run_id="import", at=AT, docs=docs)
    first = time.perf_counter() - begin
    again = timed(lambda: documented(facts, [], run_id="bench", at=AT, docs=docs))
    print(f"Great Expectations, batch only: {again:.2f} s, first {first:.2f} s with its import")  # noqa: T201


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=10_000_000)
    parser.add_argument("--nights", type=int, default=1360)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    figures = batch()
    with tempfile.TemporaryDirectory(prefix="caravan-bench-", dir=options.home) as folder:
        home = Path(folder)
        taken = [
            measure(f"{rows:,} prior", build(home / str(rows), rows, options.nights), figures)
            for rows in (options.small, options.large)
        ]
        great_expectations(figures, home / "docs")
    print(f"ratio {taken[1] / taken[0]:.2f} (at most {LIMIT:g})")  # noqa: T201
    return int(taken[1] / taken[0] > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
