"""The words that speak for an indicator, and the things that are counted, from the lexicons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from scrapers.facts.amounts import MONEY
from scrapers.facts.lexicon import Phrases
from scrapers.facts.words import load

Cue = tuple[str, float]


@cache
def head_words(name: str) -> frozenset[str]:
    return frozenset(load("heads")[name].split())


def unit_kind(unit: str) -> str:
    return "money" if unit in MONEY else "percent" if unit == "percent_points" else unit


@cache
def allowed_for(kind: str) -> frozenset[str]:
    """Return the indicators that take a kind of unit."""
    return frozenset(
        name for name, entry in load("indicators").items() if kind in entry["units"].split()
    )


@cache
def cues() -> Phrases[tuple[Cue, ...]]:
    """All cues; a phrase may speak for several indicators."""
    return _joined(
        (str(phrase), (name, float(weight)))
        for table in (load("indicators"), load("wordings")["cues"])
        for name, entry in table.items()
        for weight, listed in entry.items()
        if weight != "units"
        for phrase in str(listed).split("|")
    )


@cache
def heads() -> Phrases[tuple[Cue, ...]]:
    """Things counted, with the indicators that they may belong to."""
    return _joined(
        (str(phrase), (name, float(weight)))
        for table in (load("heads")["heads"], load("wordings")["heads"])
        for name, entry in table.items()
        for weight, listed in entry.items()
        for phrase in str(listed).split("|")
    )


def _joined(entries: Iterable[tuple[str, Cue]]) -> Phrases[tuple[Cue, ...]]:
    table: dict[str, list[Cue]] = {}
    for phrase, cue in entries:
        table.setdefault(" ".join(phrase.split()), []).append(cue)
    found: Phrases[tuple[Cue, ...]] = Phrases()
    for phrase, several in table.items():
        found.join(phrase, tuple(several))
    return found
