"""Figures said before, and an amount with the unit that one of them lends it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scrapers.facts.amounts import Quantity


@dataclass(frozen=True, slots=True)
class Said:
    """A figure said before, and what it measured."""

    amount: Quantity
    indicator: str


def with_unit(amount: Quantity, unit: str, why: str, **changed: object) -> Quantity:
    return replace(amount, unit=unit, rules=amount.rules | {"unit": why}, **changed)  # type: ignore[arg-type]


def of_scale(amount: Quantity, last: Said, why: str) -> Quantity:
    """Give a count the scale of another where it is told in the same thousands."""
    scale = last.amount.scale
    if (
        scale == 1000
        and amount.scale == 1
        and amount.value < 1000
        and 0.03 <= amount.value / (last.amount.value / scale + 1e-9) <= 3
    ):
        return with_unit(
            amount,
            "count",
            why,
            like=last.indicator,
            value=amount.value * scale,
            scale=scale,
            step=amount.step * scale,
        )
    return with_unit(amount, "count", why, like=last.indicator)
