"""White space, invisible characters and paragraphs, one way for all sources.

Only what is true of any text. What belongs to one site stands in its YAML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Soft hyphens, zero-width marks, byte-order marks and bidi controls: never part of a word.
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")
SPACES = re.compile(r"\s+")


def line(text: str) -> str:
    """Return a text on one line: NBSP and every run of white space is one plain space."""
    clean = unicodedata.normalize("NFC", text).translate(INVISIBLE).translate(CONTROLS)
    return SPACES.sub(" ", clean).strip()


def join(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as the text of a release: each on one line, a blank line between them."""
    lines = (line(paragraph) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in lines if paragraph)
