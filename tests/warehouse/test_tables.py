import dataclasses
from datetime import UTC, date, datetime

import polars as pl

from warehouse.fields import Release
from warehouse.tables import Warehouse

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
RELEASE = Release(
    release_id="r1",
    source="kremlin",
    url="http://en.kremlin.ru/events/president/news/1",
    language="en",
    title="Talks",
    published=date(2026, 11, 20),
    text="Trade grew.",
    text_sha256="0" * 64,
    parser="kremlin",
    parser_version="1",
)


def test_appending_twice_is_appending_once(tmp_path):
    warehouse = Warehouse(tmp_path)
    assert warehouse.append([RELEASE, RELEASE], recorded_at=AT) == 1
    assert warehouse.append([RELEASE], recorded_at=AT) == 0
    held = warehouse.scan("releases").collect()
    assert held.height == 1
    assert held["recorded_at"].item() == AT


def test_a_bare_glob_reads_what_was_appended(tmp_path):
    warehouse = Warehouse(tmp_path)
    other = dataclasses.replace(RELEASE, release_id="r2")
    warehouse.append([RELEASE], recorded_at=AT)
    warehouse.append([RELEASE, other], recorded_at=AT)
    bare = pl.read_parquet(tmp_path / "releases" / "**" / "*.parquet")
    assert sorted(bare["release_id"]) == ["r1", "r2"]
