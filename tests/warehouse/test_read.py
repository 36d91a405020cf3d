import gc
from datetime import UTC, date, datetime

import polars as pl
import pytest

from tests.warehouse.samples import figure, night, release
from warehouse import read
from warehouse.errors import NotHeld
from warehouse.products import PRODUCTS
from warehouse.publish import publish
from warehouse.tables import Warehouse


@pytest.fixture
def home(tmp_path):
    warehouse = Warehouse(tmp_path / "warehouse")
    for day in range(2):
        of = release(f"r{day}")
        warehouse.append([figure(of)], recorded_at=night(day))
        warehouse.append([of], recorded_at=night(day))
    publish(warehouse, tmp_path / "published")
    return tmp_path


def test_tables_are_lazy_frames(home):
    data = read.home(home)
    for name in PRODUCTS:
        assert isinstance(getattr(data, name), pl.LazyFrame)
    assert data.figures.select(pl.len()).collect().item() == 2
    assert data.sql("SELECT count(*) AS n FROM figures")["n"].item() == 2


@pytest.mark.parametrize("as_of", ["2026-11-21", date(2026, 11, 21), night(0)])
def test_as_of_gives_what_was_known(home, as_of):
    figures = read.home(home, as_of=as_of).figures
    gc.collect()
    assert figures.collect().height == 1
    assert read.home(home, as_of=as_of).series.collect()["statements"].to_list() == [1]


def test_what_is_not_published_is_named(tmp_path):
    with pytest.raises(NotHeld, match="caravan publish"):
        _ = read.home(tmp_path).figures


def test_a_day_counts_to_its_end():
    assert read.moment("2026-01-31") == datetime(2026, 1, 31, 23, 59, 59, 999999, tzinfo=UTC)
    assert read.moment("2026-01-31T08:00:00") == datetime(2026, 1, 31, 8, tzinfo=UTC)
