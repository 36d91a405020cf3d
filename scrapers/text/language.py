"""Which language a text is in, as far as our editions need it: English, Russian, or another."""

from __future__ import annotations

import re

LATIN = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[А-Яа-яЁёҒғҚқҲҳЎўӢӣҶҷӮӯӘәІіҢңҮүҰұӨөҺһ]")
# Letters that Russian has not: Tajik, Uzbek Cyrillic, Kazakh and Kyrgyz have one in most words.
FOREIGN = re.compile(r"[ҒғҚқҲҳЎўӢӣҶҷӮӯӘәІіҢңҮүҰұӨөҺһ]")
ENGLISH = re.compile(r"\b(?:the|of|and|to|in|for|with|on|by|that|is|was|were|has)\b", re.IGNORECASE)


def language_of(text: str) -> str | None:
    """Return ``en``, ``ru``, or None where the text is neither or too short to tell."""
    latin, cyrillic = len(LATIN.findall(text)), len(CYRILLIC.findall(text))
    if cyrillic > latin:
        return "ru" if len(FOREIGN.findall(text)) < 0.01 * cyrillic else None
    words = len(text.split())
    return "en" if words and len(ENGLISH.findall(text)) >= 0.05 * words else None
