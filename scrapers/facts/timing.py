"""Which of the periods around a figure is its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.periods import Period
from scrapers.facts.words import load

LEAST_STOCK = 0.45  # what there is today takes only a period that stands close
LEAST_OWN = 0.1  # one beyond other figures and clauses is none of a figure's own
_BASED = re.compile(
    r"(?<![^\W_])(?:compared\s+(?:to|with)|against|than|instead\s+of|versus|vs\.?|up\s+from|down\s+from"
    r"|from|вместо|против|по\s+сравнению\s+с|с|со|чем)\s+(?:the\s+|about\s+|some\s+|around\s+)?\W*$"
)
_FROM = re.compile(r"(?<![^\W_])(?:from|с|со)\s+\W*$")
_RECORD = re.compile(
    r"(?:впервые|first time|highest|lowest|largest|biggest|best|рекорд\w*|максимум\w*|минимум\w*)"
    r"(?:\s+\w+){0,2}\s*$"
)
_OF_PAPER = re.compile(
    r"(?:contract|agreement|treaty|law|deal|memorandum|договор(?!ил|ен)\w*|соглашени\w*|контракт\w*|закон\w*"
    r"|extended|valid|in force|продлен\w*|продлить|програм\w*|program\w*|plan|план\w*|resolution"
    r"|постановлени\w*)\s+(?:of|from|dated|от|for|на)?\s*$"
)
_PAPER = re.compile(r"(?:'s)?\s+(?:contract|agreement|treaty|deal|memorandum)(?![^\W_])")
_BACK = re.compile(
    r"(?<![^\W_])(?:of (?:it|this|that|them|which|these)|this (?:amount|volume|figure)|его"
    r"|из (?:них|этого|этой)|эт(?:ого|ом) объеме?|эт(?:ой|у) сумм[ыуе]|которых|которого)(?![^\W_])"
)
_YEAR_BACK = re.compile(r"year|год|прошл|минувш")
_FOUNDED = re.compile(
    r"(?:запущенн\w+|открыт\w+|launched|opened|founded|established|основан\w*|учрежден\w*)\s+(?:\S+\s+)?$"
)
_RATE = re.compile(
    r"\s*(?:\S+\s+){0,4}?(?:a|per|each|every|в)\s+(?:year|day|month|week|год|сутки|день|месяц|неделю)(?![^\W_])"
    r"|\s*(?:\S+\s+){0,4}?(?:annually|yearly|daily|ежегодно|ежедневно|ежесуточно)"
)
_YEARLY = re.compile(r"\s*(?:a|per|each|every|в)\s+(?:year|год)(?![^\W_])|\s*(?:annually|ежегодно)")
_PAST = re.compile(
    r"(?<![^\W_])(?:пришл(?:ось|ась|ся|ись|о)|поступил[аио]|ушл[аои]|came|came\s+from|went|originated|accounted|составил[аио]?|was|were|made\s+up|stood|amounted|sank|fell"
    r"|shrank|упала|снизилась|выросла|достигла|equal\w*)(?![^\W_])"
)
_OR = re.compile(r"[\s,(]*(?:or|или|that\s+is|то\s+есть|i\.e\.)\s[^.;:()\d]{0,22}$")
_REACHED = re.compile(
    r"(?:(?<![^\W_])(?:to|до)|reach\w+|достиг\w*|составил\w*|amount\w+\s+to)\s+[^.;:()\d]{0,18}$"
)
_IN_ALL = re.compile(
    r"(?<![^\W_])(?:to\s+date|so\s+far|altogether|over\s+the\s+years|в\s+общей\s+сложности|за\s+годы|насчитыва\w+"
    r"|за\s+вс[её]\s+время|к\s+настоящему\s+времени|на\s+сегодняшний\s+день|в\s+активе)(?![^\W_])"
)
_YEAR_ON_YEAR = re.compile(r"\bon\b|-on-|-o-|yoy|годовом")
_AND = re.compile(r"(?<![^\W_])(?:and|и)(?![^\W_])")
_NOW = re.compile(
    r"(?<![^\W_])(?:now|today|currently|at\s+present|presently|сейчас|сегодня|ныне)(?![^\W_])"
)
_SIGNING = frozenset(
    ("sign", "adopt", "sign", "conclud", "подписать", "принять", "заключить", "утвердить", "work")
)
_AS_OF = re.compile(r"(?:as\s+of|as\s+at|by|на|по\s+состоянию\s+на|к)\s+$")


@dataclass(frozen=True, slots=True)
class Carried:
    """A period that an earlier figure had, and where that stood."""

    iso: str
    family: str
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Timed:
    """A period, and what decided it."""

    iso: str | None
    rule: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What the release gives a figure that names no time: earlier periods, and its own day."""

    carried: Carried | None
    sentence: int
    titled: str | None
    day: str | None
    published: date | None
    last: Carried | None = None  # of the figure before, None where that has none


def period_of(
    passage: Passage, amount: Quantity, indicator: str, measure: str, setting: Setting
) -> Timed:
    """Return the period of a figure."""
    flowing = indicator in _kinds("flows") or measure in ("growth", "multiple", "increment")
    main = _carried(passage, amount, indicator, measure, setting, flowing=flowing)
    if measure in ("level", "share") and (
        older := _of_base(passage, amount, main, flowing=flowing)
    ):
        return older
    if measure != "level" and flowing and (head := _headed(passage, main)):
        return head
    own = own_period(passage, amount, indicator)
    if own is not None and _rate_beyond(passage, own, amount):
        own = None
    if own is not None and (
        flowing or indicator in _kinds("events") or _close(passage, own, amount)
    ):
        return Timed(own.iso, own.rule, own=True)
    since = measure == "multiple" and indicator not in _kinds("flows")
    if measure in ("growth", "multiple") and (main is None or since):
        after = _after(passage, measure, setting)
        if after is not None:
            return after
    if main is not None:
        return Timed(main, "carried along")
    if indicator in _kinds("dated") and setting.day and _signed(passage, indicator):
        return Timed(setting.day, "the day told of")
    if again := _again(passage, amount, setting):
        return Timed(again, "as the figure before")
    if flowing and measure != "share" and setting.titled and not _is_rate(passage, amount):
        return Timed(setting.titled, "in the title")
    return Timed(None, "none named")


def _signed(passage: Passage, indicator: str) -> bool:
    """Whether documents were signed now; people at an event are counted on its day."""
    if not indicator.startswith("agreements."):
        return True
    return tells_of_signing(passage) and not _IN_ALL.search(passage.ctx.folded)


def _again(passage: Passage, amount: Quantity, setting: Setting) -> str | None:
    """As "1.2 million, or 61 percent", "of them 900": the figure before, told in another way."""
    last, start = setting.last, passage.ctx.at(amount.start)
    if last is None or setting.sentence - last.sentence > 1 or _NOW.search(passage.ctx.folded):
        return None
    if setting.sentence == last.sentence and _OR.search(passage.ctx.folded[:start]):
        return last.iso
    after = passage.ctx.folded[passage.ctx.at(amount.end) :][:12]
    before = passage.ctx.folded[:start] if setting.sentence != last.sentence else ""
    told = _BACK.search(before[-60:]) or _BACK.match(after.lstrip())
    return last.iso if told else None


def _is_rate(passage: Passage, amount: Quantity) -> bool:
    return bool(_RATE.match(passage.ctx.folded[passage.ctx.at(amount.end) :]))


def tells_of_signing(passage: Passage) -> bool:
    return bool(_SIGNING.intersection(passage.lemmas))


def own_period(passage: Passage, amount: Quantity, indicator: str) -> Period | None:
    """Return the period that stands nearest to a figure in its sentence."""
    best, found = 0.0, None
    for period in passage.times:
        if period.base or period.kind == "same":
            continue
        if period.kind == "day" and not _takes_day(passage, period, indicator):
            continue
        if period.rule == "since_when" and period.start >= amount.end:
            continue  # "5 billion, the most since 2022, when it was 6"
        near = _near(passage, period, amount)
        if near > best and near >= LEAST_OWN:
            best, found = near, period
    return _finer(passage, found, amount) if found else None


def _rate_beyond(passage: Passage, period: Period, amount: Quantity) -> bool:
    """As "5 billion this year; the contract has 2.8 billion a year": a rate after other figures."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if period.end > amount.start or not _YEARLY.match(after):
        return False
    return _others(passage, period.end, amount.start) > 0


def _finer(passage: Passage, found: Period, amount: Quantity) -> Period:
    """As "this year has seen 32 percent in the first three quarters": the part of the year."""
    if not (found.iso or "").isdigit() or found.rule == "whole_year":
        return found
    for period in passage.times:
        inside = (period.iso or "").startswith(f"{found.iso}-") and not period.base
        if inside and period.kind == "at" and _near(passage, period, amount) > 0.3:
            return period
    return found


def _takes_day(passage: Passage, period: Period, indicator: str) -> bool:
    before = passage.ctx.folded[: passage.ctx.at(period.start)]
    if period.rule == "today" and _AS_OF.search(before[-24:]):
        return False  # "as of today" is now
    return indicator in _kinds("events") or bool(_AS_OF.search(before[-24:]))


def _close(passage: Passage, period: Period, amount: Quantity) -> bool:
    return _near(passage, period, amount) >= LEAST_STOCK


def _near(passage: Passage, period: Period, amount: Quantity) -> float:
    folded, at = passage.ctx.folded, passage.ctx.at
    before = folded[max(0, at(period.start) - 30) : at(period.start)]
    if period.rule in ("decade", "last_years") and _RECORD.search(before):
        return 0.05  # "for the first time in a decade"
    if _OF_PAPER.search(before) or _PAPER.match(folded, at(period.end)) or _FOUNDED.search(before):
        return 0.05
    if period.end <= amount.start:
        between = folded[at(period.end) : at(amount.start)]
        weight = (
            1.0 / (1.0 + 0.008 * len(between)) * 0.93 ** _others(passage, period.end, amount.start)
        )
        risen = _REACHED.search(between) and period.rule not in ("last_years", "since")
        if _ends_other(passage, period, amount) and not risen:
            weight *= 0.45
        comma = 0.9
    elif period.start >= amount.end:
        between = folded[at(amount.end) : at(period.start)]
        weight = (
            1.0 / (1.0 + 0.012 * len(between)) * 0.45 ** _others(passage, amount.end, period.start)
        )
        comma = 0.25 if _opens_next(passage, period) else 0.6
    else:
        return 1.0
    if comma < 0.9 and _AND.search(between):
        weight *= 0.5
    for mark, part in (
        (";", 0.5),
        (",", comma),
        (" while ", 0.6),
        (" whereas ", 0.6),
        (" а ", 0.7),
    ):
        weight *= part ** between.count(mark)
    return weight


def _opens_next(passage: Passage, period: Period) -> bool:
    """Whether a number follows a period closely, which then is that one's."""
    return any(0 <= a.lead - period.end <= 30 for a in passage.amounts)


def _ends_other(passage: Passage, period: Period, amount: Quantity) -> bool:
    """Whether a period before this figure follows another one closely: it is that one's."""
    for other in passage.amounts:
        if other is not amount and 0 <= period.start - other.end <= 6:
            gap = passage.ctx.folded[passage.ctx.at(other.end) : passage.ctx.at(period.start)]
            return not re.search(r"[,;:(]", gap)
    return False


def _others(passage: Passage, start: int, end: int) -> int:
    return sum(1 for a in passage.amounts if start <= a.start < end)


def _of_base(
    passage: Passage, amount: Quantity, main: str | None, *, flowing: bool
) -> Timed | None:
    """Return the period of an amount that the fact is compared with, None for the fact itself."""
    folded, at = passage.ctx.folded, passage.ctx.at
    before = folded[: at(amount.start)]
    after = next((p for p in passage.times if 0 <= p.start - amount.end <= 12), None)
    within = [p for p in passage.times if p.end <= amount.start]
    if _BASED.search(before[-40:]):
        changes = _FROM.search(before[-8:]) and not _pair(passage, amount)
        if not changes:
            if after is not None:
                return Timed(_resolved(passage, after, main), f"{after.rule}, the base")
            known = main or _year_named(passage, amount)
            return Timed(shifted(known, None), "the year before") if flowing and known else None
    if after is not None and after.kind == "same" and not after.base:
        return Timed(_resolved(passage, after, main), after.rule)
    last = within[-1] if within else None
    if flowing and last is not None and (head := _headed(passage, main)):
        return head
    if last is not None and not _others(passage, last.end, amount.start):
        gap = folded[at(last.end) : at(amount.start)]
        quoted = last.base and re.match(r"\W*\(?\W*$|,\s*(?:когда|when|where)\s", gap)
        if quoted or (last.kind == "same" and not last.base):
            return Timed(_resolved(passage, last, main), f"{last.rule}, the base")
    return None


def _headed(passage: Passage, main: str | None) -> Timed | None:
    """As "A year earlier growth was 9 percent": the only period, which opens the sentence."""
    first = passage.times[0] if len(passage.times) == 1 else None
    if first is None or first.kind != "same" or first.base or main is None:
        return None
    folded, at = passage.ctx.folded, passage.ctx.at
    told = folded[at(first.start) : at(first.end)]
    if at(first.start) > 20 or _YEAR_ON_YEAR.search(told):
        return None
    return Timed(_resolved(passage, first, main), first.rule)


def is_base(passage: Passage, amount: Quantity) -> bool:
    """Whether an amount is only what a fact is compared with ("instead of 900", "from 310 to")."""
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if not _BASED.search(before[-40:]):
        return False
    return not _FROM.search(before[-8:]) or _pair(passage, amount)


def _pair(passage: Passage, amount: Quantity) -> bool:
    """Whether "from X to Y" follows: the amount is where a change began."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    return bool(re.match(r"[^.;]{0,45}(?<![^\W_])(?:to|до)\s+\W*\w*\W*\d", after))


def _year_named(passage: Passage, amount: Quantity) -> str | None:
    period = own_period(passage, amount, "trade.turnover")
    return period.iso if period else None


def _resolved(passage: Passage, period: Period, main: str | None) -> str | None:
    """Return the period itself, or that of the passage a year before where it is "the same"."""
    if period.kind != "same":
        return period.iso
    told = passage.ctx.folded[passage.ctx.at(period.start) : passage.ctx.at(period.end)]
    if (
        period.iso is None
        and not period.base
        and period.rule == "same_last_year"
        and not _YEAR_BACK.search(told)
    ):
        return main  # "for the same nine months": the stretch told of just before
    return shifted(main, period.iso)


def _after(passage: Passage, measure: str, setting: Setting) -> Timed | None:
    """As "dropped by 25 percent compared with 2000": what is compared with a base year."""
    base = next((p for p in passage.times if p.base and p.iso), None)
    if base is None or base.iso is None or not base.iso.isdigit() or setting.published is None:
        return None
    year, now = int(base.iso), setting.published.year
    if measure == "growth" and now - year <= 2:
        return Timed(str(year + 1), f"after the base, {base.rule}")
    return Timed(f"{year}/{now}", f"since the base, {base.rule}") if now > year else None


def _carried(
    passage: Passage,
    amount: Quantity,
    indicator: str,
    measure: str,
    setting: Setting,
    *,
    flowing: bool,
) -> str | None:
    """Return the period set for the passage, where the figure is of a kind that takes it."""
    carried = setting.carried
    if carried is None:
        return None
    away = setting.sentence - carried.sentence
    family = not carried.family or family_of(indicator) == family_of(carried.family)
    if away == 0:
        return carried.iso if flowing or (measure == "share" and family) else None
    if indicator == "trade.share" and family and away == 1:
        return carried.iso
    if not flowing or _is_rate(passage, amount) or indicator == "trade.national_currency_share":
        return None
    if measure == "share":
        told = _BACK.search(passage.ctx.folded) or (family and _PAST.search(passage.ctx.folded))
        return carried.iso if told and away <= 2 else None
    paragraphs = passage.ctx.sentence.paragraph - carried.paragraph
    if family:
        return carried.iso if away <= (5 if paragraphs <= 1 else 2) else None
    return carried.iso if away <= (3 if paragraphs == 0 else 1) else None


def family_of(indicator: str) -> str:
    """Return the family of an indicator: food is traded, so its tonnes go with trade."""
    name = indicator.split(".")[0]
    return "trade" if name == "agriculture" else name


def shifted(carried: str | None, year: str | None) -> str | None:
    """Return the same stretch a year earlier, or in the year that is named."""
    if carried is None:
        return year
    if year and not year.isdigit():
        return year
    back = int(carried[:4]) - int(year) if year else 1
    return "/".join(f"{int(part[:4]) - back}{part[4:]}" for part in carried.split("/"))


@cache
def _kinds(name: str) -> frozenset[str]:
    """Return the indicators measured over a stretch of time, or of an event of the day."""
    return frozenset(load("timing")[name].split())
