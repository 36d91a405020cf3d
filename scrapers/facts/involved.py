"""Whose a fact is: the codes of its parties, from its own words, its line, then its release.

A fact counts only between Central Asia and Russia, or inside a bloc of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from scrapers.facts.lexicon import Phrases
from scrapers.facts.parties import BLOCS, THIRD, Mention, is_central_asian, state_of_publisher
from scrapers.facts.reading import Line, Story, exact, one_of
from scrapers.facts.words import load
from warehouse.fields import CENTRAL_ASIA

UNIONS = ("EAEU", "CIS", "SCO")
_PASSING = 0.34  # a state named less than this often beside the most named one is in passing


@dataclass(frozen=True, slots=True)
class Focus:
    """What a release is about: its Central Asian side, or a bloc; whether Russia is in it."""

    areas: tuple[str, ...]
    russia: bool
    third: bool


@lru_cache(maxsize=4)
def focus_of(story: Story) -> Focus:
    """Return the parties that a release is about, the title deciding before the text."""
    titled = Counter(m.code for m in _meant(story.title))
    body = story.title.has(_bodies())
    counts: Counter[str] = Counter()
    for line in (story.title, *story.lines):
        for mention in _meant(line):
            counts[mention.code] += 3 if mention.strong else 1
    named = {m.code for line in (story.title, *story.lines) for m in line.parties}
    russia = "RU" in named or state_of_publisher(story.release.source) == "RU"
    third = counts[THIRD] > 0 and THIRD in titled and "RU" not in titled
    lead = Counter(m.code for line in story.lines[:2] for m in _meant(line) if m.strong)
    cities = Counter(m.code for m in story.title.parties)
    everywhere = Counter(m.code for line in story.lines for m in line.parties)
    areas = _side(titled) or _side(lead) or _side(cities) or _side(counts) or _side(everywhere)
    most = max((n for c, n in counts.items() if is_central_asian(c)), default=0)
    if not (_side(titled) or _side(lead)) and counts[THIRD] > 3 * most:
        areas = ()  # of others, and of ours in passing
    if body is not None:
        areas = tuple(c for c in body.value if c != "RU")
        russia = russia or "RU" in body.value
    publisher = state_of_publisher(story.release.source)
    if not areas and russia and publisher in CENTRAL_ASIA and not counts[THIRD]:
        areas = (publisher,)  # "agreements with Russia", told at home
    if publisher in UNIONS and not {c for c in areas if is_central_asian(c)} & set(titled):
        areas = (publisher,)
    third = third and not (areas and areas[0] in UNIONS)
    return Focus(areas, russia, third)


def _meant(line: Line) -> list[Mention]:
    """Return the parties of a line that somebody speaks for or of: no cities, and not the region
    where it is part of a quoted name ("Innoprom. Central Asia").
    """
    found = [m for m in line.parties if m.kind in ("state", "bloc", "people")]
    return [m for m in found if m.code != "C5" or not _in_a_name(line, m)]


def _in_a_name(line: Line, mention: Mention) -> bool:
    before = "".join(line.forms[max(0, mention.first - 6) : mention.first])
    after = "".join(line.forms[mention.last : mention.last + 6])
    quoted = any(q in before for q in "«“") and any(q in after for q in "»”")
    return quoted and "росси" not in before + after and "russia" not in before + after


def _side(counts: Counter[str]) -> tuple[str, ...]:
    if counts["C5"]:
        return ("C5",)
    states = {c: n for c, n in counts.items() if is_central_asian(c)}
    if states:
        most = max(states.values())
        kept = sorted(c for c, n in states.items() if n >= _PASSING * most)
        return ("C5",) if len(kept) == len(CENTRAL_ASIA) else tuple(kept)
    unions = [(counts[b], b) for b in UNIONS if counts[b]]
    return (max(unions)[1],) if unions else ()


def areas_of(story: Story, line: Line, first: int, last: int) -> tuple[list[str], str] | None:
    """Return the parties of a fact at tokens ``first`` to ``last``, and what decided; None if
    it is none of ours.
    """
    body = line.has(_bodies(), first, last)
    if body is not None:
        return list(body.value), f"body: {body.entry}"
    inside = [m for m in line.parties if first <= m.first < last]
    own = _named(inside, strong=True)
    focus = focus_of(story)
    union = bool(focus.areas) and focus.areas[0] in UNIONS
    if THIRD in {m.code for m in inside} and not own & {"RU"} and not _wider(line, first, last):
        return (list(focus.areas), "bloc of the release") if union else None
    if (both := _both(own)) is not None:
        return both, "its own words"
    near = [m for m in _clause(line, first, last) if not _in_union(line, m, first, last)]
    beside = _named(near, strong=False)
    towns = {p.first for p in line.places if p.how == "in"}  # where something is, is no party
    thirds = any(m.code == THIRD and m.kind == "state" and m.first not in towns for m in near)
    if thirds and "RU" not in beside | own and not _wider(line, first, last) and not union:
        return None
    if (both := _both(own | beside)) is not None:
        return both, "its line"
    return _completed(own | beside, own, focus)


def _completed(said: set[str], own: set[str], focus: Focus) -> tuple[list[str], str] | None:
    """Complete one side by the other of the release."""
    if focus.third and "RU" not in said:
        return None
    states = {c for c in said if is_central_asian(c) or c == "C5"}
    if unions := [c for c in own if c in UNIONS]:
        return unions[:1], "bloc of the line"
    if focus.areas and focus.areas[0] in UNIONS:
        return list(focus.areas), "bloc of the release"
    if states and focus.russia:
        wide = not states & own and (len(focus.areas) > 2 or "C5" in focus.areas)
        whose = {*focus.areas} if wide and states <= {*CENTRAL_ASIA} else states
        return _sorted(whose | {"RU"}), "its line and the release"
    if not focus.areas:
        return None
    return (_sorted({*focus.areas, "RU"}), "topic of the release") if focus.russia else None


def _both(codes: set[str]) -> list[str] | None:
    states = {c for c in codes if is_central_asian(c) or c == "C5"}
    return _sorted(states | {"RU"}) if states and "RU" in codes else None


def _sorted(codes: set[str]) -> list[str]:
    if "C5" in codes or set(CENTRAL_ASIA) <= codes:
        codes = (codes - set(CENTRAL_ASIA)) | {"C5"}
    return sorted(codes - {THIRD, *UNIONS})


def _named(found: Iterable[Mention], *, strong: bool) -> set[str]:
    kinds = ("state", "bloc", "people") if strong else ("state", "bloc", "people", "firms")
    return {m.code for m in found if m.kind in kinds}


def _clause(line: Line, first: int, last: int) -> list[Mention]:
    """Return the parties of the stretch between semicolons around a fact."""
    start = max((i for i in range(first) if line.forms[i] == ";"), default=0)
    end = min((i for i in range(last, len(line.forms)) if line.forms[i] == ";"), default=10**6)
    return [m for m in line.parties if start <= m.first < end]


def _in_union(line: Line, mention: Mention, first: int, last: int) -> bool:
    """Whether a party stands in the name of another gathering of the line."""
    return mention.code in BLOCS and mention.code != "C5" and not first <= mention.first < last


def _wider(line: Line, first: int, last: int) -> bool:
    return line.has(_groups(), first, last) is not None


@cache
def _groups() -> Phrases[str]:
    return one_of(load("leaders")["wider"])


@cache
def _bodies() -> Phrases[tuple[str, ...]]:
    bodies = load("leaders")["bodies"].values()
    return exact((name, tuple(body["areas"])) for body in bodies for name in body["names"])
