"""Which two sides a figure is between: the Central Asian one first, whoever speaks."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.named import named_region, names_russia
from scrapers.facts.nearest_party import nearest_party
from scrapers.facts.others_pair import between_others
from scrapers.facts.parties import BLOCS, THIRD, Mention, is_central_asian, region
from scrapers.facts.partner import pair_before, partner_of, with_bloc
from scrapers.facts.russia_alone import of_russia_alone
from scrapers.facts.seen import BETWEEN_OTHERS, Seen, Sides
from scrapers.facts.topic import Topic

_THERE = frozenset(("туда", "оттуда", "there"))
_WITH = frozenset(("with", "с", "со", "to", "в", "во", "from", "из"))
_BOTH = ("trade.", "investment.", "business.", "agreements.", "transport.")
_CURRENCIES = {"KZT": "KZ", "KGS": "KG", "TJS": "TJ", "TMT": "TM", "UZS": "UZ"}


def sides_of(
    passage: Passage,
    amount: Quantity,
    topic: Topic,
    indicator: str,
    speaker: str | None,
    seen: Seen,
) -> tuple[Sides | None, str]:
    """Return the sides of a figure and what decided; None where it is none of ours."""
    near = nearest_party(passage, amount, topic)
    if near is not None and near.code == THIRD:
        if indicator != "transport.transit" or not is_central_asian(topic.area or ""):
            return None, "a third country"
        near = None  # goods that pass through on their way to it
    if topic.third and (near is None or not names_russia(passage)):
        return None, "the release is about a third country"
    if topic.passing and near is None and seen.since > 1 and not passage.find(region()):
        return None, "our states are named in passing"
    if between_others(passage, amount, indicator) or (
        near is None and seen.goes_on_with_others(passage, indicator)
    ):
        return None, BETWEEN_OTHERS
    if of_russia_alone(passage, amount, indicator, near, topic):
        return ("RU", None), "Russia alone"
    if near is not None and _of_russia(passage, amount, near, topic):
        return (topic.area or near.code, "RU"), "Russia among the partners"
    if topic.pair and _of_the_pair(passage, indicator, topic.pair):
        return topic.pair, "the two states of the headline"
    if near is not None and _of_another(passage, amount, near, topic, indicator):
        return None, "another partner"
    area, rule = _area(passage, amount, near, topic, speaker, seen)
    if area in BLOCS and indicator.startswith("events.") and (host := _host(passage)):
        area, rule = host, "the city of the event"
    if area is None:
        return None, "no party of ours"
    if indicator.startswith("trade.") and (bloc := with_bloc(passage, amount)):
        own = area if is_central_asian(area) else topic.area or area
        if is_central_asian(own):
            return (own, None), f"with {bloc}"
    of_bloc = topic.area in BLOCS and topic.area != "C5"
    if pair := None if topic.russia or near or of_bloc else pair_before(passage):
        return pair, "both states of the sentence before"
    return (area, partner_of(passage, amount, area, topic, indicator, speaker, seen)), rule


def _of_russia(passage: Passage, amount: Quantity, near: Mention, topic: Topic) -> bool:
    """As "Kazakhstan took 8 tonnes, Russia 6" in a release on Uzbekistan: a row of partners."""
    ours = is_central_asian(topic.area or "") and is_central_asian(near.code)
    if not ours or near.code == topic.area:
        return False
    russia = [m for m in passage.parties if m.code == "RU" and m.strong and m.last <= amount.first]
    adjective = russia and re.search("ск|russian", passage.forms[russia[-1].first])
    if not russia or adjective or _parted(passage, russia[-1].last, amount.first):
        return False
    after = near.first >= amount.last
    if after and _WITH.intersection(passage.forms[amount.last : near.first][-2:]):
        return False  # "Russia's trade came to 27 billion with Kazakhstan"
    return after or _parted(passage, near.last, russia[-1].first)


def _of_another(
    passage: Passage, amount: Quantity, near: Mention, topic: Topic, indicator: str
) -> bool:
    """As "with Russia 10 billion, with Kazakhstan 4" in a release on Uzbekistan's trade."""
    ours = is_central_asian(topic.area or "") and is_central_asian(near.code)
    if not (ours and topic.home and near.strong and indicator.startswith(_BOUGHT)):
        return False
    if near.code == topic.area:
        return False
    figures = [a.first for a in passage.amounts if a is not amount]
    russia = [m for m in passage.parties if m.code == "RU"]
    if _sent(passage, amount, near) and all(
        any(m.last <= first < amount.first for first in figures) for m in russia
    ):
        return True
    others = [m for m in passage.parties if m.last <= near.first and m.strong]
    if any(m.code == topic.area for m in others):
        return False
    rivals = [m.last for m in others if m.code in ("RU", THIRD)]
    return any(last <= first < near.first for last in rivals for first in figures)


def _sent(passage: Passage, amount: Quantity, near: Mention) -> bool:
    """As "2 million of them to Uzbekistan", "из Казахстана поступило 400 млн"."""
    before = passage.forms[near.first - 1] if near.first else ""
    return before in ("to", "from", "из", "в") and abs(near.first - amount.last) <= 8


_BOUGHT = ("trade.", "agriculture.", "energy.", "labour.remittances")


def _parted(passage: Passage, first: int, last: int) -> bool:
    """Whether another amount or a semicolon stands between two tokens."""
    if ";" in passage.forms[first:last]:
        return True
    return any(first <= a.first < last for a in passage.amounts)


def _area(
    passage: Passage,
    amount: Quantity,
    near: Mention | None,
    topic: Topic,
    speaker: str | None,
    seen: Seen,
) -> tuple[str | None, str]:
    """Return the Central Asian side (or bloc), and what decided it."""
    union = topic.area in BLOCS and topic.area != "C5"
    if near is not None and (near.strong or not (topic.sole or union)):
        listed = _listed_together(passage, near)
        return (listed, "a list of states") if listed else (near.code, passage.forms[near.first])
    if seen.area and seen.away <= 1 and _there(passage, amount):
        return seen.area, "there"
    home = _CURRENCIES.get(amount.unit)
    if home and not topic.sole:
        return home, f"currency {amount.unit}"
    own = any(m.strong and is_central_asian(m.code) for m in passage.parties)
    spoken = named_region(passage, bare=not topic.sole)
    if spoken and (topic.area == "C5" or not topic.sole or not own):
        return "C5", "the region"
    of_bloc = topic.area in BLOCS and topic.area != "C5"
    if seen.area and seen.away <= 1 and not (topic.sole or topic.home) and not of_bloc:
        return seen.area, "carried along"
    if topic.area:
        return topic.area, "topic of the release"
    if speaker and is_central_asian(speaker):
        return speaker, "the speaker's state"
    return seen.area, "named before"


def _of_the_pair(passage: Passage, indicator: str, pair: tuple[str, str]) -> bool:
    """Whether a figure is between the two: nobody else is named, and it may be of both."""
    named = {m.code for m in passage.parties if m.strong or m.code == "RU"}
    return indicator.startswith(_BOTH) and (not named or named == set(pair))


def _host(passage: Passage) -> str | None:
    """As "the exhibition in Tashkent … brought together": a city told before, and no state."""
    if any(m.strong for m in passage.parties):
        return None
    told = [*(passage.before.parties if passage.before else ()), *passage.parties]
    cities = [m.code for m in told if m.kind == "cities" and is_central_asian(m.code)]
    return cities[-1] if cities else None


def _there(passage: Passage, amount: Quantity) -> bool:
    """As "Туда ушло 2,5 млрд" after a sentence that names the state."""
    being = ("is", "are", "was", "were", "has", "have", "will")
    told = (i for i in range(amount.first) if passage.forms[i] in _THERE)
    said = next((i for i in told if passage.forms[i + 1] not in being), None)
    if said is None or any(m.first < said for m in passage.parties):
        return False
    named = [m.code for m in passage.before.parties if m.strong] if passage.before else []
    return not named or named[-1] != "RU"  # there is Russia, where it was named last


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
