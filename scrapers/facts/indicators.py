"""What a figure measures, by evidence around the number.

Every cue of `indicators.yml` in the sentence votes with its weight and nearness; the thing counted
votes most; the sentence before, the title and the figure before vote where the sentence is silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.counted import stops
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.lemmas import animate, grammar
from scrapers.facts.lexicon import Hit, Phrases, lemma_of_entry
from scrapers.facts.parties import Mention
from scrapers.facts.words import load

Cue = tuple[str, float]
LABEL = 1.6  # a cue that labels its number
BEFORE, POINTED, TITLE, CARRY, THING = 0.22, 0.6, 0.16, 2.0, 0.8
_PEOPLE = frozenset(
    ("events.participants", "labour.migrants", "tourism.visitors", "education.students",
     "transport.passengers")
)  # fmt: skip
_DOERS = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "men", "ants", "ees", "folk")
_WHOLES = frozenset(("gdp", "ввп", "gross domestic product", "валовой внутренний продукт"))
_DEFAULT = {"W": "energy.capacity", "kWh": "energy.electricity", "TEU": "transport.freight",
            "km": "transport.length", "m3": "energy.gas", "barrel": "energy.oil"}  # fmt: skip


@dataclass
class Votes:
    """Scores of indicators, and the cue that said most for each."""

    score: dict[str, float]
    cue: dict[str, str]
    best: dict[str, float]

    def add(self, indicator: str, weight: float, cue: str) -> None:
        # Many weak words of one topic are no better than a good one: each further one counts half.
        known = self.best.get(indicator, 0.0)
        if weight > known:
            self.best[indicator], self.cue[indicator] = weight, cue
            self.score[indicator] = self.score.get(indicator, 0.0) - 0.5 * known + weight
        else:
            self.score[indicator] = self.score.get(indicator, 0.0) + 0.25 * weight

    def winner(self) -> tuple[str, str] | None:
        if not self.score:
            return None
        name = max(self.score, key=lambda k: (self.score[k], k))
        return name, self.cue[name]


def votes(
    passage: Passage, amount: Quantity, title: Passage | None, last: str | None, measure: str
) -> Votes:
    """Return what the words around a number say that it measures. ``last``: the figure before."""
    found = Votes({}, {}, {})
    kind = unit_kind(amount.unit)
    allowed = _allowed(kind)
    if amount.unit == "count":
        counted = _counted(passage, amount)
        if counted:
            allowed = frozenset(name for name, _, _ in counted)
        elif not _maybe_people(passage, amount):
            allowed -= _PEOPLE
        for name, weight, cue in counted:
            found.add(name, 1.5 * weight, f"counted {cue}")
    _cues(found, passage, amount, allowed, measure)
    if amount.unit in ("percent", "times"):
        _things(found, passage, amount, allowed)
    earlier = passage.before
    if earlier is not None and amount.unit != "count":
        _far(found, earlier, allowed, POINTED if _points_back(passage) else BEFORE)
    if title is not None:
        _far(found, title, allowed, TITLE)
    if last and last in allowed and last != "other":
        found.add(last, 2 * CARRY if amount.like else CARRY, "carried along")
    if not found.score and kind in _DEFAULT:
        found.add(_DEFAULT[kind], 1.0, f"unit {kind}")
    return found


def _things(found: Votes, passage: Passage, amount: Quantity, allowed: frozenset[str]) -> None:
    """A change or a share of a number of things: "the number of ventures rose 2.5 times"."""
    for hit in passage.find(heads()):
        if hit.entry in ("раз", "time", "twice", "thrice"):
            continue
        near = THING * nearness(passage, hit.first, hit.last, amount)
        for name, weight in hit.value:
            if name in allowed and weight >= 2:
                found.add(name, weight * near, f"thing {hit.entry}")


def _points_back(passage: Passage) -> bool:
    """Whether a sentence goes on about the one before ("These exports …")."""
    return bool(passage.forms) and passage.forms[0] in _listed("pointers")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("heads")[name].split())


def unit_kind(unit: str) -> str:
    return "money" if unit in MONEY else "percent" if unit == "percent_points" else unit


def _cues(
    found: Votes, passage: Passage, amount: Quantity, allowed: frozenset[str], measure: str
) -> None:
    for hit in passage.find(cues()):
        near = 0.0
        for name, weight in _speaking(hit, allowed):
            if name in allowed:
                near = near or _near(passage, hit, amount)
                whole = measure == "share" and hit.first >= amount.last
                if whole and _of_whole(passage, amount, hit.first):
                    near = 0.98  # "a third of foreign investment"
                if whole and hit.entry in _WHOLES:
                    near *= 0.3  # "49 percent of GDP" says how large a thing is, not what it is
                if measure == "level" and _as_whole(passage, hit.first, amount):
                    near *= 0.5
                found.add(name, weight * near, hit.entry)


def _as_whole(passage: Passage, first: int, amount: Quantity) -> bool:
    """As "$38 million of exports": the whole that an amount is a part of."""
    away = first - amount.last
    return amount.unit in MONEY and 1 <= away <= 3 and passage.forms[amount.last] == "of"


def _of_whole(passage: Passage, amount: Quantity, first: int) -> bool:
    if amount.last >= len(passage.tokens) or passage.forms[amount.last] != "of":
        return False
    between = passage.forms[amount.last + 1 : first]
    return len(between) <= 4 and "," not in between


def _speaking(hit: Hit[tuple[Cue, ...]], allowed: frozenset[str]) -> Iterable[Cue]:
    """Return a phrase's cues; those of its words where its own take no such unit.

    "Плодоовощная продукция" speaks of trade, and so of tonnes only as "плодоовощной" does.
    """
    if any(name in allowed for name, _ in hit.value) or " " not in hit.entry:
        return hit.value
    return _within(hit.entry)


@cache
def _within(entry: str) -> tuple[Cue, ...]:
    found: dict[str, float] = {}
    for word in map(lemma_of_entry, entry.split()):
        inner = cues().at([word], 0)
        for name, weight in inner.value if inner else ():
            found[name] = max(weight, found.get(name, 0.0))
    return tuple(found.items())


def _near(passage: Passage, hit: Hit[tuple[Cue, ...]], amount: Quantity) -> float:
    """Return the nearness of a cue; one that labels its number ("imports – 6.6") beats all."""
    between = passage.forms[hit.last : amount.first]
    if between and set(between) <= {"-", ":", "("}:
        return LABEL
    return nearness(passage, hit.first, hit.last, amount)


def _far(found: Votes, passage: Passage, allowed: frozenset[str], part: float) -> None:
    for hit in passage.find(cues()):
        for name, weight in hit.value:
            if name in allowed and not name.startswith(("other", "events.")):
                found.add(name, weight * part, f"{hit.entry} nearby")


def _counted(passage: Passage, amount: Quantity) -> list[tuple[str, float, str]]:
    """Return (indicator, weight, word) for the head of the counted phrase."""
    if not amount.noun:
        return []
    first, last = amount.noun[0], amount.noun[-1] + 1
    joined = next((i for i in range(first, last) if passage.forms[i] == "and"), last)
    inside = [h for h in passage.find(heads()) if first <= h.first < joined]
    if not inside and (people := _people(passage, first, last)):
        return people
    inside = inside or _over_commas(passage, first)
    if not inside:
        return []
    # The head is the last noun of an English phrase, the first of a Russian one.
    head = inside[0] if passage.ctx.russian else inside[-1]
    return [(name, weight, head.entry) for name, weight in head.value]


def _with_topic(passage: Passage, amount: Quantity) -> Quantity:
    """As "… while Kazakh companies in Russia number almost five thousand"."""
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    named = [h for h in passage.find(heads()) if start <= h.first and h.last <= amount.first]
    if not named or named[0].first - start > 3:
        return amount
    kinds = {name for name, weight in named[0].value if weight >= 4} - {"other"}
    if not kinds or amount.like in kinds or passage.forms[named[0].first - 1] in _listed("inside"):
        return amount
    return replace(amount, noun=(named[0].first,), like="")


def _maybe_people(passage: Passage, amount: Quantity) -> bool:
    """Whether a thing of no list may be people: by its ending, or as an animate noun."""
    if not amount.noun:
        return True
    if not passage.ctx.russian:
        return passage.forms[amount.noun[-1]].endswith(_DOERS)
    nouns = [f for i in amount.noun if grammar(f := passage.forms[i])[1] == "NOUN"]
    return not nouns or animate(nouns[0])


def with_predicate(passage: Passage, amount: Quantity) -> Quantity:
    """As "410 of them are joint ventures": those told of before, by a name of their own."""
    if not amount.like or amount.unit != "count" or amount.noun:
        return amount
    reach = passage.forms[amount.last : amount.last + 7]
    verb = next((i for i, form in enumerate(reach) if form in _listed("being")), None)
    if verb is None:
        return _with_topic(passage, amount)
    start = amount.last + verb + 1
    named = next((h for h in passage.find(heads()) if start <= h.first <= start + 3), None)
    stopped = named and stops().intersection(passage.forms[start : named.first])
    if named is None or stopped:
        return amount
    return replace(amount, noun=(named.first,), like="")


def _people(passage: Passage, first: int, last: int) -> list[tuple[str, float, str]]:
    """As "76,000 Kyrgyzstanis", "665 тысяч кыргызстанцев": a state's people are its citizens."""
    inside = [m for m in passage.parties if first <= m.first < last]
    named = [m.code for m in inside if _of_people(passage, m, last)]
    citizens = heads().at(["россиянин" if named == ["RU"] else "citizen"], 0)
    if not named or citizens is None:
        return []
    return [(name, weight, "people of a state") for name, weight in citizens.value]


def _of_people(passage: Passage, mention: Mention, last: int) -> bool:
    """Whether a state's name stands for its people, and not as an adjective before a noun."""
    if mention.kind != "state":
        return False
    if passage.ctx.russian:
        return "ск" not in passage.forms[mention.first][-6:]
    return mention.last >= last


def _over_commas(passage: Passage, first: int) -> list[Hit[tuple[Cue, ...]]]:
    """As "50 economic, investment and other agreements": the head after a row of adjectives."""
    for i in range(first, min(first + 16, len(passage.tokens))):
        form = passage.forms[i]
        kind = passage.tokens[i].kind
        if form not in ("and", "и", ",") and (form in stops() or kind == "punct"):
            return []
        if grammar(form)[1] == "VERB":
            return []
        found = [h for h in passage.find(heads()) if h.first == i]
        if found:
            return found
    return []


@cache
def _allowed(kind: str) -> frozenset[str]:
    """Return the indicators that take a kind of unit."""
    return frozenset(
        name for name, entry in load("indicators").items() if kind in entry["units"].split()
    )


@cache
def cues() -> Phrases[tuple[Cue, ...]]:
    """All cues; a phrase may speak for several indicators."""
    return _joined(
        (str(phrase), (name, float(weight)))
        for table in (load("indicators"), load("wordings")["cues"])
        for name, entry in table.items()
        for weight, listed in entry.items()
        if weight != "units"
        for phrase in str(listed).split("|")
    )


@cache
def heads() -> Phrases[tuple[Cue, ...]]:
    """Things counted, with the indicators that they may belong to."""
    return _joined(
        (str(phrase), (name, float(weight)))
        for table in (load("heads")["heads"], load("wordings")["heads"])
        for name, entry in table.items()
        for weight, listed in entry.items()
        for phrase in str(listed).split("|")
    )


def _joined(entries: Iterable[tuple[str, Cue]]) -> Phrases[tuple[Cue, ...]]:
    table: dict[str, list[Cue]] = {}
    for phrase, cue in entries:
        table.setdefault(" ".join(phrase.split()), []).append(cue)
    found: Phrases[tuple[Cue, ...]] = Phrases()
    for phrase, several in table.items():
        found.join(phrase, tuple(several))
    return found
