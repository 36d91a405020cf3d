"""The words of goods and money that go from one side to another (`lexicon/direction.yml`)."""

from __future__ import annotations

import re
from functools import cache

from scrapers.facts.lexicon import Phrases, lemma_of_entry, phrases
from scrapers.facts.words import load


@cache
def flows() -> Phrases[str]:
    """Words of a seller and of a buyer: "sell" and "buy"."""
    table = load("direction")
    return phrases((word, kind) for kind in ("sell", "buy") for word in str(table[kind]).split())


@cache
def investing() -> Phrases[str]:
    """Words of money put into something."""
    return phrases((word, "invest") for word in load("direction")["invest"].split())


@cache
def flow_words(name: str) -> frozenset[str]:
    return frozenset(str(load("direction")[name]).split())


@cache
def flow_lemmas(name: str) -> frozenset[str]:
    return frozenset(map(lemma_of_entry, flow_words(name)))


@cache
def flow_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{load('direction')[name].strip()})")
