"""What a party does in talk of trade: goods come from it, go to it, or it sells and buys."""

from __future__ import annotations

from scrapers.facts.evidence import Passage
from scrapers.facts.flow_lexicon import flow_lemmas, flow_words, flows
from scrapers.facts.parties import BLOCS, Mention, is_central_asian

_ADJECTIVES = ("ian", "kh", "bek", "ik", "men", "yz", "stani")


def side_of(mention: Mention) -> str:
    """Return the side that a party is on, "" for a third country."""
    if mention.code == "RU":
        return "RU"
    return "CA" if is_central_asian(mention.code) or mention.code in BLOCS else ""


def role_of(passage: Passage, mention: Mention, kind: str) -> str:
    """Return "from", "to", "with" or "agent" by the words before the party's name."""
    for i in range(mention.first - 1, max(mention.first - 4, -1), -1):
        form = passage.forms[i]
        if form in flow_words("from"):
            return "from"
        if form in flow_words("to"):
            return "from" if kind == "buy" and _place(passage, mention, form) else "to"
        if form in flow_words("with"):
            return "agent" if _has_a_flow(passage, mention) else "with"
        joined = next((m for m in passage.parties if m.last == i), None)
        if form in ("and", "и") and joined is not None:
            return role_of(passage, joined, kind)  # "between Kazakhstan and Russia"
        if form in flow_words("agent") or passage.tokens[i].kind in ("punct", "number"):
            break
    return "agent"


def _place(passage: Passage, mention: Mention, before: str) -> bool:
    """As "bought in Russia", "закуплено в России": where, and so from where."""
    if before == "в":
        return passage.forms[mention.first].endswith(("ии", "ане", "не"))
    return before == "in"


def _has_a_flow(passage: Passage, mention: Mention) -> bool:
    """As "with Russian exports accounting for": the party is the seller, and no partner."""
    if not is_adjective(passage, mention):
        return False
    return any(hit.first == mention.last for hit in passage.find(flows()))


def is_adjective(passage: Passage, mention: Mention) -> bool:
    form = passage.forms[mention.first]
    return "ск" in form[-6:] or form.endswith(_ADJECTIVES)


def of_goods(passage: Passage, mention: Mention) -> bool:
    """As "bought Russian goods", "туркменских товаров": where the goods come from."""
    following = passage.lemmas[mention.last : mention.last + 2]
    return is_adjective(passage, mention) and any(w in flow_lemmas("goods") for w in following)


def is_verb(passage: Passage, word: int) -> bool:
    form, lemma = passage.forms[word], passage.lemmas[word]
    return lemma.endswith(("ть", "ться")) or form in flow_words("verbs") or form.endswith("ed")
