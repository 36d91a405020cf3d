"""Which rules of periods a text can hold, told by the looks of its pieces: most hold none."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from scrapers.facts.looks import Looks
from scrapers.facts.period_rules import Rule, period_rules
from scrapers.facts.words import load

_ANY, _MONTH, _YEAR = 1, 2, 4
_FIRST_WORD = 3  # number of its bit
_HINT = re.compile(
    r"\d{4}|year|ytd|month|quarter|half|decade|today|yesterday|tomorrow|spring|summer|autumn|fall|winter"
    r"|q[1-4]|h[12]\b|год|лет|месяц|месячн|мес\b|квартал|сегодня|вчера|завтра|весн|осен|зим|сезон|season|десятилет|прошл|нынешн|этом"
)
_FOUR = re.compile(r"(?:19|20)\d\d")
_OF_YEARS = ("year_span", "since_when", "since", "by_year", "fiscal_year", "year")


def possible_rules(folded: str) -> tuple[Rule, ...]:
    """Return the rules that may find a period in a text, in their order."""
    hints = _HINTS.of(folded.split())
    return _possible(hints) if hints & _ANY else ()


@lru_cache(maxsize=10_000)
def _possible(hints: int) -> tuple[Rule, ...]:
    return tuple(rule for rule, needs in _needs() if all(hints & need for need in needs))


@cache
def _needs() -> tuple[tuple[Rule, tuple[int, ...]], ...]:
    """Return each rule with the groups of hints, one of each of which it cannot do without."""
    words = _words()
    found = []
    for rule in period_rules():
        needs = [_MONTH] if "(?P<month" in rule.pattern.pattern else []
        needs = [_YEAR] if rule.name in _OF_YEARS else needs
        needs += [sum(words[w] for w in set(map(_solid, group))) for group in rule.words]
        found.append((rule, tuple(needs)))
    return tuple(found)


@cache
def _words() -> dict[str, int]:
    """Return the words that rules need, each with its bit."""
    words = {_solid(w) for rule in period_rules() for group in rule.words for w in group}
    return {word: 1 << bit for bit, word in enumerate(sorted(words), _FIRST_WORD)}


def _solid(word: str) -> str:
    """Return the longest part of a word that has no blank, as a piece may hold it."""
    return max(word.split(), key=len, default="")


def _judged(piece: str) -> int:
    """Return the hints in a piece: that it is of time, a month, a year, words of rules."""
    month = bool(_month().search(f"{piece} 0"))  # a day may follow
    year = bool(_FOUR.search(piece))
    of_time = month or year or bool(_HINT.search(piece))
    words = sum(bit for word, bit in _words().items() if word in piece)
    return _ANY * of_time | _MONTH * month | _YEAR * year | words


_HINTS = Looks(_judged)


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load('periods')['months'].values())})(?!\w)")
