"""Contradictions between events and between documents, and the life of such findings."""

from datetime import date

import pytest

from expectations.facts import check_facts
from tests.warehouse.samples import night, release, told
from warehouse.fields import Agreement, Event
from warehouse.tables import Warehouse

TOLD = '{"date": "its line: day"}'
SUMMIT = {"type": "summit", "areas": ["C5", "RU"], "rules": TOLD, "ordinal": 2}


def said(row, source, **other):
    of = release(
        source, source=source, text=source, published=other.pop("published", date(2026, 11, 20))
    )
    kind = (
        {"type": "summit", "areas": ["C5", "RU"], "rules": TOLD, "ordinal": 2}
        if row is Event
        else {}
    )
    return told(row, of, **(kind | other))


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path)


def check(warehouse, *statements, number=0, keep=True):
    events = [s for s in statements if isinstance(s, Event)]
    agreements = [s for s in statements if isinstance(s, Agreement)]
    found, crashes = check_facts(
        events, agreements, warehouse, run_id=f"run {number}", at=night(number)
    )
    assert not crashes
    for rows in (events, agreements, found) if keep else ():
        warehouse.append(rows, recorded_at=night(number))
    return [(f.event, f.indicator) for f in found], found


def test_one_summit_on_two_days_and_in_two_places(warehouse):
    a = said(Event, "a", date="2026-11-19", place="Osh")
    b = said(Event, "b", date="2026-11-20", place="Dushanbe")
    names, found = check(warehouse, a, b)
    assert names == [("opened", "events.date"), ("opened", "events.place")]
    assert found[0].figure_ids == [a.event_id] and found[0].against_ids == [b.event_id]
    assert "has 2026-11-19" in found[0].why and "(b, 2026-11-20) has 2026-11-20" in found[0].why


def test_agreement_between_sources_is_no_finding(warehouse):
    events = said(Event, "a", date="2026-11-19"), said(Event, "b", date="2026-11")
    assert check(warehouse, *events, said(Event, "c", date="2026-11-18/2026-11-19"))[0] == []


def test_an_assumed_day_or_place_contradicts_nothing(warehouse):
    rules = '{"date": "day of the release", "place": "setting of the release"}'
    a = said(Event, "a", date="2026-11-19")
    assert check(warehouse, a, said(Event, "b", rules=rules, place="Osh"))[0] == []


def test_a_period_that_differs(warehouse):
    a = said(Agreement, "a", quote="plan of joint action", period="2026/2028")
    b = said(Agreement, "b", quote="plan of joint action", period="2026/2027")
    assert check(warehouse, a, b)[0] == [("opened", "agreements.period")]


def test_a_series_out_of_order(warehouse):
    first = said(Event, "a", ordinal=1, date="2026-11-20")
    second = said(Event, "b", ordinal=2, date="2025-10-09")
    assert check(warehouse, first, second)[0] == [("opened", "events.order")]


@pytest.mark.parametrize("other", [{"date": "2026-11-20"}, {"name": "youth"}, {"areas": ["CIS"]}])
def test_a_series_in_order_or_of_another_kind(warehouse, other):
    first = said(Event, "a", ordinal=1, date="2026-11-20", name="water")
    second = said(Event, "b", **({"ordinal": 2, "date": "2025-10-09"} | other))
    assert check(warehouse, first, second)[0] == []


def test_held_in_the_future(warehouse):
    event = said(Event, "a", date="2026-12-20", status="held")
    assert check(warehouse, event)[0] == [("opened", "events.status")]
    planned = said(Event, "b", date="2026-12-20", status="scheduled")
    assert check(warehouse, planned, keep=False)[0] == []
    assert check(warehouse, said(Event, "c", date="2026-11"), keep=False)[0] == []


def test_met_again_it_gains_a_witness_once(warehouse):
    check(warehouse, said(Event, "a", date="2026-11-19"), said(Event, "b", date="2026-11-20"))
    third = said(Event, "c", date="2026-11-20")
    names, (grown,) = check(warehouse, third, number=1)
    assert names == [("witness_added", "events.date")] and grown.against_ids == [third.event_id]
    assert check(warehouse, third, number=2)[0] == []


def test_a_crash_is_told(warehouse):
    broken = said(Event, "a", rules="no json")
    found, crashes = check_facts([broken], [], warehouse, run_id="r", at=night(0))
    assert found == [] and crashes[0].check == "facts"
