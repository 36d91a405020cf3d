"""Goods that only pass: through a state of the region, or through Russia's pipes to third ones."""

from __future__ import annotations

import re
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.parties import THIRD, Mention, is_central_asian
from scrapers.facts.words import load


def _bound_for_us(passage: Passage, mention: Mention) -> bool:
    """As "from Russia to Uzbekistan via Kazakhstan": it goes to a state of the region."""
    before = passage.forms[max(0, mention.first - 1) : mention.first]
    through = {"через", "through", "via", "across"}
    others = [passage.forms[max(0, m.first - 2) : m.first] for m in passage.parties]
    return before in (["to"], ["into"], ["в"]) and any(through & set(o) for o in others)


def passes_through(passage: Passage, amount: Quantity) -> bool:
    """As "через Казахстан в Китай", "through Kazakhstan": goods that only pass."""
    for mention in passage.parties:
        before = passage.forms[max(0, mention.first - 3) : mention.first]
        if is_central_asian(mention.code) and _bound_for_us(passage, mention):
            return False
        if is_central_asian(mention.code) and {"через", "through", "via", "across"}.intersection(
            before
        ):
            return any(
                m.code not in ("RU", mention.code) or m.last <= mention.first
                for m in passage.parties
                if m is not mention and not is_central_asian(m.code)
            )
    return False


def piped_on(passage: Passage) -> bool:
    """As "oil to Germany via the Druzhba pipeline": on its way to a third country."""
    third = any(m.code == THIRD for m in passage.parties)
    return third and bool(_pipes().search(passage.ctx.folded))


@cache
def _pipes() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(load('narrowing')['pipes'].split())})")
