"""What narrows trade: a region, a product or a company beside the word for it."""

from __future__ import annotations

from collections.abc import Iterator

from scrapers.facts import cached_re as re
from scrapers.facts.scope_lists import UPTO, Clause, Finder, named
from scrapers.facts.words import load

TRADE = (
    r"(?:товарооборот\w*|оборот\w*|торговл\w*|экспорт\w*|импорт\w*|поставк\w*|поставил\w*|поставля\w*"
    r"|вывоз\w*|ввоз\w*|отгруз\w*|закуп\w*|продаж\w*"
    r"|trade|turnover|commerce|exports?|exported|imports?|imported|suppl(?:y|ies|ied)|sales|sold"
    r"|shipments?|shipped|deliver(?:y|ies|ed)|purchases?|bought)"
)


def trade_finders(indicator: str) -> list[Finder]:
    found: list[Finder] = [trade_regions, trade_products, companies_trading]
    if indicator == "trade.agri":
        return [trade_regions, agri_products]
    return found if indicator.endswith(("turnover", "exports", "imports")) else [trade_regions]


def trade_regions(clause: Clause) -> Iterator[str]:
    """A region as a party of trade: beside the word for trade, or between and with.

    A capital alone stands for its state ("trade between Moscow and Tashkent").
    """
    whole = clause.whole
    if not re.search(rf"\b{TRADE}", whole):
        return
    units = "|".join(load("scope")["units"])
    for name, region in named("regions", clause):
        part = rf"(?:{region})[\w-]*"
        unit = rf"\b{part}(?:\s+\w+)?\s+(?:{units})|\b(?:{units})\w*\s+(?:of\s+)?{part}"
        if re.search(unit, whole) or (name not in CAPITALS and re.search(party(part), whole)):
            yield name
            return
    own = rf"\b{TRADE}\s+{UPTO % 1}(?:of\s+)?(?:the\s+)?(?:{units})\w*\s"
    if re.search(own, whole) or re.search(rf"\bthe\s+(?:{units})'s\s+{UPTO % 2}{TRADE}", whole):
        yield "a region"
    elif re.search(r"\b(?:межрегиональн|interregional|приграничн\w+ торг|border trade)", whole):
        yield "interregional"


def regional_talks(title: Clause, clause: Clause) -> list[str]:
    """The region whose head, or office, a release is about: its "our trade" is the region's.

    Not where the clause itself names Russia as a party of the trade.
    """
    if re.search(r"\b(?:росси|russia|рф\b)", clause.whole):
        return []
    units = "|".join(load("scope")["units"])
    for name, region in named("regions", title):
        part = rf"(?:{region})[\w-]*"
        head = (
            rf"\b(?:{HEADS})\w*\s+(?:of\s+)?(?:the\s+)?(?:республик\w+\s+|{units})?\w*\s*\b{part}"
        )
        ours = rf"|\b{part}\s+(?:{units})" if re.search(OURS, clause.whole) else ""
        if re.search(head + ours, title.whole):
            return [name]
    return []


OURS = r"\b(?:our|наш[а-я]*)\b"
HEADS = "president|head|governor|rais|delegation|глав|губернатор|раис|президент|делегаци"
CAPITALS = ("Moscow", "Astana", "Bishkek", "Dushanbe", "Ashgabat", "Tashkent")


def party(part: str) -> str:
    """Return the pattern of a region that trades: `part` is the pattern of its name."""
    link = r"(?:of|from|between|in|to|with|для|из|с|между)?\s*(?:the\s+)?"
    return (
        rf"\b{TRADE}\s+{UPTO % 2}{link}\b{part}|\b(?:между|between)\s+{UPTO % 3}\b{part}"
        rf"|\b{part}(?:'s)?\s+{UPTO % 2}{TRADE}|\b{part}\s+(?:\w+\s+)?(?:с|with)\s"
    )


def trade_products(clause: Clause) -> Iterator[str]:
    """Products right after the word for trade, or what was worth the sum."""
    for name, product in named("products", clause):
        goods = rf"\b(?:{product})"
        before = (
            rf"\b{TRADE}\s+{UPTO % 2}{goods}|{goods}\w*(?:\s+\w+){{0,2}}\s+{TRADE}\b"
            rf"|{goods}\w*\s+(?:goods\s+|products\s+)?worth\b"
        )
        after = rf"\s*(?:worth\s+)?(?:of|in|на)\s+{UPTO % 1}{goods}"
        if re.search(before, clause.before) or re.match(after, clause.after):
            yield name


def agri_products(clause: Clause) -> Iterator[str]:
    """Products narrower than food and farm produce."""
    food = {"fruit and vegetables", "grain", "meat and dairy", "sugar", "vegetable oil"}
    yield from (name for name in trade_products(clause) if name in food)


def companies_trading(clause: Clause) -> Iterator[str]:
    for name, company in named("companies", clause):
        if re.search(rf"\b(?:{company})\w*[»\"]?\s+{UPTO % 2}{TRADE}", clause.before):
            yield name
