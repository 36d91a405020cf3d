"""Text to sentences and tokens, and a token to its lemma. No meaning of any word belongs here.

Offsets are those of the text that was given. English and Russian tokens stand side by side in one
sentence (agencies mix them): the script of a word decides how it is lemmatised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_MARK = re.compile(r"[.!?…][\"'»”’)\]\s]*|\s*\n\s*")
_PLAIN = frozenset((". ", "! ", "? ", "… "))
_BLANKS = re.compile(r"\s+")
_REACH, _BEHIND = 40, 3  # characters, and tokens, that are enough to tell a full stop
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


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return the word in lower case, ё as е, one kind of hyphen and apostrophe."""
    word = word.lower().replace("ё", "е").replace("e\u0308", "e")
    return word.replace("\u2011", "-").replace("\u2010", "-").replace("’", "'")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[start:end]`` with offsets into ``text``."""
    tokens = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind, (first, last) = match.lastgroup or "punct", match.span()
        suffix = (match["suffix"] or "").lstrip("-\u2011") if kind == "number" else ""
        tokens.append(_made(Token, (text[first:last], first, last, kind, suffix)))
    return tokens


_made = tuple.__new__  # half the time of Token(...): there are thousands on a page


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
    for mark in _MARK.finditer(text, start, end):
        after = mark.end()
        if mark[0] in _ENDING and not text[after : min(after + 1, end)].isupper():
            continue  # the end of the paragraph, or inside a number or an address
        if mark[0] in _PLAIN and (plain := _plainly(text, start, after)) is not None:
            if plain:
                yield after - 1, after
            continue
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
    known = len(word) > 1 and word.isalpha() and fold(word) not in _shortened()
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
        certain = sum(t.text not in _CLOSING for t in behind) > _BEHIND or begin == start
        if certain and (stop == end or any(t.text not in _OPENING for t in ahead)):
            break
    if i < 0 or i + 1 >= len(tokens) or tokens[i].end > gap + len(_blank(text, gap)):
        return None
    return (tokens[i].end, tokens[i + 1].start) if _breaks(text, tokens, i) else None


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
def _shortened() -> frozenset[str]:
    """Words that a full stop may belong to."""
    return _listed("abbreviations") | _listed("weak")


@cache
def _irregular() -> dict[str, str]:
    table = load("tokens")["irregular"]
    return {form: base for base, forms in table.items() for form in forms.split()}
