"""The words that bound a number, before and after it."""

from __future__ import annotations

import re
from functools import cache

from scrapers.facts.amounts import Context
from scrapers.facts.words import load

_FROM_NUMBER = re.compile(r"(?<![а-я])со?\s+\W?(?!(?:19|20)\d\d)\d[^;]*$")
_CLIMBED = re.compile(
    r"(?<![^\W_])(?:edg|creep|crept|inch|tick|climb|jump|ris|ros|go|went|grow|grew"
    r"|cam|shot)[a-z]{0,4}(?:\s+\w+){0,2}\s+$"
)
_COMPARING = frozenset(("меньше", "больше", "выше", "ниже", "менее", "более", "above", "below"))
_BY = re.compile(r"\s(?:на|by)\s*$")
_REACH = 60  # characters before a number in which its qualifier stands


def bounded(ctx: Context, head: int, tail: int) -> tuple[tuple[str, int], int, str]:
    """Return (bound, end after its words), where the quantity begins with it, and the rule."""
    after = _bound_after(ctx.folded, tail)
    bound, start, words = bound_before(ctx.folded[:head])
    if after:
        return (after[0], after[1]), head if bound in ("", "exact") else start, after[2]
    if (
        bound == "max"
        and words.rsplit(None, 1)[-1] == "до"
        and (_ends_change(ctx, start) or _change_after().match(ctx.folded, tail))
    ):
        return ("exact", tail), head, "до after a change"
    if bound == "max" and words == "up to" and _CLIMBED.search(ctx.folded[:start]):
        return ("exact", tail), head, "up to after a change"
    if bound == "min" and words in ("from", "от"):
        bound, start = "", head
        if words == "от" and not re.match(r"[^.;]{0,25}\bдо\b", ctx.folded[tail:]):
            bound, start = "min", bound_before(ctx.folded[:head])[1]
    if words in _COMPARING and _BY.search(ctx.folded[start:head]):
        bound = ""  # "стала меньше на 12 процентов"
    if not bound:
        return ("exact", tail), head, "no bound"
    return (bound, tail), start if bound != "exact" else head, f"bound {words}"


def _ends_change(ctx: Context, start: int) -> bool:
    """Whether a change is told before "до": "вырос до 5", and no bound "до 5"."""
    before = ctx.folded[max(0, start - 90) : start]
    return bool(_change_pattern().search(before) or _FROM_NUMBER.search(before))


@cache
def _change_after() -> re.Pattern[str]:
    """As "до четырнадцати довели число рейсов": the change is told right after."""
    return re.compile(rf"\s+(?:{load('qualifiers')['change']})(?![а-я])")


@cache
def _change_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![а-я])(?:{load('qualifiers')['change']})(?![а-я])[^;]*$")


def bound_before(before: str) -> tuple[str, int, str]:
    """Return bound, where its words begin, and the words; ("", …) where there are none."""
    window = before[-_REACH:]
    match = _before_pattern().search(window)
    if not match or not match.lastgroup:
        return "", len(before), ""
    start = len(before) - len(window) + match.start(match.lastgroup)
    return match.lastgroup, start, match[match.lastgroup]


def _bound_after(folded: str, tail: int) -> tuple[str, int, str] | None:
    match = _after_pattern().match(folded, tail)
    if not match or not match.lastgroup:
        return None
    return match.lastgroup, match.end(), f"bound {match[match.lastgroup]}"


@cache
def _before_pattern() -> re.Pattern[str]:
    lexicon = load("qualifiers")
    lists = sorted(
        lexicon["before"].items(), key=lambda item: list(lexicon["before"]).index(item[0])
    )
    body = "|".join(f"(?P<{bound}>{_longest_first(words)})" for bound, words in lists)
    between = _longest_first(lexicon["between"])
    return re.compile(rf"(?<![^\W_])(?:{body})(?:[\s,]+(?:{between})(?![^\W_]))*[\s(\"«“]*$")


@cache
def _after_pattern() -> re.Pattern[str]:
    lists = load("qualifiers")["after"].items()
    body = "|".join(f"(?P<{bound}>{_longest_first(words)})" for bound, words in lists)
    return re.compile(rf"\s*,?\s?(?:{body})(?![^\W_])")


def _longest_first(words: str) -> str:
    return "|".join(sorted(words.split("|"), key=len, reverse=True)) if "(" not in words else words
