import tempfile
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import prior
from expectations.detect import detect
from expectations.pool import Pool
from expectations.prior import pool_of
from tests.expectations.sample import figure, release, russian, uzbek
from tests.warehouse.test_bucket import address, endpoint  # noqa: F401 - fixtures
from warehouse.tables import Foreseen, Warehouse

AT = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture
def held(tmp_path):
    def hold(*figures, releases=()):
        warehouse = Warehouse(tmp_path / "warehouse")
        for rows in (figures, releases):
            warehouse.append(list(rows), recorded_at=AT)
        return warehouse

    return hold


def brought(batch, warehouse, releases=()):
    pool = pool_of(batch, releases, warehouse)
    return {f.figure_id for f in pool.figures} - pool.fresh


NEW = russian(9.8e9)
CASES = {
    "a value that conflicts": (uzbek(8e9), True),
    "a value that agrees": (uzbek(9.8e9), False),
    "another year": (uzbek(8e9, time_period="2022"), False),
    "another country": (uzbek(8e9, ref_area="KZ"), False),
    "another scope": (uzbek(8e9, scope="Omsk"), False),
    "another status": (uzbek(8e9, status="target"), False),
    "a slip in another year": (uzbek(8e6, time_period="2021"), True),
    "a slip long ago": (uzbek(8e6, time_period="2011"), False),
    "a shorter stretch that is larger": (uzbek(11e9, time_period="2023-01/2023-06"), True),
    "a shorter stretch that is smaller": (uzbek(4e9, time_period="2023-01/2023-06"), False),
    "a growth": (uzbek(5.0, measure="growth", unit="percent"), True),
    "one part of a sum alone": (
        russian(3e9, indicator="trade.exports", url="http://kremlin.ru/other"),
        False,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_only_what_may_disagree_is_brought(held, case):
    known, wanted = CASES[case]
    assert (known.figure_id in brought([NEW], held(known))) is wanted


@pytest.mark.parametrize(("tell", "wanted"), [(russian, True), (uzbek, False)])
def test_both_parts_of_a_sum_are_brought_where_its_source_told_them(held, tell, wanted):
    parts = [tell(3e9, indicator=f"trade.{part}") for part in ("exports", "imports")]
    assert brought([NEW], held(*parts)) == ({p.figure_id for p in parts} if wanted else set())


def test_undated_stocks_are_compared_over_the_turn_of_a_year(held):
    stock = {"indicator": "education.students", "unit": "count", "time_period": None}
    known = uzbek(16_000, **stock, published=date(2023, 12, 20))
    assert brought([russian(22_000, **stock, published=date(2024, 1, 15))], held(known))


def test_versions_and_translations_are_brought_whatever_they_say(held):
    known = release("Trade was 8 bn.", url="https://uza.uz/en/posts/a_500001")
    told = uzbek(8e9, release_id=known.release_id, url=known.url)
    warehouse = held(told, releases=[known])
    for url in ("https://uza.uz/en/posts/a_500001", "https://uza.uz/ru/posts/b_500001"):
        new = release("It was else.", url=url)
        figure = uzbek(70, indicator="other", release_id=new.release_id, url=url)
        assert brought([figure], warehouse, [new]) == {told.figure_id}


def test_the_rest_of_a_release_that_is_read_anew_is_brought(held):
    same = {"source": NEW.source, "url": NEW.url, "published": NEW.published}
    known = russian(3e9, indicator="trade.exports", time_period=None, **same)
    assert known.release_id == NEW.release_id
    assert brought([NEW], held(known)) == {known.figure_id}


def test_of_what_a_side_repeats_only_the_ends_are_brought(held):
    told = [
        uzbek(8e9 + n, url=f"https://uza.uz/{n}", published=date(2024, 1, 1 + n)) for n in range(20)
    ]
    assert len(brought([NEW], held(*told))) <= 4


def test_figures_that_are_held_already_are_no_history(held):
    assert brought([NEW], held(NEW)) == set()


PERIODS = ["2023", "2022", "2023-01/2023-06", "2023-01/2023-09", None]
TOLD = st.builds(
    figure,
    value=st.sampled_from([3e9, 5e9, 8e9, 8.03e9, 9.8e9, 9.8e6]),
    indicator=st.sampled_from(
        ["trade.turnover", "trade.exports", "trade.imports", "labour.migrants"]
    ),
    time_period=st.sampled_from(PERIODS),
    source=st.sampled_from(["kremlin", "uza", "tass"]),
    reporter=st.sampled_from(["RU", "UZ", None]),
    published=st.dates(date(2023, 10, 1), date(2024, 3, 1)),
    url=st.integers(1, 9).map("http://kremlin.ru/{}".format),
)
GROWN = st.builds(
    figure,
    value=st.sampled_from([22.0, -40.0]),
    measure=st.just("growth"),
    unit=st.just("percent"),
    time_period=st.sampled_from(PERIODS[:3]),
    source=st.just("kremlin"),
    url=st.just("http://kremlin.ru/9"),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(TOLD | GROWN, max_size=9), st.lists(TOLD | GROWN, min_size=1, max_size=2))
def test_nothing_is_missed_that_the_whole_history_shows(known, new):
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(folder)
        for day, told in enumerate(known):
            warehouse.append([told], recorded_at=AT + timedelta(days=day))
        some = pool_of(new, (), warehouse)
    every = Pool(
        figures=[*known, *new],
        fresh=some.fresh,
        order={f.release_id: n for n, f in enumerate([*known, *new])},
    )
    assert what(detect(some)) == what(detect(every))


def what(outcome):
    found, crashes = outcome
    assert not crashes
    return {(d.type, d.lead.indicator, d.lead.measure, d.time_period, d.severity) for d in found}


def test_what_is_known_of_the_history_may_be_lost_broken_or_not_kept_at_all(held, monkeypatch):
    known = uzbek(8e9)
    warehouse = held(known)
    cache = warehouse.root / "_told.sqlite"
    for spoil in (
        lambda: None,
        cache.unlink,
        lambda: cache.write_bytes(b"no database at all, whatever its name says" * 100),
        lambda: monkeypatch.setattr(prior, "CACHE", "nowhere/_told.sqlite"),
    ):
        spoil()
        assert brought([NEW], warehouse) == {known.figure_id}


def test_a_file_that_came_or_went_since_the_last_look_is_seen(held):
    first, second = uzbek(8e9), uzbek(7e9, url="https://uza.uz/2")
    warehouse = held(first)
    assert brought([NEW], warehouse) == {first.figure_id}
    warehouse.append([second], recorded_at=AT)
    assert brought([NEW], warehouse) == {first.figure_id, second.figure_id}
    for path in warehouse.files("figures"):
        if pl.read_parquet(path)["figure_id"].to_list() == [first.figure_id]:
            path.unlink()
    assert brought([NEW], warehouse) == {second.figure_id}


def test_what_was_retired_is_not_brought(held):
    known = uzbek(8e9)
    gone = Foreseen(held(known).root, {"figures": [known.figure_id]})
    assert brought([NEW], gone) == set()
    assert gone.scan("figures", retired=True).collect()["figure_id"].to_list() == [known.figure_id]


@pytest.mark.filterwarnings("default")
def test_on_an_object_store_only_files_that_may_disagree_are_asked_for(address, monkeypatch):  # noqa: F811
    warehouse = Warehouse(address)
    known, other = uzbek(8e9), uzbek(8e9, ref_area="KZ", url="https://uza.uz/9")
    for figures in ([known], [other]):
        warehouse.append(figures, recorded_at=AT)
    assert brought([NEW], warehouse) == {known.figure_id}
    asked = []
    read = Warehouse.rows
    monkeypatch.setattr(
        Warehouse, "rows", lambda self, t, names: asked.extend(names) or read(self, t, names)
    )
    assert brought([NEW], warehouse) == {known.figure_id}
    assert len(asked) == 1
