"""What of the history may disagree with a batch, told from the ends of each series and period.

Loose on purpose: it must miss nothing that `detect` would find, and what it lets through is judged
there. Frames in, frames out; where the ends come from is no matter here.
"""

from __future__ import annotations

import zlib

import polars as pl

from expectations.arithmetic import TRADE
from expectations.indicators import natures
from expectations.series import FAR

YEARS_BACK, YEARS_ON = 3, 1
SUBJECT = ("indicator", "ref_area", "counterpart_area", "scope")
SERIES = (*SUBJECT, "measure", "status", "unit")
ROW = (*SUBJECT, "year", "measure", "status", "unit", "time_period")  # what has ends of its own
MEASURED = ("low", "high", "value", "source")
NEEDED = tuple(dict.fromkeys((*SERIES, *MEASURED, "time_period", "published", "release_id")))
NEARLY_FAR = FAR * 0.99
GROWTHS = ("growth", "multiple")
FILES = pl.col("file").unique().cast(pl.String).str.join(" ")


def year_of() -> pl.Expr:
    stated = pl.col("time_period").str.slice(0, 4).cast(pl.Int32, strict=False)
    return pl.coalesce(stated, pl.col("published").dt.year()).cast(pl.Int32)


def reach_of(batch: pl.DataFrame) -> pl.DataFrame:
    """Return the subjects that a batch can be held against, each since and until which year.

    Exports and imports stand beside the turnover that they make.
    """
    near = batch.select(
        *SUBJECT, since=pl.col("year") - YEARS_BACK, until=pl.col("year") + YEARS_ON
    ).unique()
    codes = pl.DataFrame({"indicator": TRADE})
    trade = near.filter(pl.col("indicator").is_in(TRADE)).drop("indicator")
    return pl.concat([near, trade.join(codes, how="cross").select(near.columns)]).unique()


def ends_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the ends of all that was told of each series and period, and a mask of who told it.

    ``low`` is the highest beginning of an interval, ``high`` the lowest end: what any new interval
    must reach to meet them all. A source is one bit, which it may share with another. Where rows
    carry the number of their ``file``, these are told too.
    """
    bits = {name: 1 << zlib.crc32(name.encode()) % 62 for name in set(rows["source"])}
    told = rows.with_columns(
        year=year_of(),
        mask=pl.col("source").replace_strict(bits or {"": 0}, return_dtype=pl.Int64),
    )
    return told.group_by(*ROW).agg(
        low=pl.col("low").fill_null(float("-inf")).max(),
        high=pl.col("high").fill_null(float("inf")).min(),
        least=pl.col("value").min(),
        most=pl.col("value").max(),
        sources=pl.col("mask").bitwise_or(),
        **({"files": FILES} if "file" in rows.columns else {}),
    )


def suspects(ends: pl.DataFrame, batch: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of ends, by their key, whose figures a batch's may disagree with."""
    new = lengthened(batch.with_columns(year=year_of()))
    pairs = lengthened(ends).join(new, on=list(SUBJECT), nulls_equal=True, suffix="_new")
    ahead = pl.col("year") - pl.col("year_new")
    pairs = pairs.filter(ahead.is_between(-YEARS_BACK, YEARS_ON))
    found = [differing(pairs), pairs.filter(far() | shrunk()), grown(pairs), summed(ends, batch)]
    chosen = pl.concat([rows.select(ROW) for rows in found])
    return pl.concat([chosen, grown_amounts(ends, chosen)]).unique()


def grown_amounts(ends: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """Return the levels told beside growths: their currency is that of the growth."""
    growths = chosen.filter(pl.col("measure").is_in(GROWTHS))
    levels = ends.filter(pl.col("measure") == "level")
    on = [*SUBJECT, "time_period"]
    return levels.join(growths, on=on, how="semi", nulls_equal=True).select(ROW)


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


def one_series() -> pl.Expr:
    told = pl.col
    same = told("measure") == told("measure_new")
    return same & (told("unit") == told("unit_new")) & (told("status") == told("status_new"))


def differing(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return all that was told of a moment of which something does not meet a new figure."""
    told = pl.col
    moment = told("time_period").eq_missing(told("time_period_new"))
    moment |= told("months").le(1) & told("months_new").le(1)
    of_moment = pairs.filter(one_series() & moment)
    apart = told("low") > told("high_new").fill_null(float("inf"))
    apart |= told("low_new").fill_null(float("-inf")) > told("high")
    asked = [*SERIES, "time_period_new"]
    return of_moment.join(of_moment.filter(apart), on=asked, how="semi", nulls_equal=True)


def far() -> pl.Expr:
    """Whether a series has values far off a new figure; flows only over an equal stretch."""
    most, least, value = pl.col("most").abs(), pl.col("least").abs(), pl.col("value").abs()
    off = (most >= value * NEARLY_FAR) | (value >= least * NEARLY_FAR)
    flow = pl.col("indicator").is_in([c for c, n in natures().items() if n.kind == "flow"])
    return one_series() & (~flow | (pl.col("months") == pl.col("months_new"))) & off


def shrunk() -> pl.Expr:
    """Whether a longer stretch of a year may have a smaller total than a shorter one."""
    longer = (pl.col("months") > pl.col("months_new")) & (pl.col("least") < pl.col("value"))
    shorter = (pl.col("months") < pl.col("months_new")) & (pl.col("most") > pl.col("value"))
    return one_series() & (pl.col("year") == pl.col("year_new")) & (longer | shorter)


def grown(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return levels and growths of subjects of which one is told by the batch, the other held."""
    growth = pl.col("measure").is_in(GROWTHS)
    lengths = pl.col("months"), pl.col("months_new")
    measured = (growth | (pl.col("measure") == "level")) & (
        (lengths[0] == lengths[1]) | (pl.max_horizontal(*lengths) > 12)
    )
    of_both = pairs.filter(growth != pl.col("measure_new").is_in(GROWTHS))
    return pairs.filter(measured).join(of_both, on=list(SUBJECT), how="semi", nulls_equal=True)


def summed(ends: pl.DataFrame, batch: pl.DataFrame) -> pl.DataFrame:
    """Return what was told of sums of which the batch tells a part, and that may not come out.

    All parts must have been told by what may be one source, for it alone can contradict itself so.
    """
    whole = [*SUBJECT[1:], "time_period", "status", "unit"]
    trade = pl.col("indicator").is_in(TRADE) & (pl.col("measure") == "level")
    dated = trade & pl.col("time_period").is_not_null()
    held, fresh = ends.filter(dated), ends_of(batch).filter(dated)
    told = pl.concat([held.select(fresh.columns), fresh])
    mine = fresh.select(*whole, "sources").rename({"sources": "asked"}).unique()
    told = told.join(mine, on=whole, nulls_equal=True)
    told = told.filter((pl.col("sources") & pl.col("asked")) != 0)
    broken = told.group_by(whole).agg(**parts_of_sums()).filter(may_break()).select(whole)
    return held.join(broken, on=whole, how="semi", nulls_equal=True)


def parts_of_sums() -> dict[str, pl.Expr]:
    """Return the ends of turnover (0), exports (1) and imports (2); null where none was told."""
    of = {n: pl.col("indicator") == code for n, code in enumerate(TRADE)}
    lows = {f"low{n}": pl.col("low").filter(part).max() for n, part in of.items()}
    return lows | {f"high{n}": pl.col("high").filter(part).min() for n, part in of.items()}


def may_break() -> pl.Expr:
    """Whether some combination of the values told does not make the turnover."""
    over = pl.col("low1") + pl.col("low2") > pl.col("high0")
    return over | (pl.col("high1") + pl.col("high2") < pl.col("low0"))
