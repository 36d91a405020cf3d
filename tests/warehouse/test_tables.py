import contextlib
import dataclasses
import multiprocessing
import shutil
import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.warehouse.samples import figure, night, release
from warehouse.errors import DamagedFile, Misplaced, NewerWarehouse
from warehouse.fields import Release, Retirement
from warehouse.publish import publish
from warehouse.tables import Warehouse, schema

FIRST = Path(__file__).parent.parent / "fixtures" / "warehouse-1"  # written by commit 3d772ea

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


def test_the_lock_may_be_taken_again_by_its_holder_and_by_nobody_else(tmp_path):
    warehouse = Warehouse(tmp_path)
    other = threading.Thread(
        target=Warehouse(tmp_path).append, args=[[RELEASE]], kwargs={"recorded_at": AT}
    )
    with warehouse.lock(), warehouse.lock():
        other.start()
        other.join(0.2)
        assert other.is_alive()
        assert not warehouse.names("releases")
    other.join()
    assert len(warehouse.names("releases")) == 1


def test_what_a_killed_writer_left_is_swept_by_the_next(tmp_path):
    left = tmp_path / "_tmp.1.dead.parquet"
    left.write_bytes(b"half")
    Warehouse(tmp_path).append([RELEASE], recorded_at=AT)
    assert not left.exists()


def test_a_file_committed_without_its_entry_in_the_index_is_known(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([RELEASE], recorded_at=AT)
    for left in tmp_path.glob("_index.sqlite*"):
        left.unlink()
    assert Warehouse(tmp_path).append([RELEASE], recorded_at=AT) == 0


def test_a_broken_index_is_thrown_away(tmp_path):
    Warehouse(tmp_path).append([RELEASE], recorded_at=AT)
    for left in tmp_path.glob("_index.sqlite*"):
        left.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    warehouse = Warehouse(tmp_path)
    assert warehouse.append([RELEASE], recorded_at=AT) == 0
    assert warehouse.append([RELEASE], recorded_at=AT) == 0


def test_a_damaged_page_of_the_index_is_done_without(tmp_path):
    step = [figure(release(f"r{n}")) for n in range(40)]
    Warehouse(tmp_path).append(step, recorded_at=night(0))
    index = tmp_path / "_index.sqlite"
    with contextlib.closing(sqlite3.connect(index)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [[page]] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ids_figures'")
        [[size]] = db.execute("PRAGMA page_size")
    held = bytearray(index.read_bytes())
    held[(page - 1) * size : page * size] = b"\xa5" * size
    index.write_bytes(held)
    again = Warehouse(tmp_path)
    again.append([*step, figure(release("new"))], recorded_at=night(1))
    assert again.scan("figures").collect().height == 41


def test_rows_of_a_file_taken_away_may_come_again(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([RELEASE], recorded_at=AT)
    [held] = warehouse.files("releases")
    held.unlink()
    assert warehouse.known("releases", ["r1"]) == set()
    assert warehouse.append([RELEASE], recorded_at=AT) == 1


def test_where_no_index_can_be_kept_the_rows_are_looked_at(tmp_path, monkeypatch):
    Warehouse(tmp_path).append([RELEASE], recorded_at=AT)
    warehouse = Warehouse(tmp_path)
    warehouse._index.cache.path = tmp_path / "nowhere" / "_index.sqlite"
    assert warehouse.known("releases", ["r1", "r2"]) == {"r1"}
    assert warehouse.scan("releases").collect().height == 1
    assert warehouse.append([RELEASE, dataclasses.replace(RELEASE, release_id="r2")],
                            recorded_at=AT) == 1  # fmt: skip


def test_an_id_that_raced_writers_committed_twice_is_read_once(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([RELEASE], recorded_at=AT)
    [held] = warehouse.files("releases")
    held.with_name("raced.parquet").write_bytes(held.read_bytes())
    assert warehouse.scan("releases").collect().height == 1


def test_as_of_leaves_out_what_came_later(tmp_path):
    warehouse = Warehouse(tmp_path)
    for day in range(3):
        other = dataclasses.replace(RELEASE, release_id=f"r{day}")
        warehouse.append([other], recorded_at=AT + timedelta(days=day))
    held = [warehouse.scan("releases", as_of=AT + timedelta(days=d)).collect().height
            for d in (-1, 0, 1, 5)]  # fmt: skip
    assert held == [0, 1, 2, 3]


def retirement(step, event="retired"):
    return Retirement(
        retirement_id=f"r1-{step}", of_table="releases", of_id="r1", step=step, event=event,
        source="kremlin",
    )  # fmt: skip


def test_a_retired_row_is_left_out_until_it_is_reinstated(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([RELEASE], recorded_at=AT)
    seen = []
    for step, event in enumerate(("retired", "reinstated", "retired"), 1):
        later = AT + timedelta(days=step)
        warehouse.append([retirement(step, event)], recorded_at=later)
        seen.append(warehouse.scan("releases").collect().height)
    assert seen == [0, 1, 0]
    assert warehouse.scan("releases", retired=True).collect().height == 1
    assert warehouse.scan("releases", as_of=AT + timedelta(days=2)).collect().height == 1
    assert warehouse.append([RELEASE], recorded_at=AT + timedelta(days=9)) == 0


def test_the_first_version_s_warehouse_is_read_and_appended_to(tmp_path):
    shutil.copytree(FIRST, tmp_path / "w")
    before = {p: p.read_bytes() for p in (tmp_path / "w").rglob("*.parquet")}
    warehouse = Warehouse(tmp_path / "w")
    for table in ("captures", "releases", "figures", "findings", "runs"):
        held = warehouse.scan(table).collect()
        assert held.height == 2, table
        assert held.columns == list(schema(table))
    assert warehouse.append([RELEASE], recorded_at=AT) == 1
    assert publish(warehouse, tmp_path / "out", only=["figures"])[0].rows == 2
    assert before == {p: p.read_bytes() for p in before}


def test_files_that_lack_a_column_or_bring_one_are_read(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([RELEASE], recorded_at=AT)
    [held] = warehouse.files("releases")
    older = pl.read_parquet(held).drop("place").with_columns(release_id=pl.lit("older"))
    newer = pl.read_parquet(held).with_columns(release_id=pl.lit("newer"), mood=pl.lit("warm"))
    older.write_parquet(held.with_name("older.parquet"))
    newer.write_parquet(held.with_name("newer.parquet"))
    assert warehouse.scan("releases").collect().columns == list(schema("releases"))
    assert sorted(warehouse.scan("releases").collect()["release_id"]) == ["newer", "older", "r1"]
    assert publish(warehouse, tmp_path / "out", only=["releases"])[0].rows == 3


def test_a_damaged_file_is_named(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([RELEASE], recorded_at=AT)
    [held] = warehouse.files("releases")
    held.write_bytes(held.read_bytes()[:-40])
    with pytest.raises(DamagedFile, match=held.name):
        publish(warehouse, tmp_path / "out")
    for left in tmp_path.glob("_index.sqlite*"):
        left.unlink()
    with pytest.raises(DamagedFile, match=held.name):
        Warehouse(tmp_path).append([RELEASE], recorded_at=AT)


def test_a_newer_warehouse_is_refused(tmp_path):
    (tmp_path / "caravan.json").write_text('{"format": 2}')
    with pytest.raises(NewerWarehouse, match="format 2"):
        Warehouse(tmp_path).append([RELEASE], recorded_at=AT)


def test_an_address_that_is_no_warehouse_is_refused():
    with pytest.raises(Misplaced, match="ftp://"):
        Warehouse("ftp://host/w")


def batches(root, numbers):
    for number in numbers:
        row = dataclasses.replace(RELEASE, release_id=f"r{number}")
        Warehouse(root).append([row], recorded_at=AT)


def test_two_writers_at_once_commit_each_row_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=batches, args=[tmp_path, numbers])
        for numbers in (range(20), range(10, 30))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    bare = pl.read_parquet(tmp_path / "releases" / "**" / "*.parquet")
    assert sorted(bare["release_id"]) == sorted(f"r{n}" for n in range(30))
