"""What narrows a figure within its indicator: a region, product, company, named project or part.

A mention is not enough: the words must stand where they limit the quantity ("trade of the Omsk
Region", "exports of wheat", "students at branches"), in the figure's own clause.
Data is `lexicon/scope.yml`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from scrapers.facts import cached_re as re
from scrapers.facts.attribution import spans
from scrapers.facts.lemmas import fold
from scrapers.facts.parties import STRONG, THIRD, mentions, named_in
from scrapers.facts.tokens import WORD, tokenize
from scrapers.facts.words import load
from warehouse.fields import Release

TRADE = (
    r"(?:товарооборот\w*|оборот\w*|торговл\w*|экспорт\w*|импорт\w*|поставк\w*|поставил\w*|поставля\w*"
    r"|вывоз\w*|ввоз\w*|отгруз\w*|закуп\w*|продаж\w*"
    r"|trade|turnover|commerce|exports?|exported|imports?|imported|suppl(?:y|ies|ied)|sales|sold"
    r"|shipments?|shipped|deliver(?:y|ies|ed)|purchases?|bought)"
)
UPTO = r"(?:[\w«»\"'-]+\s+){0,%d}?"


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that can limit a figure: its sentence up to it, and the rest of its clause."""

    before: str
    after: str

    @property
    def whole(self) -> str:
        return self.before + self.after


Finder = Callable[[Clause], Iterator[str]]


def scope_at(release: Release, start: int, end: int, indicator: str) -> str | None:
    """Return what narrows the figure that stands at ``start`` to ``end``, or None for the whole."""
    clause = clause_at(release.text, start, end)
    if indicator in NAMED_BEFORE and not any(works(clause)):
        clause = Clause(fold(named_before(release, start)), "")
    found: list[str] = []
    for finder in [averages, all_partners, other_partner, *finders(indicator)]:
        found += [name for name in finder(clause) if name not in found]
    return "; ".join(sorted(found)) or None


NAMED_BEFORE = ("investment.project_value", "energy.capacity", "transport.length")


def named_before(release: Release, start: int) -> str:
    """Return what names the thing that a sentence only points to ("the plant will cost"): the
    sentence before, where it names works, else the title.
    """
    earlier = [(b, e) for b, e, _ in spans(release.text) if e <= start]
    sentence = release.text[slice(*earlier[-1])] if earlier else ""
    return sentence if any(works(Clause(fold(sentence), ""))) else release.title


def clause_at(text: str, start: int, end: int) -> Clause:
    places = spans(text)
    here = places[bisect_right(places, (start, len(text) + 1, 0)) - 1] if places else (0, 0, 0)
    begin, stop = here[:2] if here[0] <= start < here[1] else (start, end)
    before = re.sub(DATELINE, "", text[begin:start])
    after = re.split(r"[,;.()]\s|\s[–—-]\s", text[end:stop])[0]
    return Clause(fold(before), fold(after))


DATELINE = (
    r"^[^.–—]{0,40}[.,]\s+\d{1,2}\s+\w+\.?\s+/?[A-ZА-Я][\w./]*\s*[–—.-]?\s*"
    r"|^[^.–—]{0,40}\w+\s+\d{1,2}\.\s+/\w+/\.\s*|^[A-ZА-ЯЁ]{3,}[^–—]{0,30}\s[–—]\s"
)


def finders(indicator: str) -> list[Finder]:
    """Return what to look for in figures of an indicator."""
    group = indicator.split(".")[0]
    if group == "trade":
        return trade_finders(indicator)
    special: dict[str, list[Finder]] = {
        "investment.project_value": [works, region_of_works],
        "investment.projects": [sectors, regions],
        "investment.portfolio": [sectors, regions],
        "energy.capacity": [works, region_of_works],
        "energy.gas": [regions],
        "energy.oil": [regions],
        "transport.freight": [modes, products_moved],
        "transport.transit": [modes, products_moved],
        "transport.passengers": [modes],
        "transport.flights": [companies, routes],
        "transport.length": [works, region_of_works],
        "education.students": [parts, regions, of_which],
        "education.quota": [regions],
        "education.institutions": [institutions],
        "industry.output": [products_moved, works, companies],
        "agriculture.volume": [products_moved],
        "development.funding": [donors, works],
        "agreements.count": [contracts],
        "agreements.value": [contracts],
        "events.participants": [participants],
    }
    general: dict[str, list[Finder]] = {
        "investment": [sectors, companies, regions, one_project],
        "business": [sectors, regions, of_which],
        "macro": [aspects, regions],
        "labour": [regions, of_which],
        "tourism": [regions, of_which],
    }
    return special.get(indicator) or general.get(group, [])


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


def regions(clause: Clause) -> Iterator[str]:
    """A region in which, or from which, the counted things are."""
    yield from places(clause, r"(?:в|во|на|из|in|from|of|at|near)\s+(?:the\s+)?(?:city of\s+)?")


def region_of_works(clause: Clause) -> Iterator[str]:
    yield from places(clause, "")


def routes(clause: Clause) -> Iterator[str]:
    yield from places(clause, r"(?:из|в|from|to|between|между|и|and)\s+")


def places(clause: Clause, preposition: str) -> Iterator[str]:
    for name, region in named("regions", clause):
        if re.search(rf"\b{preposition}(?:{region})", clause.whole):
            yield name


def sectors(clause: Clause) -> Iterator[str]:
    """A sector that the money goes into, or the companies work in."""
    head = (
        r"(?:invest\w*|инвестиц\w*|вложени\w*|вложен\w*|project\w*|проект\w*|compan\w*|компани\w*"
    )
    head += r"|предприяти\w*|enterprises?|firms?|фирм\w*|business\w*)"
    for name, sector in named("sectors", clause):
        into = (
            rf"(?:in|into|в|во)\s+(?:the\s+)?(?:сфер\w+\s+|отрасл\w+\s+|field of\s+)?(?:{sector})"
        )
        if re.search(rf"\b{head}\s+{UPTO % 4}{into}", clause.before) or re.match(
            rf"\s*(?:{UPTO % 3})?{into}", clause.after
        ):
            yield name


def companies(clause: Clause) -> Iterator[str]:
    yield from (n for n, c in named("companies", clause) if re.search(rf"\b(?:{c})", clause.whole))


def donors(clause: Clause) -> Iterator[str]:
    yield from (n for n, d in named("donors", clause) if re.search(rf"\b(?:{d})", clause.whole))


def works(clause: Clause) -> Iterator[str]:
    yield from (n for n, w in named("works", clause) if re.search(rf"\b(?:{w})", clause.whole))


def modes(clause: Clause) -> Iterator[str]:
    yield from (n for n, m in named("modes", clause) if re.search(rf"\b(?:{m})", clause.whole))


def products_moved(clause: Clause) -> Iterator[str]:
    yield from (n for n, p in named("products", clause) if re.search(rf"\b(?:{p})", clause.whole))


def parts(clause: Clause) -> Iterator[str]:
    yield from (n for n, p in named("parts", clause) if re.search(rf"\b(?:{p})", clause.whole))


def of_which(clause: Clause) -> Iterator[str]:
    """A part of the total before it: "including 600", "из них 600"."""
    lead = (
        r"(?:including|of them|of these|of whom|of which|among them|в том числе|из них|из которых)"
    )
    if re.search(rf"\b{lead}\s+{UPTO % 4}$", clause.before):
        yield "a part"


def averages(clause: Clause) -> Iterator[str]:
    """One of many: "the average transfer", "per capita"."""
    each = (
        r"\b(?:средн(?:ий|яя|ее|его|ей|ем)\b|в среднем|на душу|an? average|the average|average \w+)"
    )
    if re.search(each, clause.before[-60:]) or re.match(r"\s*(?:на душу|per capita)", clause.after):
        yield "average"


def institutions(clause: Clause) -> Iterator[str]:
    kinds = {"schools": "школ|school", "teachers": "учител|педагог|преподават|teacher"}
    kinds |= {"universities": "вуз|университет|universit", "centres": "центр|centre|center"}
    for name, kind in kinds.items():
        if re.search(rf"\b(?:{kind})", clause.after or clause.before):
            yield name


def all_partners(clause: Clause) -> Iterator[str]:
    """The whole world's, where no partner is named in the clause: "from abroad"."""
    abroad = r"\b(?:from abroad|from all (?:countries|over)|из-за (?:рубежа|границы)|со всеми)\b"
    if re.search(abroad, clause.whole) and not re.search(r"\b(?:росси|russia|рф\b)", clause.whole):
        yield "all partners"


def other_partner(clause: Clause) -> Iterator[str]:
    """A third country's, where the clause names one and not Russia: "Germany has invested"."""
    known = named_in(WORD.findall(clause.whole))
    if known is None:
        known = [(m.code, m.kind) for m in mentions(tokenize(clause.whole))]
    named = {code for code, kind in known if kind in STRONG}
    if THIRD in named and not named & {"RU", "EAEU", "CIS"}:
        yield "another partner"


def one_project(clause: Clause) -> Iterator[str]:
    this = r"(?:in|into) (?:this|that|the) (?:project|plant|facility)|в (?:этот|данный|этом) проект"
    if re.search(rf"\b(?:{this})", clause.whole):
        yield "one project"


def aspects(clause: Clause) -> Iterator[str]:
    """Which whole-economy figure it is, where it is not the product itself: the nearest word."""
    found = [
        (len(clause.before) - hit.end() if of_before else hit.start() + 1, name)
        for name, aspect in named("aspects", clause)
        for of_before, text in ((True, clause.before), (False, clause.after))
        for hit in re.finditer(rf"\b(?:{aspect})", text)
    ]
    nearest = min(found, default=(0, "product"))[1]
    if nearest != "product":
        yield nearest


def contracts(clause: Clause) -> Iterator[str]:
    if re.search(r"\b(?:contract|deal\b|deals\b|контракт|сделк)", clause.whole):
        yield "contracts"


def participants(clause: Clause) -> Iterator[str]:
    kinds = {"companies": "компани|предприяти|фирм|compan|enterprise|firm|exhibitor"}
    kinds |= {
        "from Russia": r"росси\w+ (?:компани|предприят|участн)|russian (?:compan|particip|exhib)"
    }
    for name, kind in kinds.items():
        if re.search(rf"\b(?:{kind})", clause.whole):
            yield name


def named(group: str, clause: Clause) -> tuple[tuple[str, str], ...]:
    """Return the names of one list, with the pattern of each, that a clause can hold.

    None of them in nearly all clauses: one search then saves one for every name.
    """
    places = (clause.before, clause.after, clause.whole)
    return listed(group) if any(re.search(any_of(group), text) for text in places) else ()


@cache
def any_of(group: str) -> str:
    """Return a pattern of all names of a list, by their first letter: few are then tried."""
    by_letter: dict[str, list[str]] = {}
    for word in (fold(w) for words in load("scope")[group].values() for w in words):
        plain = word[:2].isalpha() or word[1:2] in ("-", " ")
        by_letter.setdefault(word[0] if plain else "", []).append(word[plain:])
    return r"\b(?:" + "|".join(f"{a}(?:{'|'.join(b)})" for a, b in by_letter.items()) + ")"


@cache
def listed(group: str) -> tuple[tuple[str, str], ...]:
    """Return the names of one list with the pattern of each."""
    entries = load("scope")[group].items()
    return tuple((name, "|".join(fold(w) for w in words)) for name, words in entries)
