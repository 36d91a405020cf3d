"""Which two sides a figure is between: the Central Asian one first, whoever speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.lexicon import lemma_of_entry
from scrapers.facts.parties import (
    BLOCS,
    STRONG,
    THIRD,
    Mention,
    both_sides,
    is_central_asian,
    region,
)
from scrapers.facts.words import load

_ALONE = ("macro.gdp", "macro.growth")
_OWN = ("agriculture.volume", "industry.output", "macro.gdp", "macro.growth", "labour.migrants")
_MARKS = {";": 0.5, ",": 0.92, "(": 0.5, ")": 0.6, ":": 0.9, "while": 0.7, "а": 0.7, "but": 0.7}
_ASIDE = frozenset(
    ("though", "which", "where", "compared", "after", "and", "behind", ",", "that", "is", "at")
)
_BEHIND = frozenset(("after", "behind", "following", "после", "вслед", "за"))
_WITH = frozenset(("with", "с", "со"))
_THROUGH = frozenset(("через", "through", "via"))
LEAST = 0.42  # a party to the right of a figure, or named in passing, must stand near
LONG, SPARSE = 30, 0.08  # sentences of a text, and the part of them that names our states
LEAST_THIRD = 0.25
_REGION = re.compile("region|регион|central asia|five|пят[ьи]")
_WHOLE_TRADE = ("trade.turnover", "trade.exports", "trade.imports")
_FOREIGN_TRADE = re.compile(r"foreign trade|external trade|внешнеторгов|внешней торговли?")
_ALL = re.compile(
    r"all\s+(?:the\s+)?countries|the\s+whole\s+world|(?:всех|всеми|всем)\s+стран|всего\s+мира"
)
_PAIRED = ("trade.", "labour.", "tourism.")  # as often with the whole world as with Russia
_CURRENCIES = {"KZT": "KZ", "KGS": "KG", "TJS": "TJ", "TMT": "TM", "UZS": "UZ"}
_QUOTE = re.compile('[“«"]')
Sides = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a whole release is about: its Central Asian side, and whether Russia is in it."""

    area: str | None
    sole: bool  # no other Central Asian state is named more than in passing
    russia: bool  # the headline or the publisher is Russian, or tells of both sides
    anywhere: bool  # Russia is named somewhere
    passing: bool = False  # about something else: our states are named here and there
    third: bool = False  # the headline names third countries, and neither us nor Russia


@dataclass
class Seen:
    """The parties named so far."""

    area: str | None = None
    away: int = 9
    russia: bool = False
    since: int = 99  # sentences since one of our states or blocs was named
    last: Sides | None = None  # of the figure before, what it measures, and its sentence
    indicator: str = ""
    place: int = -1

    def sentence(self, passage: Passage) -> None:
        """Take in a sentence that has been read."""
        strong = _strong(passage)
        self.russia = self.russia or names_russia(passage)
        ours = {c for c in strong if is_central_asian(c) or c == "C5"}
        self.away += 1
        self.since = 0 if any(c != "RU" and c != THIRD for c in strong) else self.since + 1
        if len(ours) == 1:
            self.area, self.away = ours.pop(), 1
        elif len(ours) >= 3:
            self.area, self.away = "C5", 1

    def figure(self, passage: Passage, sides: Sides, indicator: str) -> None:
        self.area, self.away = sides[0], 0
        self.last, self.indicator, self.place = sides, indicator, passage.ctx.sentence.start

    def follows(self, passage: Passage, indicator: str) -> bool:
        """Whether a sentence goes on, in one paragraph, with what the figure before measures."""
        before = passage.before
        if self.indicator != indicator or self.last is None:
            return False
        if self.place == passage.ctx.sentence.start:
            return True
        if before is None or self.place != before.ctx.sentence.start:
            return False
        return before.ctx.sentence.paragraph == passage.ctx.sentence.paragraph


def topic_of(title: Passage, passages: Sequence[Passage], publisher: str | None) -> Topic:
    """Return the topic from title and text: what is named most, the title counting fourfold."""
    counts: Counter[str] = Counter()
    for passage, weight in [(title, 4), *((p, 1) for p in passages)]:
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
    ours_nowhere = not (publisher and publisher != "RU") and not _of_ours(title)
    third = ours_nowhere and not names_russia(title) and _names_third(title)
    passing = ours_nowhere and _passing(passages)
    return Topic(area, sole, russia, counts["RU"] > 0, passing, third)


def _passing(passages: Sequence[Passage]) -> bool:
    """Whether a long text of another matter names our states here and there."""
    return len(passages) >= LONG and sum(map(_of_ours, passages)) < SPARSE * len(passages)


def _names_third(passage: Passage) -> bool:
    return any(code == THIRD and kind in STRONG for code, kind in passage.named)


def _of_ours(passage: Passage) -> bool:
    return any(
        (kind in STRONG and code not in ("RU", THIRD))
        or (kind == "people" and is_central_asian(code))
        for code, kind in passage.named
    )


def may_be_ours(passage: Passage, topic: Topic, seen: Seen) -> bool:
    """Whether `sides_of` may give any figure of a sentence sides: if not, none need be read."""
    if not (topic.third or topic.passing) or any(code != "RU" for code, _ in passage.named):
        return True
    if topic.third and not names_russia(passage):
        return False
    if not topic.passing or seen.since <= 1:
        return True
    return bool(_REGION.search(passage.ctx.folded) and passage.find(region()))


def _strong(passage: Passage) -> list[str]:
    """Return the states and blocs that a sentence names, but for those in the name of a thing."""
    if _QUOTE.search(passage.ctx.folded):
        return [m.code for m in passage.parties if m.strong and not _in_a_name(passage, m)]
    return [code for code, kind in passage.named if kind in STRONG]


def named_region(passage: Passage) -> int:
    """Return how often the region as one is named; "the regions" are parts of a country."""
    if not _REGION.search(passage.ctx.folded):
        return 0
    return sum(
        1
        for h in passage.find(region())
        if passage.forms[h.last - 1] not in load("sides")["regions"].split()
    )


def names_russia(passage: Passage) -> bool:
    """Whether Russia, or both sides together, are named."""
    return any(code == "RU" for code, _ in passage.named) or bool(passage.find(both_sides()))


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


def sides_of(
    passage: Passage,
    amount: Quantity,
    topic: Topic,
    indicator: str,
    speaker: str | None,
    seen: Seen,
) -> tuple[Sides | None, str]:
    """Return the sides of a figure and what decided; None where it is none of ours."""
    near = _nearest(passage, amount, topic)
    if near is not None and near.code == THIRD:
        if indicator != "transport.transit" or not is_central_asian(topic.area or ""):
            return None, "a third country"
        near = None  # goods that pass through on their way to it
    if topic.third and (near is None or not names_russia(passage)):
        return None, "the release is about a third country"
    if topic.passing and near is None and seen.since > 1 and not passage.find(region()):
        return None, "our states are named in passing"
    if indicator in _OWN and _russian_own(passage, amount, near):
        return ("RU", None), "Russia alone"
    area, rule = _area(passage, amount, near, topic, speaker, seen)
    if area is None:
        return None, "no party of ours"
    if indicator.startswith("trade.") and (bloc := _with_bloc(passage, amount)):
        own = area if is_central_asian(area) else topic.area or area
        if is_central_asian(own):
            return (own, None), f"with {bloc}"
    of_bloc = topic.area in BLOCS and topic.area != "C5"
    if pair := None if topic.russia or near or of_bloc else _pair_before(passage):
        return pair, "both states of the sentence before"
    return (area, _other(passage, area, topic, indicator, speaker, seen)), rule


def _nearest(passage: Passage, amount: Quantity, topic: Topic) -> Mention | None:
    """Return the party other than Russia that stands nearest to a figure in its clause."""
    best, found = 0.0, None
    for mention in passage.parties:
        if mention.code == "RU" or _in_a_name(passage, mention):
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
        near *= 0.8 if not right else 0.7 if _attached(passage, amount, mention) else 0.1
        return near if near >= LEAST_THIRD else 0.0
    if mention.code in BLOCS and mention.code != "C5":
        among = any(is_central_asian(m.code) and m.strong for m in passage.parties)
        near *= 0.45 if among else 1.0 if mention.code == topic.area else 0.6
    on_the_way = set(passage.forms[max(0, mention.first - 2) : mention.first]) & _THROUGH
    if on_the_way and topic.area not in (None, mention.code):
        return 0.0
    if not mention.strong:
        near *= 0.55
    if right and told_aside:
        behind = _BEHIND.intersection(passage.forms[amount.last : mention.first])
        near *= 0.0 if behind else 0.5
    other = right and topic.sole and mention.code != topic.area
    return 0.0 if other and (near < LEAST or told_aside) else near


def _attached(passage: Passage, amount: Quantity, mention: Mention) -> bool:
    """Whether a third country after a figure belongs to it: "5 bcm to China"."""
    between = passage.forms[amount.last : mention.first]
    marked = any(t.kind == "punct" for t in passage.tokens[amount.last : mention.first])
    return len(between) <= 6 and not marked and not _ASIDE.intersection(between)


def _mentioned_with(passage: Passage, mention: Mention) -> bool:
    """As "the SCO, China included": a member of what is told of."""
    beside = passage.forms[max(0, mention.first - 2) : mention.last + 1]
    return bool({"included", "including", "включая"}.intersection(beside))


def _in_a_name(passage: Passage, mention: Mention) -> bool:
    """Whether a party's name is part of a title in quotes ("Innoprom. Central Asia")."""
    before = passage.forms[max(0, mention.first - 3) : mention.first]
    return "." in before and any(q in before for q in ("“", "«", '"'))


def _near(passage: Passage, mention: Mention, amount: Quantity) -> float:
    left = mention.last <= amount.first
    between = range(mention.last, amount.first) if left else range(amount.last, mention.first)
    weight = 1.0 / (1.0 + (0.04 if left else 0.06) * len(between))
    for i in between:
        weight *= _MARKS.get(passage.forms[i], 1.0)
    others = sum(1 for a in passage.amounts if a is not amount and a.first in between)
    if not left and [passage.forms[i] for i in between] in ([], ["of"], ["из"]):
        weight = 1.3  # "1.05 million of Tajikistan"
    return float(weight * (0.8**others if left else 0.5**others))


def _area(
    passage: Passage,
    amount: Quantity,
    near: Mention | None,
    topic: Topic,
    speaker: str | None,
    seen: Seen,
) -> tuple[str | None, str]:
    """Return the Central Asian side (or bloc), and what decided it."""
    if near is not None and (near.strong or not topic.sole):
        listed = _listed_together(passage, near)
        return (listed, "a list of states") if listed else (near.code, passage.forms[near.first])
    home = _CURRENCIES.get(amount.unit)
    if home and not topic.sole:
        return home, f"currency {amount.unit}"
    own = any(m.strong and is_central_asian(m.code) for m in passage.parties)
    if named_region(passage) and (topic.area == "C5" or not topic.sole or not own):
        return "C5", "the region"
    of_bloc = topic.area in BLOCS and topic.area != "C5"
    if seen.area and seen.away <= 1 and not topic.sole and not of_bloc:
        return seen.area, "carried along"
    if topic.area:
        return topic.area, "topic of the release"
    if speaker and is_central_asian(speaker):
        return speaker, "the speaker's state"
    return seen.area, "named before"


def _listed_together(passage: Passage, near: Mention) -> str | None:
    """As "from Uzbekistan, Kyrgyzstan and Tajikistan": three states together are the region."""
    row = [near]
    for mention in passage.parties:
        if is_central_asian(mention.code) and mention.strong and mention.code != near.code:
            gap = passage.forms[min(mention.last, near.last) : max(mention.first, near.first)]
            if all(f in (",", "and", "и", "&") or _is_state(passage, f) for f in gap):
                row.append(mention)
    return "C5" if len({m.code for m in row}) >= 3 else None


def _is_state(passage: Passage, form: str) -> bool:
    return any(passage.forms[m.first] == form for m in passage.parties)


def _russian_own(passage: Passage, amount: Quantity, near: Mention | None) -> bool:
    """Whether a harvest, an output or an economy is Russia's own."""
    if near is not None and near.first < amount.first:
        return False
    russia = [m for m in passage.parties if m.code == "RU" and m.strong and m.last <= amount.first]
    if not russia:
        return False
    window = passage.lemmas[max(0, russia[-1].first - 3) : russia[-1].last + 5]
    return bool(_words("russian_own").intersection(window))


def _other(
    passage: Passage, area: str, topic: Topic, indicator: str, speaker: str | None, seen: Seen
) -> str | None:
    """Return Russia, or None where it has no part in the figure."""
    if indicator in _ALONE:
        return None
    named = any(m.code == "RU" for m in passage.parties)
    if not named and indicator in _WHOLE_TRADE and _foreign_trade(passage):
        return None
    if area in BLOCS and area != "C5":
        return "RU" if named else None
    if named or passage.find(both_sides()):
        return "RU"
    if _of_all(passage, indicator):
        return None
    if seen.last and seen.follows(passage, indicator):
        if seen.last[1] == "RU":
            return "RU"
        if seen.last == (area, None) and indicator.startswith(_PAIRED):
            return None
    before = passage.before
    told = before is not None and any(m.code == "RU" for m in before.parties)
    if told and before and before.ctx.sentence.paragraph == passage.ctx.sentence.paragraph:
        return "RU"
    if _national(passage, indicator) and not speaker:
        return None
    return "RU" if topic.russia or seen.russia or topic.anywhere or speaker else None


def _of_all(passage: Passage, indicator: str) -> bool:
    """Whether a sentence without Russia counts what comes from all countries."""
    words = _words("all_countries" if indicator != "tourism.visitors" else "foreigners")
    if _ALL.search(passage.ctx.folded):
        return True
    return bool(words.intersection(passage.lemmas))


def _with_bloc(passage: Passage, amount: Quantity) -> str | None:
    """As "its trade with the EAEU states": with all of them, though Russia be named later on."""
    for mention in passage.parties:
        if mention.code not in BLOCS or mention.code == "C5":
            continue
        before = passage.forms[max(0, mention.first - 4) : mention.first]
        first, last = sorted((mention.first, amount.first))
        between = passage.forms[first:last]
        russia = any(m.code == "RU" and first <= m.first < last for m in passage.parties)
        near = last - first <= 14 and ";" not in between and not russia
        if near and _WITH.intersection(before):
            return mention.code
    return None


def _pair_before(passage: Passage) -> Sides | None:
    """As "trade between the two countries" after a sentence on two states of the region."""
    before = passage.before
    if before is None or not passage.find(both_sides()):
        return None
    if any(m.code == "RU" for m in (*passage.parties, *before.parties)):
        return None
    named = list(dict.fromkeys(m.code for m in before.parties if m.strong))
    if len(named) != 2 or not all(map(is_central_asian, named)):
        return None
    return named[0], named[1]


def _foreign_trade(passage: Passage) -> bool:
    """Whether a sentence tells of a country's whole trade, or of that with a bloc."""
    bloc = any(m.code in BLOCS and m.code != "C5" for m in passage.parties)
    if passage.find(both_sides()):
        return bloc
    return bloc or bool(_FOREIGN_TRADE.search(passage.ctx.folded))


def _national(passage: Passage, indicator: str) -> bool:
    """Whether a sentence without Russia tells of a country's whole: its output, its trade."""
    lemmas = set(passage.lemmas)
    if lemmas & _words("whole") or any(m.code in BLOCS and m.code != "C5" for m in passage.parties):
        return True
    own = any(m.strong and is_central_asian(m.code) for m in passage.parties)
    return indicator in _words("national") and (own or bool(lemmas & _words("country")))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(lemma_of_entry, load("sides")[name].split())) | frozenset(
        load("sides")[name].split()
    )
