"""`caravan sources`: what it lists, what it says of health, what it records."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import cli
from flows.commands.sources import print_table, row, surveyed
from scrapers.sources import load_sources
from scrapers.web.errors import Misconfigured
from warehouse.fields import SourceRun, content_id
from warehouse.tables import Warehouse

FIXTURES = Path(__file__).parents[1] / "fixtures/sources"
NIGHT = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.fixture
def caravan(tmp_path, monkeypatch):
    monkeypatch.setenv("CARAVAN_HOME", str(tmp_path))

    def call(*words):
        return CliRunner().invoke(cli, ["--home", str(tmp_path), *words])

    return call


def ran(source, n, verdict, note=None):
    return SourceRun(
        source_run_id=content_id(n, source), run_id=str(n), source=source, seconds=1.0,
        started_at=NIGHT + timedelta(days=n), listed=20, new=1, fetched=1, unchanged=0, refused=0,
        failed=0, parsed=1, quarantined=0, figures=0, findings=0, verdict=verdict, note=note,
    )  # fmt: skip


@pytest.fixture
def nights(tmp_path):
    rows = [ran("kremlin", -1, "ok"), ran("kremlin", 0, "quiet"), ran("uza", -1, "ok")]
    rows.append(ran("uza", 0, "refused", "https://api.uza.uz/: status 403"))
    Warehouse(tmp_path / "warehouse").append(rows, recorded_at=NIGHT)


def test_list_names_every_source_without_a_warehouse(caravan):
    result = caravan("sources", "list")
    assert result.exit_code == 0
    for source in load_sources():
        assert f"\n{source} " in f"\n{result.output}"
    assert "26 sources" in result.output


def test_list_as_json_says_how_each_is_found_and_its_last_nights(caravan, nights):
    lines = [
        json.loads(x)
        for x in caravan("sources", "list", "--format", "json").output.split("\n")
        if x
    ]
    assert len(lines) == 26
    kremlin = next(line for line in lines if line["id"] == "kremlin")
    assert kremlin["editions"] == ["en", "ru"]
    assert kremlin["discovery"][0] == {
        "edition": "en",
        "kind": "listing",
        "url": "http://en.kremlin.ru/events/president/news",
    }
    assert kremlin["evidence"]["article"] == "HTML"
    assert [night["verdict"] for night in kremlin["nights"]] == ["ok", "quiet"]
    assert kremlin["health"] == "quiet"


def test_check_says_who_is_unwell_and_fails(caravan, nights):
    result = caravan("sources", "check")
    assert result.exit_code == 1
    assert "uza: refused: https://api.uza.uz/: status 403" in result.output
    assert "kremlin" not in result.output
    assert "26 sources: 1 well, 1 unwell, 24 not asked yet" in result.output


def test_check_of_a_well_source_succeeds(caravan, nights):
    assert caravan("sources", "check", "kremlin").exit_code == 0
    lines = caravan("sources", "check", "kremlin", "--format", "json").output.splitlines()
    assert json.loads(lines[0])["well"] is True


def test_check_without_any_night_is_no_failure(caravan):
    result = caravan("sources", "check")
    assert result.exit_code == 0
    assert "26 not asked yet" in result.output


def test_an_unknown_source_is_named(caravan):
    result = caravan("sources", "check", "kremlim")
    assert isinstance(result.exception, Misconfigured)
    assert "kremlim" in str(result.exception)


def test_record_stores_a_page_and_what_it_gives(caravan, tmp_path):
    page = FIXTURES / "akorda/state-visit.html"
    link = json.loads((FIXTURES / "akorda/state-visit.expected.json").read_text())["link"]
    result = caravan("sources", "record", "akorda", str(page), "--into", str(tmp_path / "new"))
    assert result.exit_code == 0, result.output
    (expected,) = (tmp_path / "new/akorda").glob("*.expected.json")
    given = json.loads(expected.read_text(encoding="utf-8"))
    assert given["link"]["url"] == link["url"]
    assert given["release"]["title"] == "Kassym-Jomart Tokayev holds talks in an expanded format"
    body = expected.with_name(expected.name.replace(".expected.json", ".html"))
    assert body.read_bytes() == page.read_bytes()
    assert "review it" in result.output


def test_record_of_a_page_that_does_not_parse_stores_the_error(caravan, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><body><h1>Title</h1></body></html>", encoding="utf-8")
    url = "http://en.kremlin.ru/events/president/news/1"
    result = caravan(
        "sources", "record", "kremlin", str(page), "--url", url, "--into", str(tmp_path / "new")
    )
    assert result.exit_code == 1
    given = json.loads((tmp_path / "new/kremlin/1.expected.json").read_text(encoding="utf-8"))
    assert given["error"]["type"] == "LayoutChanged"


@pytest.mark.parametrize(("width", "evidence"), [(72, False), (160, True)])
def test_a_narrow_terminal_gets_fewer_columns(width, evidence, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CARAVAN_HOME", str(tmp_path))
    monkeypatch.setattr("rich.console.Console.is_terminal", property(lambda self: True))
    monkeypatch.setenv("COLUMNS", str(width))
    print_table([row(*surveyed()[0])])
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in capsys.readouterr().out.splitlines()]
    assert ("found by" in lines[0]) is evidence
    assert max(len(line.rstrip()) for line in lines) <= width
