"""Text to sentences and tokens, and a token to its lemma. No meaning of any word belongs here.

Offsets are those of the text that was given. English and Russian tokens stand side by side in one
sentence (agencies mix them): the script of a word decides how it is lemmatised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from scrapers.facts.words import load

GAP = r"[ \u00a0\u202f\u2009]"
_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*(?:['’ʻ`](?!s\b)[^\W\d_]+)*"
WORD = re.compile(_WORD)
_TOKEN = re.compile(
    rf"""
    (?P<word>{_WORD})  # most are words
  | (?P<date>\d{{4}}-\d\d-\d\d(?!\d)|(?<![\d.,])\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)(?![\d]))
  | (?P<time>(?<!\d)\d{{1,2}}:\d\d(?::\d\d)?(?!\d))
  | (?P<phone>\(?\+\d[\d]*{GAP}?(?:\(?\d+\)?)?[-\d \u00a0]{{5,}}\)?[-\d ]*
           |\(\d{{3,}}\){GAP}?\d[\d-]+|(?<!\d)\d{{2,3}}-\d\d(?:\d)?-\d\d(?:-\d\d)?(?!\d))
  | (?P<number>(?:(?<![\d.,])\d{{1,3}}(?:{GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)
        (?P<suffix>(?:st|nd|rd|th)\b
          |[-\u2011](?:го|й|я|е|м|ым|ом|му|ому|х|ю|ти|ми|и|ая|ое|ые|ых|ого|ой|ый|ий|ную|ный|ной)\b)?)
  | (?P<poss>['’]s\b)
  | (?P<punct>\S)
    """,
    re.VERBOSE,
)
_CYRILLIC = re.compile("[а-яё]")
_PARAGRAPH = re.compile(r"\n[ \t\u00a0]*\n\s*")
_ENDING = frozenset(".!?…")
_CLOSING = frozenset("\"'»”’)]")
_OPENING = frozenset("\"'«“‘([—–-*")


class Token(NamedTuple):
    """A word, number or mark. ``kind``: word, number, date, time, phone, poss or punct."""

    text: str
    start: int
    end: int
    kind: str
    suffix: str = ""

    @property
    def norm(self) -> str:
        return fold(self.text)

    @property
    def lemma(self) -> str:
        return lemma(fold(self.text)) if self.kind == "word" else self.text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place in the text and the paragraph that it belongs to."""

    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return the word in lower case, ё as е, one kind of hyphen and apostrophe."""
    word = word.lower().replace("ё", "е").replace("e\u0308", "e")
    return word.replace("\u2011", "-").replace("\u2010", "-").replace("’", "'")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[start:end]`` with offsets into ``text``."""
    tokens = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "punct"
        suffix = (match["suffix"] or "").lstrip("-\u2011")
        tokens.append(Token(match[0], match.start(), match.end(), kind, suffix))
    return tokens


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
    tokens = tokenize(text, start, end)
    first = 0
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        if i < last and token.kind == "word" and text[token.end] == " " != text[token.end + 1]:
            continue  # a word and one blank: most of any text, and never an end
        if i == last or _breaks(text, tokens, i):
            part = tuple(tokens[first : i + 1])
            yield Sentence(part[0].start, part[-1].end, paragraph, part)
            first = i + 1


def _breaks(text: str, tokens: list[Token], i: int) -> bool:
    """Whether a sentence ends between token ``i`` and the next one."""
    token, following = tokens[i], tokens[i + 1]
    if token.end == following.start:
        return token.text in _ENDING and following.text[0].isupper() and _glued(tokens, i)
    if "\n" in text[token.end : following.start]:
        return _new_line(token, following)
    last = i
    while last > 0 and tokens[last].text in _CLOSING:
        last -= 1
    if tokens[last].text not in _ENDING or not _may_open(tokens, i + 1):
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
    if token.text in _ENDING or token.text in _CLOSING:
        return not following.text[0].islower()
    return not (following.text[0].islower() or token.text in "$€₽,-–—(")


def _measures(token: Token) -> bool:
    """Whether a unit may follow: "куб. м.", "30 тыс. т."."""
    return token.text == "." or token.norm in ("тыс", "млн", "млрд", "куб", "кв")


def _may_open(tokens: list[Token], i: int) -> bool:
    while i < len(tokens) and tokens[i].text in _OPENING:
        i += 1
    if i == len(tokens):
        return True
    return tokens[i].text[0].isupper() or tokens[i].kind != "word"


def _abbreviated(tokens: list[Token], stop: int, following: Token) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation or an initial."""
    if stop == 0 or tokens[stop - 1].end != tokens[stop].start:
        return False
    word = tokens[stop - 1]
    if word.norm in _listed("abbreviations"):
        if following.text.isupper() and 2 <= len(following.text) <= 4:
            return True  # "долл. США", "тыс. ДФЭ"
        return word.norm not in _listed("may_end") or not following.text[0].isupper()
    if word.norm in _listed("weak"):
        earlier = tokens[stop - 2] if stop >= 2 else None
        numbered = earlier is not None and (earlier.kind == "number" or _measures(earlier))
        return not (numbered and following.text[0].isupper())
    if word.kind == "number":
        return following.kind == "word" and following.text[0].islower()
    return len(word.text) == 1 and word.text.isupper()


_morph: Any = None


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """Return the lemma of a folded word: pymorphy3's for Cyrillic, a light stem for Latin."""
    if _CYRILLIC.search(word):
        return _russian(word)
    return _english(word)


def _russian(word: str) -> str:
    return grammar(word)[0]


@lru_cache(maxsize=200_000)
def grammar(word: str) -> tuple[str, str, str, str, str]:
    """Return lemma, part of speech, case, tense and number of a Russian word ("" for none)."""
    global _morph  # one analyser a process: it takes 0.15 s and 27 MB
    if _morph is None:
        import pymorphy3

        _morph = pymorphy3.MorphAnalyzer()
    best = _morph.parse(word)[0]
    tag = best.tag
    normal = str(best.normal_form).replace("ё", "е")
    told = (str(part or "") for part in (tag.POS, tag.case, tag.tense, tag.number))
    speech, case, tense, number = told
    return normal, speech, case, tense, number


@lru_cache(maxsize=20_000)
def animate(word: str) -> bool:
    """Return whether a folded Russian noun names a living being."""
    grammar(word)  # makes the analyser
    return any("anim" in p.tag for p in _morph.parse(word)[:2])


def _english(word: str) -> str:
    word = _irregular().get(word, word)
    if word in _listed("kept") or len(word) < 4:
        return word
    for ending, put in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return word[: -len(ending)] + put
    if word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
        word = _irregular().get(word, word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] in "bgmnprt":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("tokens")[name].split())


@cache
def _irregular() -> dict[str, str]:
    table = load("tokens")["irregular"]
    return {form: base for base, forms in table.items() for form in forms.split()}
