"""The history that a batch can be compared with, and no more of it.

A figure meets those of its key, of its neighbours in arithmetic (exports and imports beside the
turnover), of its page's earlier versions and of its translations, within a few years. `told` knows
what was told of a key and where, `telling` which of it may disagree: only that is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import polars as pl

from expectations.addresses import canonical, twin_key
from expectations.arithmetic import TRADE
from expectations.findings import Finding, fold
from expectations.pool import Pool
from expectations.telling import NEEDED, ROW, SERIES, SUBJECT, ends_of, reach_of, suspects, year_of
from expectations.told import Told
from warehouse.fields import Figure, FindingEvent, Release
from warehouse.tables import Warehouse, frame

CACHE = "_told.sqlite"


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
    new = frame("figures", batch).with_columns(year=year_of())
    reach = reach_of(new)
    # A release read anew brings what changed only: the rest of what it states is held.
    whole = sorted({f.release_id for f in batch})
    versions = [*whole, *other_versions(releases, warehouse)]
    near: list[str] | None
    beside: list[str] | None
    try:
        told = told_in(warehouse)
        wanted = suspects(told.ends(reach), new)
        near = told.places(wanted)
        beside = told.stating(versions)
    except sqlite3.OperationalError:  # no cache can be kept here: look at all that is held
        near = beside = None
        wanted = suspects(ends_of(of_subjects(warehouse.scan("figures"), reach)), new)
    rows = few(of(warehouse.scan("figures", among=near), wanted, ROW).collect())
    ids = pl.DataFrame({"release_id": versions}, schema={"release_id": pl.String})
    others = of(warehouse.scan("figures", among=beside), ids, ("release_id",)).collect()
    rows = pl.concat([rows, others]).unique("figure_id", keep="first", maintain_order=True)
    return [Figure(**row) for row in rows.drop("year").iter_rows(named=True)]


def told_in(warehouse: Warehouse) -> Told:
    return Told(
        warehouse.root / CACHE,
        warehouse.names("figures"),
        lambda names: warehouse.rows("figures", names),
    )


def of_subjects(table: pl.LazyFrame, reach: pl.DataFrame) -> pl.DataFrame:
    wanted = reach.select(SUBJECT).unique()
    return of(table.select(*NEEDED), wanted, SUBJECT).collect()


def of(table: pl.LazyFrame, wanted: pl.DataFrame, key: Sequence[str]) -> pl.LazyFrame:
    """Return the rows of a table of figures that have one of the wanted keys; with their year."""
    marks = wanted.select(pl.struct(*key).hash()).to_series().sort().to_list()
    made = {"year": year_of()} if "year" in key else {}
    # The hash is a plain predicate, so other columns are decoded for the rows that pass only.
    mark = pl.struct(*(made.get(name, pl.col(name)).alias(name) for name in key)).hash()
    rows = table.filter(mark.is_in(marks)).with_columns(year=year_of())
    return rows.join(wanted.lazy(), on=list(key), how="semi", nulls_equal=True)


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
