"""Which way goods and money go: from Russia to Central Asia, or back. It settles the indicator.

Exports of one side are imports of the other, and bilateral figures are told from the Central Asian
side; so is investment, which is `outward` where Central Asia invests in Russia.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.lexicon import Phrases, lemma_of_entry, phrases
from scrapers.facts.parties import BLOCS, Mention, is_central_asian
from scrapers.facts.words import load

_ADJECTIVES = ("ian", "kh", "bek", "ik", "men", "yz", "stani")
_WINDOW = 9  # tokens around the word of trade in which its sides stand


@dataclass(frozen=True, slots=True)
class Way:
    """Where a flow comes from and goes to: "RU", "CA" or "" for unknown."""

    origin: str
    target: str

    def __bool__(self) -> bool:
        return bool(self.origin or self.target)


def trade_of(passage: Passage, amount: Quantity, base: str, speaker: str | None) -> tuple[str, str]:
    """Return trade.exports or trade.imports of the Central Asian side, and what decided it.

    ``base``: trade.exports, trade.imports or trade.supplies, by the word that was found.
    """
    word, kind = _word(passage, amount, base)
    way = _way(passage, word, kind, speaker) or _other_way(passage, word, kind, speaker)
    if way.origin == "RU" or way.target == "CA":
        return "trade.imports", f"{kind} from Russia"
    if way.target == "RU" or way.origin == "CA":
        return "trade.exports", f"{kind} to Russia"
    return ("trade.imports" if kind == "buy" else "trade.exports"), f"{kind}, no side named"


def part_of_trade(passage: Passage, amount: Quantity, base: str) -> str:
    """As "Russia's share in imports": the flow is the country's own, whoever is named."""
    return "trade.imports" if _word(passage, amount, base)[1] == "buy" else "trade.exports"


def flows_in_clause(passage: Passage, amount: Quantity) -> bool:
    """Whether the words right before (or told of) a number are of supplies, and none of turnover.

    As "our shipments stood at 1.2 billion, theirs at 580 million" after talk of turnover.
    """
    start, end = _clause(passage, amount)
    named = any(start <= h.first and h.last <= end for h in passage.find(_flows()))
    named = named or any(
        amount.last <= m.first and m.last <= end and _of_goods(passage, m) for m in passage.parties
    )
    whole = _lemmas("whole_trade").intersection(passage.lemmas[start:end])
    return named and not whole


def turned_back(passage: Passage, amount: Quantity) -> bool:
    """As "720 million went the other way", "обратно ушло на 720 млн"."""
    start, end = _clause(passage, amount)
    named = any(start <= h.first and h.last <= end for h in passage.find(_flows()))
    return not named and bool(_listed("back").intersection(passage.forms[start:end]))


def _clause(passage: Passage, amount: Quantity) -> tuple[int, int]:
    """Return the tokens from the number before to this one, with what follows a copula."""
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    following = passage.forms[amount.last : amount.last + 5]
    end = amount.last
    if following and following[0] in _listed("copula"):
        stop = next((i for i, f in enumerate(following) if f in (",", ";")), len(following))
        end += stop
    return start, end


def _word(passage: Passage, amount: Quantity, base: str) -> tuple[int, str]:
    """Return the token of the word of trade nearest to a figure, and whether it sells or buys."""
    best, at, kind = 0.0, amount.first, {"trade.imports": "buy"}.get(base, "sell")
    for hit in passage.find(_flows()):
        near = nearness(passage, hit.first, hit.last, amount)
        if near > best:
            best, at, kind = near, hit.first, hit.value
    return at, kind


def _other_way(passage: Passage, word: int, kind: str, speaker: str | None) -> Way:
    """As "exports to Russia were 5 billion and imports 7": the way back of the other word."""
    others = [hit for hit in passage.find(_flows()) if hit.first != word]
    for other in sorted(others, key=lambda hit: abs(hit.first - word)):
        if way := _way(passage, other.first, other.value, speaker):
            return way if other.value == kind else Way(way.target, way.origin)
    return Way("", "")


def _of_another(passage: Passage, mention: Mention, word: int, kind: str) -> bool:
    """Whether a nearer word of trade has the mention: one of the other kind, or past a number."""
    between = range(min(word, mention.first), max(word, mention.first))
    parted = any(passage.tokens[i].kind == "number" for i in between)
    return any(
        abs(hit.first - mention.first) < abs(word - mention.first)
        for hit in passage.find(_flows())
        if parted or hit.value != kind
    )


def _way(passage: Passage, word: int, kind: str, speaker: str | None) -> Way:
    origin = target = agent = ""
    for mention in passage.parties:
        side = side_of(mention)
        if not side or not mention.strong or abs(mention.first - word) > _WINDOW:
            continue
        if _of_another(passage, mention, word, kind):
            continue
        role = _role(passage, mention)
        if role == "with":
            continue
        if role == "agent" and mention.first > word and _is_verb(passage, word):
            role = "to" if kind == "sell" and not _adjective(passage, mention) else "from"
        elif role == "agent" and _of_goods(passage, mention):
            role = "from"
        if role == "from":
            origin = origin or side
        elif role == "to":
            target = target or side
        elif not agent or mention.first < word:
            agent = side
    if not agent and _ours(passage, word):
        agent = "RU" if speaker == "RU" else "CA" if speaker else ""
    if agent and kind == "sell" and not origin:
        origin = agent
    elif agent and kind == "buy" and not target:
        target = agent
    return Way(origin, target)


def _is_verb(passage: Passage, word: int) -> bool:
    form, lemma = passage.forms[word], passage.lemmas[word]
    return lemma.endswith(("ть", "ться")) or form in _listed("verbs") or form.endswith("ed")


def _adjective(passage: Passage, mention: Mention) -> bool:
    form = passage.forms[mention.first]
    return "ск" in form[-6:] or form.endswith(_ADJECTIVES)


def _of_goods(passage: Passage, mention: Mention) -> bool:
    """As "bought Russian goods", "туркменских товаров": where the goods come from."""
    following = passage.lemmas[mention.last : mention.last + 2]
    return _adjective(passage, mention) and any(w in _lemmas("goods") for w in following)


def side_of(mention: Mention) -> str:
    """Return the side that a party is on, "" for a third country."""
    if mention.code == "RU":
        return "RU"
    return "CA" if is_central_asian(mention.code) or mention.code in BLOCS else ""


def _role(passage: Passage, mention: Mention) -> str:
    """Return "from", "to", "with" or "agent" by the words before the party's name."""
    for i in range(mention.first - 1, max(mention.first - 4, -1), -1):
        form = passage.forms[i]
        if form in _listed("from"):
            return "from"
        if form in _listed("to"):
            return "to"
        if form in _listed("with"):
            return "with"
        joined = next((m for m in passage.parties if m.last == i), None)
        if form in ("and", "и") and joined is not None:
            return _role(passage, joined)  # "between Kazakhstan and Russia"
        if form in _listed("agent") or passage.tokens[i].kind in ("punct", "number"):
            break
    return "agent"


def _ours(passage: Passage, word: int) -> bool:
    return any(passage.forms[i] in _listed("our") for i in range(word))


def investment_of(passage: Passage, amount: Quantity, timed: bool) -> tuple[str, str]:
    """Return investment.stock, .flow or .outward of an amount invested."""
    word = _nearest(passage, amount)
    origin = target = ""
    for mention in passage.parties:
        side = side_of(mention)
        if not side or not mention.strong or abs(mention.first - word) > _WINDOW:
            continue
        role = _role_of_money(passage, mention)
        near_word = mention.first < word and word - mention.first <= 3
        if role == "to" and mention.first > word - 1:
            target = target or side
        elif near_word or role == "from":
            origin = side if near_word else origin or side
    told = _way_in_clause(passage, amount, word)
    if told:
        origin, target = told
    if (origin == "CA" and target != "CA") or (target == "RU" and origin != "RU"):
        return "investment.outward", "invested in Russia"
    if timed and not _accumulated(passage, amount):
        return "investment.flow", "in a period"
    return "investment.stock", "investment"


def _way_in_clause(passage: Passage, amount: Quantity, word: int) -> tuple[str, str] | None:
    """As "…, Kazakh business into the Russian one – 5 billion": the verb was said before."""
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    if word >= start:
        return None
    here = [m for m in passage.parties if start <= m.first < amount.first and side_of(m)]
    if len(here) < 2 or _role_of_money(passage, here[-1]) != "to":
        return None
    return side_of(here[0]), side_of(here[-1])


def _role_of_money(passage: Passage, mention: Mention) -> str:
    for i in range(mention.first - 1, max(mention.first - 4, -1), -1):
        form = passage.forms[i]
        if form in _listed("into"):
            return "to"
        if form in _listed("from"):
            return "from"
        if passage.tokens[i].kind in ("punct", "number") and form != "'s":
            break
    return "agent"


def _nearest(passage: Passage, amount: Quantity) -> int:
    best, at = 0.0, amount.first
    for hit in passage.find(_investing()):
        near = nearness(passage, hit.first, hit.last, amount)
        if near > best:
            best, at = near, hit.first
    return at


def _accumulated(passage: Passage, amount: Quantity) -> bool:
    return any(lemma in _lemmas("accumulated") for lemma in passage.lemmas)


@cache
def _flows() -> Phrases[str]:
    table = load("direction")
    return phrases((word, kind) for kind in ("sell", "buy") for word in str(table[kind]).split())


@cache
def _investing() -> Phrases[str]:
    return phrases((word, "invest") for word in load("direction")["invest"].split())


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(load("direction")[name]).split())


@cache
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(map(lemma_of_entry, _listed(name)))
