"""The word lists of `lexicon/narrowing.yml`, as forms and as lemmas."""

from __future__ import annotations

from functools import cache

from scrapers.facts.lexicon import lemma_of_entry
from scrapers.facts.words import load


@cache
def narrow_forms(name: str) -> frozenset[str]:
    return frozenset(load("narrowing")[name].split())


@cache
def narrow_lemmas(name: str) -> frozenset[str]:
    return frozenset(map(lemma_of_entry, narrow_forms(name)))
