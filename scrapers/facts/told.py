"""What one mention tells of an event."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from scrapers.facts.mentions import Mention, words
from scrapers.facts.parties import parties_of
from scrapers.facts.when import When
from scrapers.facts.words import load


@dataclass(frozen=True)
class Told:
    """What one mention tells of an event."""

    mention: Mention
    areas: tuple[str, ...]
    when: When | None
    place: str | None
    status: str
    lead: bool
    titular: bool
    definite: bool
    named: bool
    opens: bool = True
    beside: bool = False
    realised: bool = False
    rules: dict[str, str] = field(default_factory=dict)
    iso: str | None = None

    @property
    def ordinal(self) -> str | None:
        return self.mention.ordinal

    @property
    def number(self) -> int | None:
        """Return its number in its series: 2 for "second", "II" and "2nd"."""
        return number_of(self.ordinal)

    @cached_property
    def name(self) -> frozenset[str]:
        """Return the words of its proper name, without parties and the noun itself."""
        line, found = self.mention.line, set()
        for i in range(self.mention.first, self.mention.last):
            token, form = line.tokens[i], line.forms[i]
            plain = parties_of(form) or {form, line.keys[i]} & (
                words("ordinals") | words("generic")
            )
            if token.kind == "word" and token.text[0].isupper() and len(form) > 2 and not plain:
                found.add(line.keys[i][:6])
        return frozenset(found)


def number_of(word: str | None) -> int | None:
    """Return the number that "27th", an ordinal word or a Roman numeral stands for."""
    if word is None:
        return None
    if digits := re.match(r"\d{1,3}", word):
        return int(digits[0])
    for number, spelled in enumerate(load("events")["numbers"], 1):
        if word in spelled.split():
            return number
    roman = [_ROMAN.get(letter.replace("х", "x"), 0) for letter in word]
    if not roman or not all(roman):
        return None
    pairs = zip(roman, [*roman[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
