"""From the topic that the words give to the one indicator: what only the grammar can tell."""

from __future__ import annotations

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.cues import cues
from scrapers.facts.direction import flows_in_clause, part_of_trade, trade_of, turned_back
from scrapers.facts.evidence import Passage
from scrapers.facts.gathered import gathers, just_people_of_no_event
from scrapers.facts.investment_way import investment_of
from scrapers.facts.narrow_words import narrow_lemmas
from scrapers.facts.output import is_output, is_price
from scrapers.facts.people_counted import applied, no_migrants
from scrapers.facts.through import passes_through, piped_on
from scrapers.facts.trade_share import share_of_trade
from scrapers.facts.whose_company import whose_company
from scrapers.facts.worth import by_a_fund, worth_of_projects, worth_of_things

_FIRMS = frozenset(("company", "firm", "business", "компания", "юрлицо", "предприятие", "фирма"))
_BANKS = frozenset(("bank", "банк", "сбербанк"))
_SCHOOLS = frozenset(("university", "вуз", "университет", "institut", "институт", "academy"))
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
    title: Passage,
) -> tuple[str, str | None]:
    """Return the final indicator, and what changed it (None: nothing did)."""
    if amount.unit in MONEY and is_price(passage, amount):
        return "other", "a price"
    if amount.unit in MONEY and (worth := worth_of_things(passage, amount)):
        return worth
    if amount.unit == "count" and gathers(passage, amount, indicator, title):
        return "events.participants", "gathered"
    if indicator == "education.branches" and amount.noun and _of_firm(passage, amount):
        return "other", "branches of a firm"
    if indicator == "events.participants" and just_people_of_no_event(passage, amount, title):
        return "other", "people at no event"
    if indicator == "labour.migrants" and (why := no_migrants(passage, amount)):
        return "other", why
    if indicator.startswith("education.st") and applied(passage, amount):
        return "other", "who asks for a place"
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
    through = through and amount.unit in ("t", "m3", "TEU")
    if through and (passes_through(passage, amount) or piped_on(passage)):
        return "transport.transit", "through the country"
    if indicator in ("energy.gas", "energy.oil") and is_output(passage, amount):
        return "industry.output", "brought out of the ground"
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
    if indicator.startswith("investment.") and amount.unit in MONEY and by_a_fund(passage, amount):
        return "development.funding", "put in by a fund or bank"
    sold = indicator == "industry.output" and amount.unit in MONEY and last in _OPPOSITE
    if sold and last and not is_output(passage, amount):
        return last, "a product of the trade told of"
    if indicator == "investment.stock":
        return investment_of(passage, amount, timed)
    if indicator in _COMPANIES:
        return whose_company(passage, amount, indicator)
    if indicator in ("investment.portfolio", "investment.project_value"):
        return worth_of_projects(passage, amount, indicator)
    if measure == "share" and indicator in ("trade.turnover", "trade.share"):
        return share_of_trade(passage, amount, topic)
    if indicator == "trade.share":
        return "trade.turnover", "no share"
    return indicator, None


def _of_firm(passage: Passage, amount: Quantity) -> bool:
    """As "four branches of the service centre", "15 филиалов банка"."""
    owners = passage.lemmas[amount.noun[0] : amount.noun[-1] + 9]
    firm = narrow_lemmas("branch_of").intersection(owners) or _BANKS.intersection(passage.lemmas)
    if _SCHOOLS.intersection(passage.lemmas):
        return False
    before = passage.before.lemmas if passage.before else []
    return bool(firm or (_FIRMS.intersection(before) and not _SCHOOLS.intersection(before)))


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


def _economy(amount: Quantity, measure: str) -> tuple[str, str | None]:
    if measure == "growth":
        return "macro.growth", "growth of the economy"
    return "macro.gdp", "size of the economy"
