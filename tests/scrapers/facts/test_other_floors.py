"""Floors of accuracy for events, agreements and initiatives; they only ever go up."""

from __future__ import annotations

from pathlib import Path

import pytest
from facts_scorer import scored

OURS = Path(__file__).parents[2] / "corpus" / "facts.jsonl"
SHARED = Path("/work/shared/gold/facts-dev.jsonl")


def test_our_own_releases() -> None:
    rates = scored(OURS)
    for kind, floor in (("event", 0.95), ("agreement", 0.92), ("initiative", 0.96)):
        assert rates[kind]["f1"] >= floor, rates[kind]
    assert rates["event"]["type"] >= 0.95
    assert rates["event"]["status"] >= 0.9
    assert rates["agreement"]["action"] >= 0.95
    assert rates["initiative"]["proposer_area"] >= 0.95


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not here: not part of the project")
def test_shared_releases() -> None:
    rates = scored(SHARED)
    for kind, floor in (("event", 0.94), ("agreement", 0.9), ("initiative", 0.83)):
        assert rates[kind]["f1"] >= floor, rates[kind]
