"""Shape of events, documents and initiatives: what is set aside, and why; the Data Docs tell it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from expectations.checkpoint import Others, check
from expectations.fact_shape import fact_rules, screen_facts
from tests.warehouse.samples import night, release, told
from warehouse.fields import Agreement, Event, Initiative
from warehouse.tables import Warehouse

TEXT = "The second summit of Russia and Central Asia met in Osh. A plan was signed. A plant came."
RELEASE = release("a", text=TEXT)
QUOTES = {Event: "second summit", Agreement: "plan", Initiative: "plant"}


def sound(row, **other):
    start = TEXT.index(QUOTES[row])
    kind = {
        "areas": ["C5", "RU"],
        "quote": QUOTES[row],
        "start": start,
        "end": start + len(QUOTES[row]),
    }
    return replace(told(row, RELEASE), **(kind | other))


def screened(row, fact):
    field = {Event: "events", Agreement: "agreements", Initiative: "initiatives"}[row]
    others, odd, crashes = screen_facts(
        Others(**{field: [fact]}), [RELEASE], run_id="r", at=night(0)
    )
    assert not crashes
    return getattr(others, field), odd


@pytest.mark.parametrize("row", [Event, Agreement, Initiative])
def test_what_is_well_formed_stands(row):
    kept, odd = screened(row, sound(row))
    assert len(kept) == 1
    assert odd == []


@pytest.mark.parametrize(
    ("row", "wrong", "rule"),
    [
        (Event, {"type": "party"}, "type_coded"),
        (Event, {"status": "maybe"}, "status_coded"),
        (Event, {"areas": []}, "areas_present"),
        (Event, {"areas": ["RU"]}, "parties_ours"),
        (Event, {"areas": ["KZ", "UZ"]}, "parties_ours"),
        (Event, {"areas": ["RU", "KZ"]}, "parties_sorted"),
        (Event, {"areas": ["KZ", "KZ", "RU"]}, "parties_sorted"),
        (Event, {"date": "next Friday"}, "date_formed"),
        (Event, {"date": "1024-05"}, "date_near"),
        (Event, {"date": "2026-11-20/2026-11-02"}, "date_ordered"),
        (Event, {"end": 99}, "quote_placed"),
        (Event, {"start": 0, "end": 13}, "quote_stands_in_text"),
        (Event, {"published": date(2031, 1, 1)}, "published_not_in_future"),
        (Agreement, {"action": "lost"}, "action_coded"),
        (Agreement, {"period": "five years"}, "period_formed"),
        (Agreement, {"period": "2028/2026"}, "period_ordered"),
        (Agreement, {"date": "2031"}, "signed_not_in_future"),
        (Initiative, {"domain": "love"}, "domain_coded"),
        (Initiative, {"proposer_area": "FR"}, "proposer_area_coded"),
    ],
)
def test_what_is_not_is_set_aside_with_its_reason(row, wrong, rule):
    kept, odd = screened(row, sound(row, **wrong))
    assert kept == []
    assert (odd[0].of_table, odd[0].expectation) == (row.TABLE, rule)
    asked = next(r.asks for r in fact_rules(row, date(2026, 11, 20)) if r.name == rule)
    assert asked in odd[0].reason
    assert QUOTES[row] in odd[0].payload


@pytest.mark.parametrize("areas", [["EAEU"], ["CIS"], ["KZ", "RU"], ["KG", "KZ", "RU", "TJ"]])
def test_parties_of_ours(areas):
    assert screened(Event, sound(Event, areas=areas))[1] == []


@pytest.mark.filterwarnings("default")
def test_the_data_docs_have_a_suite_for_each_table(tmp_path):
    odd = sound(Event, event_id="odd", date="some day")
    others = Others(
        events=[sound(Event), odd], agreements=[sound(Agreement)], initiatives=[sound(Initiative)]
    )
    outcome = check(
        [], [RELEASE], Warehouse(tmp_path / "w"), run_id="r", at=night(0),
        others=others, docs=tmp_path / "docs",
    )  # fmt: skip
    assert not outcome.crashes
    assert [q.expectation for q in outcome.quarantined] == ["date_formed"]
    assert len(outcome.others.events) == 1
    index = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    for table in ("events", "agreements", "initiatives"):
        assert f'href="r/{table}.html"' in index
    [kept, asked] = re.search(r"events.html\">(\d+) of (\d+) kept", index).groups()
    assert int(kept) == int(asked) - 1
    page = (tmp_path / "docs" / "r" / "events.html").read_text(encoding="utf-8")
    assert "some day" in page
    assert "date_formed" in page
