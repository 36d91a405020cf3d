"""The calendar as other programs read it."""

from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from flows.commands.calendar import command, to_come
from flows.icalendar import escaped, folded, span
from tests.warehouse.samples import night, release, told
from warehouse.fields import Event
from warehouse.publish import publish
from warehouse.tables import Warehouse

QUOTE = "Саммит «Центральная Азия – Россия»; в Душанбе, с участием глав государств, министров"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CARAVAN_HOME", str(tmp_path))
    dated = [
        ("2026-11-20", "held", QUOTE),
        ("2026-11-20/2026-11-22", "held", "forum of the regions"),
        ("2027-02", "scheduled", "state visit"),
        ("2027", "scheduled", "year of culture"),
        (None, "held", "exhibition"),
    ]
    types = ["summit", "forum", "visit", "other", "exhibition"]
    rows = [
        told(Event, release(quote, text=quote), quote=quote, date=iso, status=status, type=kind)
        for (iso, status, quote), kind in zip(dated, types, strict=True)
    ]
    Warehouse(tmp_path / "warehouse").append(rows, recorded_at=night(0))
    publish(Warehouse(tmp_path / "warehouse"), tmp_path / "published")
    return tmp_path


def entries(home, *options):
    path = home / "events.ics"
    result = CliRunner().invoke(command, ["--output", str(path), *options])
    assert result.exit_code == 0, result.output
    return {str(e["SUMMARY"]): e for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def test_events_as_all_day_entries(home):
    found = entries(home)
    assert set(found) == {QUOTE, "forum of the regions", "state visit"}
    forum = found["forum of the regions"]
    assert (forum["DTSTART"].dt, forum["DTEND"].dt) == (date(2026, 11, 20), date(2026, 11, 23))
    assert str(found[QUOTE]["LOCATION"]) == "Dushanbe"
    assert "kremlin, 2026-11-20: http://kremlin.example/" in str(found[QUOTE]["DESCRIPTION"])


def test_a_month_is_tentative_and_spans_it(home):
    visit = entries(home)["state visit"]
    assert (visit["DTSTART"].dt, visit["DTEND"].dt) == (date(2027, 2, 1), date(2027, 3, 1))
    assert str(visit["STATUS"]) == "TENTATIVE"


def test_lines_are_short_and_end_as_they_must(home):
    entries(home)
    lines = (home / "events.ics").read_bytes().split(b"\r\n")
    assert lines[-1] == b"" and max(map(len, lines)) <= 75


@given(st.text(st.characters(exclude_categories=["C"])))
def test_folding_loses_nothing(text):
    assert folded(text).replace("\r\n ", "") == text
    assert "\n" not in escaped(text + "\n").replace("\\n", "")


def test_spans():
    assert span("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert span("2024-12-30/2025-01-02") == (date(2024, 12, 30), date(2025, 1, 2))
    assert span("2024") is None and span(None) is None


@pytest.mark.parametrize(
    ("iso", "status", "coming"),
    [
        ("2026-11-21", "scheduled", True),
        ("2026-11", "scheduled", True),
        ("2026-11-20", "scheduled", False),
        ("2010-06-14", "scheduled", False),
        ("2026-12-01", "held", False),
        ("2027", "scheduled", False),
        (None, "scheduled", False),
    ],
)
def test_what_is_still_to_come(iso, status, coming):
    assert to_come({"date": iso, "status": status}, date(2026, 11, 21)) is coming
