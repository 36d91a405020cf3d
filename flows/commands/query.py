"""``caravan query``: SQL over the published tables."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from flows.home import held
from flows.settings import Settings

if TYPE_CHECKING:
    import polars as pl


@click.command()
@click.argument("sql")
@click.option(
    "--as-of",
    metavar="DATE",
    help="Answer with what was known then: a day, which counts to its end, or a time (UTC).",
)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
def command(sql: str, as_of: str | None, form: str) -> None:
    """Answer SQL over figures, series, findings, releases and sources.

    \b
    caravan query "SELECT time_period, low, high, sources FROM series
                   WHERE indicator = 'trade.turnover' AND ref_area = 'UZ' ORDER BY 1"
    """  # noqa: D301 click takes the escape itself, not the two letters
    from warehouse.query import query, query_as_of
    from warehouse.read import moment

    settings = Settings()
    if as_of is None:
        rows = query(sql, settings.published)
    else:
        try:
            known = moment(as_of)
        except ValueError as error:
            raise click.BadParameter(f"{as_of}: {error}", param_hint="--as-of") from error
        rows = query_as_of(sql, held(), known)
    show(rows, form)


def width() -> int:
    """Return how many columns a table may take: those of the terminal, if it is one."""
    return max(shutil.get_terminal_size((200, 24)).columns, 60)


def show(rows: pl.DataFrame, form: str) -> None:
    import polars as pl

    if form == "json":
        click.echo(rows.write_ndjson(), nl=False)
    elif form == "csv":
        from warehouse.sheets import flat

        click.echo(flat(rows).write_csv(), nl=False)
    else:
        with pl.Config(
            tbl_rows=-1, tbl_cols=-1, tbl_width_chars=width(), fmt_str_lengths=60,
            tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True,
            tbl_formatting="UTF8_FULL_CONDENSED",
        ):  # fmt: skip
            click.echo(rows)
