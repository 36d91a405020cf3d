"""The interval that a wording implies: what comparison of figures rests on.

A number as written stands for what rounds to it ("3.8 billion": 3.75 to 3.85). Round figures are
taken as round: the zeros at the end of "7,500 companies" are no digits. `about` and `nearly` are as
wide as the number is round, and at least 3 %. A bound is open on its far side.
"""

from __future__ import annotations

LEAST = 0.03
# An exact figure is never taken as rounder than this part of it ("20,000" is no 15,000).
ROUNDEST = 0.05


def interval(
    value: float, value_high: float | None, bound: str, step: float, *, falling: bool = False
) -> tuple[float | None, float | None]:
    """Return the lowest and highest value that the wording allows; None is open.

    ``step`` is the worth of the last digit written. ``falling``: the value is a fall, and its bound
    that of the fall's size, so that "fell by more than 15 percent" is open downwards.
    """
    if falling:
        low, high = interval(abs(value), None, bound, step)
        return (None if high is None else -high), (None if low is None else -low)
    half = half_width(value, step)
    if bound == "range" and value_high is not None:
        return value - half, value_high + half
    if bound == "min":
        return value, None
    if bound == "max":
        return None, value
    wide = max(round_step(value, step), LEAST * abs(value))
    if bound == "nearly":
        return value - wide, value
    if bound == "about":
        return value - wide, value + wide
    return value - half, value + half


def half_width(value: float, step: float) -> float:
    """Return half of what the last meaning digit is worth, at most ROUNDEST of the value."""
    if step <= 0:
        return 0.01 * abs(value)
    return min(round_step(value, step) / 2, max(step / 2, ROUNDEST * abs(value)))


def round_step(value: float, step: float) -> float:
    """Return the worth of the last digit that is no zero, or of the last one written."""
    if step <= 0 or value == 0:
        return max(step, 0.0)
    worth = step
    while worth * 10 <= abs(value) and abs(value / (worth * 10) % 1) in (0.0, 1.0):
        worth *= 10
    return worth
