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
MOST = 3  # groups of words that are asked for before a pattern is searched


@dataclass(frozen=True, slots=True)
class Rule:
    """``words``: groups of them, of which one of each stands in whatever the rule finds."""

    name: str
    kind: str
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
        words = needed(pattern.pattern)[:MOST]
        make = _MAKERS[entry["make"]]
        rules.append(Rule(entry["rule"], entry["kind"], pattern, words, make))
    return tuple(rules)


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
