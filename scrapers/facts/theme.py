"""What a whole release measures most: it tells of a figure that no word near by explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scrapers.facts.cues import allowed_for, cues, unit_kind
from scrapers.facts.evidence import Passage

TITLE, STRONG = 3, 5  # how often the title counts; the least weight of a cue that tells a theme
_KINDS = ("money", "percent", "times", "t")  # a thing counted is named, or is none of a theme


def theme_of(passages: Iterable[Passage], title: Passage, unit: str) -> tuple[str, str] | None:
    """Return the indicator that the text speaks of most, of those that take a unit."""
    kind = unit_kind(unit)
    if kind not in _KINDS:
        return None
    allowed = allowed_for(kind) - {"other"}
    counts: Counter[str] = Counter()
    for passage, times in [(title, TITLE), *((p, 1) for p in passages)]:
        for hit in passage.find(cues()):
            for name, weight in hit.value:
                if name in allowed and weight >= STRONG and not name.startswith("events."):
                    counts[name] += times
    if not counts:
        return None
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0], "theme of the release"
