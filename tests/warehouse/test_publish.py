import json
import os
import shutil
from datetime import date
from hashlib import sha256

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner

import warehouse.publish as module
from flows.cli import cli
from tests.warehouse.samples import event, figure, night, release, run
from warehouse.errors import Misplaced
from warehouse.fields import Retirement
from warehouse.portions import latest
from warehouse.publish import publish, sheets
from warehouse.query import query
from warehouse.read import Tables
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


def dated(number, year):
    of = release(f"r{number}", published=date(year, 5, 1))
    return figure(of, start=number, value=3e9 + number), of


def append_dated(warehouse, numbers, year):
    for number in numbers:
        for row in dated(number, year):
            warehouse.append([row], recorded_at=night(0))


@pytest.fixture
def grown(tmp_path):
    warehouse = Warehouse(tmp_path / "warehouse")
    for year in (2023, 2024, 2025):
        append_dated(warehouse, range(4 * year, 4 * year + 4), year)
    return warehouse


def test_a_grown_table_is_a_folder_of_the_earlier_and_the_latest_years(grown, tmp_path):
    out = tmp_path / "out"
    publish(grown, out, grown=12)
    assert (out / "figures.parquet").is_file()
    files = publish(grown, out, grown=11)
    assert {f.table: f.rows for f in files}["figures"] == 12
    for name in ("figures", "releases"):
        held = sorted(p.name for p in (out / f"{name}.parquet").iterdir())
        assert held == ["since-2025.parquet", "until-2024.parquet"]
    assert (out / "series.parquet").is_file()
    for count in (
        duckdb.sql(f"SELECT count(*) FROM read_parquet('{out}/figures.parquet')").fetchall()[0][0],
        query("SELECT count(*) AS n FROM figures JOIN releases USING (release_id)", out)["n"][0],
        pl.read_parquet(out / "figures.parquet").height,
        Tables(out).figures.collect().height,
    ):
        assert count == 12
    assert Tables(out).figures.collect_schema() == pl.read_parquet_schema(
        out / "figures.parquet" / "since-2025.parquet"
    )
    package = json.loads((out / "datapackage.json").read_text())
    [figures] = [r for r in package["resources"] if r["name"] == "figures"]
    for path, sha in zip(figures["path"], figures["hashes"], strict=True):
        assert sha == "sha256:" + sha256((out / path).read_bytes()).hexdigest()
    csv, book = sheets(out, csv=True, xlsx=True)[0], out / "caravan.xlsx"
    assert csv.read_text().count("\n") == 13 and book.exists()


def test_a_night_writes_the_latest_years_only(grown, tmp_path, monkeypatch):
    publish(grown, tmp_path / "out", grown=11)
    written = []
    write = module.write
    monkeypatch.setattr(module, "write", lambda *a: written.append(a[2].name) or write(*a))
    publish(grown, tmp_path / "out", grown=11)
    assert not {"figures", "series", "releases"} & {name.split(".")[0] for name in written}
    append_dated(grown, [1], 2025)
    publish(grown, tmp_path / "out", grown=11)
    assert {name for name in written if "/" in name} == {
        "figures.parquet/since-2025.parquet",
        "releases.parquet/since-2025.parquet",
    }
    assert "series.parquet" in written
    assert Tables(tmp_path / "out").figures.collect().height == 13


def test_a_retired_row_leaves_the_earlier_years(grown, tmp_path):
    publish(grown, tmp_path / "out", grown=11)
    gone = dated(4 * 2023, 2023)[0]
    retired = Retirement(
        retirement_id="x", of_table="figures", of_id=gone.row_id, step=1, event="retired",
        source="kremlin",
    )  # fmt: skip
    grown.append([retired], recorded_at=night(1))
    publish(grown, tmp_path / "out", grown=9)
    assert gone.row_id not in set(Tables(tmp_path / "out").figures.collect()["figure_id"])


def test_few_rows_of_a_new_year_do_not_split_the_year_before_off():
    old, new = (2024, 900, 7), (2026, 3, 8)
    assert latest([(2020, 100, 1), old, new]) == 2024
    assert latest([(2020, 100, 1), (2026, 30, 8)]) == 2026


def test_who_follows_the_link_once_reads_one_version_of_all_tables(warehouse, tmp_path):
    publish(warehouse, tmp_path / "out")
    frame, stands = Tables(tmp_path / "out").figures, (tmp_path / "out").resolve()
    warehouse.append([figure(release("r9"))], recorded_at=night(1))
    publish(warehouse, tmp_path / "out")
    assert frame.collect().height == 2
    assert pl.read_parquet(stands / "figures.parquet").height == 2
    assert Tables(tmp_path / "out").figures.collect().height == 3


def test_versions_are_swept_long_after_another_followed(warehouse, tmp_path):
    out, shelf = tmp_path / "out", tmp_path / ".out"
    for day in range(4):
        warehouse.append([figure(release(f"later-{day}"))], recorded_at=night(day))
        publish(warehouse, out)
        for version in shelf.iterdir():  # half an hour and more goes by
            about = version.stat()
            os.utime(version, (about.st_atime - 2000, about.st_mtime - 2000))
    assert sorted(p.name for p in shelf.iterdir() if p.is_dir()) == ["2", "3", "4"]
    for version in shelf.iterdir():  # a day goes by
        os.utime(version, (0, 0))
    warehouse.append([figure(release("last"))], recorded_at=night(9))
    publish(warehouse, out)
    assert sorted(p.name for p in shelf.iterdir() if p.is_dir()) == ["4", "5"]
    assert out.resolve().name == "5"


def test_a_plain_folder_of_an_older_version_is_taken_over(warehouse, tmp_path):
    publish(warehouse, tmp_path / "new")
    shutil.copytree((tmp_path / "new").resolve(), tmp_path / "out")
    (tmp_path / "out" / "csv").mkdir()
    (tmp_path / "out" / "csv" / "figures.csv").write_text("mine")
    (tmp_path / "out" / ".lock").touch()
    publish(warehouse, tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "out" / "csv" / "figures.csv").read_text() == "mine"
    assert Tables(tmp_path / "out").figures.collect().height == 2


def test_a_folder_of_something_else_is_left_alone(warehouse, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(Misplaced, match="move it away"):
        publish(warehouse, tmp_path / "out")
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_what_one_call_does_not_make_stands_as_it_stood(warehouse, tmp_path):
    publish(warehouse, tmp_path / "out")
    sheets(tmp_path / "out", csv=True, xlsx=False)
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    warehouse.append([figure(release("r9"))], recorded_at=night(1))
    publish(warehouse, tmp_path / "out", only=["figures"])
    after = {p.name: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert {n for n in after if after[n] != before.get(n)} == {"figures.parquet", ".marks.json"}
    sheets(tmp_path / "out", csv=True, xlsx=False)
    assert before["figures.csv"] != (tmp_path / "out" / "csv" / "figures.csv").read_bytes()
    assert (tmp_path / ".out" / "2" / "csv" / "figures.csv").read_bytes() == before["figures.csv"]


@pytest.mark.parametrize("spoil", [lambda f: f.unlink(), lambda f: f.write_bytes(b"PAR1")])
def test_a_published_file_that_was_spoilt_is_made_again(warehouse, tmp_path, spoil):
    publish(warehouse, tmp_path / "out")
    spoil(tmp_path / "out" / "figures.parquet")
    publish(warehouse, tmp_path / "out")
    assert Tables(tmp_path / "out").figures.collect().height == 2


def test_the_command_makes_all_files_anew(warehouse, tmp_path):
    publish(warehouse, tmp_path / "published")
    whole = (tmp_path / "published" / "figures.parquet").read_bytes()
    altered = whole.replace(b"trade", b"TRADE", 1)
    (tmp_path / "published" / "figures.parquet").write_bytes(altered)
    result = CliRunner().invoke(cli, ["--home", str(tmp_path), "publish"])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "published" / "figures.parquet").read_bytes() == whole


def test_a_copy_that_followed_the_links_is_published_anew(warehouse, tmp_path):
    publish(warehouse, tmp_path / "home" / "out")
    shutil.copytree(tmp_path / "home", tmp_path / "copy", symlinks=False)
    assert not (tmp_path / "copy" / "out").is_symlink()
    shutil.copytree(tmp_path / "copy" / "out", tmp_path / "copy" / ".out" / "0", dirs_exist_ok=True)
    publish(warehouse, tmp_path / "copy" / "out")
    assert pl.read_parquet(tmp_path / "copy" / "out" / "figures.parquet").height == 2


def test_a_spoilt_list_of_marks_costs_only_time(warehouse, tmp_path):
    publish(warehouse, tmp_path / "out")
    (tmp_path / "out" / ".marks.json").write_text("")
    publish(warehouse, tmp_path / "out")
    assert json.loads((tmp_path / "out" / ".marks.json").read_text())


def test_without_symbolic_links_nothing_is_moved(warehouse, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    (out / "figures.parquet").write_bytes(b"of an older version")

    def refuse(self, target, target_is_directory=False):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    with pytest.raises(Misplaced, match="no symbolic links"):
        publish(warehouse, out)
    assert (out / "figures.parquet").read_bytes() == b"of an older version"
