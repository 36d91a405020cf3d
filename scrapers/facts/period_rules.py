"""The rules of periods.yml: their patterns with the word lists put in, and the reader of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from scrapers.facts import calendar_periods, relative_periods, year_periods
from scrapers.facts.needed import needed
from scrapers.facts.period_words import Make
from scrapers.facts.words import BadLexiconError, load

_MAKERS = calendar_periods.MAKERS | year_periods.MAKERS | relative_periods.MAKERS
MONTH, YEAR = 2, 4  # hints of a text
MOST = 3  # groups of words that are asked for before a pattern is searched
_OF_YEARS = ("year_span", "since_when", "since", "by_year", "fiscal_year", "year")


@dataclass(frozen=True, slots=True)
class Rule:
    """``needs``: the hints without which it finds nothing, as bits; ``words``: groups of words, one
    of each must stand.
    """

    name: str
    kind: str
    needs: int
    pattern: re.Pattern[str]
    words: tuple[tuple[str, ...], ...]
    make: Make


@cache
def period_rules() -> tuple[Rule, ...]:
    rules = []
    for entry in load("periods")["patterns"]:
        if entry["make"] not in _MAKERS:
            raise BadLexiconError(f"periods.yml: {entry['rule']}: no reader called {entry['make']}")
        pattern = re.compile(_expanded(entry["pattern"]))
        needs = MONTH if "{month" in entry["pattern"] else 0
        needs = YEAR if entry["rule"] in _OF_YEARS else needs
        words = needed(pattern.pattern)[:MOST]
        make = _MAKERS[entry["make"]]
        rules.append(Rule(entry["rule"], entry["kind"], needs, pattern, words, make))
    return tuple(rules)


def possible_rules(folded: str) -> list[Rule]:
    """Return the rules whose words stand in a text, in their order: few have any in most."""
    words, anywhere = _by_word()
    possible = anywhere
    for word, rules in words:
        if word in folded:
            possible |= rules
    return [
        rule
        for i, rule in enumerate(period_rules())
        if possible >> i & 1 and all(any(w in folded for w in group) for group in rule.words[1:])
    ]


@cache
def _by_word() -> tuple[tuple[tuple[str, int], ...], int]:
    """Return the rules that each word makes possible, as bits, and those that need no word."""
    found: dict[str, int] = {}
    anywhere = 0
    for i, rule in enumerate(period_rules()):
        anywhere |= (not rule.words) << i
        for word in next(iter(rule.words), ()):
            found[word] = found.get(word, 0) | 1 << i
    return tuple(found.items()), anywhere


def _expanded(pattern: str) -> str:
    """Put the word lists in place of {month}, {count2} and the like, as named groups."""
    lexicon = load("periods")
    lists = {
        "month": "|".join(f"(?:{p})" for p in lexicon["months"].values()),
        "count": r"\d{1,2}|" + "|".join(sorted(_alternatives("counts"), key=len, reverse=True)),
        "ordinal": "|".join(lexicon["ordinals"].values()),
        "season": "|".join(lexicon["seasons"].values()),
        "year": r"(?:19[5-9]|20[0-6])\d",
        "day": r"(?:[12]\d|3[01]|0?[1-9])",
    }

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name in ("last", "this", "next"):
            return f"(?:{lexicon[name]})"
        stop = r"(?:\.(?=\s?\d))?" if name.startswith("month") else ""  # "Sept. 17"
        end = r"(?!\d)" if name.startswith("day") else r"(?!\w)"  # "12th" goes on
        return rf"(?P<{name}>(?:{lists[name.rstrip('0123456789')]})){end}{stop}"

    return re.sub(r"\{([a-z]+\d?)\}", put, pattern)


def _alternatives(name: str) -> list[str]:
    return [form for forms in load("periods")[name].values() for form in forms.split("|")]
