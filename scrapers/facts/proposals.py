"""Words that put something forward, agree on it or begin it: what makes a thing an initiative."""

from __future__ import annotations

from functools import cache

from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.reading import Line, exact
from scrapers.facts.words import load

_BREAKS = frozenset((";", ":"))


@cache
def cues() -> Phrases[str]:
    """Return the cues of initiatives with the status that each gives."""
    lexicon = load("initiatives")["cues"]
    return exact((entry, status) for status, entries in lexicon.items() for entry in entries)


def proposed_before(line: Line, head: int) -> Hit[str] | None:
    """Return the proposing cue that governs what stands at ``head``, if any."""
    found = None
    for hit in line.find(cues()):
        if hit.value == "proposed" and hit.last <= head and head - hit.last < 25:
            found = hit
    if found and any(form in _BREAKS for form in line.forms[found.last : head]):
        return None
    return found
