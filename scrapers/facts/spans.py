"""The noun phrase around a head word: where it begins and ends.

English has no tagger here: a phrase ends at the words listed in spans.yml. Russian goes by part of
speech. A phrase never leaves its sentence.
"""

from __future__ import annotations

from scrapers.facts.lemmas import fold
from scrapers.facts.reading import Line, is_russian
from scrapers.facts.russian_spans import russian_left, russian_right
from scrapers.facts.span_parts import (
    ARTICLES,
    CLOSE,
    DASHES,
    LEFT,
    LINKS,
    OPEN,
    RIGHT,
    Span,
    closing,
    ends,
    follows,
    names_joined,
    opening,
    preps,
    stops,
    untrailed,
)

_ADJECTIVES = ("ic", "al", "ive", "ary", "ous", "an", "ese", "ific", "able", "ational")


def phrase(line: Line, first: int, last: int) -> Span:
    """Return the phrase whose head is tokens ``first`` to ``last``."""
    if is_russian(line.tokens[first]):
        return russian_left(line, first), russian_right(line, last)
    return _english_left(line, first), _english_right(line, last)


def _english_left(line: Line, head: int) -> int:
    i = head
    while i > 0 and head - i < LEFT:
        before = _english_before(line, i - 1)
        if before is None:
            break
        i = before
    while i < head and (line.tokens[i].kind == "poss" or line.forms[i] in ARTICLES):
        i += 1
    return i


def _english_before(line: Line, j: int) -> int | None:
    """Return where the phrase begins with token ``j``, None where it does not reach so far."""
    token, form = line.tokens[j], line.forms[j]
    if token.text in CLOSE and (opened := opening(line, j)) is not None:
        return opened
    if form in LINKS:
        return j if _adjectives_joined(line, j) else None
    if token.text in DASHES:
        return j if names_joined(line, j) else None
    if token.kind in ("number", "poss") or (token.kind == "word" and form not in stops()):
        return j
    return None


def _adjectives_joined(line: Line, j: int) -> bool:
    """Whether "and" joins two adjectives of one phrase: "scientific and educational"."""
    if j == 0:
        return False
    before, after = line.forms[j - 1], line.forms[j + 1]
    return before.endswith(_ADJECTIVES) and after.endswith(_ADJECTIVES) and before not in stops()


def _english_right(line: Line, last: int) -> int:
    i, end = last, min(len(line.tokens), last + RIGHT)
    inside = last > 0 and line.forms[last - 1] == "of"  # a complement
    while i < end:
        form = line.forms[i]
        inside = inside or form in preps() or follows(line, i) is not None
        after = _english_after(line, i, inside=inside)
        if after is None and form in LINKS and _links_parties(line, last, i):
            after = i + 1
        if after is None:
            break
        i = after
    return untrailed(line, last, i)


def _links_parties(line: Line, last: int, i: int) -> bool:
    """Whether "and" joins the two sides of "between … and …"."""
    before = line.forms[last:i]
    return "between" in before and not any(f in LINKS for f in before[before.index("between") :])


def _english_after(line: Line, i: int, *, inside: bool) -> int | None:
    """Return where the phrase goes on behind token ``i``, None where it ends before it."""
    token, form = line.tokens[i], line.forms[i]
    if token.text in OPEN and token.text != "(":
        closed = closing(line, i)
        return None if closed is None else closed + 1
    if (hit := follows(line, i)) is not None:
        return hit
    if form in LINKS:
        return i + 1 if inside and _goes_on(line, i) else None
    if token.text in DASHES:
        return i + 1 if names_joined(line, i) else None
    if inside and line.forms[i : i + 2] == [",", "and"] and _ends_series(line, i):
        return i + 2
    if token.text == ",":
        return i + 1 if inside and (_listed(line, i) or _in_series(line, i)) else None
    if form == "on" and line.tokens[i + 1 : i + 2] and line.tokens[i + 1].kind == "number":
        return None  # "summit on 9 October"
    if form in preps() or token.kind in ("number", "poss", "date"):
        return i + 1
    if inside and form == "in" and _of_a_field(line, i + 1):
        return i + 1
    if inside and (form == "from" or form in ARTICLES):
        return i + 1
    return i + 1 if inside and token.kind == "word" and form not in ends() else None


def _of_a_field(line: Line, i: int) -> bool:
    """Whether "in" leads to a field and no place: "competence in nuclear energy"."""
    if i >= len(line.tokens) or line.tokens[i].kind != "word":
        return False
    form = line.forms[i]
    named = {j for m in line.parties for j in range(m.first, m.last)}
    named |= {j for p in line.places for j in range(p.first, p.last)}
    return i not in named and form not in stops() | ends() | ARTICLES | _NO_FIELD


_NO_FIELD = frozenset(("accordance", "order", "addition", "turn", "early", "late", "line", "view"))


def _listed(line: Line, comma: int) -> bool:
    """Whether a comma stands in the list of a title: "on Friendship, Cooperation and …"."""
    after = line.tokens[comma + 1 : comma + 8]
    names = [t for t in after if t.text[0].isupper()]
    joined = any(fold(t.text) in LINKS for t in after)
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
        if line.tokens[i].kind != "word" or line.forms[i] in stops() | ends() | ARTICLES:
            return False
        following = line.forms[i + 1]
        if following in LINKS or line.forms[i + 1 : i + 3] in ([",", "and"], [",", "и"]):
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
    return following not in ARTICLES and following not in ends() and following not in stops()
