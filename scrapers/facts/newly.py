"""Things that came on top of those there were: so many branches opened in the past years."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage

# Of these there is a stock, and what is opened adds to it.
_STOCKS = ("education.branches", "education.institutions", "education.quota", "business.")
_LATELY = re.compile(
    r"(?<![^\W_])(?:за\s+(?:(?:последн\w+|прошедш\w+|минувш\w+|эт\w+|тот)\s+)?(?:\w+\s+)?(?:год\w*|лет|месяц\w*|полугоди\w*)"
    r"|(?:in|over|during|within)\s+(?:the\s+)?(?:(?:past|last)\s+)?(?:\w+\s+)?(?:years?|months?|half-year))(?![^\W_])"
)
_OPENED = re.compile(
    r"(?<![^\W_])(?:открыл\w*|открыт[ыао]?|появил\w+|возник\w*|opened|set\s+up|sprang\s+up|appeared|emerged)(?![^\W_])"
)
_ANOTHER = re.compile(
    r"(?<![^\W_])(?:another|an?\s+(?:further|additional))\s+\S+\s+\w+$|^another\s"
)


def newly(passage: Passage, amount: Quantity, indicator: str, *, known: bool) -> str | None:
    """Return the words that make a count an addition to a stock, None where there are none.

    ``known``: whether the stock itself was told just before.
    """
    if amount.unit != "count" or not indicator.startswith(_STOCKS):
        return None
    folded = passage.ctx.folded
    number = passage.ctx.at(amount.start)
    inner = folded[number : passage.ctx.at(amount.end)]
    if amount.noun and _ANOTHER.search(folded[:number][-20:] + inner):
        return "another"
    told = (passage.ctx.at(a.end) for a in passage.amounts if a.end <= amount.start)
    near = folded[max(0, number - 60, *told) : passage.ctx.at(amount.end) + 50]
    if known and _LATELY.search(near) and (opened := _OPENED.search(near)):
        return opened[0]
    return None
