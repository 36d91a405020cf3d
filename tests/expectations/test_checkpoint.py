import json
import logging
import re
from datetime import UTC, date, datetime

import pytest

from expectations import shape
from expectations.checkpoint import check
from expectations.shape import numbered, screen
from tests.expectations.sample import figure, release, russian, uzbek
from tests.loopback import taker  # noqa: F401 - a fixture
from warehouse.fields import Figure, columns
from warehouse.tables import Warehouse

AT = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "warehouse")


def night(warehouse, *figures, releases=(), at=AT, **options):
    """Check a batch as a night does, and append what came of it."""
    outcome = check(figures, releases, warehouse, run_id=f"{at:%H%M}", at=at, **options)
    for rows in (outcome.accepted, outcome.findings, outcome.quarantined, list(releases)):
        warehouse.append(rows, recorded_at=at)
    return outcome


def told(value, **fields):
    return uzbek(value, quote=f"{value / 1e9:g} bn", **fields)


def test_a_batch_is_checked_beside_what_is_known(warehouse):
    assert not night(warehouse, told(8e9)).findings
    [event] = night(warehouse, russian(9.8e9, quote="9.8 bn"), at=AT.replace(hour=1)).findings
    assert (event.event, event.type) == ("opened", "mirror_gap")


def test_the_same_batch_again_opens_nothing(warehouse):
    pair = (told(8e9), russian(9.8e9, quote="9.8 bn"))
    assert len(night(warehouse, *pair).findings) == 1
    assert not night(warehouse, *pair, at=AT.replace(hour=1)).findings


def test_a_repeated_value_adds_a_witness_and_no_finding(warehouse):
    night(warehouse, told(8e9), russian(9.8e9, quote="9.8 bn"))
    again = told(8e9, source="daryo", url="https://daryo.uz/1")
    [event] = night(warehouse, again, at=AT.replace(hour=1)).findings
    assert event.event == "witness_added"
    assert again.figure_id in event.figure_ids + event.against_ids


SHAPES = [
    ({"indicator": "trade.supplies"}, "indicator_coded"),
    ({"low": 9e9, "high": 1e9}, "interval_ordered"),
    ({"low": 1.0, "high": 2.0}, "interval_holds_value"),
    ({"time_period": "last year"}, "period_formed"),
    ({"time_period": "1024"}, "period_near"),
    ({"published": date(2031, 1, 1)}, "published_not_in_future"),
    ({"time_period": "2027"}, "actual_not_in_future"),
    ({"quote": "7.7 bn"}, "quote_holds_number"),
    ({"quote": "", "end": 10}, "quote_present"),
    ({"end": 99}, "quote_placed"),
    ({"measure": "growth"}, "growth_in_percent"),
    ({"unit": "?"}, "unit_known"),
    ({"value_high": 1.0}, "range_ordered"),
]


@pytest.mark.parametrize(("fields", "rule"), SHAPES)
def test_a_malformed_figure_goes_to_quarantine_whole(warehouse, fields, rule):
    bad = told(8e9, **fields) if "quote" not in fields else uzbek(8e9, **fields)
    outcome = night(warehouse, bad, russian(9.8e9, quote="9.8 bn"))
    assert [f.source for f in outcome.accepted] == ["kremlin"]
    [held_back] = outcome.quarantined
    asks = next(r.asks for r in shape.rules(AT.date()) if r.name == rule)
    assert asks in held_back.reason
    replayed = json.loads(held_back.payload)
    assert replayed["figure_id"] == bad.figure_id
    assert set(replayed) == {c.name for c in columns(Figure)}


def test_every_rule_of_shape_is_broken_by_some_figure():
    today = AT.date()
    fine = told(8e9)
    assert screen([fine], [], run_id=None, at=AT)[0] == [fine]
    negative = uzbek(-8e9, quote="-8 bn")
    share = uzbek(120.0, measure="share", unit="percent", quote="120 %")
    endless = uzbek(float("inf"), quote="8 bn", low=1.0, high=None)
    misplaced = told(8e9)
    texts = [release("no such words here", release_id=misplaced.release_id)]
    broken = set()
    for f in [negative, share, endless]:
        broken |= {q.expectation for q in screen([f], [], run_id=None, at=AT)[1]}
    broken |= {q.expectation for q in screen([misplaced], texts, run_id=None, at=AT)[1]}
    assert broken == {"level_positive", "share_within", "value_finite", "quote_stands_in_text"}
    sensible = {r.name for r in shape.sensible(today)}
    assert sensible <= broken | {rule for _, rule in SHAPES}


@pytest.mark.parametrize(
    ("quote", "value", "holds"),
    [
        ("$3.8 billion", 3.8e9, True),
        ("1 460 тысяч", 1_460_000, True),
        ("16,000", 16_000, True),
        ("11 млрд 300 млн", 11.3e9, True),
        ("15 percent", -15.0, True),
        ("8.2 million", 8199999.999999999, True),
        ("in 4 times", 0.25, True),
        ("two billion", 2e9, None),
        ("2 and a half million", 2.5e6, None),
        ("3.8 billion", 8.3e9, False),
        ("40 students", 400_000_001, False),
    ],
)
def test_a_quote_holds_its_number(quote, value, holds):
    assert numbered(figure(value, quote=quote)) is holds


def test_a_rule_that_crashes_is_named_and_rejects_nothing(warehouse, monkeypatch):
    import polars as pl

    broken = shape.Rule("broken", "value", "nothing", pl.col("no such column"))
    monkeypatch.setattr(shape, "rules", lambda today: [broken])
    outcome = night(warehouse, told(8e9))
    assert [c.check for c in outcome.crashes] == ["broken"]
    assert len(outcome.accepted) == 1


# Great Expectations


@pytest.fixture(scope="module")
def quiet():
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)


@pytest.mark.filterwarnings("default")
def test_data_docs_show_both_sides_and_load_nothing(warehouse, tmp_path, quiet):
    bad = told(5e9, low=6e9, high=7e9, url="https://uza.uz/bad")
    outcome = night(
        warehouse, told(8e9), russian(9.8e9, quote="9.8 bn"), bad, docs=tmp_path / "docs"
    )
    assert not outcome.crashes
    assert outcome.docs == tmp_path / "docs" / "index.html"
    pages = {p.name: p.read_text() for p in (tmp_path / "docs").rglob("*.html")}
    assert set(pages) == {"index.html", "shape.html", "findings.html"}
    for text in ("8 bn", "9.8 bn", "https://uza.uz/en/posts/trade_500001", "en.kremlin.ru"):
        assert text in pages["findings.html"]
    assert "interval_holds_value" in pages["shape.html"]
    for page in pages.values():
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
        assert "<script" not in page


@pytest.mark.filterwarnings("default")
def test_great_expectations_rejects_what_we_reject(warehouse, tmp_path, quiet):
    from expectations.gate import recorded
    from expectations.shape import facts_frame

    figures = [told(8e9)] + [told(8e9, **f) for f, _ in SHAPES if "quote" not in f]
    rejected = {q.expectation for q in screen(figures, [], run_id=None, at=AT)[1]}
    record = recorded(
        {Figure: facts_frame(figures, {})}, [], run_id="r", today=AT.date(), docs=tmp_path / "docs"
    )
    assert not record.crashes
    assert record.gravest == "critical"
    page = (tmp_path / "docs" / "r" / "shape.html").read_text()
    for name in rejected:
        assert name in page


@pytest.mark.filterwarnings("default")
def test_a_metric_that_raises_is_a_crash_and_the_figures_are_kept(
    warehouse, tmp_path, quiet, monkeypatch
):
    import polars as pl

    from expectations import suites

    broken = shape.Rule("broken", "value", "nothing", pl.col("value").str.to_date())
    real = suites.rules
    monkeypatch.setattr(suites, "rules", lambda today: [*real(today), broken])
    outcome = night(warehouse, told(8e9), docs=tmp_path / "docs")
    assert [c.check for c in outcome.crashes] == ["broken"]
    assert len(outcome.accepted) == 1
    assert "broken" in (tmp_path / "docs" / "index.html").read_text()


@pytest.mark.filterwarnings("default")
def test_actions_of_great_expectations_run_where_they_are_configured(
    warehouse,
    tmp_path,
    quiet,
    taker,  # noqa: F811
):
    taker.up()
    hook = f"http://127.0.0.1:{taker.server_address[1]}/hook"
    slack = {"type": "slack", "name": "quality", "slack_webhook": hook, "notify_on": "failure"}
    fine = night(warehouse, told(8e9), docs=tmp_path / "docs", actions=[slack])
    assert not fine.crashes
    assert taker.taken == []
    pair = told(8e9), russian(9.8e9, quote="9.8 bn")
    night(warehouse, *pair, docs=tmp_path / "docs", actions=[slack])
    [message] = taker.taken
    assert "Failure" in json.dumps(message) and "findings" in json.dumps(message)


@pytest.mark.filterwarnings("default")
def test_an_action_that_raises_is_told_and_ends_no_night(warehouse, tmp_path, quiet):
    broken = {"type": "api", "name": "broken", "url": "http://127.0.0.1:9/"}
    outcome = night(warehouse, told(8e9), docs=tmp_path / "docs", actions=[broken])
    assert [c.check for c in outcome.crashes] == ["actions"]
    assert outcome.docs is not None
    unknown = {"type": "pigeon", "name": "unknown"}
    outcome = night(warehouse, told(8e9), docs=tmp_path / "docs", actions=[unknown])
    assert [c.check for c in outcome.crashes] == ["great expectations"]
    assert len(outcome.accepted) == 1
