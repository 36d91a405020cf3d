"""A share of trade: a partner's has a code of its own, other parts are trade's."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.cues import cues
from scrapers.facts.evidence import Passage
from scrapers.facts.narrow_words import narrow_lemmas
from scrapers.facts.parties import is_central_asian

_FOREIGN_TRADE = re.compile(r"foreign trade|внешней торговл|внешнеторг|внешнеэкономическ")
_FOREIGN = re.compile(r"[^.;]{0,40}(?:foreign trade|внешней торговл|внешнеторг)")


def share_of_trade(passage: Passage, amount: Quantity, topic: str | None) -> tuple[str, str | None]:
    """A partner's part of a country's trade has its own code; a part of trade else is trade's."""
    lemmas = set(passage.lemmas)
    told = (name for hit in passage.find(cues()) for name, _ in hit.value)
    if "trade.national_currency_share" in told:
        return "trade.national_currency_share", "in what money"
    if _FOREIGN.match(passage.ctx.folded[passage.ctx.at(amount.end) :]):
        return "trade.share", "of the foreign trade"
    if lemmas & narrow_lemmas("goods_of_trade"):
        return "other", "what the trade consists of"
    subject = next(
        (m.code for m in reversed(passage.parties) if m.last <= amount.first and m.strong), None
    )
    if subject and is_central_asian(subject) and topic == "C5":
        return "trade.turnover", "a state's part of the region's trade"
    if lemmas & narrow_lemmas("parts_of_trade"):
        return "trade.turnover", "a part of the trade"
    if _FOREIGN_TRADE.search(passage.ctx.folded):
        return "trade.share", "of the foreign trade"
    if lemmas & narrow_lemmas("partner") or any(m.code == "RU" for m in passage.parties):
        return "trade.share", "a partner's share"
    return "trade.turnover", "a part of the trade"
