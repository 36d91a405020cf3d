from datetime import UTC, date, datetime

import pytest

from expectations.prior import pool_of
from tests.expectations.sample import release, russian, uzbek
from warehouse.tables import Warehouse

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
    "a part of the sum by the same source": (
        russian(3e9, indicator="trade.exports", url="http://kremlin.ru/2"),
        True,
    ),
    "a part of the sum by another source": (uzbek(3e9, indicator="trade.exports"), False),
}


@pytest.mark.parametrize("case", CASES)
def test_only_what_may_disagree_is_brought(held, case):
    known, wanted = CASES[case]
    assert (known.figure_id in brought([NEW], held(known))) is wanted


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


def test_of_what_a_side_repeats_only_the_ends_are_brought(held):
    told = [
        uzbek(8e9 + n, url=f"https://uza.uz/{n}", published=date(2024, 1, 1 + n)) for n in range(20)
    ]
    assert len(brought([NEW], held(*told))) <= 4


def test_figures_that_are_held_already_are_no_history(held):
    assert brought([NEW], held(NEW)) == set()
