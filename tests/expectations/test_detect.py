import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import detect as detecting
from expectations.agreement import clusters
from expectations.detect import detect
from expectations.pool import Pool
from tests.expectations.sample import figure, russian, uzbek


def found(*figures, fresh=None):
    """Run all checks over figures that came in this order, the last release newest."""
    order = {}
    for f in figures:
        order.setdefault(f.release_id, len(order))
    ids = frozenset(f.figure_id for f in (figures if fresh is None else fresh))
    disagreements, crashes = detect(Pool(figures=figures, fresh=ids, order=order))
    assert not crashes
    return disagreements


def types(*figures, **options):
    return [d.type for d in found(*figures, **options)]


STOCK = {"indicator": "investment.projects", "unit": "count", "time_period": None}


def test_three_outlets_against_one_are_one_finding():
    told = [
        uzbek(177, **STOCK, source=s, url=f"https://{s}/1", published=date(2024, 11, 26))
        for s in ("akorda", "qazinform", "astanatimes")
    ]
    odd = figure(
        144, **STOCK, source="timesca", url="https://timesca/1", published=date(2024, 11, 28)
    )
    [finding] = found(*told, odd)
    assert finding.type == "contradiction"
    assert {f.url for f in finding.figures} == {f.url for f in [*told, odd]}


def test_witnesses_of_both_sides_make_one_mirror_gap():
    rubles = [
        russian(3.1e9, url="https://a.ru/1"),
        russian(3.1e9, source="b", url="https://b.ru/1"),
    ]
    soms = [uzbek(4.0e9), uzbek(4.0e9, source="tass", url="https://tass.com/2")]
    [finding] = found(*rubles, *soms)
    assert (finding.type, finding.severity) == ("mirror_gap", "warning")
    assert len(finding.figures) == 4


def test_a_side_that_restates_leaves_its_mirror_gap_one():
    first = uzbek(1.5e9)
    later = uzbek(1.6e9, url="https://uza.uz/en/posts/trade_600001", published=date(2024, 6, 1))
    assert sorted(types(russian(1.9e9), first, later)) == ["mirror_gap", "restatement"]


def test_two_revisions_in_a_row_are_two_restatements_not_three():
    told = [
        uzbek(v, url=f"https://uza.uz/en/posts/trade_60000{n}", published=date(2024, n, 1))
        for n, v in enumerate((11e9, 12e9, 13e9), 2)
    ]
    assert types(*told) == ["restatement", "restatement"]


def test_rounding_bounds_and_wording_are_no_conflict():
    told = [
        uzbek(9.88e9, low=9.875e9, high=9.885e9),
        russian(10e9, low=9.5e9, high=10.5e9, bound="about"),
        russian(10e9, low=None, high=10e9, bound="nearly", url="http://kremlin.ru/2"),
        russian(9e9, low=9e9, high=None, bound="min", url="http://kremlin.ru/3"),
    ]
    assert types(*told) == []


@given(st.permutations(range(4)))
def test_the_order_of_figures_changes_nothing(order):
    told = [
        uzbek(9.9e9, figure_id="a", release_id="a"),
        russian(9.9e9, figure_id="b", release_id="b"),
        uzbek(12e9, figure_id="c", release_id="c", url="https://daryo.uz/1", source="daryo"),
        russian(8e9, figure_id="d", release_id="d", url="http://kremlin.ru/9"),
    ]
    ranks = {f.release_id: n for n, f in enumerate(told)}
    fresh = frozenset("abcd")
    pools = [[told[i] for i in order], told]
    one, other = (detect(Pool(figures=p, fresh=fresh, order=ranks))[0] for p in pools)
    assert one == other


def test_a_disagreement_that_the_batch_has_no_part_in_is_not_told_again():
    old = [uzbek(8e9), uzbek(9e9, source="daryo", url="https://daryo.uz/1")]
    assert types(*old, fresh=[]) == []
    assert types(*old, russian(8e9), fresh=[]) == []


@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(0, 0.2)), min_size=1, max_size=12))
def test_figures_of_one_cluster_all_share_a_stretch(drawn):
    figures = [figure(v, low=v * (1 - w), high=v * (1 + w)) for v, w in drawn]
    for cluster in clusters(figures):
        assert max(f.low for f in cluster) <= min(f.high for f in cluster) * (1 + 1e-9)


# What is read from context alone

CARRIED = json.dumps({"indicator": "carried along", "sides": "named"})
NEARBY = json.dumps({"indicator": "transfer nearby; money", "sides": "named"})
TOPIC = json.dumps({"indicator": "trade", "sides": "topic of the release"})


def test_a_figure_that_no_word_explains_accuses_nobody():
    assert types(uzbek(8e9, rules=CARRIED), russian(9.8e9)) == []
    assert types(uzbek(8e9, rules=TOPIC, ref_area="C5"), russian(9.8e9, ref_area="C5")) == []
    assert types(uzbek(8e9, rules=TOPIC), russian(9.8e9)) == ["mirror_gap"]
    assert types(uzbek(8e9, rules=NEARBY), russian(9.8e9)) == ["mirror_gap"]


def test_an_edit_shows_whatever_explains_it():
    assert types(version(9.8e9, 1, rules=CARRIED), version(8.9e9, 2, rules=CARRIED)) == ["edit"]


def test_one_release_contradicts_itself_only_on_one_thing():
    assert types(uzbek(8e9), uzbek(9e9, start=500)) == ["contradiction"]
    assert types(uzbek(8e9), uzbek(9e9, start=140)) == []  # "8 for this, 9 for that"
    assert types(uzbek(8e9), uzbek(99e9, start=500)) == []
    assert types(uzbek(8e9), uzbek(9e9, start=500, rules=NEARBY)) == []


def test_a_year_so_far_is_not_the_year():
    early = {"published": date(2023, 9, 28), "url": "http://kremlin.ru/9"}
    assert types(uzbek(9.8e9), uzbek(7.1e9, **early)) == []
    later = early | {"published": date(2023, 10, 9), "source": "daryo", "url": "http://d.uz/1"}
    assert types(uzbek(7.1e9, **early), uzbek(6.1e9, **later)) == ["restatement"]


# Versions


def version(value, n, **fields):
    return uzbek(value, version=n, **fields)


def test_an_edit_is_told_once_and_the_old_version_speaks_no_more():
    old, new = version(9.8e9, 1), version(8.9e9, 2)
    witness = russian(
        9.8e9, reporter=None, published=date(2024, 2, 1), source="tass", url="http://t/1"
    )
    assert types(old, new) == ["edit"]
    told = found(old, witness, new)
    assert sorted(d.type for d in told) == ["contradiction", "edit"]
    assert not any(old in d.figures for d in told if d.type == "contradiction")


def test_an_edit_that_leaves_the_figures_is_none():
    assert types(version(9.8e9, 1), version(9.8e9, 2, start=40)) == []


def test_a_figure_added_or_left_out_by_an_edit_is_none():
    students = {"indicator": "education.students", "unit": "count", "start": 90}
    assert types(version(9.8e9, 1), version(9.8e9, 2), version(700, 2, **students)) == []


TWIN = {"url": "https://uza.uz/ru/posts/torgovlya_500001", "language": "ru"}


def test_translations_are_laid_side_by_side():
    one, other = uzbek(1800, **STOCK), uzbek(1300, **STOCK, **TWIN)
    [finding] = found(one, other)
    assert finding.type == "translation_mismatch"


def test_a_translation_read_under_another_heading_is_no_mismatch():
    one = uzbek(1800, **STOCK)
    other = replace(uzbek(1800, **STOCK, **TWIN), indicator="business.joint_ventures")
    assert types(one, other, uzbek(70, **STOCK, **TWIN, start=99)) == []


def test_twins_are_one_witness():
    told = [uzbek(8e9), uzbek(8e9, **TWIN)]
    other = uzbek(10e9, source="daryo", url="https://daryo.uz/1")
    assert types(*told, other) == ["contradiction"]


# Series


def test_a_slip_of_the_unit_names_the_statement_that_is_off():
    known = [
        uzbek(200e6, low=200e6, high=None, **STOCK | {"indicator": "investment.stock"}),
        uzbek(216e6, url="https://uza.uz/2", **STOCK | {"indicator": "investment.stock"}),
    ]
    slip = russian(200e9, low=200e9, high=None, **STOCK | {"indicator": "investment.stock"})
    [finding] = found(*known, slip)
    assert (finding.type, finding.lead, finding.severity) == ("magnitude", slip, "critical")


def test_a_number_that_is_no_slip_of_any_unit_counts_another_thing():
    people = {"indicator": "labour.migrants", "unit": "count", "time_period": None}
    known = [uzbek(1.2e6, **people), uzbek(1.2e6, url="https://uza.uz/2", **people)]
    assert types(*known, russian(24.0, **people)) == []
    assert types(*known, russian(1200.0, **people)) == ["magnitude"]


def test_a_value_that_more_releases_tell_is_not_the_slip():
    people = {"indicator": "business.in_russia", "unit": "count", "time_period": None}
    known = [
        uzbek(6000, **people, published=date(2023, 10, 4)),
        uzbek(7000, url="https://uza.uz/2", **people),
    ]
    between = uzbek(400, url="https://uza.uz/3", **people, published=date(2023, 1, 1))
    odd = russian(30.0, **people)
    told = found(*known, between, odd)
    assert not any(f in d.first for d in told if d.type == "magnitude" for f in known)


def test_a_slip_shows_beside_other_years():
    series = [
        uzbek(v, time_period=y, url=f"https://uza.uz/{y}", published=date(int(y) + 1, 2, 1))
        for y, v in (("2021", 1.2e9), ("2022", 1.7e9), ("2023", 1.5e6))
    ]
    [finding] = found(*series)
    assert (finding.type, finding.time_period, finding.lead.value) == ("magnitude", "2023", 1.5e6)


@pytest.mark.parametrize(
    "odd",
    [
        {"time_period": "2023-06"},  # a month beside years
        {"scope": "Omsk"},
        {"status": "target", "time_period": "2030"},
        {"counterpart_area": None},
    ],
)
def test_what_is_of_another_series_is_no_slip(odd):
    known = [uzbek(9e9), uzbek(9.1e9, time_period="2022", url="https://uza.uz/2")]
    assert types(*known, uzbek(0.9e9, url="https://uza.uz/3", **odd)) == []


# Arithmetic


def parts(turnover, exports, imports, **fields):
    return [
        uzbek(turnover, start=10, width=0.001, **fields),
        uzbek(exports, indicator="trade.exports", start=50, width=0.001, **fields),
        uzbek(imports, indicator="trade.imports", start=90, width=0.001, **fields),
    ]


def test_exports_and_imports_make_the_turnover():
    assert types(*parts(9.9e9, 3.3e9, 6.6e9)) == []
    [finding] = found(*parts(11.2e9, 3.3e9, 6.6e9))
    assert (finding.type, finding.lead.indicator) == ("identity_break", "trade.turnover")


def test_parts_without_a_period_take_that_of_the_turnover_in_one_release():
    whole, out, back = parts(11.2e9, 3.3e9, 6.6e9)
    undated = [replace(f, time_period=None) for f in (out, back)]
    assert types(whole, *undated) == ["identity_break"]


def test_parts_may_stand_in_two_releases_of_a_source():
    whole, *_ = parts(3.9e9, 1, 1)
    _, out, back = parts(1, 1.1e9, 2.3e9, url="https://uza.uz/en/posts/second_500002")
    assert types(whole, out, back) == ["identity_break"]


def test_a_corrected_part_mends_the_sum():
    whole, out, back = parts(9.9e9, 3.3e9, 5.6e9)
    mended = replace(back, value=6.6e9, low=6.59e9, high=6.61e9, release_id="x", figure_id="x")
    mended = replace(mended, url="https://uza.uz/9", published=date(2024, 5, 1))
    assert "identity_break" not in types(whole, out, back, mended, fresh=[mended])


def stretch(value, period, **fields):
    page = f"https://uza.uz/en/posts/{period.replace('/', '-')}"
    return uzbek(value, time_period=period, **{"url": page, **fields})


def test_a_longer_stretch_is_not_smaller():
    [finding] = found(stretch(7.4e9, "2023-01/2023-09"), stretch(6.1e9, "2023-01/2023-11"))
    assert (finding.type, finding.time_period) == ("cumulative_break", "2023-01/2023-11")
    assert types(stretch(5.4e9, "2024-01/2024-06"), stretch(0.96e9, "2024-06")) == []
    assert types(stretch(7.4e9, "2022-01/2022-09"), stretch(6.1e9, "2023-01/2023-11")) == []


def test_one_wrong_total_is_one_broken_total():
    told = [stretch(v, f"2023-01/2023-{m:02}") for m, v in ((3, 9e9), (6, 5e9), (9, 7e9))]
    assert types(*told) == ["cumulative_break"]


def test_growth_must_fit_the_levels():
    now, before = uzbek(1.3e9), uzbek(0.96e9, time_period="2022", start=60)
    doubled = uzbek(2.0, measure="multiple", unit="times", start=80)
    risen = uzbek(35.0, measure="growth", unit="percent", start=80)
    assert types(now, before, doubled) == ["growth_mismatch"]
    assert types(now, before, risen) == []


def test_growth_since_a_year_must_fit_the_levels_of_its_ends():
    first = uzbek(6_900, unit="count", indicator="education.students", time_period="2019", start=1)
    last = uzbek(9_200, unit="count", indicator="education.students", time_period="2024", start=99)
    risen = {
        "unit": "times", "measure": "multiple", "indicator": "education.students", "start": 200,
        "time_period": "2019/2025",
    }  # fmt: skip
    assert types(first, last, uzbek(2.5, **risen)) == ["growth_mismatch"]
    assert types(first, last, uzbek(1.3, width=0.05, **risen)) == []


def test_an_edit_is_more_than_rounding():
    old = version(900, 1, low=855.0, high=945.0)
    assert types(old, version(1000, 2, low=500.0, high=1500.0)) == ["edit"]
    assert types(old, version(910, 2, low=905.0, high=915.0)) == []


def test_growth_beside_levels_of_other_releases():
    then = uzbek(5.7e9, time_period="2022", url="https://uza.uz/en/posts/a_600001")
    fell = uzbek(-33.3, measure="growth", unit="percent", url="https://uza.uz/en/posts/b_600002")
    assert types(uzbek(5.2e9), then, fell) == ["growth_mismatch"]
    other_series = replace(then, value=1.7e9, low=1.6e9, high=1.8e9)
    assert types(uzbek(5.2e9), other_series, fell) == []


def test_growth_in_another_measure_of_money_is_not_judged():
    now, before = uzbek(1.3e9), uzbek(90e9, time_period="2022", start=60, unit="RUB")
    assert types(now, before, uzbek(80.0, measure="growth", unit="percent", start=80)) == []


# Crashes


def test_a_check_that_crashes_is_named_and_stops_no_other(monkeypatch):
    def broken(pool):
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr(detecting, "identities", broken)
    disagreements, crashes = detect(
        Pool(figures=[uzbek(8e9), russian(9.8e9)], fresh=frozenset(), order={})
    )
    assert [c.check for c in crashes] == ["identity_break"]
    assert "by hand" in crashes[0].message
    assert disagreements == []
