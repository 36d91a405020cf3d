"""Floors of accuracy for events, agreements and initiatives; they only ever go up."""

from __future__ import annotations

from pathlib import Path

import pytest
from facts_scorer import scored

OURS = Path(__file__).parents[2] / "corpus" / "facts.jsonl"
SHARED = Path("/work/shared/gold/facts-dev.jsonl")


def test_our_own_releases() -> None:
    rates = scored(OURS)
    for kind, floor in (("event", 0.97), ("agreement", 0.93), ("initiative", 0.97)):
        assert rates[kind]["f1"] >= floor, rates[kind]
    for kind, slot in (("event", "date"), ("event", "place"), ("agreement", "date")):
        assert rates[kind][slot] >= 0.87, (kind, slot, rates[kind])
    assert rates["event"]["type"] >= 0.95
    assert rates["event"]["status"] >= 0.9
    assert rates["agreement"]["action"] >= 0.95
    assert rates["initiative"]["proposer_area"] >= 0.95


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not here: not part of the project")
def test_shared_releases() -> None:
    rates = scored(SHARED)
    for kind, floor in (("event", 0.96), ("agreement", 0.9), ("initiative", 0.85)):
        assert rates[kind]["f1"] >= floor, rates[kind]
        told = {slot: rate for slot, rate in rates[kind].items() if slot != "f1"}
        assert min(told.values()) >= 0.88, (kind, told)
