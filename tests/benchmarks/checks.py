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

from expectations.arithmetic import TRADE
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
SCOPES = 400  # the whole, and regions, products, companies and projects
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)


def night(rows: int, day: date, rng: np.random.Generator) -> pl.DataFrame:
    """Return a night's figures: series drawn evenly, periods of the years before the day."""
    codes, areas = list(natures()), list(CENTRAL_ASIA)
    series = rng.integers(0, len(codes) * len(areas) * SCOPES, rows)
    year = day.year - rng.integers(0, 4, rows)
    half = rng.random(rows) < 0.6
    value = 1e9 * size(series, codes) * (1 + (year - 2000) / 40) * np.where(half, 0.45, 1.0)
    value = value * (1 + rng.normal(0, 0.002, rows)) * np.where(rng.random(rows) < ODD, 1.3, 1.0)
    drawn = pl.DataFrame(
        {
            "n": np.arange(rows),
            "code": series % len(codes),
            "area": series // len(codes) % len(areas),
            "place": series // (len(codes) * len(areas)),
            "year": year,
            "half": half,
            "value": np.round(value, -6),
            "home": rng.integers(0, 24, rows),
        }
    )
    area = pl.lit(pl.Series(areas)).gather(pl.col("area"))
    named = drawn.select(
        figure_id=pl.format("{}{}", pl.lit(f"{day:%y%m%d}"), pl.col("n")),
        release_id=pl.format("r{}{}", pl.lit(f"{day:%y%m%d}"), pl.col("n") // 5),
        source=pl.format("source{}", "home"),
        url=pl.format("https://example.org/{}/{}", pl.lit(f"{day:%y%m%d}"), pl.col("n") // 5),
        language=pl.lit("en"),
        published=pl.lit(day),
        indicator=pl.lit(pl.Series(codes)).gather(pl.col("code")),
        measure=pl.lit("level"),
        ref_area=area,
        counterpart_area=pl.lit("RU"),
        time_period=pl.when("half")
        .then(pl.format("{}-01/{}-06", "year", "year"))
        .otherwise(pl.format("{}", "year")),
        status=pl.lit("actual"),
        scope=pl.when(pl.col("place") > 0).then(pl.format("place {}", "place")),
        value=pl.col("value"),
        unit=pl.lit("USD"),
        bound=pl.lit("exact"),
        low=pl.col("value") * 0.99,
        high=pl.col("value") * 1.01,
        quote=pl.format("${} billion in trade", (pl.col("value") / 1e9).round(3)),
        start=pl.lit(10),
        reporter=pl.when(pl.col("home") % 2 == 0).then(area).otherwise(pl.lit("RU")),
        rules=pl.lit('{"indicator": "trade", "reporter": "text: customs"}'),
        extractor_version=pl.lit("bench"),
        recorded_at=pl.lit(datetime(day.year, day.month, day.day, 3, tzinfo=UTC)),
    ).with_columns(end=10 + pl.col("quote").str.len_chars())
    wanted = schema("figures")
    missing = [pl.lit(None, dtype=t).alias(n) for n, t in wanted.items() if n not in named.columns]
    return named.with_columns(missing).select(pl.col(n).cast(t) for n, t in wanted.items())


def size(series: np.ndarray, codes: list[str]) -> np.ndarray:
    """Return how large the values of a series are; exports and imports make the turnover."""
    code, place = series % len(codes), series // len(codes)
    parts = 1 + place % 97, 1 + place % 89
    whole, out, back = (code == codes.index(name) for name in TRADE)
    return np.select([whole, out, back], [sum(parts), *parts], 1 + series % 97)


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
    begin = time.perf_counter()
    pool = pool_of(figures, (), warehouse)  # reads every file once, as after a lost cache
    first = time.perf_counter() - begin
    seconds = {
        "join": timed(lambda: pool_of(figures, (), warehouse)),
        "detect": timed(lambda: detect(pool)),
        "whole": timed(lambda: check(figures, (), warehouse, run_id="bench", at=AT)),
    }
    parts = "  ".join(f"{part} {taken:.2f} s" for part, taken in seconds.items())
    history = f"{len(pool.figures) - len(figures):,} that may disagree, first look {first:.1f} s"
    print(f"{name}: {history}; {parts}")  # noqa: T201
    return seconds["whole"]


def great_expectations(figures: list[Figure], docs: Path) -> None:
    facts = {Figure: facts_frame(figures, {})}
    begin = time.perf_counter()
    _, crashes = documented(facts, [], run_id="import", at=AT, docs=docs)
    if crashes:
        raise RuntimeError(crashes)
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
