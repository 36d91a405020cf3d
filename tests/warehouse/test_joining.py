"""Which statements are one thing, and which are not; what the published rows make of them."""

from datetime import date

import polars as pl
import pytest

from tests.warehouse.samples import night, release, told
from warehouse.fields import Agreement, Event, Initiative
from warehouse.joining import join_agreements, join_events, join_initiatives
from warehouse.publish import publish
from warehouse.tables import Warehouse

ASSUMED = '{"date": "day of the release"}'


def said(row, source, *, language="en", published=date(2026, 11, 20), **other):
    of = release(source, source=source, language=language, text=source, published=published)
    return told(row, of, **other)


def summit(source, **other):
    return said(Event, source, **({"type": "summit", "areas": ["C5", "RU"]} | other))


def groups(join, *statements):
    return [sorted(s.source for s in group) for group, _ in join(statements)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ordinal": 2, "date": "2026-11-20"}, {"ordinal": 2, "date": "2026-11"}),
        ({"ordinal": 2, "date": "2026-11-20"}, {"ordinal": 2, "date": "2026-11-21"}),
        ({"ordinal": 2}, {"ordinal": None}),
        ({"rules": ASSUMED}, {"date": "2026-11-18"}),
        ({"name": "сарез"}, {"name": "sarez"}),
        ({"place": None}, {"place": "Dushanbe"}),
    ],
)
def test_one_event(one, other):
    assert groups(join_events, summit("a", **one), summit("b", **other)) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ordinal": 1}, {"ordinal": 2}),
        ({"date": "2026-11-20"}, {"date": "2026-11-21"}),
        ({"date": "2025", "ordinal": 2}, {"date": "2026", "ordinal": 2}),
        ({"date": None}, {"date": "2026-11-20"}),
        ({"name": "youth"}, {"name": "water"}),
        ({"areas": ["RU", "TJ"]}, {"areas": ["RU", "UZ"]}),
        ({"type": "talks", "place": "Osh"}, {"type": "talks", "place": "Moscow"}),
        ({"type": "visit", "date": "2026-11", "place": None}, {"type": "visit", "date": "2026-11"}),
    ],
)
def test_two_events(one, other):
    assert len(groups(join_events, summit("a", **one), summit("b", **other))) == 2


def test_a_release_tells_an_event_once():
    of = release()
    pair = [told(Event, of, quote="met"), told(Event, of, quote="thanked")]
    assert len(join_events(pair)) == 2


def test_joining_does_not_lean_on_the_order_of_rows():
    rows = [summit(s, ordinal=o) for s, o in (("a", 2), ("b", None), ("c", 3), ("d", 2))]
    assert groups(join_events, *rows) == groups(join_events, *reversed(rows))


YEARS, STATED, PACKED = {"period": "2026/2028"}, {"type": "communique"}, {"type": "package"}


def plan(source, **other):
    return said(Agreement, source, **({"quote": "plan of joint work in culture"} | other))


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (YEARS, YEARS | {"language": "ru", "quote": "план работ"}, True),
        (YEARS | {"action": "prepared", "date": None}, YEARS, True),
        (YEARS, {"period": "2026/2027"}, True),
        (YEARS, {"period": "2026/2027", "quote": "plan of research"}, False),
        ({}, {"quote": "plan of research on glaciers"}, False),
        ({"date": "2026-11-19"}, {"date": "2026-11-20"}, False),
        (STATED | {"quote": "communiqué"}, STATED | {"quote": "коммюнике"}, True),
        (PACKED | {"quote": "30 papers"}, PACKED | {"quote": "over 30 papers"}, True),
        (PACKED | {"quote": "30 papers"}, PACKED | {"quote": "29 papers"}, False),
    ],
)
def test_documents(one, other, joined):
    assert (len(groups(join_agreements, plan("a", **one), plan("b", **other))) == 1) is joined


def test_an_initiative_has_a_history(tmp_path):
    quote = "second railway bridge over the Panj"
    steps = [
        said(Initiative, "a", quote=quote, proposer="Rahmon", proposer_area="TJ"),
        said(Initiative, "b", quote=quote, status="agreed", published=date(2027, 2, 1)),
        said(Initiative, "c", quote="railway bridge over Panj", status="launched",
             published=date(2027, 9, 1)),
        said(Initiative, "d", quote="gas power plant near Osh"),
    ]  # fmt: skip
    assert groups(join_initiatives, *steps) == [["a", "b", "c"], ["d"]]
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.append(steps, recorded_at=night(0))
    publish(warehouse, tmp_path / "out")
    made = pl.read_parquet(tmp_path / "out" / "initiatives.parquet").row(1, named=True)
    assert made["status"] == "launched" and made["proposer"] == "Rahmon"
    history = made["proposed_at"], made["agreed_at"], made["launched_at"]
    assert history == (date(2026, 11, 20), date(2027, 2, 1), date(2027, 9, 1))
    assert made["why"] == "the same words" and made["statements"] == 3


def test_a_summit_of_two_languages_is_one_row_with_its_statements(tmp_path):
    rows = [
        summit("a", ordinal=2, date="2026-11-20"),
        summit("b", ordinal=2, date="2026-11", language="ru", place=None, quote="встреча"),
        summit("c", ordinal=2, date="2026-11-20", place="Osh"),
    ]
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.append(rows, recorded_at=night(0))
    publish(warehouse, tmp_path / "out")
    (event,) = pl.read_parquet(tmp_path / "out" / "events.parquet").to_dicts()
    assert (event["date"], event["statements"], event["languages"]) == (
        "2026-11-20",
        3,
        ["en", "ru"],
    )
    assert event["places"] == ["Dushanbe", "Osh"] and event["title"] == "met"
    statements = pl.read_parquet(tmp_path / "out" / "statements.parquet")
    assert set(statements["thing_id"]) == {event["thing_id"]} and len(statements) == 3
    assert set(statements["statement_id"]) == {row.event_id for row in rows}


TERMS = {"en": "@Aktau grain terminal", "ru": "grain terminal"}


def in_language(name, lang, published=date(2026, 11, 19), **other):
    quote = {"en": "joint grain terminal in Aktau", "ru": "совместный зерновой терминал"}[lang]
    said = {"quote": quote, "language": lang, "terms": TERMS[lang], "published": published}
    return told(Initiative, release(name, language=lang, published=published), **(said | other))


def test_an_initiative_in_two_languages_is_one():
    pair = in_language("a", "en"), in_language("b", "ru")
    [(statements, reasons)] = join_initiatives(pair)
    assert len(statements) == 2
    assert reasons == ["the same things in two languages"]


@pytest.mark.parametrize(
    "other",
    [
        {"terms": "coal terminal"},
        {"terms": "grain port terminal"},
        {"terms": "terminal"},
        {"terms": None},
        {"terms": "@Kuryk grain terminal"},
        {"proposer": "Tokayev"},
        {"published": date(2026, 1, 19)},
        {"domain": "space"},
    ],
)
def test_other_initiatives_in_two_languages_stay_apart(other):
    one = in_language("a", "en", proposer="Putin")
    assert len(join_initiatives([one, in_language("b", "ru", **other)])) == 2
