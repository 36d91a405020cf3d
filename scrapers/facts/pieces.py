"""Forms and lemmas of a text without digits, piece by piece between blanks: most pieces come again.

Only numbers, dates and phones reach across a blank, so that the tokens of such a text are those of
its pieces.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from scrapers.facts.lemmas import fold
from scrapers.facts.tokens import Token, tokenize

_DASHES = frozenset("—–−‒")


def forms_of(pieces: Iterable[str]) -> list[str]:
    """Return the folded tokens of a text without digits."""
    return list(chain.from_iterable(map(_forms, pieces)))


def lemmas_of(pieces: Iterable[str]) -> list[str]:
    """Return the lemmas of the tokens of a text without digits."""
    return list(chain.from_iterable(map(_lemmas, pieces)))


def form_of(token: Token) -> str:
    return "-" if token.text in _DASHES else fold(token.text)


def lemma_of(token: Token) -> str:
    return "-" if token.text in _DASHES else token.lemma


@lru_cache(maxsize=50_000)
def _forms(piece: str) -> tuple[str, ...]:
    return tuple(map(form_of, tokenize(piece)))


@lru_cache(maxsize=50_000)
def _lemmas(piece: str) -> tuple[str, ...]:
    return tuple(map(lemma_of, tokenize(piece)))
