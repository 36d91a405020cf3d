from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.samples import figure, night, release
from warehouse.publish import publish
from warehouse.series import clusters, voice
from warehouse.tables import Warehouse


def series(folder, rows):
    """Rows are figures of releases; a release is made from each figure's source and url."""
    warehouse = Warehouse(folder / "w")
    warehouse.append([f for f, _ in rows], recorded_at=night(0))
    warehouse.append([r for _, r in rows], recorded_at=night(0))
    publish(warehouse, folder / "out")
    return pl.read_parquet(folder / "out" / "series.parquet").to_dicts()


def told(name, source="kremlin", *, text=None, published=date(2026, 11, 20), **slots):
    of = release(name, source=source, text=text or f"Text of {name}.", published=published)
    return figure(of, **slots), of


def test_statements_that_meet_are_one_agreed_interval(tmp_path):
    [row] = series(tmp_path, [
        told("a", value=3.8e9, low=3.75e9, high=3.85e9, published=date(2026, 1, 2)),
        told("b", "akorda", value=3.78e9, low=3.775e9, high=3.785e9),
        told("c", "gazeta", value=3e9, low=3e9, high=float("inf"), bound="min"),
    ])  # fmt: skip
    assert row["agreement"] == "agreed"
    assert (row["low"], row["high"], row["value"]) == (3.775e9, 3.785e9, 3.78e9)
    assert (row["statements"], row["sources"], row["independent_sources"]) == (3, 3, 3)
    assert (row["first_stated"], row["last_stated"]) == (date(2026, 1, 2), date(2026, 11, 20))
    [cluster] = row["clusters"]
    assert cluster["sources"] == ["akorda", "gazeta", "kremlin"]


def test_statements_that_do_not_meet_are_clusters_and_the_best_told_gives_the_value(tmp_path):
    [row] = series(tmp_path, [
        told("a", value=3.8e9), told("b", "akorda", value=3.81e9), told("c", "gazeta", value=5e9),
    ])  # fmt: skip
    assert row["agreement"] == "disputed"
    assert [c["sources"] for c in row["clusters"]] == [["akorda", "kremlin"], ["gazeta"]]
    assert row["value"] in (3.8e9, 3.81e9)
    assert row["low"] == pytest.approx(3.76e9)
    assert row["high"] == pytest.approx(5.05e9)


def test_open_ends_are_null(tmp_path):
    [row] = series(tmp_path, [told("a", low=3e9, high=float("inf"), bound="min")])
    assert (row["low"], row["high"]) == (3e9, None)
    assert row["clusters"][0]["high"] is None


def test_one_speaker_quoted_by_three_sources_is_one_voice(tmp_path):
    [row] = series(tmp_path, [
        told("a", speaker="Vladimir Putin"),
        told("b", "gazeta", speaker="Президент России Владимир Путин"),
        told("c", "tvbrics", speaker="Putin"),
        told("d", "akorda", speaker="Касым-Жомарт Токаев"),
    ])  # fmt: skip
    assert (row["sources"], row["independent_sources"]) == (4, 2)


def test_an_edited_release_speaks_by_its_latest_version(tmp_path):
    warehouse = Warehouse(tmp_path / "w")
    for day, value in enumerate((3.8e9, 5e9)):
        of = release("a", text=f"Version {day}")
        warehouse.append([figure(of, value=value)], recorded_at=night(day))
        warehouse.append([of], recorded_at=night(day))
    publish(warehouse, tmp_path / "out")
    [row] = pl.read_parquet(tmp_path / "out" / "series.parquet").to_dicts()
    assert (row["value"], row["statements"], row["agreement"]) == (5e9, 1, "agreed")
    assert pl.read_parquet(tmp_path / "out" / "figures.parquet").height == 2


def test_a_reprint_is_an_echo(tmp_path):
    [row] = series(
        tmp_path, [told("a", text="The same text."), told("b", "x", text="The same text.")]
    )
    assert (row["statements"], row["sources"], row["independent_sources"]) == (2, 2, 1)


def test_change_is_against_the_same_period_a_year_before(tmp_path):
    rows = series(tmp_path, [
        told("a", time_period="2024", value=100.0, low=99.0, high=101.0),
        told("b", time_period="2025", value=110.0, low=109.0, high=111.0),
        told("c", time_period="2025-01/2025-04", value=50.0, low=50.0, high=50.0),
        told("d", time_period="2024-01/2024-04", value=25.0, low=25.0, high=25.0),
        told("e", time_period="2025", measure="growth", unit="percent", value=7.0),
    ])  # fmt: skip
    change = {(r["time_period"], r["measure"]): r for r in rows}
    year = change["2025", "level"]
    assert year["previous_period"] == "2024"
    assert year["change"] == pytest.approx(10)
    assert year["change_low"] == pytest.approx(100 * (109 / 101 - 1))
    assert year["change_high"] == pytest.approx(100 * (111 / 99 - 1))
    assert change["2025-01/2025-04", "level"]["change"] == pytest.approx(100)
    assert change["2024", "level"]["change"] is None
    assert change["2025", "growth"]["change"] is None


def test_undated_statements_are_compared_within_a_quarter(tmp_path):
    rows = series(tmp_path, [
        told("a", time_period=None, value=3000.0, low=3000, high=3000),
        told("b", time_period=None, value=3000.0, low=2990, high=3010),
        told("c", time_period=None, value=900.0, low=900, high=900, published=date(2024, 2, 1)),
    ])  # fmt: skip
    assert [(r["stated_in"], r["statements"], r["agreement"]) for r in rows] == [
        ("2024-01/2024-03", 1, "agreed"),
        ("2026-10/2026-12", 2, "agreed"),
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("Shavkat Mirziyoyev", "Шавкат Мирзиёев", "Президент Мирзиёев"),
        ("Emomali Rahmon", "Эмомали Рахмон", "Emomali Rakhmon"),
        ("Sadyr Japarov", "Садыр Жапаров", "Sadyr Zhaparov"),
        ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
        ("Serdar Berdimuhamedov", "Сердар Бердымухамедов"),
        ("Mikhail Mishustin", "Михаил Мишустин"),
    ],
)
def test_a_name_has_one_voice_in_both_scripts(names):
    assert len({voice(name) for name in names}) == 1


def test_different_names_have_different_voices():
    names = ["Путин", "Токаев", "Рахмон", "Жапаров", "Мирзиёев", "Бердымухамедов", "Мишустин"]
    assert len({voice(name) for name in names}) == len(names)
    assert voice("Ю") and voice("") == ""


intervals = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10)), min_size=1, max_size=12)


@given(intervals)
def test_clusters_share_a_point_and_are_one_where_all_agree(drawn):
    stated = sorted(((low, low + width) for low, width in drawn), key=lambda s: s[1])
    found = clusters(stated)
    for number in set(found):
        group = [s for s, of in zip(stated, found, strict=True) if of == number]
        assert max(low for low, _ in group) <= min(high for _, high in group)
    agreed = max(low for low, _ in stated) <= min(high for _, high in stated)
    assert agreed == (set(found) == {0})
