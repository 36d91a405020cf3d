"""Text to sentences, each with its place in the text and the paragraph that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from scrapers.facts.lemmas import fold
from scrapers.facts.sentence_ends import CLOSING, ENDING, OPENING, breaks, shortened
from scrapers.facts.tokens import Token, tokenize

_MARK = re.compile(r"[.!?…][\"'»”’)\]\s]*")
_MARK_OR_LINE = re.compile(rf"{_MARK.pattern}|\s*\n\s*")  # takes three times as long
_PLAIN = frozenset((". ", "! ", "? ", "… "))
_BLANKS = re.compile(r"\s+")
_REACH, _BEHIND = 40, 3  # characters, and tokens, that are enough to tell a full stop
_PARAGRAPH = re.compile(r"\n[ \t\u00a0]*\n\s*")


class Sentence:
    """A sentence, its place in the text and the paragraph that it belongs to.

    Its tokens are read when first asked for: most sentences of a release are never asked.
    """

    __slots__ = ("_tokens", "end", "paragraph", "start", "text")

    def __init__(self, text: str, start: int, end: int, paragraph: int) -> None:
        self.text, self.start, self.end, self.paragraph = text, start, end, paragraph
        self._tokens: tuple[Token, ...] | None = None

    @property
    def tokens(self) -> tuple[Token, ...]:
        if self._tokens is None:
            self._tokens = tuple(tokenize(self.text, self.start, self.end))
        return self._tokens


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order. White space alone gives none."""
    return list(_sentences(text))


@lru_cache(maxsize=4)  # figures, events, agreements and initiatives read one text in turn
def _sentences(text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = 0
    for number, gap in enumerate([*_PARAGRAPH.finditer(text), None]):
        end = gap.start() if gap else len(text)
        found.extend(_split(text, start, end, number))
        start = gap.end() if gap else end
    return tuple(found)


def _split(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    start, end = _stripped(text, start, end)
    first = start
    for stop, after in _stops(text, start, end):
        yield Sentence(text, first, stop, paragraph)
        first = after
    if first < end:
        yield Sentence(text, first, end, paragraph)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where sentences of a paragraph end, and the next begin."""
    marks = _MARK if text.find("\n", start, end) < 0 else _MARK_OR_LINE
    for mark in marks.finditer(text, start, end):
        told, after = mark[0], mark.end()
        if told in _PLAIN and (plain := _plainly(text, start, after)) is not None:
            if plain:
                yield after - 1, after
            continue
        if told in ENDING and not text[after : min(after + 1, end)].isupper():
            continue  # the end of the paragraph, or inside a number or an address
        for gap in _gaps(text, mark):
            if (found := _stop_at(text, gap, start, end)) is not None:
                yield found


def _plainly(text: str, start: int, after: int) -> bool | None:
    """Whether a mark and one blank end a sentence, as the words beside them tell; None: look on."""
    following = text[after]
    if not following.isalpha():
        return None
    if not following.isupper():
        return False
    if text[after - 2] != ".":
        return True
    word = text[max(start, text.rfind(" ", start, after - 1) + 1) : after - 2]
    known = len(word) > 1 and word.isalpha() and fold(word) not in shortened()
    return True if known else None


def _gaps(text: str, mark: re.Match[str]) -> Iterator[int]:
    """Yield where a sentence may end within a mark: before each of its blanks, or behind it."""
    found = [gap.start() for gap in _BLANKS.finditer(text, mark.start(), mark.end())]
    yield from found or [mark.end()]


def _stop_at(text: str, gap: int, start: int, end: int) -> tuple[int, int] | None:
    """Return where a sentence ends and the next begins if one does at ``gap``, by the tokens."""
    for reach in (_REACH, 10 * _REACH, end - start):
        begin, stop = _window(text, gap, start, end, reach)
        tokens = tokenize(text, begin, stop)
        i = next((n for n, t in enumerate(tokens) if t.start >= gap), len(tokens)) - 1
        behind, ahead = tokens[: i + 1], tokens[i + 1 : -1]
        certain = sum(t.text not in CLOSING for t in behind) > _BEHIND or begin == start
        if certain and (stop == end or any(t.text not in OPENING for t in ahead)):
            break
    if i < 0 or i + 1 >= len(tokens) or tokens[i].end > gap + len(_blank(text, gap)):
        return None
    return (tokens[i].end, tokens[i + 1].start) if breaks(text, tokens, i) else None


def _window(text: str, gap: int, start: int, end: int, reach: int) -> tuple[int, int]:
    """Return a stretch around a gap that begins and ends between two words."""
    begin = max(start, gap - reach)
    while begin > start and not (text[begin - 1] == " " and text[begin - 2].isalpha()):
        begin -= 1
    stop = text.find(" ", gap + reach, end)
    return begin, end if stop < 0 else stop


def _blank(text: str, gap: int) -> str:
    found = _BLANKS.match(text, gap)
    return found[0] if found else ""
