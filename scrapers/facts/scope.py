"""What narrows a figure within its indicator: a region, product, company, named project or part.

A mention is not enough: the words must stand where they limit the quantity ("trade of the Omsk
Region", "exports of wheat", "students at branches"), in the figure's own clause.
Data is `lexicon/scope.yml`.
"""

from __future__ import annotations

from bisect import bisect_right

from scrapers.facts import cached_re as re
from scrapers.facts.attribution import spans
from scrapers.facts.lemmas import fold
from scrapers.facts.scope_lists import Clause, Finder
from scrapers.facts.scope_named import (
    aspects,
    companies,
    donors,
    institutions,
    modes,
    participants,
    parts,
    people,
    products_moved,
    region_of_works,
    regions,
    routes,
    sectors,
    works,
)
from scrapers.facts.scope_trade import regional_talks, trade_finders
from scrapers.facts.scope_wordings import (
    all_partners,
    at_an_event,
    averages,
    contracts,
    newcomers,
    of_which,
    one_project,
    other_partner,
    peaks,
    pronoun_partner,
    pupils,
    stage,
    travellers,
    yearly,
)
from warehouse.fields import Release


def scope_at(release: Release, start: int, end: int, indicator: str) -> str | None:
    """Return what narrows the figure that stands at ``start`` to ``end``, or None for the whole."""
    clause = clause_at(release.text, start, end)
    if indicator in NAMED_BEFORE and not any(works(clause)):
        clause = Clause(fold(named_before(release, start)), "")
    found: list[str] = []
    for finder in [averages, peaks, all_partners, other_partner, *finders(indicator)]:
        found += [name for name in finder(clause) if name not in found]
    if not found and indicator.startswith("trade."):
        found += pronoun_partner(clause, sentence_before(release.text, start))
    if not found and indicator.startswith("trade."):
        found += regional_talks(Clause(fold(release.title), ""), clause)
    return "; ".join(sorted(found)) or None


NAMED_BEFORE = ("investment.project_value", "energy.capacity", "transport.length")


def named_before(release: Release, start: int) -> str:
    """Return what names the thing that a sentence only points to ("the plant will cost"): the
    sentence before, where it names works, else the title.
    """
    sentence = sentence_before(release.text, start)
    return sentence if any(works(Clause(fold(sentence), ""))) else release.title


def sentence_before(text: str, start: int) -> str:
    earlier = [(b, e) for b, e, _ in spans(text) if e <= start]
    return text[slice(*earlier[-1])] if earlier else ""


def clause_at(text: str, start: int, end: int) -> Clause:
    known = spans(text)
    here = known[bisect_right(known, (start, len(text) + 1, 0)) - 1] if known else (0, 0, 0)
    begin, stop = here[:2] if here[0] <= start < here[1] else (start, end)
    before = re.sub(DATELINE, "", text[begin:start])
    after = re.split(r"[,;.()]\s|\s[–—-]\s", text[end:stop])[0]
    return Clause(fold(before), fold(after), fold(text[start:end]))


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
        "investment.projects": [sectors, regions, stage],
        "investment.portfolio": [sectors, regions, stage],
        "energy.capacity": [works, region_of_works],
        "energy.gas": [regions],
        "energy.oil": [regions],
        "transport.freight": [modes, products_moved],
        "transport.transit": [modes, products_moved],
        "transport.passengers": [modes],
        "transport.flights": [companies, routes],
        "transport.length": [works, region_of_works],
        "education.students": [parts, pupils, regions, of_which],
        "education.branches": [newcomers],
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
        "investment": [sectors, companies, regions, one_project, yearly],
        "business": [sectors, regions, of_which, newcomers, at_an_event],
        "macro": [aspects, regions],
        "labour": [regions, people, of_which],
        "tourism": [regions, travellers],
    }
    return special.get(indicator) or general.get(group, [])
