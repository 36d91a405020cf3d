import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.indicators import natures
from expectations.periods import span
from expectations.relations import agree, gap, interval, meets, relate, severity, twins
from tests.expectations.sample import figure, russian, uzbek
from warehouse.fields import AREAS, BOUNDS, INDICATORS, MEASURES, STATUSES

ends = st.floats(1, 1e12) | st.none()


@st.composite
def figures(draw):
    value = draw(st.floats(1e-3, 1e12))
    low, high = draw(st.none() | st.just(value * 0.98)), draw(st.none() | st.just(value * 1.03))
    return figure(
        value,
        low=low if low or high else value,
        high=high if low or high else value,
        indicator=draw(st.sampled_from(["trade.turnover", "education.students", "other"])),
        measure=draw(st.sampled_from(MEASURES[:2])),
        status=draw(st.sampled_from(STATUSES)),
        ref_area=draw(st.sampled_from(["UZ", "KZ"])),
        bound=draw(st.sampled_from(BOUNDS)),
        time_period=draw(st.sampled_from([None, "2023", "2023-01/2023-06"])),
        source=draw(st.sampled_from(["kremlin", "uza", "tass"])),
        url=draw(st.sampled_from(["http://a.ru/10001", "http://a.ru/en/10001", "http://b.uz/2"])),
        language=draw(st.sampled_from(["ru", "en"])),
        reporter=draw(st.sampled_from([None, "RU", "UZ"])),
        scope=draw(st.sampled_from([None, "part"])),
        published=date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 400))),
    )


@given(figures(), figures())
def test_a_relation_is_the_same_from_both_sides(a, b):
    assert relate(a, b) == relate(b, a)


@given(figures())
def test_a_figure_never_disagrees_with_itself(a):
    assert not relate(a, a).conflict


@given(figures(), figures())
def test_intervals_that_meet_are_never_a_conflict(a, b):
    if agree(a, b):
        assert not relate(a, b).conflict


@given(figures(), figures(), st.sampled_from(["ref_area", "status", "unit", "indicator"]))
def test_figures_of_different_keys_are_apart(a, b, slot):
    other = {"ref_area": "TJ", "status": "target", "unit": "RUB", "indicator": "labour.migrants"}
    a = replace(a, status="actual", unit="USD", scope=None)
    b = replace(b, status="actual", unit="USD", scope=None)
    assert relate(a, replace(b, **{slot: other[slot]})).kind == "apart"


@given(
    st.tuples(st.floats(0, 1e9), st.floats(0, 1e9)), st.tuples(st.floats(0, 1e9), st.floats(0, 1e9))
)
def test_meeting_is_symmetric_and_holds_for_nested(one, other):
    one, other = tuple(sorted(one)), tuple(sorted(other))
    assert meets(one, other) == meets(other, one)
    assert meets(one, (-math.inf, math.inf))


def test_every_indicator_has_its_nature():
    assert set(natures()) == set(INDICATORS)


@pytest.mark.parametrize(
    ("low", "high", "other", "agrees"),
    [
        (3.75e9, 3.85e9, 3.8e9, True),
        (3000, None, 17_000, True),  # "more than 3,000" has no sure end
        (3000, None, 2500, False),
        (None, 10e9, 9.9e9, True),
        (None, 10e9, 10.4e9, False),
    ],
)
def test_bounds_are_ends_of_intervals(low, high, other, agrees):
    bounded = figure(low or high, low=low, high=high)
    assert agree(bounded, figure(other, width=0.001)) is agrees


def test_an_open_interval_is_infinite():
    assert interval(figure(5, low=5, high=None)) == (5, math.inf)


TYPES = [
    ("restatement", uzbek(11.6e9), uzbek(12.4e9, url="https://daryo.uz/en/2024/03/26/x")),
    ("contradiction", uzbek(11.6e9), uzbek(12.4e9, url="https://daryo.uz/x", source="daryo")),
    ("mirror_gap", uzbek(8e9), russian(9.8e9)),
    ("contradiction", uzbek(8e9), figure(9.8e9, source="eec", url="https://eec.org/n")),
    ("apart", uzbek(8e9), uzbek(9e9, time_period="2022", url="https://uza.uz/x")),
    ("apart", uzbek(8e9), uzbek(9e9, scope="fruit", url="https://uza.uz/x")),
    ("apart", uzbek(8e9, time_period=None), russian(9e9, time_period=None)),
]
LATER = {"restatement": date(2024, 3, 26)}


@pytest.mark.parametrize(("kind", "one", "other"), TYPES)
def test_types_of_conflict(kind, one, other):
    other = replace(other, published=LATER.get(kind, other.published))
    assert relate(one, other).kind == kind


def test_stocks_told_by_both_sides_contradict():
    stock = {"indicator": "investment.stock", "time_period": None}
    late = {"published": date(2024, 3, 1), **stock}
    assert relate(uzbek(1.6e9, **stock), russian(2.3e9, **late)).kind == "contradiction"


def test_undated_stocks_hold_about_three_months():
    stock = {"indicator": "education.students", "time_period": None, "unit": "count"}
    one = uzbek(16_000, **stock, published=date(2023, 10, 12))
    soon = russian(22_000, **stock, published=date(2023, 12, 20))
    late = russian(22_000, **stock, published=date(2024, 5, 15))
    assert relate(one, soon).conflict
    assert not relate(one, late).conflict


def test_things_of_one_kind_are_compared_only_by_name():
    plant = {"indicator": "investment.project_value", "time_period": None}
    one, other = uzbek(2e9, **plant), uzbek(3e9, **plant, url="https://uza.uz/x")
    assert relate(one, other).kind == "apart"
    named = [replace(f, scope="nuclear power plant Jizzakh") for f in (one, other)]
    assert relate(*named).conflict


def test_forecasts_of_two_houses_may_differ_and_those_of_one_are_revised():
    outlook = {"indicator": "macro.growth", "measure": "growth", "unit": "percent"}
    told = {**outlook, "status": "forecast", "reporter": None, "time_period": "2025"}
    bank = figure(8.7, **told, source="eabr", url="https://eabr.org/1", published=date(2025, 6, 1))
    later = figure(
        10.3, **told, source="eabr", url="https://eabr.org/2", published=date(2025, 12, 1)
    )
    told = {**told, "source": "imf"}
    fund = figure(9.9, **told, url="https://imf.org/1", published=date(2025, 6, 2))
    assert relate(bank, later).kind == "restatement"
    assert relate(bank, fund).kind == "apart"


@pytest.mark.parametrize(
    ("one", "other", "twin"),
    [
        (
            "http://kremlin.ru/events/president/news/7",
            "http://en.kremlin.ru/events/president/news/7",
            True,
        ),
        (
            "https://president.uz/en/lists/view/5537",
            "https://president.uz/ru/lists/view/5537",
            True,
        ),
        ("https://gazeta.uz/en/2024/01/24/trade", "https://gazeta.uz/ru/2024/01/24/trade/", True),
        ("https://gazeta.uz/en/2024/01/24/trade", "https://gazeta.uz/ru/2024/01/24/fruit/", False),
        ("https://mid.ru/ru/news/1950344/", "https://mid.ru/en/news/1950345/", False),
        ("https://uza.uz/en/posts/a-b-c_570144", "https://uza.uz/ru/posts/d-e-f_570144", True),
    ],
)
def test_twins_share_an_id_or_differ_in_the_language_of_the_address(one, other, twin):
    assert twins(figure(url=one), figure(url=other, language="ru")) is twin
    assert not twins(figure(url=one), figure(url=other))  # one language


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-01/2024-06", ("2024-01-01", "2024-06-30")),
        ("2024/2025", ("2024-01-01", "2025-12-31")),
        ("2024-05-27", ("2024-05-27", "2024-05-27")),
    ],
)
def test_periods_cover_days(period, days):
    covered = span(period)
    assert (covered.start.isoformat(), covered.end.isoformat()) == days


@pytest.mark.parametrize("period", [None, "", "soon", "2024-13", "2025/2024", "2024-Q3", "1/2/3"])
def test_what_is_no_period_covers_nothing(period):
    assert span(period) is None


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_a_year_before_is_as_long_in_months(day, months):
    last = date(day.year + (day.month + months - 1) // 12, (day.month + months - 1) % 12 + 1, 1)
    whole = span(f"{day:%Y-%m}/{last:%Y-%m}")
    assert whole.a_year_before().months == whole.months


@pytest.mark.parametrize(
    ("kind", "distance", "grave"),
    [
        ("contradiction", 0.01, "info"),
        ("contradiction", 0.02, "warning"),
        ("restatement", 0.21, "critical"),
        ("mirror_gap", 0.15, "info"),
        ("mirror_gap", 0.27, "warning"),
        ("magnitude", 0.0, "critical"),
    ],
)
def test_severity(kind, distance, grave):
    assert severity(kind, distance) == grave


def test_a_gap_is_over_the_smaller_value():
    assert gap(figure(1.5e9), figure(1.9e9)) == pytest.approx(0.2667, abs=1e-3)
    assert set(AREAS) >= {"UZ", "RU"}
