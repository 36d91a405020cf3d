"""White space, invisible characters and paragraphs, one way for all sources.

Only what is true of any text. What belongs to one site stands in its YAML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Soft hyphens, zero-width marks, byte-order marks and bidi controls: never part of a word.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


def line(text: str) -> str:
    """Return a text on one line: NBSP and every run of white space is one plain space."""
    text = " ".join(text.split())
    if text.isprintable():  # as nearly all are
        return unicodedata.normalize("NFC", text)
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    return " ".join(CONTROLS.sub(" ", text).split())


def join(lines: Iterable[str]) -> str:
    """Return clean paragraphs as the text of a release: a blank line between them."""
    return "\n\n".join(filter(None, lines))
