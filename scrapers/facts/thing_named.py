"""Numbers that count a thing named elsewhere: before a colon, as the subject, or just before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.cues import Cue, cues, head_words, heads
from scrapers.facts.evidence import Passage
from scrapers.facts.lemmas import CYRILLIC, animate, grammar
from scrapers.facts.lexicon import Hit
from scrapers.facts.said import Said, with_unit
from scrapers.facts.words import load

_PARTS = frozenset(("них", "которых", "этих", "нее", "them", "which", "whom", "these"))
_QUOTA = frozenset(("quota", "квота", "квоты"))
_OF_WHICH = re.compile(r",\s+of\s+which\s+there\s+(?:are|were)\s+(?:now\s+|already\s+)?$")
_AFTER_THINGS = frozenset(("number", "numbered", "numbers", "их", "their"))
_PEOPLE = (
    "labour.migrants",
    "education.students",
    "tourism.visitors",
    "transport.passengers",
)


def labelled(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "Participants: 852": the thing, a colon, the number."""
    if _OF_WHICH.search(passage.ctx.folded[: passage.ctx.at(amount.start)]):
        near = [h for h in passage.find(heads()) if 3 <= amount.first - h.last <= 6]
        return (
            with_unit(amount, "count", "of which there are", noun=(near[-1].first,))
            if near
            else None
        )
    colon = next(
        (
            i
            for i in range(amount.first - 1, max(amount.first - 4, -1), -1)
            if passage.forms[i] == ":"
        ),
        None,
    )
    if colon is None:
        return None
    named = [h for h in passage.find(heads()) if h.last <= colon and colon - h.last <= 5]
    named = [h for h in named if not _ranked(passage, h.first)]
    return (
        with_unit(amount, "count", "label before a colon", noun=(named[-1].first,))
        if named
        else None
    )


def _ranked(passage: Passage, first: int) -> bool:
    """As "the fifth place", "пятое место": a rank, and nothing counted."""
    return first > 0 and passage.lemmas[first - 1] in head_words("ordinals")


def _strong(hit: Hit[tuple[Cue, ...]]) -> bool:
    if _of_states(hit):
        return False
    name, weight = max(hit.value, key=lambda pair: pair[1])
    return weight >= (4 if name == "other" else 2.4)


def _main(hit: Hit[tuple[Cue, ...]]) -> str:
    """Return what a thing is most likely counted for."""
    return max(hit.value, key=lambda pair: pair[1])[0]


def _named_before(passage: Passage, amount: Quantity) -> list[Hit[tuple[Cue, ...]]]:
    """Return the things named between the amount before and this one."""
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    named = (h for h in passage.find(heads()) if start <= h.first and h.last <= amount.first)
    return [h for h in named if _strong(h) and not _by_means(passage, h.first)]


def _by_means(passage: Passage, first: int) -> bool:
    """As "поездом проехали 41 тысяча": told in a case that is no subject's."""
    form = passage.forms[first]
    return bool(CYRILLIC.search(form)) and grammar(form)[2] == "ablt"


def _subject(passage: Passage, named: Sequence[Hit[tuple[Cue, ...]]]) -> Hit[tuple[Cue, ...]]:
    """Return the thing that others only place: "enrolment at the branches", "филиалов вузов"."""
    free = [h for h in named if not placed(passage, h.first)] or [named[0]]
    if passage.ctx.russian and len(free) > 1 and free[-1].first - free[-2].last <= 1:
        return free[-2]
    return free[-1]


def placed(passage: Passage, first: int) -> bool:
    """Whether a noun stands after a word of place, and so tells where things are."""
    before = passage.forms[max(0, first - 4) : first]
    at = next((i for i in reversed(range(len(before))) if before[i] in head_words("inside")), None)
    return at is not None and not {",", ";", ":", "and", "и"}.intersection(before[at:])


def inverted(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "Филиалов в республике 14", "Kyrgyz students numbered 16,100": the thing stands first."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if re.match(r"\s?-\s?\d", after):
        return None  # "ученики 1–4-х классов"
    if not re.match(r"\s*(?:$|[,.;:)!?]|-|—|–|in\b|by\b|на\b|в\b|и\b|or\b|или\b)", after):
        return None
    named = _named_before(passage, amount)
    if not named or amount.form == "fraction" or _few(passage, amount):
        return None
    between = passage.forms[named[-1].last : amount.first]
    if _PARTS.intersection(between):
        return None  # "28 тысяч учатся в вузах, из них 9 тысяч"
    if any(f in (";", "(", ":") for f in between) or len(between) > 7:
        return None
    if not passage.ctx.russian and not head_words("counting").intersection(between):
        return None
    head = _subject(passage, named)
    return with_unit(amount, "count", "the thing stands first", noun=(head.first,))


def people_talk(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "в России жило и работало миллион сто тысяч": thousands in talk of people."""
    if not 1000 <= amount.scale < 1e9:
        return None
    best, found = 4.9, ""
    for hit in passage.find(cues()):
        for name, weight in hit.value:
            if name in _PEOPLE and weight > best:
                best, found = weight, name
    return with_unit(amount, "count", "talk of people", like=found) if found else None


def number_of(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "the number of students has passed 54 thousand", "their number is already 15"."""
    said_number = False
    for i in range(amount.first - 1, -1, -1):
        if passage.forms[i] in _number_words():
            said_number = True
            break
        if passage.forms[i] in (";", ":"):
            return None
    if (
        not said_number
        or amount.bound == ""
        or any(
            a is not amount and i < a.first < amount.first and a.unit not in ("", "count")
            for a in passage.amounts
        )
    ):
        return None
    counted = [h for h in passage.find(heads()) if i < h.first < amount.first]
    if passage.forms[i] in ("их", "their"):
        counted = [h for h in counted if not placed(passage, h.first)]
    if not counted and passage.forms[i] in _AFTER_THINGS:
        since = max((a.last for a in passage.amounts if a.last <= i), default=0)
        since = 0 if passage.forms[i] in ("их", "their") else since
        named = (h for h in passage.find(heads()) if since <= h.first and h.last <= i)
        counted = [h for h in named if _strong(h)]
    if counted:
        return with_unit(amount, "count", "number of", noun=(counted[0].first,))
    if _people_named(passage, i, amount.first):
        return with_unit(amount, "count", "number of people", like="labour.migrants")
    if passage.forms[i] in _QUOTA:
        return with_unit(amount, "count", "quota", like="education.quota")
    last = next((s for s in reversed(said) if s.amount.unit == "count"), None)
    earlier = passage.before.find(heads()) if passage.before and not last else []
    earlier = [h for h in earlier if max(w for _, w in h.value) >= 5 and not _of_states(h)]
    if last:
        return with_unit(amount, "count", "their number", like=last.indicator)
    if earlier:
        return with_unit(amount, "count", "their number", like=_main(earlier[0]))
    return None


def _of_states(hit: Hit[tuple[tuple[str, float], ...]]) -> bool:
    return all(name == "events.countries" for name, _ in hit.value)


def _few(passage: Passage, amount: Quantity) -> bool:
    """Whether a small number in words may be no count: one is that a change begins with."""
    if amount.form != "words" or amount.value >= 4:
        return False
    before = passage.forms[amount.first - 1] if amount.first else ""
    after = passage.forms[amount.last] if amount.last < len(passage.forms) else ""
    return (before, after) not in (("с", "до"), ("со", "до"), ("from", "to"))


def _people_named(passage: Passage, first: int, last: int) -> bool:
    """As "the number of Uzbeks", "число таджикистанцев": a state's people between two tokens."""
    inside = (m for m in passage.parties if first < m.first < last and m.kind == "state")
    forms = [passage.forms[m.first] for m in inside]
    return any(animate(f) if passage.ctx.russian else f.endswith("s") for f in forms)


def named_things(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "I would ask about teachers. We have about fifty": what was last spoken of."""
    if (amount.bound == "exact" and amount.value < 100) or amount.form == "fraction":
        return None
    here = [h for h in passage.find(heads()) if h.last <= amount.first]
    here = [h for h in here if not _by_means(passage, h.first) and not _of_states(h)]
    earlier = passage.before.find(heads()) if passage.before else []
    begins = amount.first == 0 and amount.scale >= 1000  # "Two hundred thousand crossed …"
    if not here and not (earlier and (begins or amount.bound != "exact")):
        return None
    if here:
        hit = _subject(passage, here)
        why = f"things named: {hit.entry}"
        if ";" in passage.forms[hit.last : amount.first]:
            return with_unit(amount, "count", why, like=_main(hit))
        return with_unit(amount, "count", why, noun=(hit.first,))
    hit = earlier[-1]
    return with_unit(amount, "count", f"things named: {hit.entry}", like=_main(hit))


@cache
def _number_words() -> frozenset[str]:
    return frozenset(load("heads")["number_words"].split())
