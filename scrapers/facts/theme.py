"""What a whole release measures most: it tells of a figure that no word near by explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.facts.cues import Cue, allowed_for, cues, unit_kind
from scrapers.facts.evidence import Passage
from scrapers.facts.once import once

_PEOPLE = frozenset(
    ("labour.migrants", "tourism.visitors", "education.students", "transport.passengers")
)
LONGEST = 80  # sentences; a longer conversation has many themes
TITLE, STRONG = 3, 5  # how often the title counts; the least weight of a cue that tells a theme
_NONE = ("events.", "macro.")  # said of everything, and what a release is about of few
_KINDS = ("money", "percent", "times", "t")  # a thing counted is named, or is none of a theme


@dataclass(frozen=True)
class Theme:
    """The indicators that a release speaks of, counted when a figure first asks."""

    passages: Sequence[Passage]
    title: Passage

    def of(self, unit: str) -> tuple[str, str] | None:
        """Return the indicator that the text speaks of most, of those that take a unit."""
        kind = unit_kind(unit)
        if kind not in _KINDS:
            return None
        allowed = allowed_for(kind) - {"other"}
        counts = [(count, name) for name, count in self.spoken.items() if name in allowed]
        return (max(counts)[1], "theme of the release") if counts else None

    @once
    def spoken(self) -> Counter[str]:
        """How often each indicator is spoken of strongly."""
        counts: Counter[str] = Counter()
        for passage in (self.title, *self.passages) if len(self.passages) <= LONGEST else ():
            for hit in passage.find(cues()):
                for name in filter(None, map(_strong, hit.value)):
                    counts[name] += TITLE if passage is self.title else 1
        return counts

    @once
    def people(self) -> str | None:
        """What the people are that the text speaks of most: migrants, students, guests."""
        told = Counter({name: n for name, n in self.spoken.items() if name in _PEOPLE})
        first, second = [*told.most_common(2), ("", 0), ("", 0)][:2]
        return first[0] if first[1] >= 2 * second[1] and first[1] > 1 else None


def _strong(cue: Cue) -> str | None:
    name, weight = cue
    return name if weight >= STRONG and not name.startswith(_NONE) else None
