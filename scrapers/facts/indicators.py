"""What a figure measures, by evidence around the number.

Every cue of `indicators.yml` in the sentence votes with its weight and nearness; the thing counted
votes most; the sentence before, the title and the figure before vote where the sentence is silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.cues import Cue, allowed_for, cues, head_words, heads, unit_kind
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.lexicon import Hit, lemma_of_entry
from scrapers.facts.thing_counted import PEOPLE, counted_thing, maybe_people

LABEL = 1.6  # a cue that labels its number
BEFORE, POINTED, TITLE, CARRY, THING, THEME = 0.22, 0.6, 0.16, 2.0, 0.8, 2.0
SURE = 5.0  # the weight of a thing that is counted for one indicator alone
_ECONOMY = frozenset(("macro.gdp", "macro.growth"))
_PART_OF_GDP = re.compile(
    r"(?:%|percent|процент\w*|half|third|quarter|fifth|половин\w+|трет\w+|четверт\w+|част\w+)\s+"
    r"(?:of\s+(?:[\w'’]+\s+){0,4}(?:gdp|gross domestic product)"
    r"|(?:\w+\s+)?(?:ввп|валов\w+\s+(?:внутренн\w+\s+)?продукт))(?!\s+(?:growth|рост))"
)
COUNTED_BEFORE = ("education.students", "labour.migrants", "tourism.", "transport.pass", "other")
_PEOPLE_OF = {
    "education.institutions": "education.students",
    "education.branches": "education.students",
    "education.quota": "education.students",
    "transport.flights": "transport.passengers",
}
_OF_WHICH = (["of", "which"], ["из", "которых"])
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

    def lean(self, indicator: str | None, weight: float) -> None:
        """Let one of the indicators voted for, or else a first one, win more easily."""
        if indicator:
            self.cue.setdefault(indicator, "people of the release")
            self.score[indicator] = self.score.get(indicator, 0.0) + weight

    def winner(self) -> tuple[str, str] | None:
        if not self.score:
            return None
        name = max(self.score, key=lambda k: (self.score[k], k))
        return name, self.cue[name]


def votes(
    passage: Passage,
    amount: Quantity,
    title: Passage | None,
    last: str | None,
    measure: str,
    people_of: Callable[[], str | None] = lambda: None,
) -> Votes:
    """Return what the words around a number say that it measures. ``last``: the figure before."""
    found = Votes({}, {}, {})
    people = last is not None and last.startswith(COUNTED_BEFORE) and _just_people(passage, amount)
    kind = unit_kind(amount.unit)
    allowed = allowed_for(kind)
    if amount.unit == "count":
        counted = counted_thing(passage, amount)
        if counted:
            allowed = frozenset(name for name, _, _ in counted)
        elif amount.like in PEOPLE:
            allowed = PEOPLE
        elif not amount.noun:
            allowed -= {"events.countries"}  # a number of states names them
        elif not maybe_people(passage, amount):
            allowed -= PEOPLE | _PEOPLE_OF.keys()  # schools and flights have names
        elif amount.noun:
            allowed -= _PEOPLE_OF.keys()
        for name, weight, cue in counted:
            found.add(name, 1.5 * weight, f"counted {cue}")
        sure = amount.like or max(found.score.values(), default=0) >= SURE
        if "labour.migrants" in allowed and not sure:
            found.lean(people_of(), THEME)
    if measure in ("share", "level") and _beside_gdp(passage, amount, measure):
        allowed -= _ECONOMY
    _cues(found, passage, amount, allowed, measure)
    if amount.unit in ("percent", "times"):
        of_things(found, passage, amount, allowed)
    earlier = passage.before
    if earlier is not None and amount.unit != "count":
        _far(found, earlier, allowed, POINTED if _points_back(passage) else BEFORE)
    if title is not None:
        _far(found, title, allowed, TITLE)
    if last and (last in allowed or people) and (last != "other" or people):
        more = bool(amount.like) or people or (measure != "share" and _beside(passage, amount))
        found.add(last, 2 * CARRY if more else CARRY, "carried along")
    if not found.score and kind in _DEFAULT:
        found.add(_DEFAULT[kind], 1.0, f"unit {kind}")
    return found


def _beside(passage: Passage, amount: Quantity) -> bool:
    """As "116,000 left, 22 percent fewer", "$3 billion (up 5%)": a change of what was just told."""
    if amount.unit not in ("percent", "times"):
        return False
    before = max((a.last for a in passage.amounts if a.last <= amount.first), default=None)
    if before is None or amount.first - before > 3:
        return False
    between = passage.forms[before : amount.first]
    return between[:1] in ([","], ["("], ["-"]) and not {"and", "и", "а"}.intersection(between)


def of_things(found: Votes, passage: Passage, amount: Quantity, allowed: frozenset[str]) -> None:
    """A change or a share of a number of things: "the number of ventures rose 2.5 times"."""
    for hit in passage.find(heads()):
        if hit.entry in ("раз", "time", "twice", "thrice"):
            continue
        near = THING * nearness(passage, hit.first, hit.last, amount)
        near *= 0.6 if placed_at(passage, hit.first) else 1.0
        for name, weight in hit.value:
            if name in allowed and weight >= 2:
                found.add(name, weight * near, f"thing {hit.entry}")


def _beside_gdp(passage: Passage, amount: Quantity, measure: str) -> bool:
    """As "45 percent of GDP": what is so large is no part of the economy's own figures."""
    if amount.unit not in ("percent", *MONEY):
        return False
    if not _PART_OF_GDP.search(passage.ctx.folded):
        return False
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    own = any(h.entry in _WHOLES for h in passage.find(cues()) if start <= h.first < amount.first)
    return measure == "share" or not own


def placed_at(passage: Passage, first: int) -> bool:
    """As "the number of trainees at the academy": where they are, and not what is counted."""
    before = passage.forms[max(0, first - 3) : first]
    return bool(head_words("at").intersection(before))


def _just_people(passage: Passage, amount: Quantity) -> bool:
    """As "4,195 people": who they are was told of the number before."""
    if any(passage.lemmas[i] in head_words("people") for i in amount.noun[:1]):
        return True
    return len(amount.noun) == 1 and any(m.first in amount.noun for m in passage.parties)


def _points_back(passage: Passage) -> bool:
    """Whether a sentence goes on about the one before ("These exports …")."""
    return bool(passage.forms) and passage.forms[0] in head_words("pointers")


def _cues(
    found: Votes, passage: Passage, amount: Quantity, allowed: frozenset[str], measure: str
) -> None:
    changed = amount.unit in ("percent", "times")  # "will meet 20 percent": no event
    for hit in passage.find(cues()):
        near = 0.0
        for told, weight in _speaking(hit, allowed):
            name = told if told in allowed else _of_people(told, allowed)
            if name and not (changed and name.startswith("events.")):
                near = near or _near(passage, hit, amount)
                whole = measure == "share" and hit.first >= amount.last
                if whole and _of_whole(passage, amount, hit.first):
                    near = 0.98  # "a third of foreign investment"
                if whole and hit.entry in _WHOLES:
                    near *= 0.3  # "49 percent of GDP" says how large a thing is, not what it is
                if measure == "level" and _as_whole(passage, hit.first, amount):
                    near *= 0.5
                found.add(name, weight * near, hit.entry)


def _of_people(name: str, allowed: frozenset[str]) -> str:
    """What a word for schools or flights says of people: those who learn there, or fly."""
    kin = _PEOPLE_OF.get(name, "")
    return kin if kin in allowed and name not in allowed else ""


def _as_whole(passage: Passage, first: int, amount: Quantity) -> bool:
    """As "$38 million of exports": the whole that an amount is a part of."""
    away = first - amount.last
    return amount.unit in MONEY and 1 <= away <= 3 and passage.forms[amount.last] == "of"


def _of_whole(passage: Passage, amount: Quantity, first: int) -> bool:
    if amount.last >= len(passage.tokens) or passage.forms[amount.last] != "of":
        return False
    between = passage.forms[amount.last + 1 : first]
    apart = {",", "with", "from", "in", "by", "for"}.intersection(between)
    return len(between) <= 6 and not apart


def _speaking(hit: Hit[tuple[Cue, ...]], allowed: frozenset[str]) -> Iterable[Cue]:
    """Return a phrase's cues; those of its words where its own take no such unit.

    "Плодоовощная продукция" speaks of trade, and so of tonnes only as "плодоовощной" does.
    """
    if any(name in allowed or name in _PEOPLE_OF for name, _ in hit.value) or (
        " " not in hit.entry
    ):
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
    if hit.first >= amount.last and passage.forms[amount.last : amount.last + 2] in _OF_WHICH:
        return 1 / (1 + 0.05 * (hit.first - amount.last))  # "$5 million of which … as a loan"
    return nearness(passage, hit.first, hit.last, amount)


def _far(found: Votes, passage: Passage, allowed: frozenset[str], part: float) -> None:
    for hit in passage.find(cues()):
        for name, weight in hit.value:
            if name in allowed and not name.startswith(("other", "events.")):
                found.add(name, weight * part, f"{hit.entry} nearby")
