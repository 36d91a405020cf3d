"""The value that a number of a text is read into.

A number keeps how it was written (``step``: the value of its last digit), because what it implies
depends on that.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number in tokens ``first`` to ``last`` (excluded).

    ``form``: digits, words, fraction (in percent) or multiple. ``scale`` is the last scale word
    (1.0 for none), ``step`` the worth of the last digit written. ``over``: told to be somewhat
    more ("двадцать с лишним тысяч", "thirty-odd"). ``cut``: how many characters of the last token
    are none of the number's ("five-billion-ruble"). ``high``: the upper end of "два-три".
    """

    value: float
    first: int
    last: int
    form: str
    scale: float = 1.0
    step: float = 1.0
    rule: str = "digits"
    over: bool = False
    cut: int = 0
    high: float | None = None

    def __post_init__(self) -> None:
        # 4.1 * 1e9 is 4099999999.9999995; nobody states a figure to thirteen digits.
        object.__setattr__(self, "value", float(f"{self.value:.12g}"))
