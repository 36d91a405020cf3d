"""Who put a thing forward: the subject of the proposing words, the speaker, or who spoke last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from scrapers.facts.involved import focus_of
from scrapers.facts.lemmas import fold
from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.parties import THIRD, is_central_asian, state_of_publisher
from scrapers.facts.proposals import cues
from scrapers.facts.reading import Line, Story, exact, one_of
from scrapers.facts.words import load
from warehouse.fields import AREAS

_NEAR = 16  # tokens between a subject and its verb


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of one side; ``name`` is None where only the side is told."""

    name: str | None
    area: str | None
    at: int


def proposer_of(story: Story, line: Line, cue: int) -> tuple[str | None, str | None, str]:
    """Return surname and side of who proposes at token ``cue``, and what decided it."""
    speaker = _speaker(line)
    if line.has(_yours(), 0, min(len(line.tokens), cue + 3)):
        other = _other(story, speaker)
        return other.name, other.area, "your initiative"
    people = [p for p in people_of(story, line) if p.at < cue]
    subject = people[-1] if people and _governs(line, people[-1].at, cue) else None
    if subject is not None:
        return subject.name, subject.area, "its subject"
    if speaker is not None:
        return speaker.name, speaker.area, "the speaker"
    if line.has(_nobody(), 0, cue):
        return None, None, "a group"
    if (after := _said_by(story, line, cue)) is not None:
        return after.name, after.area, "who said so"
    carried = _carried(story, line)
    if carried is not None:
        return carried.name, carried.area, "who spoke last"
    return None, None, "nobody"


def _governs(line: Line, subject: int, cue: int) -> bool:
    return cue - subject <= _NEAR and not any(line.forms[i] == ";" for i in range(subject, cue))


def _speaker(line: Line) -> Person | None:
    turn = line.turn
    if turn is None or turn.name is None:
        return None
    return Person(surname(turn.name.split()[-1]), turn.area, 0)


def _other(story: Story, speaker: Person | None) -> Person:
    area = speaker.area if speaker else None
    sides = [a for a in focus_of(story).areas if is_central_asian(a)]
    if area == "RU":
        return _head(story, sides[0] if sides else None)
    return _head(story, "RU")


def _said_by(story: Story, line: Line, cue: int) -> Person | None:
    """Return who is named after a quotation ("— said Putin") or behind "by", "from"."""
    people = [p for p in people_of(story, line) if p.at > cue]
    for person in people:
        if line.has(_credits(), max(cue, person.at - 4), person.at):
            return person
    if not line.has(_said(), cue):
        return None
    return next((p for p in people_of(story, line) if p.at > cue), None)


def _carried(story: Story, line: Line) -> Person | None:
    """Return who speaks in this stretch of a report: the last person who is told to say a thing."""
    here = line.number
    for other in reversed(story.lines[max(0, here - 40) : here]):
        if other.turn is not None:
            return None
        found = [p for p in people_of(story, other) if p.area]
        if found and (other.has(_said()) or other.number < 3):
            return found[0]
    return None


@lru_cache(maxsize=4096)
def people_of(story: Story, line: Line) -> tuple[Person, ...]:
    """Return the people and sides that a line names, in order."""
    found: dict[int, Person] = {}
    for hit in line.find(_offices()):
        area = _area_beside(line, hit)
        if area is None and hit.entry in load("proposers")["home"]:
            area = state_of_publisher(story.release.source)
        if area == THIRD:
            continue
        if hit.value == "head":
            found[hit.first] = _replaced(_head(story, area or _own(story)), hit.first)
        elif area in AREAS:
            found[hit.first] = Person(None, area, hit.first)
    for i, token in enumerate(line.tokens):
        if token.kind == "word" and token.text[0].isupper() and (known := _known(line.forms[i])):
            found[i] = Person(known[0], known[1], i)
    for i, person in _strangers(story, line).items():
        found.setdefault(i, person)
    return tuple(found[i] for i in sorted(found))


def _area_beside(line: Line, hit: Hit[str]) -> str | None:
    """Return the side of an office: "Uzbek side", "side of Uzbekistan", "Omsk's new akim".

    What stands beyond a proposing verb is not its own: "the Uzbek side proposed to Russia".
    """
    cut = min((h.first for h in line.find(cues()) if h.first >= hit.last), default=len(line.tokens))
    right = min(cut, hit.last + 4)
    spans = ((hit.first - 1, hit.first), (hit.last, right), (hit.first - 3, hit.first))
    for low, high in spans:
        found = [m.code for m in line.parties if low <= m.first < high]
        if found:
            return found[0]
    return None


def _replaced(person: Person, at: int) -> Person:
    return Person(person.name, person.area, at)


def _own(story: Story) -> str | None:
    publisher = state_of_publisher(story.release.source)
    sides = [a for a in focus_of(story).areas if is_central_asian(a)]
    return publisher or (sides[0] if len(sides) == 1 else None)


def _head(story: Story, area: str | None) -> Person:
    """Return the head of a state at the time of a release."""
    year = story.published.year if story.published else 0
    for name, entry in load("leaders")["people"].items():
        terms = entry.get("heads", ())
        if entry["area"] == area and any(a <= year <= b for a, b in reversed(terms)):
            later = [
                n
                for n, e in load("leaders")["people"].items()
                if e["area"] == area and any(a == year for a, _ in e.get("heads", ()))
            ]
            named = {p for p in (name, *later) if _is_named(story, p)}
            return Person(sorted(named)[0] if named else str(name), area, 0)
    return Person(None, area, 0)


def _is_named(story: Story, name: str) -> bool:
    text = fold(story.release.text)
    return any(stem in text for stem in load("leaders")["people"][name]["stems"])


def _strangers(story: Story, line: Line) -> dict[int, Person]:
    """Return people that no list knows: a capitalised name right before a proposing verb."""
    found = {}
    for hit in line.find(cues()):
        i = hit.first - 1
        while i > 0 and line.forms[i] in ("also", "then", "also,", "has", "had", ","):
            i -= 1
        if hit.value == "proposed" and i >= 0 and _is_name(line, i):
            area = _area_of(story, line.forms[i])
            if area is not None:
                body = line.keys[i] in load("proposers")["bodies"]
                found[i] = Person(None if body else surname(line.tokens[i].text), area, i)
        elif hit.value == "proposed" and (state := _state_at(line, i)):
            found[i] = Person(None, state, i)
    return found


def _state_at(line: Line, i: int) -> str | None:
    """Return the side that a state, its capital or its company stands for as a subject."""
    end = i if line.keys[i] in load("proposers")["firms"] else i + 1  # "Kazakh companies"
    named = [m for m in line.parties if m.last == end and m.kind in ("state", "cities", "firms")]
    if len(named) != 1 or named[0].code not in AREAS:
        return None
    before = line.forms[named[0].first - 1] if named[0].first else ""
    return None if before in load("proposers")["leads_in"] else named[0].code


def _is_name(line: Line, i: int) -> bool:
    token = line.tokens[i]
    taken = any(m.first <= i < m.last for m in line.parties)
    if token.kind != "word" or not token.text[0].isupper() or token.text.isupper() or taken:
        return False
    return (i > 0 and line.tokens[i - 1].text[0].isupper()) or (
        i == 0 and len(token.text) > 4 and not line.has(_nobody(), 0, 2)
    )


@lru_cache(maxsize=1024)
def _area_of(story: Story, form: str) -> str | None:
    """Return the side of somebody: that of the party named nearest to the first mention."""
    for line in story.lines:
        if form in line.forms:
            at = line.forms.index(form)
            cut = min((h.first for h in line.find(cues()) if h.first > at), default=len(line.forms))
            told = [m for m in line.parties if m.code != THIRD and m.first < cut]
            near = sorted((abs(m.first - at), m.code) for m in told)
            if near:
                return near[0][1]
    return state_of_publisher(story.release.source)


def surname(name: str) -> str | None:
    """Return a surname as we write it: a known one in English, another as it stands."""
    known = _known(fold(name))
    if known:
        return known[0]
    return None if re.search("[а-яё]", name.lower()) else name


@lru_cache(maxsize=20_000)
def _known(form: str) -> tuple[str, str] | None:
    for stem, name, area in _stems():
        if form.startswith(stem) and len(form) - len(stem) <= 3:
            return name, area
    return None


@cache
def _stems() -> list[tuple[str, str, str]]:
    people = load("leaders")["people"].items()
    return [(s, str(name), e["area"]) for name, e in people for s in e["stems"] if " " not in s]


@cache
def _offices() -> Phrases[str]:
    lexicon = load("proposers")["offices"]
    return exact((entry, kind) for kind, entries in lexicon.items() for entry in entries)


@cache
def _said() -> Phrases[str]:
    return one_of(load("proposers")["said"])


@cache
def _credits() -> Phrases[str]:
    return one_of(load("proposers")["credits"])


@cache
def _nobody() -> Phrases[str]:
    return one_of(load("proposers")["groups"])


@cache
def _yours() -> Phrases[str]:
    return one_of(load("initiatives")["yours"])
