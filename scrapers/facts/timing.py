"""When a figure was: its own period, that of what it is compared with, or the one carried along."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.base_period import after_base, headed, of_base
from scrapers.facts.carried import (
    Setting,
    Timed,
    carried_to,
    is_rate,
    just_told,
    kinds,
    tells_of_events,
    told_again,
)
from scrapers.facts.evidence import Passage
from scrapers.facts.own_period import is_close, own_period, rate_beyond
from scrapers.facts.period_near import clause_of_now, figures_between
from scrapers.facts.periods import Period
from scrapers.facts.status import forward

_IN_ALL = re.compile(
    r"(?<![^\W_])(?:to\s+date|so\s+far|altogether|over\s+the\s+years|в\s+общей\s+сложности|за\s+годы|насчитыва\w+"
    r"|за\s+вс[её]\s+время|к\s+настоящему\s+времени|на\s+сегодняшний\s+день|в\s+активе)(?![^\W_])"
)
_COME_TO = re.compile(
    r"(?:reach\w*|exceed\w*|came to|to|до|достиг\w*|превысил\w*|приблизи\w*|составил\w*)"
    r"[^\d.;]{0,25}$"
)
_SIGNING = frozenset(
    ("sign", "adopt", "sign", "conclud", "подписать", "принять", "заключить", "утвердить", "work")
)


def period_of(
    passage: Passage, amount: Quantity, indicator: str, measure: str, setting: Setting
) -> Timed:
    """Return the period of a figure."""
    flowing = indicator in kinds("flows") or measure in ("growth", "multiple", "increment")
    happened = measure == "level" and amount.unit == "count" and tells_of_events(passage, amount)
    main = carried_to(passage, amount, indicator, measure, setting, flowing=flowing or happened)
    told = main or just_told(setting)
    if measure in ("level", "share") and (older := of_base(passage, amount, told, flowing=flowing)):
        return older
    if measure != "level" and flowing and (head := headed(passage, main, amount)):
        return head
    if own := _own(passage, amount, indicator, measure, flowing=flowing):
        return own
    since = measure == "multiple" and indicator not in kinds("flows")
    if measure in ("growth", "multiple") and (main is None or since):
        after = after_base(passage, measure, setting)
        if after is not None and not (main and after.rule.endswith("last_year")):
            return after  # what is "three times fewer than last year" is of the time told of
    if main is not None:
        now = clause_of_now(passage, amount)
        return Timed(None, "none named for what is now") if now else Timed(main, "carried along")
    return _leaning(passage, amount, indicator, measure, setting, flowing=flowing)


def _own(
    passage: Passage, amount: Quantity, indicator: str, measure: str, *, flowing: bool
) -> Timed | None:
    """Return the period that its own sentence gives a figure."""
    own = own_period(passage, amount, indicator)
    if own is None or rate_beyond(passage, own, amount):
        return None
    if _reached(passage, own, amount, measure):
        return Timed(None, "none named for what it has come to")
    if not (flowing or indicator in kinds("events") or is_close(passage, own, amount)):
        return None
    start, end = sorted((own.start, amount.start))
    close = not figures_between(passage, start + 1, end) and not _turns(passage, own, amount)
    return Timed(own.iso, own.rule, own=True, loose=own.loose, close=close)


def _leaning(
    passage: Passage,
    amount: Quantity,
    indicator: str,
    measure: str,
    setting: Setting,
    *,
    flowing: bool,
) -> Timed:
    """Return the period that the event, the figure before or the headline lends a figure."""
    if indicator in kinds("dated") and setting.day and _signed(passage, indicator):
        return Timed(setting.day, "the day told of")
    last, named = setting.last, indicator != "other" or amount.unit == "count"
    if last and last.sentence == setting.sentence and not named:
        return Timed(last.iso, "as the figure before")
    if flowing and measure != "share" and (closing := _at_the_end(passage, amount)):
        return Timed(closing.iso, f"{closing.rule}, at the end")
    if again := told_again(passage, amount, setting):
        return Timed(again, "as the figure before")
    if flowing and measure != "share" and setting.titled and not is_rate(passage, amount):
        return Timed(setting.titled, "in the title")
    return Timed(None, "none named")


def _at_the_end(passage: Passage, amount: Quantity) -> Period | None:
    """As "exports rose by 5 percent and imports by 7 percent in 2023": the one period told."""
    named = [p for p in passage.times if p.kind not in ("day", "same") and not p.base]
    after = named[0].end if len(named) == 1 else 0
    if not amount.end <= after or ";" in passage.ctx.folded:
        return None
    last = not any(a.start >= after for a in passage.amounts)
    told = named[0].kind == "at" and named[0].rule != "season" and not is_rate(passage, amount)
    return named[0] if last and told else None


def _reached(passage: Passage, own: Period, amount: Quantity, measure: str) -> bool:
    """As "over five years it doubled and reached 37 billion": what it has come to by then."""
    if measure != "level" or own.rule not in ("last_years", "decade") or own.end > amount.start:
        return False
    before = passage.ctx.folded[passage.ctx.at(own.end) : passage.ctx.at(amount.start)]
    return figures_between(passage, own.end, amount.start) > 0 and bool(_COME_TO.search(before))


def _turns(passage: Passage, period: Period, amount: Quantity) -> bool:
    """As "20 million last year; they agreed to bring it to 30": a word of the future between."""
    first, last = period.end, amount.lead
    hits = passage.find(forward())
    return any(first <= passage.tokens[hit.first].start < last for hit in hits)


def _signed(passage: Passage, indicator: str) -> bool:
    """Whether documents were signed now; people at an event are counted on its day."""
    if not indicator.startswith("agreements."):
        return True
    return tells_of_signing(passage) and not _IN_ALL.search(passage.ctx.folded)


def tells_of_signing(passage: Passage) -> bool:
    return bool(_SIGNING.intersection(passage.lemmas))
