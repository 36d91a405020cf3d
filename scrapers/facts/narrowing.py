"""From the topic that the words give to the one indicator: what only the grammar can tell."""

from __future__ import annotations

import re
from functools import cache

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.cues import cues, heads
from scrapers.facts.direction import (
    flows_in_clause,
    part_of_trade,
    trade_of,
    turned_back,
)
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.investment_way import investment_of
from scrapers.facts.lexicon import Phrases, lemma_of_entry, phrases
from scrapers.facts.parties import Mention, is_central_asian
from scrapers.facts.people_counted import no_migrants
from scrapers.facts.whose_company import whose_company
from scrapers.facts.words import load

_FOREIGN = re.compile(r"[^.;]{0,40}(?:foreign trade|внешней торговл|внешнеторг)")
_GATHERING = frozenset(("university", "вуз", "университет", "institute", "институт"))
_TRADE = ("trade.exports", "trade.imports", "trade.supplies")
_OPPOSITE = {"trade.exports": "trade.imports", "trade.imports": "trade.exports"}
_COMPANIES = ("business.russian_capital", "business.joint_ventures", "business.in_russia")


def narrowed(
    passage: Passage,
    amount: Quantity,
    indicator: str,
    measure: str,
    *,
    timed: bool,
    weighed: bool,
    last: str | None,
    speaker: str | None,
    topic: str | None,
) -> tuple[str, str | None]:
    """Return the final indicator, and what changed it (None: nothing did)."""
    if amount.unit in MONEY and (worth := _worth(passage, amount)):
        return worth
    if amount.unit == "count" and _gathers(passage, amount, indicator):
        return "events.participants", "gathered"
    if indicator == "labour.migrants" and (why := no_migrants(passage, amount)):
        return "other", why
    if indicator == "agriculture.volume" and amount.unit in ("percent", "times") and not weighed:
        return "trade.agri", "no tonnes before"
    if indicator in _TRADE and _still_food(passage, last):
        return "trade.agri", "goes on about food"
    if indicator == "trade.agri" and amount.unit in ("percent", "times") and weighed:
        return "agriculture.volume", "tonnes before"
    through = indicator in (
        "other",
        "energy.oil",
        "energy.gas",
        "transport.freight",
        "industry.output",
    )
    if through and amount.unit in ("t", "m3", "TEU") and _passes_through(passage, amount):
        return "transport.transit", "through the country"
    if indicator in ("macro.gdp", "macro.growth"):
        return _economy(amount, measure)
    if indicator == "trade.turnover" and amount.unit in MONEY and flows_in_clause(passage, amount):
        return trade_of(passage, amount, "trade.supplies", speaker, last)
    if indicator in _OPPOSITE and last not in _OPPOSITE and turned_back(passage, amount):
        return _OPPOSITE[indicator], "the other way"
    if indicator in _TRADE and measure == "share":
        return part_of_trade(passage, amount, indicator), "part of a flow"
    if indicator in _TRADE:
        return trade_of(passage, amount, indicator, speaker, last)
    if indicator == "investment.stock":
        return investment_of(passage, amount, timed)
    if indicator in _COMPANIES:
        return whose_company(passage, amount, indicator)
    if indicator in ("investment.portfolio", "investment.project_value"):
        return _projects(passage, amount, indicator)
    if measure == "share" and indicator in ("trade.turnover", "trade.share"):
        return _share_of_trade(passage, amount, topic)
    if indicator == "trade.share":
        return "trade.turnover", "no share"
    return indicator, None


def _still_food(passage: Passage, last: str | None) -> bool:
    """Whether trade is told of that the passage has narrowed to food: "these exports"."""
    if last in ("trade.agri", "agriculture.volume"):
        return True
    earlier = passage.before
    if (
        earlier is None
        or not passage.forms
        or passage.forms[0] not in ("these", "this", "эти", "этот")
    ):
        return False
    return any(name == "trade.agri" and w >= 6 for h in earlier.find(cues()) for name, w in h.value)


def _gathers(passage: Passage, amount: Quantity, indicator: str) -> bool:
    """Whether those counted came to an event: companies, regions, universities, people."""
    kindred = ("business.", "other", "labour.migrants", "education.inst", "education.st")
    misread = indicator == "events.countries" and not _countries(passage, amount)
    if not indicator.startswith(kindred) and not misread:
        return False
    first, last = (amount.noun[0], amount.noun[-1]) if amount.noun else (0, -1)
    kinds = {h.entry for h in passage.find(heads()) if first <= h.first <= last}
    if indicator.startswith("education.") and not kinds & _GATHERING:
        return False
    return _gathered(passage, amount)


def _gathered(passage: Passage, amount: Quantity) -> bool:
    """As "with the participation of 13 regions", "руководители 42 вузов": who came."""
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    return bool(_gathering().search(before[-60:]) or _came().match(after))


def _countries(passage: Passage, amount: Quantity) -> bool:
    return not amount.noun or any(passage.lemmas[i] in _lemmas("countries") for i in amount.noun)


def _bound_for_us(passage: Passage, mention: Mention) -> bool:
    """As "from Russia to Uzbekistan via Kazakhstan": it goes to a state of the region."""
    before = passage.forms[max(0, mention.first - 1) : mention.first]
    through = {"через", "through", "via", "across"}
    others = [passage.forms[max(0, m.first - 2) : m.first] for m in passage.parties]
    return before in (["to"], ["into"], ["в"]) and any(through & set(o) for o in others)


def _passes_through(passage: Passage, amount: Quantity) -> bool:
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


@cache
def _gathering() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{load('narrowing')['gathered'].strip()})\s+\W*$")


@cache
def _came() -> re.Pattern[str]:
    lexicon = load("narrowing")
    return re.compile(
        rf"[^,.;:\d]{{0,40}}?(?<![^\W_])(?:{lexicon['came'].strip()})(?!\w|\s+{lexicon['standing']})"
    )


def _economy(amount: Quantity, measure: str) -> tuple[str, str | None]:
    if measure == "growth":
        return "macro.growth", "growth of the economy"
    return "macro.gdp", "size of the economy"


def _worth(passage: Passage, amount: Quantity) -> tuple[str, str] | None:
    """As "21 agreements worth $130 million": the value of the things just counted."""
    things = [a for a in passage.amounts if a.unit == "count" and a.last <= amount.first]
    if not things:
        return None
    between = range(things[-1].last, amount.first)
    said = [passage.lemmas[i] for i in between]
    if len(between) > 14 or not any(w in _lemmas("worth") for w in said) or ";" in said:
        return None
    counted = [h for h in passage.find(heads()) if things[-1].first <= h.first < things[-1].last]
    names = {name for hit in counted for name, weight in hit.value if weight >= 4}
    if set(passage.lemmas) & _lemmas("lenders"):
        return "development.funding", "financed by a fund or bank"
    if "agreements.count" in names:
        return "agreements.value", "worth of the documents"
    if "investment.projects" in names:
        return "investment.portfolio", "worth of the projects"
    return None


def _projects(passage: Passage, amount: Quantity, indicator: str) -> tuple[str, str | None]:
    """The value of many projects is a portfolio, of one its own."""
    if indicator == "investment.portfolio" and set(passage.lemmas) & _lemmas("lenders"):
        return "development.funding", "portfolio of a fund or bank"
    if any(a.unit == "count" and a.value > 1 and _of_projects(passage, a) for a in passage.amounts):
        return "investment.portfolio", "several projects counted"
    best, plural = 0.0, None
    for hit in passage.find(_project_words()):
        near = nearness(passage, hit.first, hit.last, amount)
        if near > best:
            best, plural = near, hit.value == "many" or _is_plural(passage.forms[hit.first])
    if plural is None:
        return indicator, None
    if plural:
        return "investment.portfolio", "several projects"
    return "investment.project_value", "one project"


def _of_projects(passage: Passage, amount: Quantity) -> bool:
    return any(passage.lemmas[i] in ("project", "проект", "инвестпроект") for i in amount.noun)


def _is_plural(form: str) -> bool:
    return form in _listed("plural_projects")


def _share_of_trade(
    passage: Passage, amount: Quantity, topic: str | None
) -> tuple[str, str | None]:
    """A partner's part of a country's trade has its own code; a part of trade else is trade's."""
    lemmas = set(passage.lemmas)
    if _FOREIGN.match(passage.ctx.folded[passage.ctx.at(amount.end) :]):
        return "trade.share", "of the foreign trade"
    if lemmas & _lemmas("goods_of_trade"):
        return "other", "what the trade consists of"
    subject = next(
        (m.code for m in reversed(passage.parties) if m.last <= amount.first and m.strong), None
    )
    if subject and is_central_asian(subject) and topic == "C5":
        return "trade.turnover", "a state's part of the region's trade"
    if lemmas & _lemmas("parts_of_trade"):
        return "trade.turnover", "a part of the trade"
    if lemmas & _lemmas("partner") or any(m.code == "RU" for m in passage.parties):
        return "trade.share", "a partner's share"
    return "trade.turnover", "a part of the trade"


@cache
def _project_words() -> Phrases[str]:
    lexicon = load("narrowing")
    return phrases((word, kind) for kind in ("many", "one") for word in lexicon[kind].split("|"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("narrowing")[name].split())


@cache
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(map(lemma_of_entry, _listed(name)))
