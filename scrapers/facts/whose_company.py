"""Whose companies are counted, and where: of Russian capital, joint, or of Central Asia."""

from __future__ import annotations

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage

_OWNERS = frozenset(
    ("business", "company", "capital", "firm", "investor", "бизнес", "компания", "капитал", "фирма",
     "предприятие", "предприниматель", "инвестор")
)  # fmt: skip


def whose_company(passage: Passage, amount: Quantity, indicator: str) -> tuple[str, str | None]:
    """Whose companies, and where: of Russian capital, joint, or of Central Asia in Russia."""
    noun = amount.noun or (amount.last,)
    colon = ":" in passage.forms[max(0, noun[0] - 6) : noun[0]]
    reach = range(0 if colon else max(0, noun[0] - 6), min(len(passage.tokens), noun[-1] + 14))
    reach = range(reach.start, next((i for i in reach[1:] if _ends(passage, i, noun)), reach.stop))
    lemmas = [passage.lemmas[i] for i in reach]
    owners = {
        m.code
        for m in passage.parties
        if m.strong
        and noun[0] <= m.first <= min(noun[-1] + 7, reach.stop)
        and not _located(passage, m.first)
    }
    capital = [
        m.code
        for m in passage.parties
        if m.strong and m.first in reach and _capital_after(passage, m.first)
    ]
    placed = any(
        m.code == "RU" and m.first in reach and _located(passage, m.first) for m in passage.parties
    )
    if _joint(passage, noun) and "RU" not in capital:
        return "business.joint_ventures", "joint"  # with whom does not matter
    if "RU" in owners or "RU" in capital:
        return "business.russian_capital", "Russian owners"
    if capital or (placed and indicator != "business.joint_ventures"):
        return "business.in_russia", "in Russia"
    if "joint" in lemmas[:6] or "совместный" in lemmas[:6] or "together" in lemmas:
        return "business.joint_ventures", "joint"
    return indicator, None


def _ends(passage: Passage, i: int, noun: tuple[int, ...]) -> bool:
    """Whether what is told of the companies ends at a token: other companies follow."""
    return i > noun[-1] and passage.forms[i] in (";", "while", "whereas", "тогда")


def _joint(passage: Passage, noun: tuple[int, ...]) -> bool:
    """Whether the companies are called joint, and not "Russian and joint"."""
    end = next(
        (i for i in noun if passage.forms[i : i + 1] and passage.forms[i] in ("with", "с", "со")),
        noun[-1] + 1,
    )
    named = range(noun[0], min(end, len(passage.tokens)))
    owned = any(m.code == "RU" and m.first in named for m in passage.parties)
    return not owned and any(
        passage.lemmas[i] in ("joint", "jointly", "совместный", "совместно", "сп", "jv")
        for i in named
    )


def _capital_after(passage: Passage, first: int) -> bool:
    return any(
        lemma in ("capital", "капитал", "participation", "участие")
        for lemma in passage.lemmas[first + 1 : first + 4]
    )


def _located(passage: Passage, first: int) -> bool:
    """Whether a party's name tells a place: "in Russia", "на российском рынке"."""
    if passage.lemmas[first + 1 : first + 2] and passage.lemmas[first + 1] in _OWNERS:
        return False  # "на российский бизнес приходится …"
    before = passage.forms[max(0, first - 3) : first]
    for form in reversed(before):
        if form in ("in", "в", "на", "on", "across", "throughout", "по"):
            return True
        if form not in (
            "the",
            "territory",
            "itself",
            "самой",
            "самом",
            "соседней",
            "of",
            "территории",
            "economy",
            "экономике",
        ):
            return False
    return False
