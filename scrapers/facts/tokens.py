"""Text to tokens. No meaning of any word belongs here.

Offsets are those of the text that was given. English and Russian tokens stand side by side in one
sentence (agencies mix them).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.facts.lemmas import fold, lemma

GAP = r"[ \u00a0\u202f\u2009]"
_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*(?:['’ʻ`](?!s\b)[^\W\d_]+)*"
WORD = re.compile(_WORD)
_TOKEN = re.compile(
    rf"""
    (?P<word>{_WORD})  # most are words
  | (?P<date>\d{{4}}-\d\d-\d\d(?!\d)|(?<![\d.,])\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)(?![\d]))
  | (?P<time>(?<!\d)\d{{1,2}}:\d\d(?::\d\d)?(?!\d))
  | (?P<phone>\(?\+\d[\d]*{GAP}?(?:\(?\d+\)?)?[-\d \u00a0]{{5,}}\)?[-\d ]*
           |\(\d{{3,}}\){GAP}?\d[\d-]+|(?<!\d)\d{{2,3}}-\d\d(?:\d)?-\d\d(?:-\d\d)?(?!\d))
  | (?P<number>(?:(?<![\d.,])\d{{1,3}}(?:{GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)
        (?P<suffix>(?:st|nd|rd|th)\b
          |[-\u2011](?:го|й|я|е|м|ым|ом|му|ому|х|ю|ти|ть|ми|и|ая|ое|ые|ых|ого|ой|ый|ий|ную|ный|ной)\b)?)
  | (?P<poss>['’]s\b)
  | (?P<punct>\S)
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word, number or mark. ``kind``: word, number, date, time, phone, poss or punct."""

    text: str
    start: int
    end: int
    kind: str
    suffix: str = ""

    @property
    def norm(self) -> str:
        return fold(self.text)

    @property
    def lemma(self) -> str:
        return lemma(fold(self.text)) if self.kind == "word" else self.text


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[start:end]`` with offsets into ``text``."""
    tokens = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind, (first, last) = match.lastgroup or "punct", match.span()
        suffix = (match["suffix"] or "").lstrip("-\u2011") if kind == "number" else ""
        tokens.append(_made(Token, (text[first:last], first, last, kind, suffix)))
    return tokens


_made = tuple.__new__  # half the time of Token(...): there are thousands on a page
