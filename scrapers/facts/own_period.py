"""The period of a figure's own sentence that stands nearest to it."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.carried import kinds
from scrapers.facts.evidence import Passage
from scrapers.facts.periods import Period

LEAST_STOCK = 0.45  # what there is today takes only a period that stands close
LEAST_OWN = 0.1  # one beyond other figures and clauses is none of a figure's own
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
_YEARLY = re.compile(r"\s*(?:a|per|each|every|в)\s+(?:year|год)(?![^\W_])|\s*(?:annually|ежегодно)")
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
_YEARS = frozenset(("year", "last_year", "this_year"))
_PARTS_OF_YEAR = frozenset(("months_of_year", "first_months", "quarters", "half"))
_AS_OF = re.compile(r"(?:as\s+of|as\s+at|by|на|по\s+состоянию\s+на|к)\s+$")


def own_period(passage: Passage, amount: Quantity, indicator: str) -> Period | None:
    """Return the period that stands nearest to a figure in its sentence."""
    best, found = 0.0, None
    for period in passage.times:
        if period.base or period.kind == "same":
            continue
        if period.kind == "day" and not _takes_day(passage, period, indicator):
            continue
        if period.rule == "whole_year" and _named_beside(passage, period):
            continue  # "3.2 billion in 2024: growth over the year was 16 percent"
        if _last_years(passage, period) and figures_between(passage, period.end, amount.start):
            continue  # "last year's result (131 thousand) was passed by a third"
        if period.rule == "since_when" and period.start >= amount.end:
            continue  # "5 billion, the most since 2022, when it was 6"
        near = nearness(passage, period, amount)
        if near > best and near >= LEAST_OWN:
            best, found = near, period
    return _finer(passage, found, amount) if found else None


def _named_beside(passage: Passage, whole: Period) -> bool:
    """Whether the sentence names another stretch of time than "the year"."""
    others = (p for p in passage.times if p.kind == "at" and p.iso and not p.base)
    return any(
        p.rule in _YEARS or (p.rule in _PARTS_OF_YEAR and p.start < whole.start) for p in others
    )


def rate_beyond(passage: Passage, period: Period, amount: Quantity) -> bool:
    """As "5 billion this year; the contract has 2.8 billion a year": a rate after other figures."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if period.end > amount.start or not _YEARLY.match(after):
        return False
    return figures_between(passage, period.end, amount.start) > 0


def _finer(passage: Passage, found: Period, amount: Quantity) -> Period:
    """As "this year has seen 32 percent in the first three quarters": the part of the year."""
    if not (found.iso or "").isdigit() or found.rule == "whole_year":
        return found
    for period in passage.times:
        inside = (period.iso or "").startswith(f"{found.iso}-") and not period.base
        if inside and period.kind == "at" and nearness(passage, period, amount) > 0.3:
            return period
    return found


def _takes_day(passage: Passage, period: Period, indicator: str) -> bool:
    before = passage.ctx.folded[: passage.ctx.at(period.start)]
    if period.rule == "today" and (_AS_OF.search(before[-24:]) or indicator == "other"):
        return False  # "as of today" is now
    return indicator in kinds("events") or bool(_AS_OF.search(before[-24:]))


def is_close(passage: Passage, period: Period, amount: Quantity) -> bool:
    return nearness(passage, period, amount) >= LEAST_STOCK


def nearness(passage: Passage, period: Period, amount: Quantity) -> float:
    folded, at = passage.ctx.folded, passage.ctx.at
    before = folded[max(0, at(period.start) - 30) : at(period.start)]
    if period.rule in ("decade", "last_years") and _RECORD.search(before):
        return 0.05  # "for the first time in a decade"
    planned = _PLANNED.search(before) and opens_next(passage, period)
    if (
        (_OF_PAPER.search(before) and not planned)
        or _PAPER.match(folded, at(period.end))
        or _FOUNDED.search(before)
    ):
        return 0.05
    if period.end <= amount.start:
        between = folded[at(period.end) : at(amount.start)]
        weight = (
            1.0
            / (1.0 + 0.008 * len(between))
            * 0.93 ** figures_between(passage, period.end, amount.start)
        )
        based = _base_before(passage, period)
        risen = _REACHED.search(between) and period.rule not in ("last_years", "since")
        if _ends_other(passage, period, amount) and (based or not risen):
            weight *= 0.1 if based else 0.45
        if _AND.search(between) and _named_after(passage, amount):
            weight *= 0.8  # "1.3 million this year, and to double it within three years"
        comma = 0.9
    elif period.start >= amount.end:
        between = folded[at(amount.end) : at(period.start)]
        weight = (
            1.0
            / (1.0 + 0.012 * len(between))
            * 0.45 ** figures_between(passage, amount.end, period.start)
        )
        comma = 0.25 if opens_next(passage, period) else 0.6
    else:
        return 1.0
    if comma < 0.9 and _AND.search(between):
        weight *= 0.5
    if comma < 0.9 and "," in between and _NOW.search(folded[: at(amount.start)][-90:]):
        weight *= 0.3  # "today it is 10 billion, and in five years it is to double"
    if comma < 0.9 and _SPOKEN.search(before):
        return 0.05  # "5 billion, the minister said in March"
    if comma < 0.9 and _IN_ALL.search(folded[: at(amount.start)][-60:]):
        weight *= 0.1  # "over the years 20 billion, and last year alone 4"
    if comma < 0.9 and _BESIDE.fullmatch(between):
        weight = 1.05  # "from 1.2 billion in 2021 to 1.6 billion in 2022"
    if comma == 0.9 and period.rule in _OVER and _told_now(passage, between, amount):
        weight *= 0.1  # "in 2016 there were three, now twelve"
    for mark, part in (
        (";", 0.5),
        (",", comma),
        (" while ", 0.6),
        (" whereas ", 0.6),
        (" а ", 0.7),
    ):
        weight *= part ** between.count(mark)
    return weight


def _named_after(passage: Passage, amount: Quantity) -> bool:
    """Whether a period of its own stands after a figure, before any other."""
    after = (p for p in passage.times if p.start >= amount.end and not p.base and p.kind != "same")
    first = next(after, None)
    if first is None or figures_between(passage, amount.end, first.end):
        return False
    gap = passage.ctx.folded[passage.ctx.at(amount.end) : passage.ctx.at(first.start)]
    return not re.search("[,;:]", gap)


def _last_years(passage: Passage, period: Period) -> bool:
    told = passage.ctx.folded[passage.ctx.at(period.start) : passage.ctx.at(period.end)]
    return told.startswith(("прошлогодн", "last year's"))


def _base_before(passage: Passage, period: Period) -> bool:
    """As "from 77 percent in May to 75": the period of where a change began."""
    for other in passage.amounts:
        if 0 <= period.start - other.end <= 6:
            return bool(_FROM.search(passage.ctx.folded[: passage.ctx.at(other.start)]))
    return False


def clause_of_now(passage: Passage, amount: Quantity) -> bool:
    """Whether the clause that a figure stands in tells of today."""
    before = re.split("[,.;:(]", passage.ctx.folded[: passage.ctx.at(amount.start)])[-1]
    return _told_now(passage, before, amount)


def _told_now(passage: Passage, between: str, amount: Quantity) -> bool:
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
