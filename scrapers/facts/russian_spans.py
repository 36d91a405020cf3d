"""Where a Russian noun phrase begins and ends, by parts of speech."""

from __future__ import annotations

from scrapers.facts.reading import Line, is_russian, speech
from scrapers.facts.span_parts import (
    CLOSE,
    DASHES,
    LEFT,
    LINKS,
    OPEN,
    RIGHT,
    closing,
    follows,
    names_joined,
    opening,
    russian_on,
    untrailed,
)


def russian_left(line: Line, head: int) -> int:
    i = head
    while i > 0 and head - i < LEFT:
        before = _russian_before(line, i - 1, head)
        if before is None:
            break
        i = before
    return i


def _russian_before(line: Line, j: int, head: int) -> int | None:
    token = line.tokens[j]
    if token.text in CLOSE and (opened := opening(line, j)) is not None:
        return opened
    if token.kind == "number" or _roman(token.text) or _describes(line, j):
        return j
    if line.forms[j] in LINKS:
        return j if 0 < j < head - 1 and _describes(line, j - 1) else None
    return j if token.text in DASHES and names_joined(line, j) else None


def _roman(text: str) -> bool:
    return bool(text) and set(text) <= set("IVXLХ")


def _describes(line: Line, i: int) -> bool:
    return speech(line, i) in ("ADJF", "PRTF", "NUMR") or "-" in line.forms[i][1:-1]


def russian_right(line: Line, last: int) -> int:
    i, end = last, min(len(line.tokens), last + RIGHT)
    while i < end:
        after = _russian_after(line, i)
        if after is None:
            break
        i = after
    return untrailed(line, last, i)


def _russian_after(line: Line, i: int) -> int | None:
    token, form = line.tokens[i], line.forms[i]
    if token.text in OPEN:
        closed = closing(line, i)
        return None if closed is None else closed + 1
    if (hit := follows(line, i)) is not None:
        return hit
    if token.text in DASHES:
        return i + 1 if names_joined(line, i) else None
    if token.kind in ("number", "date") or _roman(token.text) or form in russian_on():
        return i + 1
    if token.kind != "word" or line.keys[i] in _NEVER_ON:
        return None
    if token.text.isupper() and len(token.text) > 1:
        return i + 1  # "саммит ШОС"
    return i + 1 if not is_russian(token) or speech(line, i) in _NOMINAL else None


_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NUMR", "PREP"))

_NEVER_ON = frozenset(("в", "во", "который", "назад"))
