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
