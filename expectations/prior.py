"""The history that a batch can be compared with, and no more of it: lazily, by the keys it touches.

A figure meets those of its key, of its neighbours in arithmetic (exports and imports beside the
turnover), of its page's earlier versions and of its translations, within a few years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from expectations.addresses import canonical, twin_key
from expectations.arithmetic import TRADE
from expectations.findings import Finding, fold
from expectations.periods import span
from expectations.pool import Pool
from warehouse.fields import Figure, FindingEvent, Release
from warehouse.tables import Warehouse

YEARS_BACK, YEARS_ON = 3, 1
KEY = ["indicator", "ref_area", "counterpart_area", "scope", "year"]
SAME = [  # statements alike in all this are told by their first and their last
    *("indicator", "measure", "ref_area", "counterpart_area", "scope", "status", "unit"),
    *("time_period", "value", "low", "high", "source", "reporter"),
]
Keys = tuple[str, str, str | None, str | None, int]


def pool_of(batch: Sequence[Figure], releases: Sequence[Release], warehouse: Warehouse) -> Pool:
    """Return the batch beside all that it can be compared with; the batch comes last in time."""
    held = prior(batch, releases, warehouse)
    fresh = frozenset(f.figure_id for f in batch)
    known = [f for f in held if f.figure_id not in fresh]
    order: dict[str, int] = {}
    for figure in sorted(known, key=lambda f: (str(f.recorded_at), f.release_id)):
        order.setdefault(figure.release_id, len(order))
    for release_id in [r.release_id for r in releases] + [f.release_id for f in batch]:
        order.setdefault(release_id, len(order))
    return Pool(figures=[*known, *batch], fresh=fresh, order=order)


def prior(
    batch: Sequence[Figure], releases: Sequence[Release], warehouse: Warehouse
) -> list[Figure]:
    """Return the figures of the warehouse that can stand against those of a batch."""
    if not batch:
        return []
    table = warehouse.scan("figures")
    frames = [comparable(table, batch)]
    versions = other_versions(releases, warehouse)
    if versions:
        frames.append(table.filter(pl.col("release_id").is_in(versions)))
    rows = pl.concat([few(f) for f in frames[:1]] + frames[1:]).collect()
    rows = rows.unique("figure_id", keep="first", maintain_order=True)
    return [Figure(**row) for row in rows.iter_rows(named=True)]


def comparable(table: pl.LazyFrame, batch: Sequence[Figure]) -> pl.LazyFrame:
    """Return the rows of a table of figures that share a key, and nearly a year, with a batch."""
    keys = sorted({k for f in batch for k in keys_of(f)}, key=str)
    schema: dict[str, Any] = dict.fromkeys(KEY, pl.String) | {"year": pl.Int32}
    wanted = pl.LazyFrame(keys, schema=schema, orient="row")
    coarse = [pl.col(n).is_in(sorted({k[i] for k in keys})) for i, n in ((0, KEY[0]), (1, KEY[1]))]
    years = sorted({k[4] for k in keys})
    year = pl.coalesce(
        pl.col("time_period").str.slice(0, 4).cast(pl.Int32, strict=False),
        pl.col("published").dt.year(),
    )
    rows = table.filter(*coarse, year.is_between(years[0], years[-1])).with_columns(year=year)
    return rows.join(wanted, on=KEY, how="semi", nulls_equal=True).drop("year")


def keys_of(figure: Figure) -> Iterable[Keys]:
    """Yield the keys that a figure can be compared with, near its own year."""
    f = figure
    covered = span(f.time_period)
    year = covered.start.year if covered else f.published.year
    codes = TRADE if f.indicator in TRADE else (f.indicator,)
    for code in codes:
        for near in range(year - YEARS_BACK, year + YEARS_ON + 1):
            yield (code, f.ref_area, f.counterpart_area, f.scope, near)


def few(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Leave of equal statements by one source the first and the last: more would add nothing."""
    ranked = rows.sort("published", "figure_id")
    ends = [ranked.unique(SAME, keep=end, maintain_order=True) for end in ("first", "last")]
    return pl.concat(ends)


def other_versions(releases: Sequence[Release], warehouse: Warehouse) -> list[str]:
    """Return the ids of held releases that are earlier versions, or translations, of the given."""
    if not releases:
        return []
    pages = {canonical(r.url) for r in releases}
    stories = {(r.source, twin_key(r.url)) for r in releases}
    natives = {(r.source, r.native_id) for r in releases if r.native_id}
    first, last = min(r.published for r in releases), max(r.published for r in releases)
    held = (
        warehouse.scan("releases")
        .filter(
            pl.col("source").is_in(sorted({r.source for r in releases})),
            pl.col("published").is_between(
                pl.lit(first).dt.offset_by("-1y"), pl.lit(last).dt.offset_by("1y")
            ),
        )
        .select("release_id", "source", "url", "native_id")
        .collect()
    )
    return [
        release_id
        for release_id, source, url, native in held.iter_rows()
        if canonical(url) in pages
        or (source, twin_key(url)) in stories
        or (native and (source, native) in natives)
    ]


def known_findings(batch: Sequence[Figure], warehouse: Warehouse) -> list[Finding]:
    """Return the findings that a batch could be a witness of."""
    codes = {c for f in batch for c in (TRADE if f.indicator in TRADE else (f.indicator,))}
    rows = warehouse.scan("findings").filter(
        pl.col("indicator").is_in(sorted(codes)),
        pl.col("ref_area").is_in(sorted({f.ref_area for f in batch})),
    )
    return list(fold(FindingEvent(**row) for row in rows.collect().iter_rows(named=True)).values())


def figures_by_id(ids: Iterable[str], warehouse: Warehouse) -> dict[str, Figure]:
    wanted = sorted(set(ids))
    rows = warehouse.scan("figures").filter(pl.col("figure_id").is_in(wanted)).collect()
    return {row["figure_id"]: Figure(**row) for row in rows.iter_rows(named=True)}


def releases_by_id(ids: Iterable[str], warehouse: Warehouse) -> dict[str, Release]:
    wanted = sorted(set(ids))
    rows = warehouse.scan("releases").filter(pl.col("release_id").is_in(wanted)).collect()
    return {row["release_id"]: Release(**row) for row in rows.iter_rows(named=True)}
