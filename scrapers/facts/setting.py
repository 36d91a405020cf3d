"""When and where: which of the dates and cities of a line belong to which of its events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from scrapers.facts.lexicon import Phrases
from scrapers.facts.mentions import Mention, one_of_words, words
from scrapers.facts.places import Place
from scrapers.facts.reading import Line, Story, one_of
from scrapers.facts.when import When
from scrapers.facts.words import load

_REACH = {"day": 45, "weekday": 30, "about": 30, "month": 25, "year": 9}
_BREAKS = frozenset((";", "while", "whereas", "but", "а", "но"))
_RELATIVE = frozenset(("which", "where", "who", "that", "который", "где"))


def date_of(mention: Mention, beside: Sequence[Mention]) -> When | None:
    """Return the date of an event: the nearest that belongs to no other one of its line."""
    best: tuple[float, When] | None = None
    for when in mention.line.dates:
        if not dates_events(when) and not is_half_ahead(when, mention.line.published):
            continue
        cost = None if _is_told_on(mention.line, when) else _cost(mention, when)
        if cost is None or _nearer(mention, beside, when, cost):
            continue
        if best is None or cost < best[0]:
            best = (cost, when)
    return best[1] if best else None


def _is_told_on(line: Line, when: When) -> bool:
    """Whether a date is that of the telling: "released on June 4", or one of a dateline."""
    first = line.at(when.start)
    if any(form in words("reported") for form in line.keys[max(0, first - 2) : first]):
        return True
    dateline = first <= _DATELINE and line.tokens[0].text.isupper() and len(line.dates) > 1
    after = line.forms[first : first + 9]
    return dateline and line.dates[0] is when and any(f in ("–", "-", "—", "/") for f in after)


_DATELINE = 4  # tokens before the date of a dateline


def _nearer(mention: Mention, beside: Sequence[Mention], when: When, cost: float) -> bool:
    costs = [_cost(other, when) for other in beside if other is not mention]
    return any(c is not None and c < cost for c in costs)


def dates_events(when: When) -> bool:
    """Whether a date is one on which things happen: a day, month or year, no stretch of them."""
    if when.kind in ("since", "by"):
        return False
    return when.rule in _dates() or when.rule.startswith("weekday")


@cache
def _dates() -> frozenset[str]:
    return frozenset(load("settings")["dates"]) | frozenset(load("when")["relative"])


def is_half_ahead(when: When, published: date | None) -> bool:
    """Whether a date is a half of a year that is not over: things are planned for it."""
    if when.rule != "half" or published is None:
        return False
    return when.iso.rpartition("/")[2][:7] > f"{published:%Y-%m}"


def _precision(when: When) -> str:
    if when.kind in ("weekday", "about"):
        return when.kind
    return {4: "year", 7: "month"}.get(len(when.iso.split("/")[0]), "day")


def _cost(mention: Mention, when: When) -> float | None:
    """Return how far a date is from an event, None where it cannot be its own."""
    line = mention.line
    first = line.at(when.start)
    last = max(first + 1, line.at(when.end - 1) + 1)
    if mention.first <= first < mention.last:
        covers = len(when.iso) == len("2025") and line.forms[first - 1] in ("for", "на")
        return None if covers else 0.0  # "a meeting on the plan for 2026"
    low, high = (last, mention.first) if last <= mention.first else (mention.last, first)
    stretch = line.forms[low:high]
    if first and line.forms[first - 1] in ("until", "till", "through", "до"):
        return None
    if any(form in _BREAKS for form in stretch):
        return None
    if when.rule == "eve" and last <= mention.first and stretch[:1] == ["of"] and len(stretch) <= 3:
        return None  # "on the eve of the summit": the date of what is told beside it
    cost = float(len(stretch)) + 4 * sum(form in _RELATIVE for form in stretch)
    if last <= mention.first and first <= 3:
        cost = min(cost, 6.0)  # "On 9 October, …": the day of all that the line tells
    return cost if cost <= _REACH[_precision(when)] else None


def place_of(mention: Mention, beside: Sequence[Mention]) -> str | None:
    """Return the city of an event: one that the line is set in, and nearer to no other event."""
    best: tuple[float, str] | None = None
    for place in mention.line.places:
        cost = _distance(mention, place)
        if not _sets(mention, place, alone=len(beside) < 2):
            continue
        others = [_distance(other, place) for other in beside if other is not mention]
        if any(c < cost for c in others):
            continue
        if best is None or cost < best[0]:
            best = (cost, place.name)
    return best[1] if best else None


def _distance(mention: Mention, place: Place) -> float:
    if mention.first <= place.first < mention.last:
        return 0.0
    low, high = sorted((place.first, mention.head))
    return float(high - low)


def _sets(mention: Mention, place: Place, *, alone: bool) -> bool:
    """Whether the way in which a city is named makes it where things happen."""
    inside = mention.first <= place.first < mention.last
    if place.how in ("line", "pair"):
        return False
    if mention.type == "visit" and not inside and _leads_elsewhere(mention):
        return False
    if place.how == "to" and mention.type != "visit" and not inside:
        return not alone or _where(mention.line, place.last)
    return place.how != "name" or inside or _hosts(mention.line, place.last)


def _leads_elsewhere(mention: Mention) -> bool:
    """Whether a visit's own words name a state, and its line tells of no arrival in a city."""
    line = mention.line
    if line.has(one_of_words("arriving")) and not line.has(one_of_words("returning")):
        return False
    return goal_of(mention) is not None or bool(line.has(one_of_words("returning")))


def goal_of(mention: Mention) -> str | None:
    """Return the state that a visit leads to: "his visit to Russia", "визит в Россию"."""
    line = mention.line
    for party in line.parties:
        near = mention.head < party.first <= mention.last + _GOAL
        before = line.forms[max(0, party.first - 3) : party.first]
        leads = _TO.intersection(before) and "," not in before
        if near and leads and party.kind == "state":
            return party.code
    return None


_GOAL = 5  # words between a visit and where it leads
_TO = frozenset(("to", "в", "во"))


def _where(line: Line, after: int) -> bool:
    return any(form in ("where", "где") for form in line.forms[after : after + 2])


def _hosts(line: Line, after: int) -> bool:
    return any(form in load("settings")["hosts"] for form in line.keys[after : after + 3])


def setting_of(story: Story, *, dateline: bool = True) -> str | None:
    """Return the city that a release is set in: named in its title or first lines.

    Where a visit goes ("visited the mine") no ``dateline`` tells.
    """
    head = [story.title, *(line for line in story.lines[:2] if line.turn is None)]
    for how in (("in",), ("line",))[: 1 + dateline]:
        for line in head:
            for place in line.places:
                if place.how in how:
                    return place.name
    return next((name for line in story.lines[:40] if (name := _welcomed(line))), None)


def _welcomed(line: Line) -> str | None:
    """Return the city in which somebody is welcomed in talk: "here in Chelyabinsk"."""
    if line.turn is None or line.has(_welcomes()) is None:
        return None
    return next((p.name for p in line.places), None)


def day_of(story: Story) -> str | None:
    """Return the day that a release tells of: one named in its first lines, else its own."""
    if story.published is None:
        return None
    oldest = (story.published - timedelta(10)).isoformat()
    for line in story.lines[:2]:
        for when in line.dates if line.turn is None else ():
            whole = when.kind in ("day", "weekday") and len(when.iso) == 10
            if whole and oldest <= when.iso <= story.published.isoformat():
                return when.iso
    return story.published.isoformat()


@cache
def _welcomes() -> Phrases[str]:
    return one_of(load("settings")["welcomes"])
