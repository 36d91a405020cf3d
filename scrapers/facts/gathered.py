"""Whether those who are counted came together at an event."""

from __future__ import annotations

import re
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.cues import cues, head_words, heads
from scrapers.facts.evidence import Passage
from scrapers.facts.narrow_words import narrow_lemmas
from scrapers.facts.words import load

_IN_A_ROW = re.compile(r"\d[\d ]*\s\w+(?:\s\w+)?\s(?:и|and)\s$")
_MIGRANTS = frozenset(("migrant", "labour migrant", "мигрант", "трудовой мигрант"))
_GATHERING = frozenset(("university", "вуз", "университет", "institute", "институт"))


def gathers(passage: Passage, amount: Quantity, indicator: str, title: Passage) -> bool:
    """Whether those counted came to an event: companies, regions, universities, people."""
    kindred = ("business.", "other", "labour.migrants", "education.inst", "education.st")
    misread = indicator == "events.countries" and not _countries(passage, amount)
    if indicator == "tourism.visitors" and _at_an_event(passage, amount, title):
        return True
    if not indicator.startswith(kindred) and not misread:
        return False
    first, last = (amount.noun[0], amount.noun[-1]) if amount.noun else (0, -1)
    named = passage.find(heads())
    kinds = {h.entry for h in named if first <= h.first <= last}
    if kinds & _MIGRANTS:
        return False  # "4 million migrants came"
    kinds = kinds or {h.entry for h in named if last < h.first <= last + 5}  # after a row
    if indicator.startswith("education.") and not kinds & _GATHERING:
        return _to_event(passage, amount)
    return _gathered(passage, amount)


def _at_an_event(passage: Passage, amount: Quantity, title: Passage) -> bool:
    """As "the fair expects 10,000 visitors": guests of an event, and no travellers."""
    if not any(passage.lemmas[i] in narrow_lemmas("guests") for i in amount.noun):
        return False
    told = " ".join(p.ctx.folded for p in (title, passage.before, passage) if p)
    return bool(_shows().search(told))


def just_people_of_no_event(passage: Passage, amount: Quantity, title: Passage) -> bool:
    """As "the plant will take on 200 people": no word tells of an event, here or near."""
    if amount.unit != "count" or not amount.noun:
        return False
    if passage.lemmas[amount.noun[0]] not in head_words("people"):
        return False
    return not any(
        name.startswith("events.")
        for part in (passage, passage.before, title)
        if part
        for hit in part.find(cues())
        for name, _ in hit.value
    )


def _gathered(passage: Passage, amount: Quantity) -> bool:
    """As "with the participation of 13 regions", "руководители 42 вузов": who came."""
    before = _IN_A_ROW.sub("", passage.ctx.folded[: passage.ctx.at(amount.start)])
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    return bool(_gathering().search(before[-60:]) or _came().match(after))


def _to_event(passage: Passage, amount: Quantity) -> bool:
    """As "4,200 school leavers came past the stands": students, and yet those at an event."""
    return bool(_arrived().match(passage.ctx.folded[passage.ctx.at(amount.end) :]))


def _countries(passage: Passage, amount: Quantity) -> bool:
    return not amount.noun or any(
        passage.lemmas[i] in narrow_lemmas("countries") for i in amount.noun
    )


@cache
def _shows() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{load('narrowing')['shows'].strip()})")


@cache
def _gathering() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{load('narrowing')['gathered'].strip()})\s+\W*$")


@cache
def _came() -> re.Pattern[str]:
    lexicon = load("narrowing")
    between = r"(?:[^.;:\d]|(?<= )\d+(?= [a-zа-я])){0,70}?(?<![^\W_])"
    return re.compile(rf"{between}(?:{lexicon['came'].strip()})(?!\w|\s+{lexicon['standing']})")


@cache
def _arrived() -> re.Pattern[str]:
    return re.compile(rf"[^.;:\d]{{0,60}}?(?<![^\W_])(?:{load('narrowing')['arrived'].strip()})")
