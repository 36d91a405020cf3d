"""What a sentence may hold, told by the looks of its words: most sentences hold nothing of ours.

A clue promises nothing; its absence does: without `NUMBER` there is no number to read, without
`PARTY` no state is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapers.facts.looks import Looks
from scrapers.facts.numbers import may_begin_number
from scrapers.facts.parties import may_name
from scrapers.facts.tokens import WORD

DIGIT, NUMBER_WORD, PARTY, REGION, QUOTE, MONEY = 1, 2, 4, 8, 16, 32
NUMBER = DIGIT | NUMBER_WORD
_DIGIT = re.compile(r"\d")
_REGION = re.compile("region|регион|central|five|пят[ьи]")
_MONEY = re.compile(r"\$|dollar|долл")
_QUOTE = re.compile('[“«"]')


def clues_of(pieces: Iterable[str]) -> int:
    """Return the clues in a text that is split at its blanks, as bits."""
    return _PIECES.of(pieces)


def with_clue(clue: int, pieces: Iterable[str]) -> list[str]:
    """Return the pieces that give a clue."""
    return [piece for piece in pieces if _PIECES[piece] & clue]


def _judged(piece: str) -> int:
    words = WORD.findall(piece)
    holds = (
        (DIGIT, bool(_DIGIT.search(piece))),
        (NUMBER_WORD, any(map(may_begin_number, words))),
        (PARTY, any(map(may_name, words))),
        (REGION, bool(_REGION.search(piece.lower()))),
        (QUOTE, bool(_QUOTE.search(piece))),
        (MONEY, bool(_MONEY.search(piece.lower()))),
    )
    return sum(clue for clue, held in holds if held)


_PIECES = Looks(_judged)
