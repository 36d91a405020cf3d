"""Cities that a line names, in English; a residence or hall counts for its city."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from scrapers.facts.lemmas import fold, lemma
from scrapers.facts.parties import parties_of
from scrapers.facts.tokens import Token
from scrapers.facts.words import load


@dataclass(frozen=True, slots=True)
class Place:
    """A city named by tokens ``first`` to ``last``; ``how``: in, to, line, pair or name."""

    name: str
    first: int
    last: int
    how: str


def places(tokens: Sequence[Token]) -> list[Place]:
    """Return the cities of a sentence in order, with the way in which each is named."""
    found = []
    forms = [fold(t.text) for t in tokens]
    for i, token in enumerate(tokens):
        if token.kind == "word" and token.text[0].isupper() and (hit := _at(forms, i)):
            found.append(Place(hit[0], i, i + hit[1], _how(forms, tokens, i)))
        elif forms[i] in _CAPITALS and (city := _capital(forms, i)):
            found.append(Place(city, i, i + 1, _how_capital(forms, tokens, i)))
    return _paired(found, forms)


def _paired(found: Sequence[Place], forms: Sequence[str]) -> list[Place]:
    """Return the places with "Moscow–Tashkent" as the ends of something, and no place of it."""
    ends = set()
    for a, b in pairwise(found):
        if b.first - a.last == 1 and forms[a.last] in ("-", "–", "—"):
            ends |= {a, b}
    return [replace(p, how="pair") if p in ends else p for p in found]


def _capital(forms: Sequence[str], i: int) -> str | None:
    """Return the city meant by "the Uzbek capital" or "столица Узбекистана"."""
    owned = i > 1 and forms[i - 1] in ("'s", "’s")
    before, after = forms[max(0, i - 1 - owned) : i], forms[i + 1 : i + 3]
    near = [code for f in (*before, *after) for code, kind in parties_of(f) if kind != "cities"]
    return next((str(load("places")["capitals"][c]) for c in near if c in _capitals()), None)


def _how_capital(forms: Sequence[str], tokens: Sequence[Token], i: int) -> str:
    """A state beside a capital stands between it and its preposition: "in the Uzbek capital"."""
    first = i - 1 if i and parties_of(forms[i - 1]) else i
    first = i - 2 if i > 1 and forms[i - 1] in ("'s", "’s") else first
    how = _how(forms, tokens, first)
    return "name" if how == "line" else how


@cache
def _capitals() -> frozenset[str]:
    return frozenset(load("places")["capitals"])


def _at(forms: Sequence[str], i: int) -> tuple[str, int] | None:
    for length in (3, 2, 1):
        name = " ".join(forms[i : i + length])  # "St . Petersburg" is three tokens
        if name in _names():
            return _names()[name], length
    pair = " ".join(map(lemma, forms[i : i + 2]))  # "в Нижнем Новгороде"
    if "а" <= forms[i][0] <= "я" and " " in pair and pair in _names():
        return _names()[pair], 2
    return _russian(forms[i]) or _of_hall(forms, i)


def _of_hall(forms: Sequence[str], i: int) -> tuple[str, int] | None:
    """Return the city of a hall that bears its name: "в Самаркандском университете"."""
    match = _ADJECTIVE.fullmatch(forms[i])
    stem = next((s for s in (match[1], f"{match[1]}ск") if s in _stems()), None) if match else None
    if stem is None:
        return None
    beside = [lemma(form) for form in forms[i + 1 : i + 4]]
    halls = load("places")["halls"]
    return (_stems()[stem], 1) if any(form in halls for form in beside) else None


def _russian(form: str) -> tuple[str, int] | None:
    if not "а" <= form[0] <= "я":
        return None
    for candidate in (form, lemma(form)):
        if candidate in _names():
            return _names()[candidate], 1
    for end in range(len(form) - 1, max(len(form) - 4, 1), -1):
        if form[:end] in _stems() and form[end:] in _ENDINGS:
            return _stems()[form[:end]], 1
    return None


_ADJECTIVE = re.compile("(.+?)ск(?:ий|ая|ое|ого|ой|ому|ую|им|ом)")
_CAPITALS = frozenset(("capital", "столица", "столице", "столицу", "столицей", "столицы"))
_GROUNDS = ("площадк", "баз", "территори")
_NAMES_NO_MORE = frozenset(("and", "to", "from", "with", "и", "с", "на"))
_ENDINGS = frozenset(("а", "е", "у", "ы", "и", "ой", "ом", "ем", "ю", "я", "ь", "ью", "ей"))


def _how(forms: Sequence[str], tokens: Sequence[Token], i: int) -> str:
    before = forms[i - 1] if i else ""
    farther = forms[i - 2] if i > 1 else ""
    if i and forms[i - 1] in ("город", "городе", "г", ".") and "г" in forms[max(0, i - 2) : i]:
        return "in"
    if before == "by" and farther == "hosted":
        return "in"
    if before == "the" and i > 1:
        before = forms[i - 2]
    if farther in ("in", "в", "во") and before not in _NAMES_NO_MORE and before[:1].islower():
        return "in"
    if farther == "на" and before.startswith(_GROUNDS):
        return "in"
    if before in ("in", "at", "в", "во", "городе", "outside"):
        return "in"
    if before == "of" and farther in ("city", "town", "capital"):
        return "in"
    if before in ("to", "for"):
        return "to"
    if i == 0 and len(tokens) > 1 and (tokens[0].text.isupper() or forms[1] in (".", ",", "–")):
        return "line"
    return "name"


@cache
def _names() -> dict[str, str]:
    """Return every spelling of a place, and the English name that it counts for."""
    found = {}
    for name, spellings in load("places")["cities"].items():
        for spelling in (name, *spellings):
            found[fold(spelling)] = str(name)
    return found


@cache
def _stems() -> dict[str, str]:
    """Return Russian names without their last vowel, for the cases that no analyser knows."""
    known = {n: city for n, city in _names().items() if "а" <= n[0] <= "я" and " " not in n}
    return {n.rstrip("аьйяеоыи"): city for n, city in known.items()}
