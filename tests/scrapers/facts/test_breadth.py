"""Each indicator in many wordings, in both languages: floors that only go up.

`breadth.jsonl` grew batch by batch; each was written before anybody saw what the code makes of it.
"""

from __future__ import annotations

from pathlib import Path

from figures_scorer import accuracy

BREADTH = Path(__file__).parents[2] / "corpus" / "breadth.jsonl"


def test_every_indicator_in_many_wordings() -> None:
    rates = accuracy(BREADTH)
    for level, floor in (("quantity", 0.985), ("indicator", 0.925), ("key", 0.815)):
        assert rates[level] >= floor, rates
