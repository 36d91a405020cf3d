"""What narrows a figure by a name from a list: places, sectors, companies, works, products."""

from __future__ import annotations

from collections.abc import Iterator

from scrapers.facts import cached_re as re
from scrapers.facts.scope_lists import UPTO, Clause, named
from scrapers.facts.words import load


def regions(clause: Clause) -> Iterator[str]:
    """A region in which, or from which, the counted things are."""
    yield from places(
        clause, r"(?:в|во|на|из|in|into|from|of|at|near)\s+(?:the\s+)?(?:city of\s+)?"
    )
    units = "|".join(load("scope")["units"])
    takes = r"(?:has|have|account|receiv|attract|took|takes|got|получ|привлек|освои|приня)"
    for name, region in named("regions", clause):
        part = rf"(?:{region})[\w-]*"
        subject = (
            rf"^\W*(?:the\s+)?{part}\s+(?:{units}|{takes})"  # "Bukhara Region has attracted …"
        )
        whose = rf"\b(?:дол[яюеи]|экономик\w+)\s+{part}|\b{part}'s\b"
        if re.search(f"{subject}|{whose}", clause.before):
            yield name


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


def people(clause: Clause) -> Iterator[str]:
    """Which of the people between two countries: those deported, naturalised, on the way …"""
    yield from (n for n, p in named("people", clause) if re.search(rf"\b(?:{p})", clause.whole))


def institutions(clause: Clause) -> Iterator[str]:
    kinds = {"schools": "школ|school", "teachers": "учител|педагог|преподават|teacher"}
    kinds |= {"universities": "вуз|университет|universit", "centres": "центр|centre|center"}
    for name, kind in kinds.items():
        if re.search(rf"\b(?:{kind})", clause.after or clause.before):
            yield name


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


def participants(clause: Clause) -> Iterator[str]:
    kinds = {"companies": "компани|предприяти|фирм|compan|enterprise|firm|exhibitor"}
    kinds |= {
        "from Russia": r"росси\w+ (?:компани|предприят|участн)|russian (?:compan|particip|exhib)"
    }
    for name, kind in kinds.items():
        if re.search(rf"\b(?:{kind})", clause.whole):
            yield name
