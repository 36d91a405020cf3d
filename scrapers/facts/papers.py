"""A document as a line names it, the words that name documents, and which mentions are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from scrapers.facts.lexicon import Phrases
from scrapers.facts.reading import Line, exact, one_of
from scrapers.facts.when import When
from scrapers.facts.words import load


@dataclass(frozen=True, slots=True)
class Paper:
    """A document at tokens ``first`` to ``last`` of a line, and what the line says of it."""

    line: Line
    first: int
    last: int
    head: int
    type: str
    action: str
    when: When | None
    period: str | None
    areas: tuple[str, ...]
    rules: dict[str, str]

    @property
    def start(self) -> int:
        return self.line.tokens[self.first].start

    @property
    def end(self) -> int:
        return self.line.tokens[self.last - 1].end

    @property
    def words(self) -> frozenset[str]:
        inside = range(self.first, self.last)
        kept = (self.line.keys[i][:6] for i in inside if self.line.tokens[i].kind == "word")
        return frozenset(w for w in kept if len(w) > 3)


_MARKS = frozenset("-–—•*·")


def is_item(line: Line) -> bool:
    """Whether a line is a member of a list: it begins with a mark, or the one before ends so."""
    marked = bool(line.forms) and (line.forms[0] in _MARKS or line.tokens[0].kind == "number")
    before = line.before.forms[-1:] if line.before else []
    return marked or before in ([";"], [":"])


def merged(papers: Sequence[Paper]) -> list[Paper]:
    """Return each document once, at its fullest mention, with what the others add."""
    kept: list[Paper] = []
    for paper in papers:
        same = next((k for k in kept if _is_one(k, paper)), None)
        if same is None:
            kept.append(paper)
        else:
            kept[kept.index(same)] = _joined(same, paper)
    return sorted(kept, key=lambda p: p.start)


def _is_one(a: Paper, b: Paper) -> bool:
    if a.type != b.type or set(a.areas).isdisjoint(b.areas):
        return False
    if a.period and b.period and a.period != b.period:
        return False
    if a.words ^ b.words and (a.line is b.line or (is_item(a.line) and is_item(b.line))):
        return False
    if a.type == "package" and (a.words ^ b.words or a.action != b.action):
        return False
    return len(a.words & b.words) >= 0.6 * min(len(a.words), len(b.words))


def _joined(a: Paper, b: Paper) -> Paper:
    best, other = (a, b) if a.end - a.start >= b.end - b.start else (b, a)
    action = best.action if best.action != "prepared" else other.action
    return replace(
        best, action=action, when=best.when or other.when, period=best.period or other.period
    )


@cache
def nouns() -> Phrases[str]:
    lexicon = load("agreements")["nouns"]
    return exact((entry, kind) for kind, entries in lexicon.items() for entry in entries)


@cache
def actions() -> Phrases[str]:
    lexicon = load("agreements")["actions"]
    return exact((entry, action) for action, entries in lexicon.items() for entry in entries)


@cache
def listed(name: str) -> Phrases[str]:
    return one_of(load("agreements")[name])
