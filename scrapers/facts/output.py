"""Energy that is brought out of the ground, and prices: no supplies of it."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.narrow_words import narrow_lemmas

_PER = re.compile(
    r"\s*(?:[^\W\d_]+\s)?(?:per|a|an|за|/)\s*(?:(?:1\W?000|one|thousand|тысячу|тыс\.?|1|один|одну|"
    r"кажд\w+)\s*)*(?:cubic|cu\b|tonne|ton\b|barrel|kwh|kilowatt|lit(?:er|re)|kg|kilogram|mcm|"
    r"куб|тонну|тонны|баррел|квт|киловатт|литр|килограмм|кг\b)"
)


def is_price(passage: Passage, amount: Quantity) -> bool:
    """As "$44 per 1,000 cubic metres", "15 долларов за тонну"."""
    return bool(_PER.match(passage.ctx.folded[passage.ctx.at(amount.end) :]))


def is_output(passage: Passage, amount: Quantity) -> bool:
    """As "intends to produce 18 bcm of gas", and nothing is said of whom it goes to."""
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    clause = set(passage.lemmas[start : amount.last + 4])
    return bool(clause & narrow_lemmas("producing")) and not clause & narrow_lemmas("supplying")
