"""Events as a line names them: by a noun ("the summit"), a verb ("met with"), or a body that
gathers ("the commission held its 27th meeting"). When, where and whether is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.parties import THIRD, is_central_asian
from scrapers.facts.reading import Line, exact, is_russian, one_of, speech
from scrapers.facts.spans import phrase
from scrapers.facts.words import load

_ROMAN = re.compile(r"[IVXLХ]{1,6}")
_OBJECT = 12  # tokens after a verb in which its object stands
_BODY = 7  # tokens between a body and the verb or noun of its gathering


@dataclass(frozen=True, slots=True)
class Mention:
    """An event at tokens ``first`` to ``last`` of a line; its head noun or verb at ``head``.

    ``how``: noun, verb, body or gathering (its type lies in what gathers).
    """

    line: Line
    first: int
    last: int
    head: int
    type: str
    how: str
    rule: str

    @property
    def start(self) -> int:
        return self.line.tokens[self.first].start

    @property
    def end(self) -> int:
        return self.line.tokens[self.last - 1].end

    @property
    def before(self) -> list[str]:
        """Return the keys that stand in the phrase before its head, and one word before it."""
        return self.line.keys[max(0, self.first - 1) : self.head]

    @property
    def ordinal(self) -> str | None:
        """Return what counts it in its series: "second", "XXI", "27th", "next"."""
        for i in range(self.first, self.last):
            token = self.line.tokens[i]
            counted = token.kind == "number" and token.suffix not in ("", "х")
            if self.line.keys[i] in words("ordinals") or counted or _is_roman(token.text):
                return self.line.keys[i]
        return None


def mentioned(line: Line) -> list[Mention]:
    """Return the events that a line names, in order, without those inside a longer one."""
    found = [*_by_body(line), *_by_verb(line), *_by_noun(line), *_by_gathering(line)]
    if not any(m.type in ("talks", "call") or m.how == "verb" for m in found):
        alone = not found
        found += [m for m in _by_discussing(line) if alone or m.rule in _MEETING]
    kept: list[Mention] = []
    for mention in found:
        if not any(m.first < mention.last and mention.first < m.last for m in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.first)


_MEETING = ("met", "встретиться")


def _is_roman(text: str) -> bool:
    return bool(_ROMAN.fullmatch(text))


def _by_noun(line: Line) -> Iterator[Mention]:
    for i, form in enumerate(line.forms):
        if form.endswith(("forum", "форум")) and len(form) > 7:  # "KazanForum"
            yield Mention(line, i, i + 1, i, "forum", "noun", form)
    for hit in line.find(typed("nouns")):
        if _is_verb(line, hit):
            continue
        first, last = phrase(line, hit.first, hit.last)
        yield Mention(line, first, last, hit.first, hit.value, "noun", hit.entry)


def _is_verb(line: Line, hit: Hit[str]) -> bool:
    """Whether "visit" or "trip" is what somebody is to do: "to visit", "will visit"."""
    before = line.forms[hit.first - 1] if hit.first else ""
    following = line.forms[hit.last] if hit.last < len(line.forms) else ""
    return before in ("to", "will", "would", "also") or following in words("passing_after")


def _by_gathering(line: Line) -> Iterator[Mention]:
    for hit in line.find(one_of_words("gatherings")):
        first, last = phrase(line, hit.first, hit.last)
        if hit.first and line.forms[hit.first - 1] in ("is", "are", "be"):
            continue  # "we are meeting" is a verb
        body = line.has(typed("bodies"), first, last) or _body_right_before(line, hit.first)
        body = body or _body_of_line_before(line, first)
        kind = body.value if body else "talks" if hit.entry in words("plain") else ""
        rule = f"{hit.entry}: {body.entry}" if body else hit.entry
        if hit.entry == "one" and not _counted(line, hit.first):
            continue
        yield Mention(
            line,
            min(first, body.first) if body else first,
            last,
            hit.first,
            kind,
            "gathering",
            rule,
        )


def _counted(line: Line, i: int) -> bool:
    return i > 0 and (line.keys[i - 1] in words("ordinals") or line.tokens[i - 1].suffix != "")


def _body_right_before(line: Line, head: int) -> Hit[str] | None:
    return next((h for h in line.find(typed("bodies")) if h.last == head), None)


def _body_of_line_before(line: Line, first: int) -> Hit[str] | None:
    """Return the body that "its 22nd meeting" is of, as one that stands where the meeting does."""
    if line.before is None or line.forms[max(0, first - 1) : first] not in _ITS:
        return None
    told = line.before.find(typed("bodies"))
    return Hit(first, first, told[-1].value, told[-1].entry) if told else None


_ITS = (["its"], ["его"], ["ее"])


def _by_body(line: Line) -> Iterator[Mention]:
    verbs = line.find(one_of_words("gathers"))
    for body in line.find(typed("bodies")):
        if line.forms[body.first] in _ONE_HEAD:
            continue  # "глава правительства": one man gathers nothing
        if _is_occasion(line, body):
            first, last = phrase(line, body.first, body.last)
            yield Mention(line, first, last, body.first, body.value, "body", body.entry)
            continue
        for verb in verbs:
            after = 0 <= verb.first - body.last <= _BODY * 2
            before = is_russian(line.tokens[body.first]) and 0 <= body.first - verb.last <= _BODY
            if after or before:
                first, last = phrase(line, body.first, body.last)
                last = max(last, _held(line, verb.last) if after else last)
                rule = f"{body.entry}: {verb.entry}"
                yield Mention(
                    line, min(first, verb.first), last, body.first, body.value, "body", rule
                )
                break


_ONE_HEAD = frozenset(("глава", "главу", "главой", "главе"))


def _is_occasion(line: Line, body: Hit[str]) -> bool:
    """Whether a body is named as a place to be: "at the Intergovernmental Council in Almaty"."""
    before = line.forms[max(0, body.first - 2) : body.first]
    named = line.tokens[body.first].text[0].isupper()
    if is_russian(line.tokens[body.first]):
        attended = line.keys[max(0, body.first - 2) : body.first] == ["участие", "в"]
        return attended or "проведение" in line.keys[max(0, body.first - 4) : body.first]
    return named and bool(before) and "at" in before


def _held(line: Line, last: int) -> int:
    """Return the end of "held its 27th meeting": past the gathering that a verb holds."""
    found = line.find(one_of_words("gatherings"))
    return next((h.last for h in found if 0 <= h.first - last <= 4), last)


def _by_verb(line: Line) -> Iterator[Mention]:
    for hit in line.find(typed("verbs")):
        if hit.value == "visit" and hit.first and line.forms[hit.first - 1] in _RELATIVE:
            continue
        if hit.entry in words("stays") and not _stayed(line, hit):
            continue
        if hit.entry in _EITHER and speech(line, hit.first) != "VERB":
            continue  # "прибывший": of somebody, and told elsewhere
        last = min(len(line.tokens), hit.last + _OBJECT)
        end = next((i for i in range(hit.last, last) if _breaks(line, i)), last)
        if hit.value == "ceremony" or _reaches(line, hit, end):
            yield Mention(
                line, hit.first, max(end, hit.last), hit.first, hit.value, "verb", hit.entry
            )


def _stayed(line: Line, hit: Hit[str]) -> bool:
    """Whether somebody was somewhere for days: no company that "is in Kazakhstan"."""
    return line.forms[hit.first].startswith("находил") and any("/" in w.iso for w in line.dates)


_BEFORE = 5  # words before "прибыл" in which its goal may stand
_EITHER = frozenset(("прибыть",))
_RELATIVE = frozenset(("who", "which", "to", "that"))
_BREAKS = frozenset(",;.:()–—?!") | {"who", "which", "where", "during", "while", "for"}
_BREAKS |= {"для", "чтобы", "где", "который", "которые", "которая"}
_AIMS = frozenset(("take", "attend", "participate", "join", "hold", "discuss"))
_BREAKS |= {"following", "after", "before", "ahead"}


def _breaks(line: Line, i: int) -> bool:
    """Whether the object of a verb ends here; "on the sidelines of" leads to another event."""
    if line.forms[i] == "to" and line.forms[i + 1 : i + 2] and line.forms[i + 1] in _AIMS:
        return True
    return line.forms[i] in _BREAKS or line.forms[i : i + 3] == ["on", "the", "sidelines"]


def _by_discussing(line: Line) -> Iterator[Mention]:
    """Yield "X and Y discussed …": both sides stand before a verb that tells of talks."""
    for hit in line.find(one_of_words("discussed")):
        turned = is_russian(line.tokens[hit.first])  # the subject may follow its verb
        named = [m for m in line.parties if m.kind != "cities"]
        named = [m for m in named if turned or m.last <= hit.first]
        sides = {m.code for m in named}
        if "RU" in sides and any(is_central_asian(c) for c in sides):
            first, last = min(hit.first, named[0].first), hit.last
            yield Mention(line, first, last, hit.first, "talks", "verb", hit.entry)


def _reaches(line: Line, hit: Hit[str], end: int) -> bool:
    """Whether a verb's object is somebody who stands for one of our states, or a place of one."""
    parties = [m for m in line.parties if hit.last <= m.first < end]
    if any(m.code == THIRD for m in parties) and not any(m.code == "RU" for m in parties):
        return False
    if hit.value in ("visit",):
        begin = max(0, hit.first - _BEFORE) if hit.entry in _EITHER else hit.last
        named = [m.first for m in line.parties] + [p.first for p in line.places]
        return any(begin <= first < end for first in named)
    if hit.entry.startswith("we "):
        return True
    start = 0 if hit.entry in words("mutual") else hit.first
    parties += [m for m in line.parties if start <= m.first < hit.first and m.kind == "people"]
    return bool(parties) or any(k in words("people") for k in line.keys[start:end])


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of events.yml as a set of single words."""
    return frozenset(load("events")[name])


@cache
def one_of_words(name: str) -> Phrases[str]:
    return one_of(load("events")[name])


@cache
def typed(name: str) -> Phrases[str]:
    """Return one table of events.yml, type by type."""
    return exact(
        (entry, kind) for kind, entries in load("events")[name].items() for entry in entries
    )
