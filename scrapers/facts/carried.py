"""The period that a figure takes from the ones before it: carried along, or told of again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.lexicon import lemma_of_entry
from scrapers.facts.words import load

BACK = re.compile(
    r"(?<![^\W_])(?:of (?:it|this|that|them|which|these)|this (?:amount|volume|figure)|его"
    r"|из (?:них|этого|этой)|эт(?:ого|ом) объеме?|эт(?:ой|у) сумм[ыуе]|которых|которого)(?![^\W_])"
)
_RATE = re.compile(
    r"\s*(?:\S+\s+){0,4}?(?:a|per|each|every|в)\s+(?:year|day|month|week|год|сутки|день|месяц|неделю)(?![^\W_])"
    r"|\s*(?:\S+\s+){0,4}?(?:annually|yearly|daily|ежегодно|ежедневно|ежесуточно)"
)
_PAST = re.compile(
    r"(?<![^\W_])(?:пришл(?:ось|ась|ся|ись|о)|поступил[аио]|ушл[аои]|came|came\s+from|went|originated|accounted|составил[аио]?|was|were|made\s+up|stood|amounted|sank|fell"
    r"|bought|took|gave|received|sent|забрал[аи]?|купил[аи]?|дал[аи]?|достал(?:ось|ся|ась|ись)|отправил[аи]?|пошл[аои]|shrank|упала|снизилась|выросла|достигла|equal\w*)(?![^\W_])"
)
_OR = re.compile(r"[\s,(]*(?:or|или|that\s+is|то\s+есть|i\.e\.)\s[^.;:()\d]{0,22}$")
_AMONG = re.compile(r"(?:including|among them|в том числе)\s[^.;()\d]{0,40}$")
_WEEKLY = re.compile(
    r"(?<![^\W_])(?:кажд(?:ую неделю|ый день)|еженедельно|ежедневно|every week|every day)"
)
_NOW = re.compile(
    r"(?<![^\W_])(?:now|today|currently|at\s+present|presently|сейчас|сегодня|ныне)(?![^\W_])"
)


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
    loose: bool = False  # no year was named
    close: bool = False  # no other figure stands between


@dataclass(frozen=True, slots=True)
class Setting:
    """What the release gives a figure that names no time: earlier periods, and its own day."""

    carried: Carried | None
    sentence: int
    titled: str | None
    day: str | None
    published: date | None
    last: Carried | None = None  # of the figure before, None where that has none


def told_again(passage: Passage, amount: Quantity, setting: Setting) -> str | None:
    """As "1.2 million, or 61 percent", "of them 900": the figure before, told in another way."""
    last, start = setting.last, passage.ctx.at(amount.start)
    if last is None or setting.sentence - last.sentence > 1 or _NOW.search(passage.ctx.folded):
        return None
    if setting.sentence == last.sentence and _OR.search(passage.ctx.folded[:start]):
        return last.iso
    if setting.sentence == last.sentence and _AMONG.search(passage.ctx.folded[:start]):
        return last.iso
    after = passage.ctx.folded[passage.ctx.at(amount.end) :][:12]
    before = passage.ctx.folded[:start] if setting.sentence != last.sentence else ""
    told = BACK.search(before[-60:]) or BACK.match(after.lstrip())
    return last.iso if told else None


def just_told(setting: Setting) -> str | None:
    """Return the period of this sentence or the one before, to which "a year earlier" may point."""
    carried = setting.carried
    return carried.iso if carried and setting.sentence - carried.sentence <= 1 else None


def tells_of_events(passage: Passage, amount: Quantity) -> bool:
    """As "9,000 left", "выданы 5 тысяч патентов": people and things counted over a time."""
    first, last = max(0, amount.first - 8), min(len(passage.lemmas), amount.last + 8)
    return any(word in _happened() for word in passage.lemmas[first:last])


def is_rate(passage: Passage, amount: Quantity) -> bool:
    start = passage.ctx.at(amount.start)
    before, after = passage.ctx.folded[:start], passage.ctx.folded[passage.ctx.at(amount.end) :]
    return bool(_RATE.match(after) or _WEEKLY.search(before[-60:]))


def carried_to(
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
    past = bool(_PAST.search(passage.ctx.folded))
    paragraphs = passage.ctx.sentence.paragraph - carried.paragraph
    if indicator == "trade.share" and family:
        measured = past or (paragraphs == 0 and amount.form == "digits" and amount.bound == "exact")
        if away == 1 or (away <= 3 and measured):
            return carried.iso
    if not flowing or is_rate(passage, amount) or indicator == "trade.national_currency_share":
        return None
    if measure == "share":
        told = BACK.search(passage.ctx.folded) or (family and past)
        return carried.iso if told and away <= 2 else None
    if family:
        return carried.iso if away <= (5 if paragraphs <= 1 else 2) else None
    near = 3 if paragraphs == 0 else 1 + (amount.unit not in MONEY)
    return carried.iso if away <= near else None


def family_of(indicator: str) -> str:
    """Return the family of an indicator: food is traded, so its tonnes go with trade."""
    name = indicator.split(".")[0]
    return "trade" if name == "agriculture" else name


@cache
def _happened() -> frozenset[str]:
    return frozenset(map(lemma_of_entry, load("timing")["happened"].split()))


@cache
def kinds(name: str) -> frozenset[str]:
    """Return the indicators measured over a stretch of time, or of an event of the day."""
    return frozenset(load("timing")[name].split())
