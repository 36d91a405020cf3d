# %% [markdown]
# # Trade of the five with Russia, year by year: who says what, and how sure is it?
#
# Run `caravan demo` or some nights first, then this file: cell by cell in an editor that knows
# `# %%`, or whole, from the checkout: `python notebooks/trade_with_russia.py HOME`.

# %%
from __future__ import annotations

import sys
from pathlib import Path

import altair as alt
import polars as pl

from warehouse import read

# %% [markdown]
# `series` has one row for each key: what all statements share is `low` to `high`; where they
# disagree, `clusters` says who stands where. An open end is null ("more than 10 billion").


# %%
def by_year(data: read.Tables) -> pl.DataFrame:
    """Return annual turnover in billions of dollars, a row a country and year."""
    return (
        data.series.filter(
            pl.col("indicator") == "trade.turnover",
            pl.col("measure") == "level",
            pl.col("status") == "actual",
            pl.col("counterpart_area") == "RU",
            pl.col("unit") == "USD",
            pl.col("scope").is_null(),
            pl.col("time_period").str.contains(r"^\d{4}$"),
        )
        .select(
            country="ref_area",
            year=pl.col("time_period").cast(pl.Int32),
            low=pl.col("low") / 1e9,
            value=pl.col("value") / 1e9,
            high=pl.col("high") / 1e9,
            agreement="agreement",
            independent_sources="independent_sources",
            change="change",
        )
        .sort("country", "year")
        .collect()
    )


# %%
def who_says(data: read.Tables, country: str, year: int) -> pl.DataFrame:
    """Return each statement of one country's turnover in one year, in its own words."""
    return (
        data.figures.filter(
            pl.col("indicator") == "trade.turnover",
            pl.col("measure") == "level",
            pl.col("ref_area") == country,
            pl.col("counterpart_area") == "RU",
            pl.col("time_period") == str(year),
        )
        .join(data.releases.select("release_id", "title"), on="release_id")
        .select("published", "source", "speaker", "quote", "low", "high", "title", "figure_id")
        .sort("published", "source", "figure_id")
        .collect()
    )


# %% [markdown]
# The plot: a point is the best single value, a bar the interval; disputed years are drawn hollow.
# An interval without an upper end is drawn to its value only.


# %%
def chart(rows: pl.DataFrame) -> alt.LayerChart:
    """Return the plot, a colour a country."""
    closed = rows.with_columns(low=pl.coalesce("low", "value"), high=pl.coalesce("high", "value"))
    base = alt.Chart(closed).encode(
        x=alt.X("year:O", title=None), color=alt.Color("country:N", title="with Russia")
    )
    bars = base.mark_rule(strokeWidth=3, opacity=0.5).encode(
        y=alt.Y("low:Q", title="turnover, billion US dollars"), y2="high:Q"
    )
    points = base.mark_point(size=60).encode(
        y="value:Q",
        fillOpacity=alt.condition(alt.datum.agreement == "agreed", alt.value(1), alt.value(0)),
        fill="country:N",
        tooltip=[*closed.columns],
    )
    return bars + points


# %%
def main(home: str = "data", out: str = "build/trade_with_russia.json") -> None:
    data = read.home(home)
    rows = by_year(data)
    with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=50, tbl_width_chars=160):
        print(rows)
        disputed = rows.filter(pl.col("agreement") == "disputed")
        for country, year in disputed.select("country", "year").iter_rows():
            print(f"{country} {year} is disputed; `caravan trace FIGURE_ID` shows the page:")
            print(who_says(data, country, year))
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    chart(rows).save(out)
    print(f"plot (Vega-Lite; any notebook or vega editor opens it): {out}")


# %%
if __name__ == "__main__":
    main(*sys.argv[1:])
