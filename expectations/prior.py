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
from expectations.series import FAR
from warehouse.fields import Figure, FindingEvent, Release
from warehouse.tables import Warehouse, frame

YEARS_BACK, YEARS_ON = 3, 1
KEY = ("indicator", "ref_area", "counterpart_area", "scope", "year")
SERIES = ("indicator", "measure", "ref_area", "counterpart_area", "scope", "status", "unit")
SUBJECT = ("ref_area", "counterpart_area", "scope")
NEEDED = ("value", "low", "high", "source", "reporter", "time_period", "published", "figure_id")
NEARLY_FAR = FAR * 0.99
GROWTHS = ("growth", "multiple")
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
    versions = other_versions(releases, warehouse)
    told = telling(comparable(table, batch).collect(), batch)
    others = table.filter(pl.col("release_id").is_in(versions)).collect() if versions else None
    rows = told if others is None else pl.concat([told, others])
    rows = rows.unique("figure_id", keep="first", maintain_order=True)
    return [Figure(**row) for row in rows.iter_rows(named=True)]


def comparable(table: pl.LazyFrame, batch: Sequence[Figure]) -> pl.LazyFrame:
    """Return the rows of a table of figures that share a key, and nearly a year, with a batch."""
    keys = sorted({k for f in batch for k in keys_of(f)}, key=str)
    schema: dict[str, Any] = dict.fromkeys(KEY, pl.String) | {"year": pl.Int32}
    wanted = pl.DataFrame(keys, schema=schema, orient="row")
    marks = wanted.select(pl.struct(*KEY).hash()).to_series().sort().to_list()
    # The hash is a plain predicate, so other columns are decoded for the rows that pass only.
    rows = table.filter(pl.struct(*KEY[:-1], year_of().alias(KEY[-1])).hash().is_in(marks))
    rows = rows.with_columns(year=year_of())
    return rows.join(wanted.lazy(), on=KEY, how="semi", nulls_equal=True)


def year_of() -> pl.Expr:
    stated = pl.col("time_period").str.slice(0, 4).cast(pl.Int32, strict=False)
    return pl.coalesce(stated, pl.col("published").dt.year()).cast(pl.Int32)


def keys_of(figure: Figure) -> Iterable[Keys]:
    """Yield the keys that a figure can be compared with, near its own year."""
    f = figure
    covered = span(f.time_period)
    year = covered.start.year if covered else f.published.year
    codes = TRADE if f.indicator in TRADE else (f.indicator,)
    for code in codes:
        for near in range(year - YEARS_BACK, year + YEARS_ON + 1):
            yield (code, f.ref_area, f.counterpart_area, f.scope, near)


def telling(held: pl.DataFrame, batch: Sequence[Figure]) -> pl.DataFrame:
    """Leave of comparable rows those of series in which something may disagree with the batch.

    Most figures of a night agree with all that was said; then nothing of the history is needed.
    """
    fresh = frame("figures", batch).select(*SERIES, *NEEDED).with_columns(year=year_of())
    one = ["indicator", *SUBJECT]
    pairs = lengthened(told_of(held)).join(
        lengthened(fresh), on=one, nulls_equal=True, suffix="_new"
    )
    parts = [*SUBJECT, "time_period", "source"]
    summed = held.filter(pl.col("indicator").is_in(TRADE)).join(
        fresh.filter(pl.col("indicator").is_in(TRADE)), on=parts, how="semi", nulls_equal=True
    )
    suspect = pl.concat([pairs.filter(may_disagree()).select(one), summed.select(one)]).unique()
    return few(held.join(suspect, on=one, how="semi", nulls_equal=True)).drop("year")


def told_of(held: pl.DataFrame) -> pl.DataFrame:
    """Return the ends of all that was told of each series and period."""
    return held.group_by(*SERIES, "time_period", "year").agg(
        low=pl.col("low").fill_null(float("-inf")).max(),
        high=pl.col("high").fill_null(float("inf")).min(),
        least=pl.col("value").min(),
        most=pl.col("value").max(),
    )


def lengthened(rows: pl.DataFrame) -> pl.DataFrame:
    """Add how many months a period covers, 0 for days and for none."""
    period = pl.col("time_period")
    last = pl.coalesce(period.str.extract(r"/(.+)$"), period)
    months = (month_number(last, 12) - month_number(period, 1) + 1).fill_null(0)
    return rows.with_columns(months=months)


def month_number(period: pl.Expr, default: int) -> pl.Expr:
    """Return the month of a date, counted from year nought; a year stands for ``default``."""
    year = period.str.slice(0, 4).cast(pl.Int32, strict=False)
    month = period.str.slice(5, 2).cast(pl.Int32, strict=False).fill_null(default)
    return year * 12 + month


def may_disagree() -> pl.Expr:
    """Whether what was told of a series and a new figure could be any conflict of `detect`.

    Loose on purpose: it must miss none, and what it lets through is judged by `detect`.
    """
    told, value = pl.col, pl.col("value")
    series = told("measure") == told("measure_new")
    series &= (told("unit") == told("unit_new")) & (told("status") == told("status_new"))
    low_new = told("low_new").fill_null(float("-inf"))
    high_new = told("high_new").fill_null(float("inf"))
    apart = (told("low") > high_new) | (low_new > told("high"))
    moment = told("time_period").eq_missing(told("time_period_new"))
    moment |= told("months").le(1) & told("months_new").le(1)
    far = (told("most").abs() >= value.abs() * NEARLY_FAR) | (
        value.abs() >= told("least").abs() * NEARLY_FAR
    )
    longer = (told("months") > told("months_new")) & (told("least") < value)
    shorter = (told("months") < told("months_new")) & (told("most") > value)
    shrunk = (told("year") == told("year_new")) & (longer | shorter)
    same_stretch = told("months") == told("months_new")
    grown = told("measure").is_in(GROWTHS) != told("measure_new").is_in(GROWTHS)
    return (series & ((apart & moment) | (far & same_stretch) | shrunk)) | grown


def few(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave of what one side said of one key the first, the last, the lowest and the highest."""
    side = pl.coalesce("reporter", "source").alias("side")
    one = [*SERIES, "time_period", "side"]
    ranked = rows.with_columns(side).sort("published", "figure_id")
    ends = [ranked.unique(one, keep=end, maintain_order=True) for end in ("first", "last")]
    by_value = ranked.sort("value", "figure_id")
    ends += [by_value.unique(one, keep=end, maintain_order=True) for end in ("first", "last")]
    return pl.concat(ends).unique("figure_id", maintain_order=True).drop("side")


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
