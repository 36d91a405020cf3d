"""What a sentence may hold, told by the looks of its words: most sentences hold nothing of ours.

A clue promises nothing; its absence does: without `NUMBER` there is no number to read, without
`PARTY` no state is named. Each piece of text between blanks is judged once a process.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from scrapers.facts.numbers import may_begin_number
from scrapers.facts.parties import both_sides, may_name
from scrapers.facts.tokens import WORD

NUMBER, PARTY, BOTH, REGION, QUOTE = 1, 2, 4, 8, 16
_DIGIT = re.compile(r"\d")
_REGION = re.compile("region|регион|central|five|пят[ьи]")
_QUOTE = re.compile('[“«"]')
_MOST = 100_000  # pieces remembered


def clues_of(text: str) -> int:
    """Return the clues in a stretch of text, as bits."""
    return reduce(or_, map(_pieces.__getitem__, text.split()), 0)


def words_with(clue: int, text: str) -> list[str]:
    """Return the words of a stretch of text out of the pieces that give a clue."""
    pieces = (piece for piece in text.split() if _pieces[piece] & clue)
    return [word for piece in pieces for word in WORD.findall(piece)]


class _Pieces(dict[str, int]):
    """The clues of each piece of text met so far."""

    def __missing__(self, piece: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        clues = self[piece] = _judged(piece)
        return clues


_pieces = _Pieces()


def _judged(piece: str) -> int:
    words = WORD.findall(piece)
    holds = (
        (NUMBER, bool(_DIGIT.search(piece)) or any(map(may_begin_number, words))),
        (PARTY, any(map(may_name, words))),
        (BOTH, both_sides().among(words)),
        (REGION, bool(_REGION.search(piece.lower()))),
        (QUOTE, bool(_QUOTE.search(piece))),
    )
    return sum(clue for clue, held in holds if held)
