"""The period of an amount that a fact is compared with, and what follows from a base year."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.carried import Setting, Timed
from scrapers.facts.evidence import Passage
from scrapers.facts.own_period import own_period
from scrapers.facts.period_near import figures_between, opens_next
from scrapers.facts.period_words import shifted
from scrapers.facts.periods import Period

BASED = re.compile(
    r"(?<![^\W_])(?:compared\s+(?:to|with)|against|than|instead\s+of|versus|vs\.?|up\s+from|down\s+from"
    r"|from|вместо|против|по\s+сравнению\s+с|с|со|чем)\s+(?:the\s+|about\s+|some\s+|around\s+)?\W*$"
)
FROM = re.compile(r"(?<![^\W_])(?:from|с|со)\s+\W*$")
_UP_FROM = re.compile(r"(?<![^\W_])(?:up|down)\s+from\s+\W*$")
_YEAR_BACK = re.compile(r"year|год|прошл|минувш")
_RESULT = re.compile(
    r"\W*(?:and|to|or|that is|и|до|или|то есть)(?![^\W_])|\W*\w*(?:reach|came|достиг|выш[ел])"
)
_YEAR_ON_YEAR = re.compile(r"\bon\b|-on-|-o-|yoy|годовом")


def of_base(passage: Passage, amount: Quantity, main: str | None, *, flowing: bool) -> Timed | None:
    """Return the period of an amount that the fact is compared with, None for the fact itself."""
    folded, at = passage.ctx.folded, passage.ctx.at
    before = folded[: at(amount.start)]
    after = next((p for p in passage.times if _follows(passage, p, amount)), None)
    within = [p for p in passage.times if p.end <= amount.start]
    if BASED.search(before[-40:]):
        changes = _from(before) and not pair(passage, amount)
        if not changes:
            if after is not None:
                return Timed(_resolved(passage, after, main), f"{after.rule}, the base")
            return _before(main or _year_named(passage, amount), flowing=flowing)
    if bracketed := _as_bracket_before(passage, amount):
        return Timed(_resolved(passage, bracketed, main), "as in the bracket before")
    if after is not None and after.kind == "same" and not after.base:
        return Timed(_resolved(passage, after, main), after.rule)
    last = within[-1] if within else None
    if flowing and last is not None and (head := headed(passage, main)):
        return head
    if last is not None and not figures_between(passage, last.end, amount.start):
        gap = folded[at(last.end) : at(amount.start)]
        told = folded[at(last.start) : at(last.end)]
        result = _RESULT.match(gap) or ("(" not in gap and _YEAR_ON_YEAR.search(told))
        if result and last.kind == "same":
            return None  # "up 9 percent year-on-year and came to 5 billion"
        quoted = last.base and re.match(r"\W*\(?\W*$|,\s*(?:когда|when|where)\s", gap)
        if quoted or (last.kind == "same" and not last.base):
            return Timed(_resolved(passage, last, main), f"{last.rule}, the base")
    return None


def _follows(passage: Passage, period: Period, amount: Quantity) -> bool:
    """Whether a period stands right after an amount, in its clause and before no other number."""
    if not 0 <= period.start - amount.end <= 12 or opens_next(passage, period, reach=3):
        return False
    if figures_between(passage, amount.end, period.start):
        return False
    gap = passage.ctx.folded[passage.ctx.at(amount.end) : passage.ctx.at(period.start)]
    return not re.search(r"[,;]|while|whereas|тогда как", gap)


def headed(passage: Passage, main: str | None, amount: Quantity | None = None) -> Timed | None:
    """As "A year earlier growth was 9 percent": the only period, which opens the sentence."""
    first = passage.times[0] if len(passage.times) == 1 else None
    if first is None or first.kind != "same" or first.base or main is None:
        return None
    folded, at = passage.ctx.folded, passage.ctx.at
    told = folded[at(first.start) : at(first.end)]
    if amount and figures_between(passage, first.end, amount.start):
        return None  # "a year ago it was 2.3 billion: growth is 8 percent"
    if at(first.start) > 20 or _YEAR_ON_YEAR.search(told):
        return None
    return Timed(_resolved(passage, first, main), first.rule)


def is_base(passage: Passage, amount: Quantity) -> bool:
    """Whether an amount is only what a fact is compared with ("instead of 900", "from 310 to")."""
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if not BASED.search(before[-40:]):
        return False
    return not _from(before) or pair(passage, amount)


def _as_bracket_before(passage: Passage, amount: Quantity) -> Period | None:
    """As "exports $3 billion (a year ago $3.3 billion), imports $5.2 billion ($5.4 billion)"."""
    folded, at = passage.ctx.folded, passage.ctx.at
    before, after = folded[: at(amount.start)], folded[at(amount.end) :]
    if not before.endswith("(") or not after.startswith(")"):
        return None
    same = [a for a in passage.amounts if a.unit == amount.unit and 0 < amount.start - a.end <= 3]
    told = [p for p in passage.times if p.end < amount.start and (p.base or p.kind == "same")]
    within = [p for p in told if _opened(folded[: at(p.start)])]
    return within[-1] if same and within else None


def _opened(before: str) -> bool:
    return before.count("(") > before.count(")")


def _before(known: str | None, *, flowing: bool) -> Timed | None:
    """Return the year before, that of a school year too; of a row of years where it began."""
    years = known.split("/") if known and re.fullmatch(r"\d{4}/\d{4}", known) else ()
    if years and int(years[1]) - int(years[0]) > 1:
        return Timed(years[0], "where the years began")
    return Timed(shifted(known, None), "the year before") if known and (flowing or years) else None


def _from(before: str) -> bool:
    """Whether "from" alone opens an amount: it may begin a change; "up from" tells a base."""
    return bool(FROM.search(before[-8:])) and not _UP_FROM.search(before[-16:])


def pair(passage: Passage, amount: Quantity) -> bool:
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


def after_base(passage: Passage, measure: str, setting: Setting) -> Timed | None:
    """As "dropped by 25 percent compared with 2000": what is compared with a base year."""
    base = next((p for p in passage.times if p.base and p.iso), None)
    if base is None or base.iso is None or not base.iso.isdigit() or setting.published is None:
        return None
    year, now = int(base.iso), setting.published.year
    if measure == "growth" and now - year <= 2:
        return Timed(str(year + 1), f"after the base, {base.rule}")
    return Timed(f"{year}/{now}", f"since the base, {base.rule}") if now > year else None
