"""`caravan extract` and `caravan explain` as they are called."""

import json

import pytest
from click.testing import CliRunner

from flows.cli import cli


def document(number):
    return {
        "id": f"d{number}", "source": "test", "lang": "en", "title": "Russia and Kazakhstan",
        "published": "2024-10-09" if number % 2 else None,
        "text": f"Trade between Russia and Kazakhstan reached ${number + 1}.5 billion in 2023.",
    }  # fmt: skip


@pytest.fixture
def documents(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(json.dumps(document(n)) + "\n" for n in range(40)), encoding="utf-8")
    return path


def run(*arguments):
    result = CliRunner().invoke(cli, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_line_for_each_document_in_their_order(documents):
    lines = [json.loads(line) for line in run("extract", documents).splitlines()]
    assert [line["id"] for line in lines] == [f"d{n}" for n in range(40)]
    assert [line["figures"][0]["value"] for line in lines[:3]] == [1.5e9, 2.5e9, 3.5e9]


def test_any_number_of_workers_gives_the_same_bytes(documents):
    assert run("extract", documents, "--workers", 2) == run("extract", documents)


def test_explain_shows_what_decided_each_slot():
    text = "Last year trade grew by more than 15 percent."
    shown = run("explain", text, "--published", "2024-10-09", "--title", "Russia and Kazakhstan")
    assert "bound more than" in shown
    assert "last_year" in shown


def test_explain_says_where_there_is_nothing():
    assert "No figures" in run("explain", "The second summit was held.")


def test_explain_as_json():
    [line] = run("explain", "Russia and Kazakhstan traded $5 bn.", "--format", "json").splitlines()
    row = json.loads(line)
    assert (row["value"], row["low"], row["high"]) == (5e9, 4.5e9, 5.5e9)
    assert row["rules"]["unit"] == "prefix $"
