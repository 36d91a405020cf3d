"""`caravan demo` from end to end, and a night on which three sites are in trouble."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from flows.commands.demo import command
from flows.demo.nights import MARK, fresh_home
from flows.demo.server import serving
from flows.demo.sites import NIGHTS, sample_sites
from scrapers.web.errors import Misconfigured
from warehouse.fields import TABLES
from warehouse.tables import Warehouse

ROOT = Path(__file__).parent.parent.parent
PLANTED = {
    ("contradiction", "investment.stock", "KZ", None),
    ("translation_mismatch", "trade.turnover", "UZ", "2025-01/2025-08"),
    ("edit", "tourism.visitors", "UZ", "2025-01/2025-08"),
}


def caravan(home, *arguments):
    """Run a command as an operator would, in a process of its own."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "CARAVAN_"))}
    command = [sys.executable, "-m", "flows.cli", "--home", str(home), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=ours, capture_output=True, text=True, timeout=300, check=False
    )


def rows_of(warehouse, night):
    """Return how many rows each table gained on a night."""
    known_then = pl.col("recorded_at") == NIGHTS[night - 1]
    counts = {t: warehouse.scan(t).filter(known_then).collect().height for t in TABLES}
    return {table: count for table, count in counts.items() if count}


@pytest.mark.slow
def test_three_nights_end_with_the_three_planted_findings(tmp_path):
    ran = caravan(tmp_path, "demo")
    assert ran.returncode == 0, ran.stderr
    assert "INFO" not in ran.stdout + ran.stderr  # the chatter of the stack is off
    warehouse = Warehouse(tmp_path / "warehouse")
    first, second, third = (rows_of(warehouse, night) for night in (1, 2, 3))
    sites = sample_sites()
    assert first["releases"] == sum(len(site.releases(1)) for site in sites)
    assert second["releases"] == sum(len(s.releases(2)) for s in sites) - first["releases"] + 1
    assert "alerts" not in first and second["alerts"]
    assert third == {"runs": len(sites)}
    events = warehouse.scan("findings").filter(pl.col("severity") != "info").collect()
    key = ("type", "indicator", "ref_area", "time_period")
    assert set(events.select(key).iter_rows()) == PLANTED
    assert events["finding_id"].n_unique() == len(PLANTED)
    assert_shown(ran.stdout, tmp_path)


def assert_shown(output, home):
    """Hold that both sides of a conflict stand there, with addresses, files and the next step."""
    for words in (
        "“$14.6 billion”",
        "http://en.kremlin.ru/events/president/news/77946",
        "“$18.9 billion”",
        "https://www.akorda.kz/en/meeting-on-investment-cooperation-with-russia-1504066",
        "The alert · 2 sent",  # what is critical goes ahead of the night's digest
        f"{home}/published/figures.parquet",
        f"{home}/report/index.html",
        f"caravan --home {home} findings list",
    ):
        assert words in output


@pytest.mark.slow
def test_a_night_with_three_sites_in_trouble_stores_the_others_and_names_the_three(tmp_path):
    with serving(sample_sites()) as server:
        server.trouble = {"akorda": "error", "daryo": "hang", "gazeta.uz": "garbage"}
        options = [
            word
            for name, at in server.at.items()
            for word in ("--source", name, "--at", f"{name}={at}")
        ]
        ran = caravan(tmp_path, "run", "--hurry", *options)
    assert ran.returncode == 1, ran.stderr
    warehouse = Warehouse(tmp_path / "warehouse")
    stored = warehouse.scan("releases").select("source").unique().collect()["source"]
    assert set(stored) == set(server.at) - set(server.trouble)
    runs = {r["source"]: r for r in warehouse.scan("runs").collect().iter_rows(named=True)}
    assert {s for s, run in runs.items() if run["verdict"] not in ("ok", "quiet")} == set(
        server.trouble
    )
    for source in server.trouble:
        assert runs[source]["note"]
        assert source in ran.stdout


def test_a_home_with_other_data_is_refused(tmp_path):
    (tmp_path / "warehouse").mkdir()
    with pytest.raises(Misconfigured, match="choose another folder"):
        fresh_home(tmp_path)
    assert (tmp_path / "warehouse").exists()


def test_the_home_of_an_earlier_demo_is_started_over(tmp_path):
    fresh_home(tmp_path)
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    fresh_home(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [MARK, "notes.txt"]


@pytest.mark.parametrize("wrong", ["nowhere=hang", "kremlin=slow", "kremlin"])
def test_trouble_that_cannot_be_played_is_refused(wrong):
    ran = CliRunner().invoke(command, ["--trouble", wrong])
    assert ran.exit_code == 2
    assert "is not ID=KIND" in ran.output
