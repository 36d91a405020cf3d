"""A text, or a title, as passages: each sentence with the one before it."""

from __future__ import annotations

from datetime import date

from scrapers.facts.evidence import Passage
from scrapers.facts.sentences import Sentence, sentences


def read_passages(text: str, published: date | None) -> list[Passage]:
    """Return the sentences of a text, each with the one before it."""
    found: list[Passage] = []
    before: Passage | None = None
    for sentence in sentences(text):
        before = Passage(sentence, published, before)
        found.append(before)
    return found


def read_title(title: str, published: date | None) -> Passage:
    """Return a title as one passage."""
    return Passage(Sentence(title, 0, len(title), 0), published, None)
