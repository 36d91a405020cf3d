"""The party that stands nearest to a figure in its clause."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.named import in_a_name
from scrapers.facts.parties import BLOCS, THIRD, Mention, is_central_asian
from scrapers.facts.topic import Topic
from scrapers.facts.trade_roles import of_goods

_MARKS = {";": 0.5, ",": 0.92, "(": 0.5, ")": 0.6, ":": 0.9, "while": 0.7, "а": 0.7, "but": 0.7}
_ASIDE = frozenset(
    ("though", "which", "where", "compared", "after", "and", "behind", ",", "that", "is", "at")
)
_BEHIND = frozenset(("after", "behind", "following", "после", "вслед", "за"))
_THROUGH = frozenset(("через", "through", "via"))
_DENIED = re.compile(
    r"не\s+(?:входит|состоит|член)|not\s+(?:a\s+member|in\s+the|part\s+of)|outside\s+the|non-member"
)
_ATTACHED = ("", "of", "из", "with", "с", "со", "from", "to")
LEAST = 0.42  # a party to the right of a figure, or named in passing, must stand near
FAR = 0.2
LEAST_THIRD = 0.25


def nearest_party(passage: Passage, amount: Quantity, topic: Topic) -> Mention | None:
    """Return the party other than Russia that stands nearest to a figure in its clause."""
    best, found = 0.0, None
    for mention in passage.parties:
        if mention.code == "RU" or in_a_name(passage, mention):
            continue
        near = _weight(passage, mention, amount, topic)
        if near > best:
            best, found = near, mention
    return found


def _weight(passage: Passage, mention: Mention, amount: Quantity, topic: Topic) -> float:
    near = _near(passage, mention, amount)
    right = mention.first >= amount.first
    told_aside = bool(_ASIDE.intersection(passage.forms[amount.last : mention.first]))
    if mention.code == THIRD:
        if _mentioned_with(passage, mention):
            return 0.0
        told = passage.forms[amount.last : mention.first]
        beside = right and " ".join(told[:1]) in _ATTACHED and len(told) <= 2
        right_beside = 0.95 if beside else 0.7
        near *= 0.8 if not right else right_beside if _attached(passage, amount, mention) else 0.1
        return near if near >= LEAST_THIRD else 0.0
    if mention.code in BLOCS and mention.code != "C5":
        among = any(is_central_asian(m.code) and m.strong for m in passage.parties)
        if _DENIED.search(passage.ctx.folded):
            return 0.0
        near *= 0.45 if among else 1.0 if mention.code == topic.area else 0.8
        if right and amount.unit == "percent" and passage.forms[amount.last] in ("of", "от"):
            near *= 0.2  # "20 percent of all trade with the CIS": a part of it is not its own
    if right and _russia_nearer(passage, amount, mention):
        near = 0.0  # "half went to Russia, and Kazakhstan took …"
    on_the_way = set(passage.forms[max(0, mention.first - 2) : mention.first]) & _THROUGH
    others = any(is_central_asian(m.code) and m.code != mention.code for m in passage.parties)
    if on_the_way and (others or topic.area not in (None, mention.code)):
        return 0.0
    if (
        mention.code != topic.area
        and of_goods(passage, mention)
        and is_central_asian(topic.area or "")
    ):
        near *= 0.6  # "paid for Turkmen and Russian gas"
    if not right and _next_named(passage, mention, amount):
        near *= 0.8
    if not mention.strong:
        near *= 0.55
    if right and told_aside:
        behind = _BEHIND.intersection(passage.forms[amount.last : mention.first])
        near *= 0.0 if behind else 0.5
    if right and near < FAR and is_central_asian(topic.area or ""):
        return 0.0  # past a semicolon and other amounts
    other = right and topic.sole and mention.code != topic.area
    return 0.0 if other and (near < LEAST or told_aside) else near


def _russia_nearer(passage: Passage, amount: Quantity, mention: Mention) -> bool:
    """Whether Russia, after a figure, stands in a clause before that of a state."""
    between = range(amount.last, mention.first)
    marked = any(passage.forms[i] in (",", ";", "while", "а", "and", "и") for i in between)
    russia = [m for m in passage.parties if m.code == "RU" and m.strong]
    just_before = any(0 <= amount.first - m.last <= 1 for m in russia)
    return marked and (just_before or any(m.first in between for m in russia))


def _next_named(passage: Passage, mention: Mention, amount: Quantity) -> bool:
    """As "31 percent in Tajikistan and 33 in Kyrgyzstan": each has its own right after it."""
    earlier = any(a.last <= mention.first for a in passage.amounts if a is not amount)
    after = passage.forms[amount.last : amount.last + 1]
    return (
        earlier
        and after in (["in"], ["from"], ["to"], ["for"], ["в"], ["из"], ["для"], ["у"])
        and any(m.first == amount.last + 1 and m.strong for m in passage.parties)
    )


def _attached(passage: Passage, amount: Quantity, mention: Mention) -> bool:
    """Whether a third country after a figure belongs to it: "5 bcm to China"."""
    between = passage.forms[amount.last : mention.first]
    marked = any(t.kind == "punct" for t in passage.tokens[amount.last : mention.first])
    return len(between) <= 6 and not marked and not _ASIDE.intersection(between)


def _mentioned_with(passage: Passage, mention: Mention) -> bool:
    """As "the SCO, China included": a member of what is told of."""
    beside = passage.forms[max(0, mention.first - 2) : mention.last + 1]
    return bool({"included", "including", "включая"}.intersection(beside))


def _near(passage: Passage, mention: Mention, amount: Quantity) -> float:
    left = mention.last <= amount.first
    between = range(mention.last, amount.first) if left else range(amount.last, mention.first)
    weight = 1.0 / (1.0 + (0.04 if left else 0.06) * len(between))
    for i in between:
        weight *= _MARKS.get(passage.forms[i], 1.0)
    others = sum(1 for a in passage.amounts if a is not amount and a.first in between)
    told = " ".join(passage.forms[i] for i in between)
    if left and told == "(":
        weight = 1.2  # "China (1.5) and Kazakhstan (1.2)"
    if not left and told.removesuffix(" the") in _ATTACHED:
        weight = 1.3  # "1.05 million of Tajikistan", "10 billion with Uzbekistan"
    return float(weight * (0.8**others if left else 0.5**others))
