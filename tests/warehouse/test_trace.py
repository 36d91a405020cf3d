import json
import re
from dataclasses import replace

import pytest
import zstandard
from click.testing import CliRunner

from flows.cli import cli
from tests.warehouse.samples import capture, facts_of, figure, night, release
from warehouse.errors import NotHeld
from warehouse.fields import text_sha256
from warehouse.page import evidence_page
from warehouse.tables import Warehouse
from warehouse.trace import sentence, told, trace

BODY = b"""<html><head><title>x</title><script>steal()</script>
<link rel=stylesheet href="http://outside.example/a.css"></head><body onload="steal()">
<img src="http://outside.example/pixel.gif"><h1>Talks r1</h1><p>The presidents met &lt;b&gt;.</p>
<p>Trade reached <a href="javascript:steal()">$3.8&nbsp;<i>billion</i></a> last year.
They thanked each other.</p><iframe src="http://outside.example"></iframe></body></html>"""


def build(root, *, body=BODY, **changed):
    page = capture("r1", body=body)
    of = replace(release("r1"), url=page.url, capture_id=page.capture_id, **changed)
    if "text_sha256" not in changed:
        of = replace(of, text_sha256=text_sha256(of.title, of.text))
    told = figure(of)
    warehouse = Warehouse(root / "warehouse")
    for rows in ([page], [told], [of]):
        warehouse.append(rows, recorded_at=night(0))
    return warehouse, told


def names_that_fail(evidence):
    return [check.name for check in evidence.checks if not check.holds]


def test_the_chain_of_a_figure_is_verified(tmp_path):
    warehouse, told = build(tmp_path)
    evidence = trace(warehouse, told.figure_id)
    assert evidence.holds and not evidence.retired
    assert evidence.body == BODY
    assert [check.name for check in evidence.checks] == ["quote", "text", "page"]


def test_altered_text_and_an_altered_page_are_told(tmp_path):
    warehouse, told = build(tmp_path / "a", text_sha256="0" * 64)
    assert names_that_fail(trace(warehouse, told.figure_id)) == ["text"]
    warehouse, told = build(tmp_path / "b")
    [held] = warehouse.files("captures")
    import polars as pl

    forged = pl.lit(zstandard.compress(BODY.replace(b"3.8", b"8.3")))
    pl.read_parquet(held).with_columns(body=forged).write_parquet(held)
    assert names_that_fail(trace(warehouse, told.figure_id)) == ["page"]
    garbage = pl.lit(b"no zstd")
    pl.read_parquet(held).with_columns(body=garbage).write_parquet(held)
    assert names_that_fail(trace(warehouse, told.figure_id)) == ["page"]


@pytest.mark.parametrize("place", [0.05, 0.2, 0.5, 0.8])
def test_bytes_altered_on_disk_never_pass(tmp_path, place):
    warehouse, told = build(tmp_path)
    [held] = warehouse.files("captures")
    data = bytearray(held.read_bytes())
    at = int(data.index(b"\x28\xb5\x2f\xfd") + place * 200)
    data[at] ^= 0xFF
    held.write_bytes(data)
    result = CliRunner().invoke(cli, ["--home", str(tmp_path), "trace", told.figure_id])
    evidence_altered = "ALTERED" in result.output
    unchanged = trace(warehouse, told.figure_id).body == BODY if not evidence_altered else False
    assert (evidence_altered and result.exit_code == 1) or unchanged


def test_what_is_missing_is_told(tmp_path):
    warehouse, told = build(tmp_path)
    [held] = warehouse.files("captures")
    held.unlink()
    assert names_that_fail(trace(warehouse, told.figure_id)) == ["capture"]
    with pytest.raises(NotHeld, match="nothing"):
        trace(warehouse, "nothing")


def test_a_release_without_a_capture_holds_by_its_text(tmp_path):
    warehouse = Warehouse(tmp_path)
    of = release("doc")
    of = replace(of, text_sha256=text_sha256(of.title, of.text))
    told = figure(of)
    warehouse.append([told], recorded_at=night(0))
    warehouse.append([of], recorded_at=night(0))
    evidence = trace(warehouse, told.figure_id)
    assert evidence.holds and evidence.capture is None
    assert "<mark>$3.8 billion</mark> last year." in evidence_page(evidence)


def test_the_page_is_shown_marked_and_loads_and_runs_nothing(tmp_path):
    warehouse, told = build(tmp_path)
    made = evidence_page(trace(warehouse, told.figure_id))
    assert "The page as archived" in made
    article = made[made.index("<article>") :]
    assert "<mark>$3.8\xa0</mark><i><mark>billion</mark></i> last year" in article
    assert "&lt;b&gt;" in article
    assert "steal" not in made and "outside.example" not in made
    tags = {tag.split()[0] for tag in re.findall(r"<([a-z0-9]+[^>]*)>", article)}
    assert tags <= {"article", "h1", "h2", "p", "mark", "i"}
    assert not re.search(r"<(?!meta|td class=bad)\w+ [^>]*>", made)


def test_a_page_nested_thousands_deep_is_shown(tmp_path):
    body = b"<div>" * 5000 + b"<!-- x -->Trade reached $3.8 billion</p>"
    warehouse, told = build(tmp_path, body=body)
    assert "<mark>$3.8 billion</mark>" in evidence_page(trace(warehouse, told.figure_id))


def test_a_passage_not_found_on_the_page_is_shown_in_the_text(tmp_path):
    warehouse, told = build(tmp_path, body=b"<p>Another page altogether</p>")
    made = evidence_page(trace(warehouse, told.figure_id))
    assert "The text as read" in made and "<mark>$3.8 billion</mark>" in made


def test_the_command_prints_the_chain_and_writes_the_page(tmp_path):
    _, told = build(tmp_path)
    page = tmp_path / "page.html"
    command = ["--home", str(tmp_path), "trace", told.figure_id]
    result = CliRunner().invoke(cli, [*command, "--html", str(page)])
    assert result.exit_code == 0, result.output
    assert "Trade reached [$3.8 billion] last year." in result.output
    assert "<mark>" in page.read_text()
    told_json = json.loads(CliRunner().invoke(cli, [*command, "--format", "json"]).output)
    assert told_json["holds"] and told_json["quote"] == "$3.8 billion"


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("One. Two is 3.5 per cent. Three.", "3.5 per cent", "Two is 3.5 per cent."),
        ("Это всё. Рост 5,2%! Дальше.", "5,2%", "Рост 5,2%!"),
        ("Only 7 here", "7", "Only 7 here"),
        ("A\n\nB has 9 of them.\n\nC", "9", "B has 9 of them."),
        ("He said: “It grew by 4%.” Then left.", "4%", "He said: “It grew by 4%."),
    ],
)
def test_the_sentence_around_a_quote(text, quote, expected):
    start = text.index(quote)
    assert "".join(sentence(text, start, start + len(quote))) == expected


def test_other_facts_have_evidence_too(tmp_path):
    base = release()
    of = release(text_sha256=text_sha256(base.title, base.text))
    warehouse = Warehouse(tmp_path)
    warehouse.append([of], recorded_at=night(0))
    for rows in facts_of(of):
        warehouse.append(rows, recorded_at=night(0))
        evidence = trace(warehouse, rows[0].row_id)
        assert evidence.holds and not evidence.retired
        assert told(evidence.figure)[0].startswith(rows[0].TABLE[:-1])
