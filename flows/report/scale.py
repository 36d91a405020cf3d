"""From values to places on a drawing: a linear scale, or a logarithmic one across magnitudes.

Places are percentages of the drawing's width, so that shapes stretch with the page and text does
not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LOG_FROM = 60  # a ratio of largest to smallest that a linear scale cannot show


@dataclass(frozen=True)
class Scale:
    """A stretch of values on a stretch of places."""

    low: float
    high: float
    logarithmic: bool = False
    start: float = 0.0
    end: float = 100.0

    def at(self, value: float) -> float:
        """Return the place of a value; what lies outside stands at the edge."""
        share = (self._turned(value) - self._turned(self.low)) / (
            self._turned(self.high) - self._turned(self.low)
        )
        return round(self.start + min(max(share, 0.0), 1.0) * (self.end - self.start), 2)

    def _turned(self, value: float) -> float:
        return math.log10(max(value, self.low)) if self.logarithmic else value

    def ticks(self, about: int = 4) -> list[float]:
        """Return round values on the scale, about so many."""
        if self.logarithmic:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            powers = range(first, last + 1, max(1, round((last - first) / about)))
            return [10.0**n for n in powers if self.low <= 10.0**n <= self.high]
        step = _round_step((self.high - self.low) / about)
        lowest = math.ceil(self.low / step - 1e-9)
        highest = math.floor(self.high / step + 1e-9)
        return [n * step for n in range(lowest, highest + 1)]


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(f * size for f in (1, 2, 2.5, 5, 10) if f * size >= rough * 0.999)


def middle(value: float, value_high: float | None) -> float:
    """Return where the mark of a statement stands: in the middle of a range."""
    return value if value_high is None else (value + value_high) / 2


def scale_for(
    values: Iterable[float], *, from_zero: bool = False, start: float = 0.0, end: float = 100.0
) -> Scale:
    """Return the scale on which values are drawn, with a little air around them."""
    finite = [v for v in values if math.isfinite(v)] or [0.0, 1.0]
    low, high = min(finite), max(finite)
    if low > 0 and high / low >= LOG_FROM:
        return Scale(low / 1.6, high * 1.6, True, start, end)
    air = (high - low) * 0.12 or abs(low) * 0.05 or 1.0
    bottom, top = low - air, high + air
    if from_zero and low >= 0:
        bottom = 0.0
    elif low >= 0:
        bottom = max(bottom, 0.0)
    return Scale(bottom, top, False, start, end)
