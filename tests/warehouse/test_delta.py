import deltalake
import pytest
from click.testing import CliRunner

from flows.cli import cli
from tests.warehouse.samples import figure, night, release
from tests.warehouse.test_tables import FIRST
from warehouse.delta import export_delta, link
from warehouse.tables import Warehouse


@pytest.fixture
def warehouse(tmp_path):
    made = Warehouse(tmp_path / "warehouse")
    made.append([figure(release("a"))], recorded_at=night(0))
    return made


def rows(folder):
    return deltalake.DeltaTable(str(folder)).to_pyarrow_table()


def test_tables_are_registered_without_rewriting_and_brought_up_to_date(warehouse, tmp_path):
    out = tmp_path / "delta"
    assert export_delta(warehouse, out) == {"figures": 1}
    assert export_delta(warehouse, out) == {"figures": 0}
    warehouse.append([figure(release("b"))], recorded_at=night(40))
    result = CliRunner().invoke(cli, ["--home", str(tmp_path), "export", "--delta", str(out)])
    assert "1 files added" in result.output, result.output
    read = rows(out / "figures")
    held = warehouse.scan("figures").collect()
    assert sorted(read["figure_id"].to_pylist()) == sorted(held["figure_id"])
    assert sorted(read["ingest_month"].to_pylist()) == ["2026-11", "2026-12"]
    ours = {f.name: f.stat().st_ino for f in warehouse.files("figures")}
    assert {f.name: f.stat().st_ino for f in (out / "figures").rglob("*.parquet")} == ours
    assert not list(warehouse.root.rglob("_delta_log"))


def test_the_first_version_s_files_are_registered_too(tmp_path):
    assert export_delta(Warehouse(FIRST), tmp_path)["releases"] == 2
    assert rows(tmp_path / "releases").num_rows == 2


def test_on_another_disk_files_are_copied(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError("cross-device link")

    monkeypatch.setattr("os.link", refuse)
    (tmp_path / "a").write_bytes(b"rows")
    link(tmp_path / "a", tmp_path / "b.parquet")
    assert (tmp_path / "b.parquet").read_bytes() == b"rows"
