import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.facts.intervals import interval


@pytest.mark.parametrize(
    ("value", "bound", "step", "expected"),
    [
        (3.8e9, "exact", 1e8, (3.75e9, 3.85e9)),
        (7500, "exact", 1, (7450, 7550)),
        (3000, "min", 1, (3000, None)),
        (1000, "max", 1, (None, 1000)),
        (1e10, "nearly", 1e9, (0, 1e10)),
        (4.5e10, "about", 1e9, (4.365e10, 4.635e10)),
    ],
)
def test_interval_of_a_wording(value, bound, step, expected):
    assert interval(value, None, bound, step) == pytest.approx(expected)


def test_a_range_reaches_from_end_to_end():
    assert interval(5e9, 7e9, "range", 1e9) == pytest.approx((4.5e9, 7.5e9))


def test_a_fall_is_bounded_by_its_size():
    assert interval(-15.0, None, "min", 1, falling=True) == (None, -15.0)
    assert interval(-15.0, None, "max", 1, falling=True) == (-15.0, None)


@given(
    st.floats(1, 1e13), st.sampled_from(["exact", "about", "min", "max", "nearly"]),
    st.sampled_from([0.0, 0.1, 1.0, 1e6]),
)  # fmt: skip
def test_the_value_is_in_its_interval(value, bound, step):
    low, high = interval(value, None, bound, step)
    assert low is None or low <= value
    assert high is None or value <= high
