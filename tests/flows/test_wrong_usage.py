"""Wrong input of every kind ends in one line that names the thing, and never in a traceback."""

import json
import os
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from flows import cli as cli_module
from flows.cli import cli
from scrapers.documents import read_documents
from scrapers.web.errors import BadDocument, Misconfigured
from warehouse.errors import WarehouseError

DOCUMENT = {"id": "d", "source": "kremlin", "lang": "en", "title": "Т", "text": "No figure."}


def called(*words):
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize("command", ["extract", "facts", "rehearse"])
def test_bytes_that_are_no_text_are_named_with_their_line(command, tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_bytes(b"\n\x9d\xff\x00\n")
    error = called(command, path).exception
    assert isinstance(error, BadDocument)
    assert f"{path}:2: not UTF-8 text" in str(error)


def test_a_byte_order_mark_is_no_error(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8-sig")
    assert [document.id for document in read_documents(path)] == ["d"]


@pytest.mark.parametrize(
    "words", [["run"], ["backfill", "--since=2024-01-01", "--until=2024-01-02"]]
)
@pytest.mark.parametrize("option", ["--source=nosuch", "--at=nosuch=http://127.0.0.1:1"])
def test_an_unknown_source_is_told_before_anything_starts(words, option, tmp_path):
    error = called("--home", tmp_path / "home", *words, option).exception
    assert isinstance(error, Misconfigured)
    assert "nosuch" in str(error)
    assert not (tmp_path / "home").exists()


READING = [
    ["findings"],
    ["findings", "list", "--format", "json"],
    ["findings", "show", "abc"],
    ["findings", "resolve", "abc", "--reason", "re-exports"],
    ["trace", "abc"],
    ["query", "SELECT 1"],
    ["query", "SELECT 1", "--as-of", "2026-01-01"],
    ["calendar"],
    ["report"],
    ["publish"],
    ["export", "--delta", "delta"],
    ["reextract"],
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("there", [True, False])
def test_a_home_without_a_warehouse_is_no_empty_one(words, there, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "mistyped"
    if there:
        (home / "warehouse").mkdir(parents=True)
    error = called("--home", home, *words).exception
    assert isinstance(error, WarehouseError)
    assert str(home) in str(error) and "--home" in str(error)
    assert home.exists() is there


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CARAVAN_GX_ACTIONS", '[{"slack_webhook": "https://secret"}]'),
        ("CARAVAN_GX_ACTIONS", "secret"),
        ("CARAVAN_ALERTS", "secret"),
        ("CARAVAN_WORKERS", "secret"),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(name, value, tmp_path):
    words = [sys.executable, "-m", "flows.cli", "--home", str(tmp_path), "findings"]
    env = os.environ | {name: value}
    done = subprocess.run(words, env=env, text=True, capture_output=True, check=False)
    assert done.returncode == 2
    assert name.removeprefix("CARAVAN_").lower() in done.stderr.lower()
    assert "secret" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_range_of_days_runs_forward():
    result = called("backfill", "--since", "2024-02-01", "--until", "2024-01-01")
    assert result.exit_code == 2
    assert "2024-02-01 is after --until 2024-01-01" in result.output


def test_the_help_of_query_keeps_its_example_as_it_is():
    assert "\n  caravan query" in called("query", "--help").output


def test_a_reader_that_stops_early_meets_an_error_that_click_knows():
    """`caravan query … --format csv | head`: polars' own error of a broken pipe has no number."""
    rows = "polars.DataFrame({'a': ['x' * 9**6]})"
    code = f"import polars; from flows.commands.query import show; show({rows}, 'csv')"
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write) as closed:
        ended = subprocess.run([sys.executable, "-c", code], stdout=closed, stderr=subprocess.PIPE)
    assert b"BrokenPipeError" in ended.stderr


def test_what_the_system_refuses_is_one_line(monkeypatch, capsys):
    def refused(**_):
        raise PermissionError(13, "Permission denied", "/data/x")

    monkeypatch.setattr(cli_module, "cli", refused)
    with pytest.raises(SystemExit) as ended:
        cli_module.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "caravan: /data/x: Permission denied; --debug shows where\n"


def test_output_is_utf8_whatever_the_locale(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text(json.dumps(DOCUMENT | {"id": "документ"}), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "flows.cli", "extract", path],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    assert json.loads(ended.stdout)["id"] == "документ"


def test_a_mirror_that_does_not_answer_is_named_at_once(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = called(
        "--home", tmp_path / "home", "run", f"--at=kremlin=http://127.0.0.1:{port}"
    ).exception
    assert isinstance(error, Misconfigured)
    assert f"kremlin=http://127.0.0.1:{port}: nobody answers" in str(error)
    assert not (tmp_path / "home").exists()


def test_a_page_to_record_is_a_file_or_an_address(tmp_path):
    error = called("sources", "record", "kremlin", tmp_path / "missing.html").exception
    assert isinstance(error, Misconfigured)
    assert "missing.html: no such file" in str(error)


@pytest.mark.parametrize("command", ["extract", "facts", "rehearse"])
def test_a_file_that_holds_nothing_is_mentioned(command, tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_text("\n")
    result = called(command, path)
    assert result.exit_code == 0
    assert f"{path}: holds no " in result.stderr


def test_a_publisher_that_nobody_knows_is_told():
    sentence = "Trade of Russia and Uzbekistan grew by 12 percent in 2023."
    assert "'nosuch' is no publisher" in called("explain", sentence, "--source=nosuch").stderr
    for known in ("kremlin", "gazeta.uz", "tass"):
        assert called("explain", sentence, f"--source={known}").stderr == ""


@pytest.mark.parametrize("wrong", [KeyError("uid not found: 1000"), OSError("no username")])
def test_where_nobody_is_logged_in_a_name_is_asked_for(wrong, tmp_path, monkeypatch):
    def nobody():
        raise wrong

    monkeypatch.setattr("getpass.getuser", nobody)
    result = called("--home", tmp_path, "findings", "acknowledge", "x")
    assert result.exit_code == 2
    assert "add --by NAME" in result.stderr
    named = called("--home", tmp_path, "findings", "acknowledge", "x", "--by", "me")
    assert "no warehouse here" in str(named.exception)
