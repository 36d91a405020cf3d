"""A text, or a title, as passages: sentences with their periods and amounts."""

from __future__ import annotations

from datetime import date

from scrapers.facts.amounts import Context
from scrapers.facts.evidence import Passage
from scrapers.facts.sentences import Sentence, sentences


def read_passages(text: str, published: date | None) -> list[Passage]:
    """Return the sentences of a text with their periods and amounts."""
    found: list[Passage] = []
    for sentence in sentences(text):
        found.append(_passage(sentence, published, found[-1] if found else None))
    return found


def read_title(title: str, published: date | None) -> Passage:
    """Return a title as one passage."""
    sentence = Sentence(title, 0, len(title), 0)
    return _passage(sentence, published, None)


def _passage(sentence: Sentence, published: date | None, before: Passage | None) -> Passage:
    return Passage(Context(sentence), published, before)
