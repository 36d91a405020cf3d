"""What money is the worth of: documents, projects many or one, or what a fund or bank lends."""

from __future__ import annotations

from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.cues import heads
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.lexicon import Phrases, phrases
from scrapers.facts.narrow_words import narrow_forms, narrow_lemmas
from scrapers.facts.words import load


def worth_of_things(passage: Passage, amount: Quantity) -> tuple[str, str] | None:
    """As "21 agreements worth $130 million": the value of the things just counted."""
    things = [a for a in passage.amounts if a.unit == "count" and a.last <= amount.first]
    if not things:
        return None
    between = range(things[-1].last, amount.first)
    said = [passage.lemmas[i] for i in between]
    if len(between) > 14 or not any(w in narrow_lemmas("worth") for w in said) or ";" in said:
        return None
    counted = [h for h in passage.find(heads()) if things[-1].first <= h.first < things[-1].last]
    names = {name for hit in counted for name, weight in hit.value if weight >= 4}
    if set(passage.lemmas) & narrow_lemmas("lenders"):
        return "development.funding", "financed by a fund or bank"
    if "agreements.count" in names:
        return "agreements.value", "worth of the documents"
    if "investment.projects" in names:
        return "investment.portfolio", "worth of the projects"
    return None


def worth_of_projects(passage: Passage, amount: Quantity, indicator: str) -> tuple[str, str | None]:
    """The value of many projects is a portfolio, of one its own."""
    after = passage.lemmas[amount.last : amount.last + 4]
    if amount.unit == "percent" and {"project", "проект"}.intersection(after):
        return "investment.projects", "a part of their number"
    if indicator == "investment.portfolio" and set(passage.lemmas) & narrow_lemmas("lenders"):
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


def by_a_fund(passage: Passage, amount: Quantity) -> bool:
    """As "the fund has put over $1 billion into projects": a lender is who puts it in."""
    told = passage.lemmas[max(0, amount.first - 16) : amount.first]
    if {"bank", "банк"}.intersection(told) and {"capital", "капитал"}.intersection(told[-5:]):
        return True
    return bool(narrow_lemmas("funds").intersection(told)) and not (
        narrow_lemmas("no_lenders").intersection(told)
    )


def _of_projects(passage: Passage, amount: Quantity) -> bool:
    return any(passage.lemmas[i] in ("project", "проект", "инвестпроект") for i in amount.noun)


def _is_plural(form: str) -> bool:
    return form in narrow_forms("plural_projects")


@cache
def _project_words() -> Phrases[str]:
    lexicon = load("narrowing")
    return phrases((word, kind) for kind in ("many", "one") for word in lexicon[kind].split("|"))
