import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from flows.cli import cli
from tests.warehouse.samples import figure, night, release
from warehouse.errors import BadQuery, NotHeld
from warehouse.publish import publish
from warehouse.query import query, query_as_of
from warehouse.tables import Warehouse


@pytest.fixture
def home(tmp_path):
    warehouse = Warehouse(tmp_path / "warehouse")
    for day in range(3):
        r = release(f"r{day}")
        warehouse.append([figure(r)], recorded_at=night(day))
        warehouse.append([r], recorded_at=night(day))
    publish(warehouse, tmp_path / "published")
    return tmp_path


def ask(home, *arguments):
    return CliRunner().invoke(cli, ["--home", str(home), "query", *arguments])


def test_a_query_reads_the_published_tables(home):
    rows = query("SELECT count(*) AS n FROM figures JOIN releases USING (release_id)",
                 home / "published")  # fmt: skip
    assert rows.to_dicts() == [{"n": 3}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY figures TO 'x.csv'",
        "CREATE TABLE t AS FROM figures",
        "SELECT 1; SELECT 2",
        "ATTACH 'x.db'",
        "SELECT nothing FROM figures",
        "SELEC 1",
        "",
    ],
)
def test_what_is_no_query_of_the_published_tables_is_refused(home, sql):
    with pytest.raises(BadQuery):
        query(sql, home / "published")
    assert not list(home.rglob("*.csv"))


def test_an_allowed_file_cannot_be_written(home):
    path = home / "published" / "figures.parquet"
    before = path.read_bytes()
    with pytest.raises(BadQuery):
        query(f"COPY (SELECT 1) TO '{path}'", home / "published")
    assert path.read_bytes() == before


def test_as_of_answers_with_what_was_known(home):
    warehouse = Warehouse(home / "warehouse")
    for days, n in ((-1, 0), (0, 1), (1, 2), (9, 3)):
        rows = query_as_of("SELECT count(*) AS n FROM figures", warehouse, night(days))
        assert rows["n"].item() == n
    just_before = night(1) - timedelta(microseconds=1)
    assert query_as_of("FROM releases", warehouse, just_before).height == 1


def test_the_command_prints_json_csv_and_a_table(home):
    sql = "SELECT ref_area, count(*) AS n FROM figures GROUP BY ALL"
    assert json.loads(ask(home, sql, "--format", "json").output) == {"ref_area": "TJ", "n": 3}
    assert ask(home, sql, "--format", "csv").output == "ref_area,n\nTJ,3\n"
    assert "ref_area" in ask(home, sql).output
    assert json.loads(ask(home, sql, "--format", "json", "--as-of", "2026-11-22").output)["n"] == 2


def test_an_unpublished_home_says_what_to_do(tmp_path):
    with pytest.raises(NotHeld, match="caravan publish"):
        query("SELECT 1", tmp_path)


def test_a_table_keeps_to_the_width_of_the_terminal(home, monkeypatch):
    monkeypatch.setenv("COLUMNS", "70")
    told = ask(home, "SELECT title, url, text, lead FROM releases").output
    assert max(map(len, told.splitlines())) <= 70
    assert "Talks" in told
