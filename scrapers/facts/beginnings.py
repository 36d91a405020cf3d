"""The words that propose, agree on or begin a thing: before it, or behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from scrapers.facts.lemmas import grammar
from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.proposals import cues
from scrapers.facts.reading import Line, exact, is_russian
from scrapers.facts.things import Thing, things_list, things_words
from scrapers.facts.words import load

_FAR = 40  # tokens from a cue to the last thing that it governs


_AFTER = 9  # tokens from a thing to the cue behind it


def begun_before(line: Line, first: int, head: int, before: Thing | None) -> Hit[str] | None:
    """Return the cue to the left that governs a thing: directly, through a making verb, or by "and"
    from the thing before it.
    """
    found = [h for h in line.find(cues()) if h.last <= head and first - h.last <= _FAR]
    if is_russian(line.tokens[head]):
        found += _to_be_made(line, first)
        found += [h for h in line.find(after_cues()) if 0 <= first - h.last <= 2]
        found.sort(key=lambda h: h.first)
    if not found:
        return None
    cue = _governing(line, found)
    if any(f in (";", "which", "who") for f in line.forms[cue.last : first]):
        return None
    if first - cue.last <= 2 or cue.first >= first or _made(line, cue, first):
        return cue
    if before is not None and before.cue == cue.first and _joined(line, before.last, first):
        return cue
    return None


def _to_be_made(line: Line, first: int) -> list[Hit[str]]:
    """Return Russian verbs of making in the future tense before a thing: "построят завод"."""
    makes = [h for h in line.find(things_list("makes")) if 0 <= first - h.last <= 3]
    coming = [h for h in makes if grammar(line.forms[h.first])[3] == "futr"]
    return [Hit(h.first, h.last, "agreed", h.entry) for h in coming]


def _governing(line: Line, found: Sequence[Hit[str]]) -> Hit[str]:
    """Return the nearest cue; a weak one ("creating") only where no other governs it."""
    strong = [h for h in found if h.value != "weak"]
    if len(strong) > 1 and strong[-1].value == "considered" and strong[-2].value == "proposed":
        return strong[-2]  # "proposed to discuss": somebody proposed it
    if len(strong) > 1 and strong[-1].entry in things_words("makes"):
        return strong[-2]  # "proposed to build": the building is proposed
    return strong[-1] if strong else found[-1]


def _made(line: Line, cue: Hit[str], first: int) -> bool:
    """Whether a verb of making stands between the cue and the thing, close to the thing."""
    makes = [
        h for h in line.find(things_list("makes")) if cue.first <= h.first and h.last <= first + 1
    ]
    return any(first - h.last <= 4 for h in makes)


def _joined(line: Line, last: int, first: int) -> bool:
    """Whether "and", a comma or "as well as" leads from one thing to the next."""
    stretch = line.forms[last:first]
    return len(stretch) <= 7 and any(f in ("and", "и", ",", "well", "также") for f in stretch)


def begun_behind(line: Line, last: int) -> Hit[str] | None:
    """Return the cue behind a thing: "X is being built"."""
    for hit in line.find(after_cues()):
        stretch = line.forms[last : hit.first]
        broken = any(form in (";", "and", "и") for form in stretch)
        if last <= hit.first and len(stretch) <= _AFTER and not broken:
            coming = hit.value == "launched" and grammar(line.forms[hit.first])[3] == "futr"
            return Hit(hit.first, hit.last, "agreed", hit.entry) if coming else hit
    return None


def is_finished(line: Line, last: int) -> bool:
    going = any(0 <= h.first - last <= 4 for h in line.find(after_cues()) if h.value != "proposed")
    return not going and any(0 <= h.first - last <= 4 for h in line.find(things_list("finished")))


@cache
def after_cues() -> Phrases[str]:
    lexicon = load("initiatives")["after"]
    return exact((entry, status) for status, entries in lexicon.items() for entry in entries)
