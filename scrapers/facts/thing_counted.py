"""The thing that a number counts, and the indicators that it speaks for."""

from __future__ import annotations

from dataclasses import replace

from scrapers.facts.amounts import Quantity
from scrapers.facts.counted import stops
from scrapers.facts.cues import Cue, head_words, heads
from scrapers.facts.evidence import Passage
from scrapers.facts.lemmas import CYRILLIC, animate, grammar, lemma
from scrapers.facts.lexicon import Hit
from scrapers.facts.parties import Mention

PEOPLE = frozenset(
    ("events.participants", "labour.migrants", "tourism.visitors", "education.students",
     "education.quota", "transport.passengers")
)  # fmt: skip
_DOERS = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "men", "ants", "ees", "folk")


def counted_thing(passage: Passage, amount: Quantity) -> list[tuple[str, float, str]]:
    """Return (indicator, weight, word) for the head of the counted phrase."""
    if not amount.noun:
        return []
    first, last = amount.noun[0], amount.noun[-1] + 1
    joined = next((i for i in range(first, last) if passage.forms[i] == "and"), last)
    inside = [h for h in passage.find(heads()) if first <= h.first < joined]
    if not inside and (people := _people(passage, first, last)):
        return people
    if not inside and (halved := _by_halves(passage, first, joined)):
        return halved
    inside = inside or _over_commas(passage, first)
    if not inside:
        return []
    # The head is the last noun of an English phrase, the first of a Russian one.
    head = inside[0] if passage.ctx.russian else inside[-1]
    if head.entry in head_words("people") and (named := _before_dash(passage, amount)):
        head = named
    if head.entry in head_words("citizens") and _of_russia(passage, head):
        return _of("россиянин", "citizen of Russia")
    return [(name, weight, head.entry) for name, weight in head.value]


def _before_dash(passage: Passage, amount: Quantity) -> Hit[tuple[Cue, ...]] | None:
    """As "преподавательский состав – 230 человек": who the people are stands before a dash."""
    at = amount.first - 1
    if at < 1 or passage.forms[at] not in ("-", ":"):
        return None
    named = [h for h in passage.find(heads()) if at - 4 <= h.last <= at]
    if not named or _main(named[-1]) == "other":
        return None
    return named[-1] if max(w for _, w in named[-1].value) >= 4 else None


def _of(word: str, why: str) -> list[tuple[str, float, str]]:
    """Return what a thing of the lexicon speaks for."""
    hit = heads().at([word], 0)
    return [(name, weight, why) for name, weight in hit.value] if hit else []


def _of_russia(passage: Passage, head: Hit[tuple[Cue, ...]]) -> bool:
    """As "граждан РФ", "citizens of Russia", "Russian nationals"."""
    near = [m for m in passage.parties if head.first - 1 <= m.last and m.first <= head.last + 2]
    return {m.code for m in near} == {"RU"}


def _by_halves(passage: Passage, first: int, last: int) -> list[tuple[str, float, str]]:
    """As "учителей-русистов", "driver-mechanics": a thing named by one half of a word."""
    for i in range(first, last):
        for half in passage.lemmas[i].split("-"):
            if half != passage.lemmas[i] and (found := _of(lemma(half), half)):
                return found
    return []


def _with_topic(passage: Passage, amount: Quantity) -> Quantity:
    """As "… while Kazakh companies in Russia number almost five thousand"."""
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    named = [h for h in passage.find(heads()) if start <= h.first and h.last <= amount.first]
    marks = [i + 1 for i in range(start, named[0].first) if _parts(passage, i)] if named else []
    if not named or named[0].first - max([start, *marks]) > 3:
        return amount
    kinds = {name for name, weight in named[0].value if weight >= 4} - {"other"}
    if not kinds or head_words("inside").intersection(passage.forms[start : named[0].first][-2:]):
        return amount
    told = passage.forms[named[0].last : amount.first]
    if ";" in told:
        return amount
    if not passage.ctx.russian and not head_words("counting").intersection(told):
        return amount  # "trains carried another 610 thousand"
    return replace(amount, noun=(named[0].first,), like="")


def _parts(passage: Passage, i: int) -> bool:
    return passage.forms[i] in (",", ";", ")")


def _main(hit: Hit[tuple[Cue, ...]]) -> str:
    """Return what a thing is most likely counted for."""
    return max(hit.value, key=lambda cue: cue[1])[0]


def maybe_people(passage: Passage, amount: Quantity) -> bool:
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
    begun = max((a.first + 1 for a in passage.amounts if a.last <= amount.first), default=0)
    told = head_words("teaching").intersection(passage.lemmas[begun : amount.first][-4:])
    if told or head_words("learning").intersection(passage.lemmas[amount.last :][:1]):
        return replace(amount, like="education.students")  # "branches teach 25,000"
    reach = passage.forms[amount.last : amount.last + 7]
    reach = reach[: reach.index(",")] if "," in reach else reach
    verb = next((i for i, form in enumerate(reach) if form in head_words("being")), None)
    if verb is None:
        return _with_topic(passage, amount)
    start = amount.last + verb + 1
    named = next((h for h in passage.find(heads()) if start <= h.first <= start + 3), None)
    if named and CYRILLIC.search(form := passage.forms[named.first]) and grammar(form)[2] == "ablt":
        return _with_topic(passage, amount)  # "240 – узбекскими перевозчиками"
    stopped = named and stops().intersection(passage.forms[start : named.first])
    if named is None or stopped or (amount.like in PEOPLE and _main(named) == "other"):
        return _with_topic(passage, amount)  # students who are to be doctors are students
    return replace(amount, noun=(named.first,), like="")


def _people(passage: Passage, first: int, last: int) -> list[tuple[str, float, str]]:
    """As "76,000 Kyrgyzstanis", "665 тысяч кыргызстанцев": a state's people are its citizens."""
    inside = [m for m in passage.parties if first <= m.first < last]
    named = [m.code for m in inside if _of_people(passage, m, last)]
    if not named:
        return []
    return _of("россиянин" if named == ["RU"] else "citizen", "people of a state")


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
