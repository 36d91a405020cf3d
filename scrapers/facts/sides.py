"""Which two sides a figure is between: the Central Asian one first, whoever speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.parties import BLOCS, THIRD, Mention, is_central_asian, region

LEAST_THIRD = 0.25
_MARKS = {";": 0.5, ",": 0.92, "(": 0.5, ")": 0.6, ":": 0.9, "while": 0.7, "а": 0.7, "but": 0.7}
_ALONE = ("macro.gdp", "macro.growth")
Sides = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a whole release is about: its Central Asian side, and whether Russia is in it."""

    area: str | None
    russia: bool
    sole: bool  # no other Central Asian state is named more than in passing
    third: bool  # it is about another country than ours


def topic_of(title: Passage, passages: Sequence[Passage], publisher: str | None) -> Topic:
    """Return the topic from title and text: what is named most, the title counting threefold."""
    counts: Counter[str] = Counter()
    for passage, weight in [(title, 4.0), *((p, 1.0) for p in passages)]:
        for mention in passage.parties:
            counts[mention.code] += int(weight * (3 if mention.strong else 1))
        counts["C5"] += int(weight * 2 * len(passage.find(region())))
    ours = Counter({c: n for c, n in counts.items() if is_central_asian(c) or c == "C5"})
    area = _most(ours, title) or _bloc(counts)
    total = sum(n for c, n in ours.items() if is_central_asian(c))
    sole = bool(area) and is_central_asian(area or "") and ours[area or ""] >= 0.7 * total
    titled = {m.code for m in title.parties}
    third = THIRD in titled and not any(is_central_asian(c) or c in BLOCS for c in titled)
    return Topic(area, counts["RU"] > 0 or publisher == "RU", sole, third)


def _most(ours: Counter[str], title: Passage) -> str | None:
    titled = {m.code for m in title.parties if is_central_asian(m.code) or m.code == "C5"}
    if len(titled) == 1:
        return titled.pop()
    if not ours:
        return None
    states = [c for c, n in ours.most_common() if is_central_asian(c)]
    area, count = max(ours.items(), key=lambda item: (item[1], item[0]))
    if area != "C5" and len([c for c in states if ours[c] > 0.4 * count]) >= 3:
        return "C5"
    return area


def _bloc(counts: Counter[str]) -> str | None:
    blocs = [(counts[b], b) for b in BLOCS if counts[b]]
    return max(blocs)[1] if blocs else None


def sides_of(
    passage: Passage,
    amount: Quantity,
    topic: Topic,
    indicator: str,
    speaker: str | None,
    carried: str | None,
) -> tuple[Sides | None, str]:
    """Return the sides of a figure and what decided; None where it is none of ours."""
    mention = _named(passage, amount)
    if mention is not None and mention.code == THIRD:
        return None, "a third country"
    area, rule = _area(passage, mention, topic, speaker, carried)
    if area is None:
        return (("RU", None), "Russia alone") if _russia_alone(passage, topic) else (None, "nobody")
    if area == "RU":
        return ("RU", None), rule
    return (area, _other(passage, area, topic, indicator, speaker)), rule


def _named(passage: Passage, amount: Quantity) -> Mention | None:
    """Return the party other than Russia named nearest to a figure in its clause."""
    best, found = 0.0, None
    for mention in passage.parties:
        if mention.code == "RU":
            continue
        near = _near(passage, mention, amount) * (1.0 if mention.strong else 0.55)
        if mention.code == THIRD:
            near *= 0.8
            if near < LEAST_THIRD:
                continue
        if near > best:
            best, found = near, mention
    return found


def _near(passage: Passage, mention: Mention, amount: Quantity) -> float:
    if mention.last <= amount.first:
        between = range(mention.last, amount.first)
        slope = 0.04
    else:
        between = range(amount.last, mention.first)
        slope = 0.06
    weight = 1.0 / (1.0 + slope * len(between))
    for i in between:
        weight *= _MARKS.get(passage.forms[i], 1.0)
    others = sum(1 for a in passage.amounts if a is not amount and a.first in between)
    return weight * (0.8**others if mention.last <= amount.first else 0.55**others)


def _area(
    passage: Passage,
    mention: Mention | None,
    topic: Topic,
    speaker: str | None,
    carried: str | None,
) -> tuple[str | None, str]:
    if mention is not None and (mention.strong or not topic.sole):
        return mention.code, f"named: {passage.forms[mention.first]}"
    if passage.find(region()) and (topic.area == "C5" or not topic.sole):
        return "C5", "the region"
    if carried and not topic.sole:
        return carried, "carried along"
    if speaker and is_central_asian(speaker) and not topic.area:
        return speaker, "the speaker's state"
    if topic.area:
        return topic.area, "topic of the release"
    return None, "nobody"


def _russia_alone(passage: Passage, topic: Topic) -> bool:
    return False


def _other(
    passage: Passage, area: str, topic: Topic, indicator: str, speaker: str | None
) -> str | None:
    if indicator in _ALONE:
        return None
    if any(m.code == "RU" for m in passage.parties):
        return "RU"
    if area in BLOCS and area != "C5":
        return None
    return "RU" if topic.russia else None
