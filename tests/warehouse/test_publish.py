import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import event, figure, night, release, run
from warehouse.publish import publish
from warehouse.tables import Warehouse


@pytest.fixture
def warehouse(tmp_path):
    made = Warehouse(tmp_path / "warehouse")
    releases = [release("r1"), release("r2", source="akorda")]
    made.append([figure(r) for r in releases], recorded_at=night(0))
    made.append([event()], recorded_at=night(0))
    made.append(releases, recorded_at=night(0))
    made.append([run(), run("akorda", verdict="quiet")], recorded_at=night(0))
    return made


def test_published_tables_are_plain_parquet_with_described_columns(warehouse, tmp_path):
    files = publish(warehouse, tmp_path / "out")
    rows = {f.table: f.rows for f in files}
    assert (rows["figures"], rows["findings"], rows["sources"]) == (2, 1, 2)
    path = tmp_path / "out" / "figures.parquet"
    assert duckdb.sql(f"SELECT count(*), max(value) FROM '{path}'").fetchall() == [(2, 3.8e9)]
    about = pl.read_parquet_schema(path)
    assert about["published"] == pl.Date


def test_the_same_tables_give_the_same_bytes_and_leave_the_files_alone(warehouse, tmp_path):
    first = publish(warehouse, tmp_path / "out")
    inode = first[0].path.stat().st_ino
    again = publish(warehouse, tmp_path / "out")
    assert [f.changed for f in again] == [False] * len(again)
    assert again[0].path.stat().st_ino == inode
    elsewhere = publish(warehouse, tmp_path / "elsewhere")
    for one, other in zip(first, elsewhere, strict=True):
        assert one.path.read_bytes() == other.path.read_bytes()


def test_an_empty_warehouse_publishes_empty_tables(tmp_path):
    files = publish(Warehouse(tmp_path / "none"), tmp_path / "out")
    assert {f.rows for f in files} == {0}
    assert pl.read_parquet(tmp_path / "out" / "figures.parquet").columns[0] == "figure_id"


def test_a_row_that_raced_writers_committed_twice_is_published_once(warehouse, tmp_path):
    held = next((warehouse.root / "figures").rglob("*.parquet"))
    (held.parent / "raced.parquet").write_bytes(held.read_bytes())
    publish(warehouse, tmp_path / "out")
    assert pl.read_parquet(tmp_path / "out" / "figures.parquet").height == 2


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        (["opened"], "open"),
        (["opened", "acknowledged"], "acknowledged"),
        (["opened", "acknowledged", "witness_added"], "acknowledged"),
        (["opened", "resolved"], "resolved"),
        (["opened", "resolved", "reopened"], "open"),
    ],
)
def test_the_state_of_a_finding_is_that_of_its_last_decision(tmp_path, kinds, state):
    warehouse = Warehouse(tmp_path)
    for day, kind in enumerate(kinds):
        told = event(kind=kind, at=night(day), figure_ids=[f"fig{day}"])
        warehouse.append([told], recorded_at=night(day))
    publish(warehouse, tmp_path / "out", only=["findings"])
    [row] = pl.read_parquet(tmp_path / "out" / "findings.parquet").to_dicts()
    assert row["state"] == state
    assert row["events"] == len(kinds)
    assert row["figure_ids"] == [f"fig{day}" for day in range(len(kinds))]
    assert (row["opened_at"], row["changed_at"]) == (night(0), night(len(kinds) - 1))


def test_sources_tell_what_they_brought_and_how_the_last_night_went(warehouse, tmp_path):
    warehouse.append([run(run_id="n2", at=night(1), verdict="refused")], recorded_at=night(1))
    publish(warehouse, tmp_path / "out", only=["sources"])
    rows = pl.read_parquet(tmp_path / "out" / "sources.parquet").to_dicts()
    told = {
        r["source"]: (r["releases"], r["figures"], r["nights"], r["last_verdict"]) for r in rows
    }
    assert told == {"akorda": (1, 1, 1, "quiet"), "kremlin": (1, 1, 2, "refused")}
