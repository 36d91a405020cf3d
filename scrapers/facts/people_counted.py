"""People who are counted, and are no migrants: kept out of a country, or at work in a plant."""

from __future__ import annotations

import re
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.words import load


def no_migrants(passage: Passage, amount: Quantity) -> str | None:
    """Return why those counted are no labour migrants, None where they may be."""
    same = amount.like == "other" and _listed("barred").search(passage.ctx.folded)
    if same or told_beside(passage, amount, _listed("barred")):
        return "kept out, or made citizens"
    if amount.unit != "count":
        return None
    said = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if _jobs().search(said[-60:]):
        return "given jobs"
    if not _hands(passage, amount):
        return None
    before = passage.before.ctx.folded if passage.before else ""
    if _listed("migration").search(passage.ctx.folded) or _listed("migration").search(before):
        return None
    return "at work where they live"


def applied(passage: Passage, amount: Quantity) -> bool:
    """As "3,150 residents applied for a place": they do not study yet, and may never."""
    named = {passage.lemmas[i] for i in amount.noun[:1]}
    asks = not named.isdisjoint(load("people")["askers"].split())
    return asks and told_beside(passage, amount, _listed("applied"))


def told_beside(passage: Passage, amount: Quantity, words: re.Pattern[str]) -> bool:
    """Whether words stand in a sentence with no other amount between them and this one."""
    at, end = passage.ctx.at(amount.start), passage.ctx.at(amount.end)
    for match in words.finditer(passage.ctx.folded):
        first, last = (match.end(), at) if match.end() <= at else (end, match.start())
        things = [a for a in passage.amounts if a.unit not in ("percent", "times")]
        others = (passage.ctx.at(a.start) for a in things if a is not amount)
        if not any(first <= other < last for other in others):
            return True
    return False


def _hands(passage: Passage, amount: Quantity) -> bool:
    """Whether workers, specialists or just people are counted, and no citizens of a state."""
    if any(m.first in amount.noun for m in passage.parties):
        return False
    named = {passage.lemmas[i] for i in amount.noun}
    return bool(named & frozenset(load("people")["hands"].split()))


@cache
def _jobs() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{load('people')['jobs'].strip()})\W+(?:\w+\W+){{0,1}}$")


@cache
def _listed(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{load('people')[name].strip()})")
