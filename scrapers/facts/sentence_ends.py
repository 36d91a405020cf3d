"""Whether a sentence ends between two tokens: abbreviations, initials, lists and broken lines."""

from __future__ import annotations

from functools import cache

from scrapers.facts.lemmas import token_words
from scrapers.facts.tokens import Token

ENDING = frozenset(".!?…")
CLOSING = frozenset("\"'»”’)]")
OPENING = frozenset("\"'«“‘([—–-*")


def breaks(text: str, tokens: list[Token], i: int) -> bool:
    """Whether a sentence ends between token ``i`` and the next one."""
    token, following = tokens[i], tokens[i + 1]
    if token.end == following.start:
        return token.text in ENDING and following.text[0].isupper() and _glued(tokens, i)
    if "\n" in text[token.end : following.start]:
        return _new_line(token, following)
    last = i
    while last > 0 and tokens[last].text in CLOSING:
        last -= 1
    if tokens[last].text not in ENDING or not _may_open(tokens, i + 1):
        return False
    return tokens[last].text != "." or not _abbreviated(tokens, last, following)


def _glued(tokens: list[Token], i: int) -> bool:
    """A missing blank after a full stop ("visit.The"): two whole words around it."""
    return (
        i > 0
        and tokens[i - 1].kind == "word"
        and len(tokens[i - 1].text) > 3
        and (len(tokens[i + 1].text) > 1 and tokens[i - 1].text[1:].islower())
    )


def _new_line(token: Token, following: Token) -> bool:
    """A line break inside a sentence is followed by a small letter, or cuts an amount."""
    if token.text in ENDING or token.text in CLOSING:
        return not following.text[0].islower()
    return not (following.text[0].islower() or token.text in "$€₽,-–—(")


def _measures(token: Token) -> bool:
    """Whether a unit may follow: "куб. м.", "30 тыс. т."."""
    return token.text == "." or token.norm in ("тыс", "млн", "млрд", "куб", "кв")


def _may_open(tokens: list[Token], i: int) -> bool:
    while i < len(tokens) and tokens[i].text in OPENING:
        i += 1
    if i == len(tokens):
        return True
    return tokens[i].text[0].isupper() or tokens[i].kind != "word"


def _abbreviated(tokens: list[Token], stop: int, following: Token) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation or an initial."""
    if stop == 0 or tokens[stop - 1].end != tokens[stop].start:
        return False
    word = tokens[stop - 1]
    if word.norm in token_words("abbreviations"):
        if following.text.isupper() and 2 <= len(following.text) <= 4:
            return True  # "долл. США", "тыс. ДФЭ"
        return word.norm not in token_words("may_end") or not following.text[0].isupper()
    if word.norm in token_words("weak"):
        earlier = tokens[stop - 2] if stop >= 2 else None
        numbered = earlier is not None and (earlier.kind == "number" or _measures(earlier))
        return not (numbered and following.text[0].isupper())
    if word.kind == "number":
        return following.kind == "word" and following.text[0].islower()
    return len(word.text) == 1 and word.text.isupper()


@cache
def shortened() -> frozenset[str]:
    """Words that a full stop may belong to."""
    return token_words("abbreviations") | token_words("weak")
