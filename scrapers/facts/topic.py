"""What a whole release is about: the side named most, and whether Russia or third countries are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.facts.clues import PARTY, REGION
from scrapers.facts.evidence import Passage
from scrapers.facts.named import named_region, names_russia, of_ours
from scrapers.facts.parties import BLOCS, STRONG, THIRD, is_central_asian

PASSING = 3  # how much Russia may count where two others are the sides
LONG, SPARSE = 30, 0.08  # sentences of a text, and the part of them that names our states


@dataclass(frozen=True, slots=True)
class Topic:
    """What a whole release is about: its Central Asian side, and whether Russia is in it."""

    area: str | None
    sole: bool  # no other Central Asian state is named more than in passing
    russia: bool  # the headline or the publisher is Russian, or tells of both sides
    anywhere: bool  # Russia is named somewhere
    passing: bool = False  # about something else: our states are named here and there
    third: bool = False  # the headline names third countries, and neither us nor Russia
    home: bool = False  # the publisher's own state, or the only one in the headline
    pair: tuple[str, str] | None = None  # two states of the region that the headline is about


def topic_of(title: Passage, passages: Sequence[Passage], publisher: str | None) -> Topic:
    """Return the topic from title and text: what is named most, the title counting fourfold."""
    counts: Counter[str] = Counter()
    for passage in (title, *passages):
        if passage.clues & (PARTY | REGION):
            weight = 4 if passage is title else 1
            for code, kind in passage.named:
                counts[code] += weight * (3 if kind in STRONG else 1)
            counts["C5"] += weight * 2 * named_region(passage)
    if publisher and is_central_asian(publisher):
        counts[publisher] += 3
    ours = Counter({c: n for c, n in counts.items() if is_central_asian(c) or c == "C5"})
    area = _bloc_of(title, counts, publisher) or _most(ours, title) or _bloc(counts)
    if area is None and publisher and is_central_asian(publisher):
        area = publisher
    total = sum(n for c, n in ours.items() if is_central_asian(c))
    sole = is_central_asian(area or "") and ours[area or ""] >= 0.7 * total
    russia = publisher == "RU" or names_russia(title)
    ours_nowhere = not (publisher and publisher != "RU") and not of_ours(title)
    third = ours_nowhere and not names_russia(title) and _names_third(title)
    passing = ours_nowhere and _passing(passages)
    home = area is not None and (area == publisher or _titled(title) == {area})
    pair = _pair(title, publisher) if counts["RU"] <= PASSING else None
    return Topic(area, sole, russia, counts["RU"] > 0, passing, third, home, pair)


def _pair(title: Passage, publisher: str | None) -> tuple[str, str] | None:
    """As "Uzbekistan, Kazakhstan agree on trade": the publisher's state first."""
    named = list(dict.fromkeys(code for code, kind in title.named if kind in STRONG))
    if len(named) != 2 or not all(map(is_central_asian, named)):
        return None
    first, second = named
    return (second, first) if publisher == second else (first, second)


def _titled(title: Passage) -> set[str]:
    return {m.code for m in title.parties if m.strong and is_central_asian(m.code)}


def _passing(passages: Sequence[Passage]) -> bool:
    """Whether a long text of another matter names our states here and there."""
    return len(passages) >= LONG and sum(map(of_ours, passages)) < SPARSE * len(passages)


def _names_third(passage: Passage) -> bool:
    return any(code == THIRD and kind in STRONG for code, kind in passage.named)


def _bloc_of(title: Passage, counts: Counter[str], publisher: str | None) -> str | None:
    """A bloc's own releases are about the bloc, unless the headline names a state."""
    strong = [m for m in title.parties if m.strong]
    titled = {m.code for m in strong if is_central_asian(m.code) or m.code == "C5"}
    blocs = {m.code for m in title.parties if m.code in BLOCS and m.code != "C5"}
    if titled:
        return None
    if publisher in BLOCS:
        return publisher
    return blocs.pop() if len(blocs) == 1 and not any(counts[c] > 12 for c in titled) else None


def _most(ours: Counter[str], title: Passage) -> str | None:
    for strong in (True, False):
        named = (m for m in title.parties if m.strong or not strong)
        titled = {m.code for m in named if is_central_asian(m.code) or m.code == "C5"}
        if len(titled) == 1:
            return titled.pop()
    if not +ours:
        return None
    area, count = max(ours.items(), key=lambda item: (item[1], item[0]))
    states = [c for c in ours if is_central_asian(c) and ours[c] > 0.4 * count]
    return "C5" if len(states) >= 3 else area


def _bloc(counts: Counter[str]) -> str | None:
    blocs = [(counts[b], b) for b in BLOCS if counts[b]]
    return max(blocs)[1] if blocs else None
