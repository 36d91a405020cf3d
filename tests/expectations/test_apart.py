"""What tells two figures apart that look comparable: found on real releases, each with its twin.

Each case is quiet, and its twin, which differs in the telling point only, is not.
"""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.expectations.sample import figure, russian, uzbek
from tests.expectations.test_detect import types

NOWHEN = date(1, 1, 1)
FIRMS = {"indicator": "business.russian_capital", "unit": "count", "time_period": None}
STUDENTS = {"indicator": "education.students", "unit": "count", "time_period": None}
STOCK = {"indicator": "investment.stock", "time_period": None, "published": date(2024, 5, 1)}
GROWTH = {"measure": "growth", "unit": "percent"}


def outlet(value, name, **fields):
    told = {"source": name, "url": f"https://{name}/1", "published": date(2024, 5, 20), **fields}
    return figure(value, **told)


def grown(percent, amount, unit, tell, **fields):
    """A growth and, in the same release, the amount that was reached."""
    return [tell(percent, **GROWTH, **fields), tell(amount, unit=unit, start=90, **fields)]


APART = {
    "a release without a date": (
        [outlet(900, "a", **FIRMS, published=NOWHEN), outlet(700, "b", **FIRMS, published=NOWHEN)],
        [outlet(900, "a", **FIRMS), outlet(700, "b", **FIRMS)],
    ),
    "a few of many": (
        [outlet(3_000, "a", **FIRMS), outlet(130, "b", **FIRMS)],
        [outlet(3_000, "a", **FIRMS), outlet(2_100, "b", **FIRMS)],
    ),
    "one release that lists three values": (
        [outlet(v, "a", **STUDENTS, start=400 * n) for n, v in enumerate((900, 1_300, 2_000))],
        [outlet(v, "a", **STUDENTS, start=400 * n) for n, v in enumerate((900, 1_300))],
    ),
    "two releases that both tell both": (
        [outlet(v, s, **STUDENTS, start=400 * n) for s in "ab" for n, v in enumerate((900, 1_300))][
            :3
        ],
        [outlet(1_300, "a", **STUDENTS), outlet(900, "b", **STUDENTS)],
    ),
    "growth in roubles and growth in dollars": (
        grown(11.5, 4.5e10, "RUB", russian) + grown(2.5, 1.8e9, "USD", uzbek),
        grown(11.5, 5.0e8, "USD", russian) + grown(2.5, 1.8e9, "USD", uzbek)[:1],
    ),
    "an amount that has lost its scale": (
        [russian(24.0, time_period="2022"), uzbek(1.9e10)],
        [russian(2.4e7, time_period="2022"), uzbek(1.9e10)],
    ),
    "a count that no slip of digits explains": (
        [outlet(37_000, "a", **STUDENTS), outlet(1_100, "b", **STUDENTS)],
        [outlet(37_000, "a", **STUDENTS), outlet(370, "b", **STUDENTS)],
    ),
}


def way(tell, exports, imports, **fields):
    codes = {"trade.exports": exports, "trade.imports": imports}
    return [
        tell(v, indicator=code, start=90 * n, **fields) for n, (code, v) in enumerate(codes.items())
    ]


APART |= {
    "one's exports are the other's imports, both ways": (
        way(russian, 4e9, 7e9) + way(uzbek, 7e9, 4e9),
        way(russian, 4e9, 7e9) + way(uzbek, 7e9, 9e9),
    ),
    "a part beside the whole, in one release": (
        [
            uzbek(1.3e10, **STOCK),
            uzbek(8e8, **STOCK, start=400),
            russian(1.3e10, **STOCK),
        ],
        [
            uzbek(8e8, **STOCK, start=400),
            russian(1.3e10, **STOCK),
        ],
    ),
    "what came in over a stretch, beside a stock": (
        [
            uzbek(1.1e8, indicator="investment.stock", time_period="2024-01/2024-03"),
            russian(3e10, indicator="investment.stock", time_period=None),
        ],
        [
            uzbek(1.1e8, indicator="investment.stock", time_period=None),
            russian(3e10, indicator="investment.stock", time_period=None),
        ],
    ),
    "a growth of the whole beside the level of a part": (
        [
            uzbek(1.1e8),
            uzbek(1.1e10, time_period="2022", start=50),
            uzbek(-12.0, **GROWTH, start=99),
        ],
        [
            uzbek(1.1e10),
            uzbek(1.1e10, time_period="2022", start=50),
            uzbek(-12.0, **GROWTH, start=99),
        ],
    ),
}


@pytest.mark.parametrize("case", APART)
def test_what_is_told_apart_is_no_conflict(case):
    quiet, loud = APART[case]
    if case == "two releases that both tell both":
        assert types(*quiet) == ["contradiction"]  # within the release that tells two values
    else:
        assert types(*quiet) == []
    assert types(*loud)


def test_a_period_that_is_told_needs_no_day_on_which_it_was():
    undated = russian(8e9, published=NOWHEN, url="http://kremlin.ru/2")
    assert types(undated, uzbek(9.8e9)) == ["mirror_gap"]
    assert types(undated, russian(9.8e9)) == ["contradiction"]  # which of them is the later?


def test_of_several_values_of_a_release_the_nearest_answers():
    three, twelve = (
        outlet(v, "a", **STUDENTS, start=s, published=date(2024, 4, 1))
        for v, s in ((300, 10), (1_200, 60))
    )
    fourteen = outlet(1_400, "a2", **STUDENTS | {"reporter": "RU"})
    for early in (three, twelve):
        assert types(early, fourteen)
    assert len(types(three, twelve, fourteen)) == 1


def test_a_growth_and_its_amount_may_lean_on_each_other_and_nothing_else():
    guessed = json.dumps({"indicator": "carried along"})
    base, level = uzbek(1.2e9, time_period="2022"), uzbek(1.3e9, start=60)
    growth = uzbek(30.0, **GROWTH, start=85, rules=guessed)
    assert types(base, level, growth) == ["growth_mismatch"]
    assert types(base, level, replace(growth, start=900)) == []
    led = replace(growth, rules="{}"), replace(level, rules=guessed)
    assert types(base, *led) == ["growth_mismatch"]
    assert types(russian(9e9), uzbek(7e9, rules=guessed)) == []
