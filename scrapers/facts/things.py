"""Things that can later be found done or not done: which phrases name one, and which only wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.parties import parties_of
from scrapers.facts.reading import Line, one_of
from scrapers.facts.words import load


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing at tokens ``first`` to ``last``, and the cue that makes it an initiative."""

    line: Line
    first: int
    last: int
    cue: int
    status: str
    rule: str

    @property
    def words(self) -> frozenset[str]:
        parties = {i for m in self.line.parties for i in range(m.first, m.last)}
        inside = [self.line.keys[i] for i in range(self.first, self.last) if i not in parties]
        return frozenset(w[:6] for w in inside if len(w) > 3 and not parties_of(w))


def leads_to_another(line: Line, last: int) -> bool:
    """Whether "to" leads from an empty word to the thing: "a project to build a plant"."""
    if line.forms[last : last + 1] != ["to"]:
        return False
    return any(0 < h.first - last <= _AIM for h in line.find(things_list("things")))


def with_its_aim(line: Line, last: int) -> int:
    """Return the end of a vague thing with what it is for: "measures to counter cyber threats"."""
    if line.forms[last : last + 1] not in (["to"], ["the"]):
        return last
    end = last + 1
    while end < len(line.tokens) and end - last < _AIM:
        if line.tokens[end].kind not in ("word", "number") or line.forms[end] in _ENDS:
            break
        end += 1
    return end if end - last > 1 else last


_AIM = 10  # tokens that the aim of a thing may take


_ENDS = frozenset(("which", "that", "who", "in", "by", "as", "was", "were", "is", "are", "will"))


def is_particular(line: Line, hit: Hit[str], first: int, last: int) -> bool:
    """Whether a phrase tells which thing: vague nouns need an adjective, a name or a complement."""
    counted = hit.entry in things_words("counted")  # "to increase the quota" is no wish
    if line.has(things_list("wishes"), max(0, first - 1), hit.last) and not counted:
        return False
    if hit.entry not in things_words("vague"):
        return True
    if hit.entry.startswith(_PROJECTS) and _of_togetherness(line, hit.last, last):
        return False
    own = [k for k in line.keys[first : hit.first] if k not in things_words("quantities")]
    own = [k for k in own if not k[0].isdigit()]
    told = last > hit.last or line.forms[last : last + 1] in (["to"], ["the"], ["a"])
    if any(
        line.tokens[i].text[0].isupper() or line.tokens[i].text in '«“"'
        for i in range(max(1, first), last)
    ):
        return True
    if hit.entry in things_words("empty"):
        return (
            told
            or len(own) > 2
            or (any(k in things_words("particular") for k in own) and len(own) > 1)
        )
    return told or bool(own)


def _of_togetherness(line: Line, start: int, last: int) -> bool:
    """Whether an empty word is only of "cooperation", outside a name."""
    plain = [i for i in range(start, last) if line.tokens[i].text[0].islower()]
    return any(line.keys[i] in things_words("togetherness") for i in plain)


_PROJECTS = ("project", "joint project", "program", "проект", "программ")


def merged(things: Sequence[Thing]) -> list[Thing]:
    """Return each thing once: its first mention, unless a later one is fuller."""
    kept: list[Thing] = []
    for thing in things:
        same = next((k for k in kept if _is_one(k, thing)), None)
        if same is None:
            kept.append(thing)
        elif thing.last - thing.first > same.last - same.first + 2:
            kept[kept.index(same)] = thing
    return kept


def _is_one(a: Thing, b: Thing) -> bool:
    if not a.words or not b.words:
        return False
    shared = a.words & b.words
    if len(shared) < 2:
        return a.words == b.words
    return len(shared) >= 0.75 * min(len(a.words), len(b.words))


@cache
def things_list(name: str) -> Phrases[str]:
    return one_of(load("initiatives")[name])


@cache
def things_words(name: str) -> frozenset[str]:
    return frozenset(load("initiatives")[name])
