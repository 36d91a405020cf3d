"""What narrows a figure by its wording: a part, an average, another partner, one project."""

from __future__ import annotations

from collections.abc import Iterator

from scrapers.facts import cached_re as re
from scrapers.facts.parties import STRONG, THIRD, mentions, named_in
from scrapers.facts.scope_lists import UPTO, Clause
from scrapers.facts.tokens import WORD, tokenize


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


def contracts(clause: Clause) -> Iterator[str]:
    if re.search(r"\b(?:contract|deal\b|deals\b|контракт|сделк)", clause.whole):
        yield "contracts"
