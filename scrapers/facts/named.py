"""The parties that a sentence names: Russia, the region, ours, and those in no name of a thing."""

from __future__ import annotations

from functools import cache

from scrapers.facts.clues import PARTY, QUOTE, REGION
from scrapers.facts.evidence import Passage
from scrapers.facts.lexicon import lemma_of_entry
from scrapers.facts.parties import STRONG, THIRD, Mention, both_sides, is_central_asian, region
from scrapers.facts.words import load


def of_ours(passage: Passage) -> bool:
    return bool(passage.clues & PARTY) and any(
        (kind in STRONG and code not in ("RU", THIRD))
        or (kind == "people" and is_central_asian(code))
        for code, kind in passage.named
    )


def strong_parties(passage: Passage) -> list[str]:
    """Return the states and blocs that a sentence names, but for those in the name of a thing."""
    if passage.clues & QUOTE:
        return [m.code for m in passage.parties if m.strong and not in_a_name(passage, m)]
    return [code for code, kind in passage.named if kind in STRONG]


def named_region(passage: Passage, *, bare: bool = True) -> int:
    """Return how often the region as one is named; "the regions" are parts of a country.

    ``bare``: count "the region" too, which may be a region of Russia.
    """
    if not passage.clues & REGION:
        return 0
    return sum(
        1
        for h in passage.find(region())
        if passage.forms[h.last - 1] not in load("sides")["regions"].split()
        and not _counted(passage, h.first)
        and (bare or h.entry not in ("the region", "регион"))
    )


def _counted(passage: Passage, first: int) -> bool:
    """As "71 регион": so many parts of a country."""
    return any(first in amount.noun for amount in passage.amounts)


def names_russia(passage: Passage) -> bool:
    """Whether Russia, or both sides together, are named."""
    if any(code == "RU" for code, _ in passage.named):
        return True
    return bool(passage.find(both_sides()))


def in_a_name(passage: Passage, mention: Mention) -> bool:
    """Whether a party's name is part of a title in quotes ("Innoprom. Central Asia")."""
    before = passage.forms[max(0, mention.first - 3) : mention.first]
    return "." in before and any(q in before for q in ("“", "«", '"'))


@cache
def side_words(name: str) -> frozenset[str]:
    return frozenset(map(lemma_of_entry, load("sides")[name].split())) | frozenset(
        load("sides")[name].split()
    )
