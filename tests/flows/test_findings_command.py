import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from click.testing import CliRunner
from rich.console import Console

from flows.cli import cli
from flows.digest import Change, body_of
from flows.found import around, listed, standing
from flows.showing import bar, limits, print_list
from scrapers.web.errors import Misconfigured
from tests.expectations.sample import release, russian, uzbek
from tests.expectations.test_checkpoint import night
from warehouse.tables import Warehouse

FIELDS = {
    *("finding_id", "type", "severity", "state", "indicator", "measure", "ref_area"),
    *("counterpart_area", "time_period", "opened_at", "gap", "statements"),
}
STATEMENT = {
    *("figure_id", "url", "source", "published", "quote", "value", "low", "high", "unit"),
}
TEXT = "Prices rose. Trade with Russia came to 8 bn in 2023, it was said. Fruit sold well."


@pytest.fixture
def home(tmp_path):
    own = release(TEXT)
    place = TEXT.index("8 bn")
    pair = (
        uzbek(8e9, quote="8 bn", start=place, release_id=own.release_id),
        russian(9.8e9, quote="9.8 bn", low=9.8e9, high=None, bound="min"),
    )
    night(Warehouse(tmp_path / "warehouse"), *pair, releases=[own], at=datetime.now(UTC))
    return tmp_path


@pytest.fixture
def call(home):
    def run(*words, catch=False):
        result = CliRunner().invoke(
            cli, ["--home", str(home), "findings", *words], catch_exceptions=catch
        )
        assert catch or result.exit_code == 0, result.output
        return result.output

    return run


def test_the_list_has_the_fields_of_the_contract(call):
    [line] = call("list", "--format", "json").splitlines()
    row = json.loads(line)
    assert set(row) == FIELDS
    assert all(set(s) == STATEMENT for s in row["statements"])
    assert [s["quote"] for s in row["statements"]] == ["8 bn", "9.8 bn"]


def test_show_tells_more_than_the_list(call, home):
    [row] = listed(Warehouse(home / "warehouse"))
    shown = json.loads(call("show", row["finding_id"], "--format", "json"))
    assert shown["why"] and [s["side"] for s in shown["statements"]] == [0, 1]


def test_without_a_command_it_lists(call):
    assert "mirror_gap" in call()


def test_show_puts_quotes_in_their_sentences_and_draws_intervals(call, home):
    [row] = listed(Warehouse(home / "warehouse"))
    shown = " ".join(call("show", row["finding_id"][:6]).split())
    for words in ("Trade with Russia came to 8 bn in 2023", "●", "▶", "statistics of UZ", "22.5%"):
        assert words in shown


def test_a_finding_is_acknowledged_and_resolved_with_a_reason(call, home):
    [row] = listed(Warehouse(home / "warehouse"))
    call("acknowledge", row["finding_id"], "--by", "editor")
    assert "acknowledged" in call("list")
    assert "already" in call("acknowledge", row["finding_id"])
    assert "--reason" in call("resolve", row["finding_id"], "--reason", " ", catch=True)
    call("resolve", row["finding_id"], "--reason", "re-exports", "--by", "editor")
    assert "No findings" in call("list")
    assert "re-exports" in call("show", row["finding_id"])
    assert "resolved" in call("list", "--state", "all")


def test_filters(call):
    assert "No findings" in call("list", "--severity", "critical")
    assert "No findings" in call("list", "--type", "edit")


def test_an_unknown_id_says_what_to_do(call):
    with pytest.raises(Misconfigured, match="findings list"):
        call("show", "zzz")


@pytest.mark.parametrize(
    ("low", "high", "value", "drawn"),
    [
        (0, 10, 5, "┣━━━━●━━━━┫"),
        (None, 5, 4, "◀━━━●┫·····"),
        (5, None, 5, "·····●━━━━▶"),
        (3, 3, 3, "···●·······"),
    ],
)
def test_an_interval_is_drawn_to_scale(low, high, value, drawn):
    line = bar({"low": low, "high": high, "value": value}, (0, 10), width=11)
    assert line == drawn


def test_a_quote_stands_in_its_sentence():
    place = TEXT.index("8 bn")
    before, quote, after = around(TEXT, place, place + 4)
    assert (before, quote) == ("Trade with Russia came to ", "8 bn")
    assert after == " in 2023, it was said."


def test_an_interval_is_told_in_digits():
    told = limits({"low": 14_550_000_000.0, "high": None, "unit": "USD"})
    assert told == "14,550,000,000 to …"


@pytest.fixture
def clash(tmp_path):
    """A warehouse in which two sources tell one summit of two days."""
    lines = [
        {
            "id": source,
            "source": source,
            "url": f"http://{source}.example/1",
            "lang": "en",
            "title": "The third Russia – Central Asia summit",
            "published": "2025-10-10",
            "text": f"On October {day}, the third Russia – Central Asia summit was held in Osh.",
        }
        for source, day in (("a", 8), ("b", 9))
    ]
    path = tmp_path / "clash.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    CliRunner().invoke(cli, ["--home", str(tmp_path), "ingest", str(path)], catch_exceptions=False)
    return tmp_path


def test_findings_of_facts_have_their_statements_side_by_side(clash):
    def run(*words):
        words = ["--home", str(clash), "findings", *words]
        return CliRunner().invoke(cli, words, catch_exceptions=False).output

    listed_as = json.loads(run("list", "--format", "json"))
    assert listed_as["indicator"] == "events.date"
    row = json.loads(run("show", listed_as["finding_id"], "--format", "json"))
    told = {(s["side"], s["says"], s["url"]) for s in row["statements"]}
    assert {says for _, says, _ in told} == {"2025-10-08", "2025-10-09"}
    assert {side for side, _, _ in told} == {0, 1}
    shown = " ".join(run("show", row["finding_id"][:6]).split())
    assert "says: 2025-10-08" in shown
    assert "On October 9, the third Russia" in shown
    assert "the day of one event" in shown
    assert "(2025-10-09)" in " ".join(run("list").split())


def test_an_alert_tells_findings_of_facts_in_words(clash):
    warehouse = Warehouse(clash / "warehouse")
    [finding] = standing(warehouse)
    [row] = listed(warehouse)
    body = body_of([Change(event=finding.opening, row=row)])
    assert "Told differently: the day of one event." in body
    assert "(2025-10-08)" in body
    assert "(2025-10-09)" in body


@pytest.mark.parametrize("width", [40, 72, 140])
def test_the_list_has_room_for_what_is_said_whatever_the_terminal(home, width):
    rows = listed(Warehouse(home / "warehouse"))
    out = Console(width=width, file=StringIO(), force_terminal=False)
    print_list(rows, out)
    text = out.file.getvalue()
    assert rows[0]["finding_id"][:8] in text
    assert "“8 bn”" in text and "“9.8 bn”" in text
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
