import csv
import re
import zipfile

import pytest
from click.testing import CliRunner

from flows.cli import cli
from tests.warehouse.samples import event, figure, night, release
from warehouse import sheets as module
from warehouse.errors import Misplaced
from warehouse.products import PRODUCTS
from warehouse.publish import publish, sheets
from warehouse.tables import Warehouse

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "plain"]


@pytest.fixture
def home(tmp_path):
    warehouse = Warehouse(tmp_path / "warehouse")
    releases = [release(f"r{n}", title=text) for n, text in enumerate(EVIL)]
    warehouse.append([figure(releases[0])], recorded_at=night(0))
    warehouse.append([event()], recorded_at=night(0))
    warehouse.append([*releases, release("long", text="x" * 40_000)], recorded_at=night(0))
    publish(warehouse, tmp_path / "published")
    return tmp_path


def test_csv_has_all_rows_and_no_formula(home):
    result = CliRunner().invoke(cli, ["--home", str(home), "publish", "--csv"])
    assert result.exit_code == 0, result.output
    with (home / "published" / "csv" / "releases.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    titles = {row["title"] for row in rows}
    assert titles >= {"'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "plain"}
    assert not [t for row in rows for t in row.values() if t[:1] in ("=", "+", "@")]
    findings = (home / "published" / "csv" / "findings.csv").read_text()
    assert '"[""a""]"' in findings


def test_a_workbook_has_a_sheet_a_table_and_no_formula(home):
    [path] = sheets(home / "published", csv=False, xlsx=True)
    with zipfile.ZipFile(path) as book:
        names = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        assert len(names) == len(PRODUCTS)
        assert not [n for n in names if re.search(rb"<f[ >]", book.read(n))]


def test_a_table_too_long_for_excel_is_refused(home, monkeypatch):
    monkeypatch.setattr(module, "EXCEL_ROWS", 3)
    with pytest.raises(Misplaced, match="7 rows"):
        sheets(home / "published", csv=False, xlsx=True)
    assert not list((home / "published").glob("*.xlsx"))
