"""What was done with a document: signed, adopted, initialled, ratified, or only prepared."""

from __future__ import annotations

from scrapers.facts.lemmas import grammar
from scrapers.facts.lexicon import Hit
from scrapers.facts.papers import actions, listed
from scrapers.facts.reading import Line, Story, is_russian
from scrapers.facts.signing import date_near, own_date
from scrapers.facts.when import When
from scrapers.facts.words import load

_REACH = 22  # tokens between a document and the verb that tells its fate


def action_of(
    story: Story, line: Line, first: int, last: int, hit: Hit[str]
) -> tuple[str, str, When | None] | None:
    """Return what was done with a document, the word that says so, and when; None if nothing."""
    when = own_date(line, first, last)
    if any(
        form in load("agreements")["drafts"] for form in line.keys[max(0, first - 1) : hit.first]
    ):
        return "prepared", "a draft", None
    best = _verb(line, first, last)
    if best is not None:
        verb = best[0]
        if verb.value in ("signed", "adopted") and _coming(line, verb):
            return "prepared", f"to come: {verb.entry}", when or date_near(line, verb)
        if verb.value == "prepared":
            return verb.value, verb.entry, None
        if verb.value == "ratified":
            return verb.value, verb.entry, date_near(line, verb)
        return verb.value, verb.entry, when or date_near(line, verb)
    if when is not None and hit.value not in ("package",):
        return "signed", "its date", when
    if line.has(listed("in_force")) and hit.value in ("plan", "programme", "roadmap"):
        return "adopted", "in force", None
    if line.has(listed("in_force")) and hit.value in ("agreement", "treaty", "contract"):
        if line.has(listed("enters")):
            return (
                "signed",
                "in force",
                None,
            )  # the day it came into force is not that of its signing
        since = next((w for w in line.dates if w.kind in ("since", "at", "day")), None)
        return "signed", "in force", since
    if first == 0 and line.number < 4 and last < 9 and hit.value in load("agreements")["headed"]:
        drafted = any(
            f in load("agreements")["drafts"] for e in story.lines[:2] for f in e.keys[:2]
        )
        return ("prepared" if drafted else "adopted"), "heads the text", _first_date(story)
    return None


def _first_date(story: Story) -> When | None:
    dates = [w for line in story.lines[:4] for w in line.dates if w.kind == "day"]
    return dates[0] if dates else None


def _verb(line: Line, first: int, last: int) -> tuple[Hit[str], int] | None:
    """Return the nearest word of signing or adopting, and how far it is."""
    best: tuple[Hit[str], int] | None = None
    for hit in line.find(actions()):
        gap = _gap(line, hit, first, last)
        if gap is not None and (best is None or gap < best[1]):
            best = (hit, gap)
    return best


def _gap(line: Line, hit: Hit[str], first: int, last: int) -> int | None:
    if first <= hit.first < last:
        return 0
    low, high = (hit.last, first) if hit.last <= first else (last, hit.first)
    stretch = line.forms[low:high]
    if len(stretch) > _REACH or any(f in (";", "while", "who", "whose") for f in stretch):
        return None
    if hit.last <= first and len(stretch) > 8 and not any(f in (",", "and", "и") for f in stretch):
        return None
    return len(stretch)


def _coming(line: Line, verb: Hit[str]) -> bool:
    """Whether a verb of signing is still to come true."""
    near = [h for h in line.find(listed("coming")) if 0 <= verb.first - h.last <= 3]
    if near:
        return any(_is_coming(line, hit) for hit in near)
    if any(0 <= verb.first - h.last <= 1 for h in line.find(listed("undertaken"))):
        return True
    i = verb.first
    return is_russian(line.tokens[i]) and grammar(line.forms[i])[3] == "futr"


def _is_coming(line: Line, hit: Hit[str]) -> bool:
    i = hit.first
    return not (is_russian(line.tokens[i]) and grammar(line.forms[i])[3] == "past")


def is_passive(line: Line, last: int) -> bool:
    """Whether what was done with a document stands right behind it: "… was signed"."""
    return any(0 <= h.first - last <= 5 for h in line.find(actions()))
