"""Which way goods go: from Russia to Central Asia, or back. It settles the indicator.

Exports of one side are imports of the other, and bilateral figures are told from the Central Asian
side.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.flow_lexicon import flow_lemmas, flow_pattern, flow_words, flows
from scrapers.facts.parties import Mention
from scrapers.facts.trade_roles import is_adjective, is_verb, of_goods, role_of, side_of

WINDOW = 9  # tokens around the word of trade in which its sides stand
_ONE_WAY = {"trade.exports": "trade.imports", "trade.imports": "trade.exports"}
_JOINS = frozenset(("and", "while", "и", "а", "но", "but", ",", ";"))


@dataclass(frozen=True, slots=True)
class Way:
    """Where a flow comes from and goes to: "RU", "CA" or "" for unknown."""

    origin: str
    target: str

    def __bool__(self) -> bool:
        return bool(self.origin or self.target)


def trade_of(
    passage: Passage, amount: Quantity, base: str, speaker: str | None, last: str | None
) -> tuple[str, str]:
    """Return trade.exports or trade.imports of the Central Asian side, and what decided it.

    ``base``: trade.exports, trade.imports or trade.supplies, by the word that was found.
    ``last``: what the figure before measures.
    """
    word, kind = _word(passage, amount, base)
    start, end = _clause(passage, amount)
    own = start <= word < end and word != amount.first
    if last in _ONE_WAY and not own:
        if _told_back(passage, start, end):
            return _ONE_WAY[last], "the other way"
        labelled = _labelled(passage, start, end) or _label(passage, amount)
        if not labelled and _past_a_figure(passage, amount, word):
            return last, "goes on"
    begin = _own_start(passage, start, word) if own else start
    way = _way(passage, word, kind, speaker, range(begin, end))
    if not way and not own:
        way = _way(passage, word, kind, speaker, _label(passage, amount))
    if not way and begin > start:
        way = _other_way(passage, word, kind, speaker)
    way = way or _way(passage, word, kind, speaker) or _other_way(passage, word, kind, speaker)
    if way.origin == "RU" or way.target == "CA":
        return "trade.imports", f"{kind} from Russia"
    if way.target == "RU" or way.origin == "CA":
        return "trade.exports", f"{kind} to Russia"
    return ("trade.imports" if kind == "buy" else "trade.exports"), f"{kind}, no side named"


def part_of_trade(passage: Passage, amount: Quantity, base: str) -> str:
    """As "Russia's share in imports": the flow is the country's own, whoever is named."""
    word, kind = _word(passage, amount, base)
    own = "trade.imports" if kind == "buy" else "trade.exports"
    of_russia = any(m.code == "RU" and m.last == word for m in passage.parties)
    return _ONE_WAY[own] if of_russia else own  # "40 percent of Russian exports"


def flows_in_clause(passage: Passage, amount: Quantity) -> bool:
    """Whether the words right before (or told of) a number are of supplies, and none of turnover.

    As "our shipments stood at 1.2 billion, theirs at 580 million" after talk of turnover.
    """
    start, end = _clause(passage, amount)
    named = any(start <= h.first and h.last <= end for h in passage.find(flows()))
    named = named or any(
        amount.last <= m.first and m.last <= end and of_goods(passage, m) for m in passage.parties
    )
    whole = flow_lemmas("whole_trade").intersection(passage.lemmas[start:end])
    return named and not whole


def turned_back(passage: Passage, amount: Quantity) -> bool:
    """As "720 million went the other way", "обратно ушло на 720 млн"."""
    start, end = _clause(passage, amount)
    named = any(start <= h.first and h.last <= end for h in passage.find(flows()))
    return not named and _told_back(passage, start, end)


def _told_back(passage: Passage, start: int, end: int) -> bool:
    return bool(flow_pattern("back").search(" ".join(passage.forms[start:end])))


def _labelled(passage: Passage, start: int, end: int) -> bool:
    """As "узбекские поставки выросли на 12%, российские – на 5%": whose the flow is."""
    return any(start <= m.first < end and side_of(m) for m in passage.parties)


def _label(passage: Passage, amount: Quantity) -> range:
    """As "3.5 billion came from Uzbek exports and 6.4 from Russian ones": whose, told after."""
    following = passage.forms[amount.last : amount.last + 6]
    if not following or following[0] not in flow_words("labels"):
        return range(0)
    ends = (i for i, f in enumerate(following) if f in (",", ";", "and", "и", ".", "("))
    return range(amount.last, amount.last + next(ends, len(following)))


def _past_a_figure(passage: Passage, amount: Quantity, word: int) -> bool:
    """Whether the nearest word of trade belongs to a figure before."""
    return any(word < a.first and a.last <= amount.first for a in passage.amounts) or (
        word == amount.first
    )


def _own_start(passage: Passage, start: int, word: int) -> int:
    """As "… to Russia and buys 7.9 billion": the clause of a word begins after the joint."""
    if not start:
        return start
    joints = [i + 1 for i in range(start, word) if passage.forms[i] in _JOINS]
    return max(joints, default=start)


def _clause(passage: Passage, amount: Quantity) -> tuple[int, int]:
    """Return the tokens from the number before to this one, with what follows a copula."""
    before = [a for a in passage.amounts if a.last <= amount.first]
    start = before[-1].last if before else 0
    if before and (told := _label(passage, before[-1])) and told.stop < amount.first:
        start = told.stop
    following = passage.forms[amount.last : amount.last + 5]
    end = amount.last
    if following and following[0] in flow_words("copula"):
        stop = next((i for i, f in enumerate(following) if f in (",", ";")), len(following))
        end += stop
    return start, end


def _word(passage: Passage, amount: Quantity, base: str) -> tuple[int, str]:
    """Return the token of the word of trade nearest to a figure, and whether it sells or buys."""
    best, at, kind = 0.0, amount.first, {"trade.imports": "buy"}.get(base, "sell")
    for hit in passage.find(flows()):
        near = nearness(passage, hit.first, hit.last, amount)
        if near > best:
            best, at, kind = near, hit.first, hit.value
    return at, kind


def _other_way(passage: Passage, word: int, kind: str, speaker: str | None) -> Way:
    """As "exports to Russia were 5 billion and imports 7": the way back of the other word."""
    others = [hit for hit in passage.find(flows()) if hit.first != word]
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
        for hit in passage.find(flows())
        if parted or hit.value != kind
    )


def _way(
    passage: Passage, word: int, kind: str, speaker: str | None, within: range | None = None
) -> Way:
    origin = target = agent = ""
    for mention in passage.parties:
        side = side_of(mention)
        if not side or not mention.strong:
            continue
        if within is not None and mention.first not in within:
            continue
        if within is None and abs(mention.first - word) > WINDOW:
            continue
        if within is None and _of_another(passage, mention, word, kind):
            continue
        role = role_of(passage, mention, kind)
        if role == "with":
            continue
        if role == "agent" and mention.first > word and is_verb(passage, word):
            role = "to" if kind == "sell" and not is_adjective(passage, mention) else "from"
        elif role == "agent" and of_goods(passage, mention):
            role = "from"
        if role == "from":
            origin = origin or side
        elif role == "to":
            target = target or side
        elif not agent or mention.first < word:
            agent = side
    ours = within is not None and not (origin or target) and _our_side(passage, within)
    if not agent and (ours or (within is None and _ours(passage, word))):
        agent = "RU" if speaker == "RU" else "CA" if speaker else ""
    if agent and kind == "sell" and not origin:
        origin = agent
    elif agent and kind == "buy" and not target:
        target = agent
    return Way(origin, target)


def _our_side(passage: Passage, within: range) -> bool:
    """As "exports from our side", "поставки с нашей стороны"."""
    sides = (i for i in within if passage.forms[i] in ("side", "стороны"))
    return any(flow_words("our").intersection(passage.forms[max(0, i - 1) : i]) for i in sides)


def _ours(passage: Passage, word: int) -> bool:
    return any(passage.forms[i] in flow_words("our") for i in range(word))
