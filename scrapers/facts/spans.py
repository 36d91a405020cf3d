"""The noun phrase around a head word: where it begins and ends.

English has no tagger here: a phrase ends at the words listed in spans.yml. Russian goes by part of
speech. A phrase never leaves its sentence.
"""

from __future__ import annotations

from functools import cache

from scrapers.facts.lemmas import fold
from scrapers.facts.lexicon import Phrases
from scrapers.facts.reading import Line, is_russian, one_of, speech
from scrapers.facts.words import load

Span = tuple[int, int]
_LEFT, _RIGHT = 9, 18  # tokens that a phrase may reach beyond its head
_OPEN = {"«": "»", "“": "”", '"': '"', "„": "“", "(": ")"}
_CLOSE = {"»": "«", "”": "“", '"': '"'}
_DASHES = frozenset("-–—")
_LINKS = frozenset(("and", "и", "&"))
_ADJECTIVES = ("ic", "al", "ive", "ary", "ous", "an", "ese", "ific", "able", "ational")
_ARTICLES = frozenset(("the", "a", "an"))


def phrase(line: Line, first: int, last: int) -> Span:
    """Return the phrase whose head is tokens ``first`` to ``last``."""
    if is_russian(line.tokens[first]):
        return _russian_left(line, first), _russian_right(line, last)
    return _english_left(line, first), _english_right(line, last)


def _english_left(line: Line, head: int) -> int:
    i = head
    while i > 0 and head - i < _LEFT:
        before = _english_before(line, i - 1)
        if before is None:
            break
        i = before
    while i < head and (line.tokens[i].kind == "poss" or line.forms[i] in _ARTICLES):
        i += 1
    return i


def _english_before(line: Line, j: int) -> int | None:
    """Return where the phrase begins with token ``j``, None where it does not reach so far."""
    token, form = line.tokens[j], line.forms[j]
    if token.text in _CLOSE and (opened := _opening(line, j)) is not None:
        return opened
    if form in _LINKS:
        return j if _adjectives_joined(line, j) else None
    if token.text in _DASHES:
        return j if _names_joined(line, j) else None
    if token.kind in ("number", "poss") or (token.kind == "word" and form not in _stops()):
        return j
    return None


def _adjectives_joined(line: Line, j: int) -> bool:
    """Whether "and" joins two adjectives of one phrase: "scientific and educational"."""
    if j == 0:
        return False
    before, after = line.forms[j - 1], line.forms[j + 1]
    return before.endswith(_ADJECTIVES) and after.endswith(_ADJECTIVES) and before not in _stops()


def _names_joined(line: Line, j: int) -> bool:
    """Whether a dash joins two names: "Central Asia – Russia"."""
    if j == 0 or j + 1 >= len(line.tokens):
        return False
    before, after = line.tokens[j - 1], line.tokens[j + 1]
    return all(t.kind == "number" or t.text[0].isupper() for t in (before, after))


def _opening(line: Line, close: int) -> int | None:
    wanted = _CLOSE[line.tokens[close].text]
    for i in range(close - 1, max(-1, close - 14), -1):
        if line.tokens[i].text == wanted:
            return i
    return None


def _closing(line: Line, opened: int) -> int | None:
    wanted = _OPEN[line.tokens[opened].text]
    for i in range(opened + 1, min(len(line.tokens), opened + 16)):
        if line.tokens[i].text == wanted:
            return i
    return None


def _english_right(line: Line, last: int) -> int:
    i, end = last, min(len(line.tokens), last + _RIGHT)
    inside = last > 0 and line.forms[last - 1] == "of"  # a complement
    while i < end:
        form = line.forms[i]
        inside = inside or form in _preps() or _follows(line, i) is not None
        after = _english_after(line, i, inside=inside)
        if after is None and form in _LINKS and _links_parties(line, last, i):
            after = i + 1
        if after is None:
            break
        i = after
    return _untrailed(line, last, i)


def _links_parties(line: Line, last: int, i: int) -> bool:
    """Whether "and" joins the two sides of "between … and …"."""
    before = line.forms[last:i]
    return "between" in before and not any(f in _LINKS for f in before[before.index("between") :])


def _english_after(line: Line, i: int, *, inside: bool) -> int | None:
    """Return where the phrase goes on behind token ``i``, None where it ends before it."""
    token, form = line.tokens[i], line.forms[i]
    if token.text in _OPEN and token.text != "(":
        closed = _closing(line, i)
        return None if closed is None else closed + 1
    if (hit := _follows(line, i)) is not None:
        return hit
    if form in _LINKS:
        return i + 1 if inside and _goes_on(line, i) else None
    if token.text in _DASHES:
        return i + 1 if _names_joined(line, i) else None
    if inside and line.forms[i : i + 2] == [",", "and"] and _ends_series(line, i):
        return i + 2
    if token.text == ",":
        return i + 1 if inside and (_listed(line, i) or _in_series(line, i)) else None
    if form == "on" and line.tokens[i + 1 : i + 2] and line.tokens[i + 1].kind == "number":
        return None  # "summit on 9 October"
    if form in _preps() or token.kind in ("number", "poss", "date"):
        return i + 1
    if inside and form == "in" and _of_a_field(line, i + 1):
        return i + 1
    if inside and (form == "from" or form in _ARTICLES):
        return i + 1
    return i + 1 if inside and token.kind == "word" and form not in _ends() else None


def _of_a_field(line: Line, i: int) -> bool:
    """Whether "in" leads to a field and no place: "competence in nuclear energy"."""
    if i >= len(line.tokens) or line.tokens[i].kind != "word":
        return False
    form = line.forms[i]
    named = {j for m in line.parties for j in range(m.first, m.last)}
    named |= {j for p in line.places for j in range(p.first, p.last)}
    return i not in named and form not in _stops() | _ends() | _ARTICLES | _NO_FIELD


_NO_FIELD = frozenset(("accordance", "order", "addition", "turn", "early", "late", "line", "view"))


def _listed(line: Line, comma: int) -> bool:
    """Whether a comma stands in the list of a title: "on Friendship, Cooperation and …"."""
    after = line.tokens[comma + 1 : comma + 8]
    names = [t for t in after if t.text[0].isupper()]
    joined = any(fold(t.text) in _LINKS for t in after)
    return (
        bool(names) and after[0] is names[0] and line.tokens[comma - 1].text[0].isupper() and joined
    )


def _ends_series(line: Line, comma: int) -> bool:
    """Whether ", and" ends a series of single words: another comma stands two words before."""
    return line.forms[comma - 2 : comma - 1] == [","] and _goes_on(line, comma + 1)


def _in_series(line: Line, comma: int) -> bool:
    """Whether a comma stands in a series of single words: "engineering, technical, and medical"."""
    i = comma + 1
    while i + 1 < len(line.tokens) and i - comma < _SERIES:
        if line.tokens[i].kind != "word" or line.forms[i] in _stops() | _ends() | _ARTICLES:
            return False
        following = line.forms[i + 1]
        if following in _LINKS or line.forms[i + 1 : i + 3] in ([",", "and"], [",", "и"]):
            return _goes_on(line, i + 1 + (following == ","))
        if following != ",":
            return False
        i += 2
    return False


_SERIES = 9  # tokens that a series of words takes


def _goes_on(line: Line, i: int) -> bool:
    """Whether "and" goes on with the phrase: no article, verb or new clause after it."""
    if i + 1 >= len(line.tokens):
        return False
    following = line.forms[i + 1]
    if line.tokens[i + 1].kind == "number":
        return False  # "and 12 governors"
    return following not in _ARTICLES and following not in _ends() and following not in _stops()


_LOOSE = frozenset((",", "from", "in"))


def _untrailed(line: Line, last: int, end: int) -> int:
    """Drop a preposition, article or "and" that nothing follows."""
    while end > last:
        form = line.forms[end - 1]
        trailing = form in _preps() or form in _ARTICLES or form in _LINKS or form in _LOOSE
        if not (trailing or form in _russian_on() or line.tokens[end - 1].text in _DASHES):
            break
        end -= 1
    return end


def _follows(line: Line, i: int) -> int | None:
    hit = _may_follow().at(line.keys, i)
    return hit.last if hit else None


def _russian_left(line: Line, head: int) -> int:
    i = head
    while i > 0 and head - i < _LEFT:
        before = _russian_before(line, i - 1, head)
        if before is None:
            break
        i = before
    return i


def _russian_before(line: Line, j: int, head: int) -> int | None:
    token = line.tokens[j]
    if token.text in _CLOSE and (opened := _opening(line, j)) is not None:
        return opened
    if token.kind == "number" or _roman(token.text) or _describes(line, j):
        return j
    if line.forms[j] in _LINKS:
        return j if 0 < j < head - 1 and _describes(line, j - 1) else None
    return j if token.text in _DASHES and _names_joined(line, j) else None


def _roman(text: str) -> bool:
    return bool(text) and set(text) <= set("IVXLХ")


def _describes(line: Line, i: int) -> bool:
    return speech(line, i) in ("ADJF", "PRTF", "NUMR") or "-" in line.forms[i][1:-1]


def _russian_right(line: Line, last: int) -> int:
    i, end = last, min(len(line.tokens), last + _RIGHT)
    while i < end:
        after = _russian_after(line, i)
        if after is None:
            break
        i = after
    return _untrailed(line, last, i)


def _russian_after(line: Line, i: int) -> int | None:
    token, form = line.tokens[i], line.forms[i]
    if token.text in _OPEN:
        closed = _closing(line, i)
        return None if closed is None else closed + 1
    if (hit := _follows(line, i)) is not None:
        return hit
    if token.text in _DASHES:
        return i + 1 if _names_joined(line, i) else None
    if token.kind in ("number", "date") or _roman(token.text) or form in _russian_on():
        return i + 1
    if token.kind != "word" or line.keys[i] in _NEVER_ON:
        return None
    if token.text.isupper() and len(token.text) > 1:
        return i + 1  # "саммит ШОС"
    return i + 1 if not is_russian(token) or speech(line, i) in _NOMINAL else None


_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NUMR", "PREP"))
_NEVER_ON = frozenset(("в", "во", "который", "назад"))


@cache
def _stops() -> frozenset[str]:
    return frozenset(load("spans")["left_stops"].split())


@cache
def _ends() -> frozenset[str]:
    return frozenset(load("spans")["ends"].split())


@cache
def _preps() -> frozenset[str]:
    return frozenset(load("spans")["right_preps"].split())


@cache
def _russian_on() -> frozenset[str]:
    return frozenset(load("spans")["russian_on"].split())


@cache
def _may_follow() -> Phrases[str]:
    return one_of(load("spans")["may_follow"])
