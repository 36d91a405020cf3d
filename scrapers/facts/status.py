"""Whether a figure is a fact, a goal, an expectation or a plan."""

from __future__ import annotations

from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage, reach_of_verb
from scrapers.facts.lexicon import Phrases, phrases
from scrapers.facts.words import load

LEAST = 0.35  # a word of the future farther than this says nothing of the figure
# A goal is told with words of the plan ("the aim is to build"): the goal decides.
_FORCE = {"target": 1.35, "forecast": 1.15, "planned": 1.0}


def status_of(passage: Passage, amount: Quantity, indicator: str) -> tuple[str, str]:
    """Return the status and the word that decided it."""
    best, status, word = LEAST, "actual", "no word of the future"
    for hit in passage.find(forward()):
        near = reach_of_verb(passage, hit.first, hit.last, amount)
        near *= _FORCE[hit.value]
        if near > best:
            best, status, word = near, hit.value, hit.entry
    return (_fitting(status, indicator), word)


def _fitting(status: str, indicator: str) -> str:
    """Flows that nobody builds are expected; things that somebody builds are planned."""
    if status == "planned" and indicator in ("trade.turnover", "trade.exports", "trade.imports"):
        return "forecast"
    return status


@cache
def forward() -> Phrases[str]:
    """Words and phrases of the future, by the status that they give."""
    lexicon = load("status")
    return phrases(
        (" ".join(entry.split()), status)
        for status in ("target", "forecast", "planned")
        for entry in lexicon[status].split("|")
    )
