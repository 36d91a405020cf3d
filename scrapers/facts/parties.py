"""Which states, blocs and third countries a sentence names, in any case and either language.

Mentions only: which of them a figure belongs to is decided in `sides`. `PARTIES` codes are those of
`warehouse.fields.AREAS`; every third country is `THIRD`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from scrapers.facts.lemmas import fold, lemma
from scrapers.facts.lexicon import Phrases, phrases
from scrapers.facts.tokens import WORD, Token
from scrapers.facts.words import load
from warehouse.fields import CENTRAL_ASIA

THIRD = "XX"
_NAMED_FOR = {
    "uz": "UZ",
    "kaz(?!an)": "KZ",
    "qaz": "KZ",
    "kyrgyz": "KG",
    "taj": "TJ",
    "turkmen": "TM",
}
STRONG = ("state", "bloc")
BLOCS = ("C5", "EAEU", "CIS", "SCO")


class Mention(NamedTuple):
    """A party named by tokens ``first`` to ``last`` (excluded).

    ``kind``: state (its name or people), bloc, cities, people (a leader's name) or firms.
    """

    code: str
    first: int
    last: int
    kind: str

    @property
    def strong(self) -> bool:
        return self.kind in STRONG


def mentions(tokens: Sequence[Token]) -> list[Mention]:
    """Return the parties that a sentence names, in order; "Russian-Kazakh" names two."""
    found: list[Mention] = []
    lemmas: list[str] | None = None
    for i, token in enumerate(tokens):
        if token.kind != "word":
            continue
        parties, opens = _of_token(token.text)
        for code, kind in parties:
            if _is_name(tokens, i, kind):
                found.append(Mention(code, i, i + 1, kind))
        if opens:
            lemmas = lemmas or [t.lemma for t in tokens]
            hit = _blocs().at(lemmas, i)
            if hit and not _pipe(tokens, hit.last):
                found.append(Mention(hit.value, i, hit.last, "bloc"))
    return found


def _pipe(tokens: Sequence[Token], after: int) -> bool:
    """As "the Central Asia – Centre pipeline": the name of a thing."""
    following = [fold(t.text) for t in tokens[after : after + 2]]
    return (
        len(following) == 2 and following[0] in "-–—" and following[1].startswith(("cent", "цент"))
    )


def named_in(words: Iterable[str], *, sure: bool = False) -> list[tuple[str, str]] | None:
    """Return code and kind of the parties that words name; None where tokens must tell.

    ``sure``: no money is named beside them, and no bloc by several words.
    """
    found: list[tuple[str, str]] = []
    for word in filter(may_name, words):
        parties, opens = _of_token(word)
        if not sure and (opens or fold(word) in _UNSURE):
            return None
        found += [(code, kind) for code, kind in parties if kind in STRONG or word[0].isupper()]
    return found


@lru_cache(maxsize=20_000)
def named_in_piece(piece: str) -> list[tuple[str, str]] | None:
    """Return what `named_in` does, of a piece of text between blanks."""
    return named_in(WORD.findall(piece))


@lru_cache(maxsize=20_000)
def surely_in_piece(piece: str) -> list[tuple[str, str]] | None:
    """Return what a piece of text names, where neither money nor a bloc is beside it."""
    return named_in(WORD.findall(piece), sure=True)


def names_bloc(pieces: Iterable[str]) -> bool:
    """Whether all words of a bloc's name are among pieces of text."""
    return _blocs().among(pieces)


_PRONOUNS = frozenset(("us", "Us", "ес"))
_UNSURE = frozenset(("us", "usa", "сша", "ес"))  # see `_is_name`


@lru_cache(maxsize=50_000)
def may_name(word: str) -> bool:
    """Whether a word may name a party: if none does, `mentions` finds none."""
    return _of_token(word) != ((), False)


@lru_cache(maxsize=50_000)
def _of_token(text: str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return the parties that a word names, and whether a longer name may begin with it."""
    if text in _PRONOUNS:
        return (), False
    norm = fold(text)
    begun = _blocs().tree.get(lemma(norm), {})
    whole = [(str(begun[""][0]), "bloc")] if set(begun) == {""} else []
    return (*parties_of(norm), *whole), bool(begun) and not whole


def _is_name(tokens: Sequence[Token], i: int, kind: str) -> bool:
    """Cities and people have capitals; the "US" of "US dollars" and the pronoun are no state."""
    token = tokens[i]
    if kind != "state":
        return kind == "bloc" or token.text[0].isupper()
    beside = [t.text.lower() for t in (*tokens[max(i - 2, 0) : i], *tokens[i + 1 : i + 2])]
    money = any(b.startswith(("$", "dollar", "доллар", "долл")) for b in beside)
    return not (money and token.text.lower().startswith(("us", "сша", "америк", "americ")))


@lru_cache(maxsize=50_000)
def parties_of(word: str) -> tuple[tuple[str, str], ...]:
    """Return the (code, kind) pairs that one folded word names."""
    whole = _party(word)
    if "-" not in word or (whole and whole[1] != "state"):
        return (whole,) if whole else ()
    return tuple(party for party in map(_party, word.split("-")) if party)


def state_of_publisher(source: str) -> str | None:
    """Return the state (or bloc) that a publisher speaks for, None where that is unknown."""
    names = re.split(r"[/\s]+", source.lower())
    if match := re.search(r"(?:^|[.-])(kz|kg|tj|tm|uz)(?:$|[.-])", source.lower()):
        return match[1].upper()
    for code, known in load("parties")["publishers"].items():
        if any(source.lower().startswith(k) or k in names for k in known):
            return str(code)
    if re.search(r"\.(?:ru|рф)$", names[0]):
        return "RU"
    stems = (str(c) for stem, c in _NAMED_FOR.items() if re.match(stem, names[0]))
    home = next(stems, None)
    if home is None:  # "tashkent-forum", "times-of-osh": of a city
        named = (p for part in re.split(r"[-./]", names[0]) for p in parties_of(fold(part)))
        home = next((code for code, _ in named if is_central_asian(code)), None)
    return home  # "uzstat", "kazpravda", "tajmedia": named for their state


def is_central_asian(code: str) -> bool:
    return code in CENTRAL_ASIA


@cache
def both_sides() -> Phrases[str]:
    """Phrases that speak of the two parties of the passage ("our countries", "взаимный")."""
    return phrases((entry, "both") for entry in load("parties")["both_sides"])


@cache
def region() -> Phrases[str]:
    """Phrases for the countries of the region together."""
    return phrases((entry, "C5") for entry in load("parties")["region"])


def _party(word: str) -> tuple[str, str] | None:
    match = _stems().match(word)
    if match and match.lastgroup:
        code, _, kind = match.lastgroup.partition("_")
        return code, kind
    return _words().get(word) or _words().get(lemma(word))


@cache
def _stems() -> re.Pattern[str]:
    """One pattern of all stems, a group for each code and kind: people before states."""
    lexicon = load("parties")
    groups = []
    for code, lists in lexicon["states"].items():
        for kind in ("people", "cities", "firms", "stems"):
            name = f"{code}_{'state' if kind == 'stems' else kind}"
            groups += [(name, stem) for stem in lists.get(kind, ())]
    groups += [(f"{THIRD}_state", stem) for stem in lexicon["third"]["stems"]]
    longest_first = sorted(groups, key=lambda pair: -len(pair[1]))
    by_name: dict[str, list[str]] = {}
    for name, stem in longest_first:
        tail = r"(?:[а-я]{0,4}$|s?$|'s$)" if not name.endswith("_state") else ""
        by_name.setdefault(name, []).append(re.escape(fold(stem)) + tail)
    return re.compile("|".join(f"(?P<{n}>{'|'.join(stems)})" for n, stems in by_name.items()))


@cache
def _words() -> dict[str, tuple[str, str]]:
    lexicon = load("parties")
    found = dict.fromkeys(lexicon["third"]["words"], (THIRD, "state"))
    for code, lists in lexicon["states"].items():
        found.update(dict.fromkeys(lists.get("words", ()), (code, "state")))
    return found


@cache
def _blocs() -> Phrases[str]:
    lexicon = load("parties")["blocs"]
    return phrases((entry, str(code)) for code, entries in lexicon.items() for entry in entries)
