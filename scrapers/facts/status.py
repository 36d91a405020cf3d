"""Whether a figure is a fact, a goal, an expectation or a plan."""

from __future__ import annotations

from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.lexicon import Phrases, phrases
from scrapers.facts.words import load

LEAST = 0.35  # a word of the future farther than this says nothing of the figure
_LATER = 0.75  # one that follows the figure says less: "$5 bn, and plans to …"


def status_of(passage: Passage, amount: Quantity, indicator: str) -> tuple[str, str]:
    """Return the status and the word that decided it."""
    best, status, word = LEAST, "actual", "no word of the future"
    for hit in passage.find(forward()):
        near = nearness(passage, hit.first, hit.last, amount)
        if hit.first >= amount.last:
            near *= _LATER
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
