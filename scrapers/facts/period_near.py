"""How near a period of a sentence stands to a figure, and what stands between them."""

from __future__ import annotations

import re
from math import prod

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.periods import Period

_RECORD = re.compile(
    r"(?:впервые|first time|highest|lowest|largest|biggest|best|рекорд\w*|максимум\w*|минимум\w*)"
    r"(?:\s+\w+){0,2}\s*$"
)
_PLANNED = re.compile(r"(?:plan|план\w*|program\w*|програм\w*)\s+(?:for|of|на)?\s*$")
_OF_PAPER = re.compile(
    r"(?:contract|agreement|treaty|law|deal|memorandum|договор(?!ил|ен)\w*|соглашени\w*|контракт\w*|закон\w*"
    r"|extended|valid|in force|продлен\w*|продлить|програм\w*|program\w*|plan|план\w*|resolution"
    r"|постановлени\w*)\s+(?:of|from|dated|от|for|на)?\s*$"
)
_PAPER = re.compile(r"(?:'s)?\s+(?:contract|agreement|treaty|deal|memorandum)(?![^\W_])")
_FOUNDED = re.compile(
    r"(?:запущенн\w+|открыт(?:ый|ая|ое|ые|ого|ой|ых|ую)"
    r"|(?<!were )(?<!was )(?<!been )(?:launched|opened)"
    r"|founded|established|основан\w*|учрежден\w*)\s+(?:\S+\s+)?$"
)
_REACHED = re.compile(
    r"(?:(?<![^\W_])(?:to|до)|reach\w+|достиг\w*|составил\w*|amount\w+\s+to)\s+[^.;:()\d]{0,18}$"
)
_AND = re.compile(r"(?<![^\W_])(?:and|и)(?![^\W_])")
_BESIDE = re.compile(r"\s*\(?(?:in|for|over|during|from|by|until|в|во|за|на|с|к|до)?\s*")
_NOW = re.compile(r"(?<![^\W_])(?:now|today|currently|теперь|сейчас|сегодня)(?![^\W_])")
_OVER = frozenset(("year", "last_year", "years_ago", "year_before_last"))
_FROM = re.compile(r"(?<![^\W_])(?:from|с|со)\s+$")
_SPOKEN = re.compile(
    r"(?<![^\W_])(?:said|told|report(?:s|ed)?|announced|noted|added|stated|сообщил\w*|заявил\w*"
    r"|отметил\w*|рассказал\w*|говорил\w*)\s+(?:earlier\s+|back\s+|ранее\s+|еще\s+)?(?:in|on|в|во)?\s*$"
)
_IN_ALL = re.compile(
    r"(?<![^\W_])(?:over\s+the\s+years|за\s+(?:все\s+)?годы|за\s+все\s+время|in\s+all\s+these\s+years)(?![^\W_])"
)


def nearness(passage: Passage, period: Period, amount: Quantity) -> float:
    """Return about 1 for a period at a figure, less the farther it is and the more is between."""
    if _of_something_else(passage, period):
        return 0.05
    if period.end <= amount.start:
        return _nearness_before(passage, period, amount)
    return _nearness_after(passage, period, amount) if period.start >= amount.end else 1.0


def _of_something_else(passage: Passage, period: Period) -> bool:
    """As "the highest in a decade", "the contract of 2019", "a plant opened in May"."""
    folded, at = passage.ctx.folded, passage.ctx.at
    before = folded[max(0, at(period.start) - 30) : at(period.start)]
    if period.rule in ("decade", "last_years") and _RECORD.search(before):
        return True
    planned = _PLANNED.search(before) and opens_next(passage, period)
    paper = _OF_PAPER.search(before) and not planned
    return bool(paper or _PAPER.match(folded, at(period.end)) or _FOUNDED.search(before))


def _nearness_before(passage: Passage, period: Period, amount: Quantity) -> float:
    between = passage.ctx.folded[passage.ctx.at(period.end) : passage.ctx.at(amount.start)]
    weight = 0.93 ** figures_between(passage, period.end, amount.start)
    weight /= 1.0 + 0.008 * len(between)
    based = _base_before(passage, period)
    risen = _REACHED.search(between) and period.rule not in ("last_years", "since")
    if _ends_other(passage, period, amount) and (based or not risen):
        weight *= 0.1 if based else 0.45
    if _AND.search(between) and _named_after(passage, amount):
        weight *= 0.8  # "1.3 million this year, and to double it within three years"
    if period.rule in _OVER and told_now(passage, between, amount):
        weight *= 0.1  # "in 2016 there were three, now twelve"
    return weight * _marks(between, comma=0.9)


def _nearness_after(passage: Passage, period: Period, amount: Quantity) -> float:
    folded, at = passage.ctx.folded, passage.ctx.at
    told, between = folded[: at(amount.start)], folded[at(amount.end) : at(period.start)]
    if _BESIDE.fullmatch(between):
        return 1.05  # "from 1.2 billion in 2021 to 1.6 billion in 2022"
    if _SPOKEN.search(folded[max(0, at(period.start) - 30) : at(period.start)]):
        return 0.05  # "5 billion, the minister said in March"
    weight = 0.45 ** figures_between(passage, amount.end, period.start)
    weight /= 1.0 + 0.012 * len(between)
    if _AND.search(between):
        weight *= 0.5
    if "," in between and _NOW.search(told[-90:]):
        weight *= 0.3  # "today it is 10 billion, and in five years it is to double"
    if _IN_ALL.search(told[-60:]):
        weight *= 0.1  # "over the years 20 billion, and last year alone 4"
    return weight * _marks(between, comma=0.25 if opens_next(passage, period) else 0.6)


def _marks(between: str, *, comma: float) -> float:
    """Return what the marks and words that part clauses leave of a weight."""
    parts = {";": 0.5, ",": comma, " while ": 0.6, " whereas ": 0.6, " а ": 0.7}
    return prod(part ** between.count(mark) for mark, part in parts.items())


def _named_after(passage: Passage, amount: Quantity) -> bool:
    """Whether a period of its own stands after a figure, before any other."""
    after = (p for p in passage.times if p.start >= amount.end and not p.base and p.kind != "same")
    first = next(after, None)
    if first is None or figures_between(passage, amount.end, first.end):
        return False
    gap = passage.ctx.folded[passage.ctx.at(amount.end) : passage.ctx.at(first.start)]
    return not re.search("[,;:]", gap)


def _base_before(passage: Passage, period: Period) -> bool:
    """As "from 77 percent in May to 75": the period of where a change began."""
    for other in passage.amounts:
        if 0 <= period.start - other.end <= 6:
            return bool(_FROM.search(passage.ctx.folded[: passage.ctx.at(other.start)]))
    return False


def clause_of_now(passage: Passage, amount: Quantity) -> bool:
    """Whether the clause that a figure stands in tells of today."""
    before = re.split("[,.;:(]", passage.ctx.folded[: passage.ctx.at(amount.start)])[-1]
    return told_now(passage, before, amount)


def told_now(passage: Passage, between: str, amount: Quantity) -> bool:
    """Whether the clause of a figure tells of today, and not of the period before it."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :][:50]
    return bool(_NOW.search(between) or _NOW.search(re.split("[,.;:]", after)[0]))


def opens_next(passage: Passage, period: Period, *, reach: int = 30) -> bool:
    """Whether a number follows a period closely, which then is that one's."""
    return any(0 <= a.lead - period.end <= reach for a in passage.amounts)


def _ends_other(passage: Passage, period: Period, amount: Quantity) -> bool:
    """Whether a period before this figure follows another one closely: it is that one's."""
    for other in passage.amounts:
        if other is not amount and 0 <= period.start - other.end <= 6:
            gap = passage.ctx.folded[passage.ctx.at(other.end) : passage.ctx.at(period.start)]
            return not re.search(r"[,;:(]", gap)
    return False


def figures_between(passage: Passage, start: int, end: int) -> int:
    return sum(1 for a in passage.amounts if start <= a.start < end)
