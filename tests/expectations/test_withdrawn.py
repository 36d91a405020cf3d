"""The life of a finding whose figures curation takes back, night by night."""

from datetime import timedelta

import pytest

from expectations import checkpoint
from expectations.corrections import Correction
from expectations.findings import fold, judged
from expectations.withdrawn import held_events
from tests.expectations.sample import russian, uzbek
from tests.expectations.test_checkpoint import AT, night, warehouse  # noqa: F401 - a fixture

DAY = timedelta(days=1)


def entry(figure, action, **fields):
    told = {"url": figure.url, "quote": figure.quote, "reason": "a wrong year", "by": "kb"}
    return Correction(**told, action=action, **fields)


@pytest.fixture
def curated(monkeypatch):
    return lambda *entries: monkeypatch.setattr(checkpoint, "load_corrections", lambda: [*entries])


def life(warehouse):  # noqa: F811
    [finding] = fold(held_events(warehouse)).values()
    return [(event.event, event.actor) for event in finding.events]


@pytest.mark.parametrize(
    ("action", "fields"), [("drop", {}), ("accept", {}), ("correct", {"set": {"value": 9.8e9}})]
)
def test_curation_settles_what_is_open_and_its_end_opens_it_again(
    warehouse,  # noqa: F811
    curated,
    action,
    fields,
):
    wrong, right = uzbek(8e9, quote="8 bn"), russian(9.8e9, quote="9.8 bn")
    night(warehouse, wrong, right)
    curated(entry(wrong, action, **fields))
    [event] = night(warehouse, at=AT + DAY).findings
    assert (event.event, event.actor) == ("resolved", "corrections")
    assert event.reason == f"a wrong year ({action}, kb)"
    assert not night(warehouse, at=AT + 2 * DAY).findings
    again = russian(9.8e9, quote="9.8 bn", url="http://en.kremlin.ru/events/president/news/70002")
    assert not night(warehouse, again, at=AT + 3 * DAY).findings  # what is taken back is silent
    curated()
    [event] = night(warehouse, at=AT + 4 * DAY).findings
    assert event.event == "reopened"
    curated(entry(wrong, action, **fields))
    night(warehouse, at=AT + 5 * DAY)
    steps = ["opened", "resolved", "reopened", "resolved"]
    assert [name for name, _ in life(warehouse)] == steps


def test_a_side_with_another_witness_stands(warehouse, curated):  # noqa: F811
    wrong, right = uzbek(8e9, quote="8 bn"), russian(9.8e9, quote="9.8 bn")
    other = uzbek(8e9, quote="8.0 bn", url="https://uza.uz/other", source="daryo")
    night(warehouse, wrong, other, right)
    curated(entry(wrong, "drop"))
    assert not night(warehouse, at=AT + DAY).findings


def test_what_a_person_resolved_stays_resolved(warehouse, curated):  # noqa: F811
    wrong = uzbek(8e9, quote="8 bn")
    night(warehouse, wrong, russian(9.8e9, quote="9.8 bn"))
    [finding] = fold(held_events(warehouse)).values()
    settled = judged(finding, "resolved", at=AT + DAY, actor="editor", reason="re-exports")
    warehouse.append([settled], recorded_at=AT + DAY)
    for n, entries in enumerate(([entry(wrong, "drop")], []), 2):
        curated(*entries)
        assert not night(warehouse, at=AT + n * DAY).findings
