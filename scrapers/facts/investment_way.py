"""Which way money is invested: into Central Asia, in a period or altogether, or out of it."""

from __future__ import annotations

from scrapers.facts.amounts import Quantity
from scrapers.facts.direction import WINDOW
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.flow_lexicon import flow_lemmas, flow_words, investing
from scrapers.facts.parties import Mention
from scrapers.facts.trade_roles import side_of


def investment_of(passage: Passage, amount: Quantity, timed: bool) -> tuple[str, str]:
    """Return investment.stock, .flow or .outward of an amount invested."""
    word = _nearest(passage, amount)
    origin = target = ""
    for mention in passage.parties:
        side = side_of(mention)
        if not side or not mention.strong or abs(mention.first - word) > WINDOW:
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
    if timed and not accumulated(passage, amount):
        return "investment.flow", "in a period"
    return "investment.stock", "investment"


def _way_in_clause(passage: Passage, amount: Quantity, word: int) -> tuple[str, str] | None:
    """As "…, Kazakh business into the Russian one – 5 billion": the verb was said before."""
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    if word >= start:
        return None
    here = [m for m in passage.parties if start <= m.first < amount.first and side_of(m)]
    if not here or _role_of_money(passage, here[-1]) != "to":
        return None
    target = side_of(here[-1])
    return side_of(here[0]) if len(here) > 1 else "CA" if target == "RU" else "RU", target


def _role_of_money(passage: Passage, mention: Mention) -> str:
    for i in range(mention.first - 1, max(mention.first - 4, -1), -1):
        form = passage.forms[i]
        if form in flow_words("into"):
            return "to"
        if form in flow_words("from"):
            return "from"
        if passage.tokens[i].kind in ("punct", "number") and form != "'s":
            break
    return "agent"


def _nearest(passage: Passage, amount: Quantity) -> int:
    best, at = 0.0, amount.first
    for hit in passage.find(investing()):
        near = nearness(passage, hit.first, hit.last, amount)
        if near > best:
            best, at = near, hit.first
    return at


def accumulated(passage: Passage, amount: Quantity) -> bool:
    return any(lemma in flow_lemmas("accumulated") for lemma in passage.lemmas)
