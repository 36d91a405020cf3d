"""Digits that name a thing and count nothing, and years that count things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from scrapers.facts.amounts import Context
from scrapers.facts.lemmas import fold
from scrapers.facts.number import Number
from scrapers.facts.periods import Period
from scrapers.facts.qualifiers import bound_before
from scrapers.facts.tokens import Token
from scrapers.facts.units import unit_after
from scrapers.facts.words import load

_AT = frozenset(("at", "from", "to", "till", "until", "в", "с", "до", "к"))
_CALLS = re.compile(
    r"(?:hotline|telephone|phone|magnitude|горяч\w+ лини\w+|телефон\w*|магнитуд\w+)\b[^.;]{0,40}$"
)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d$")


def is_label(ctx: Context, number: Number) -> bool:
    """Whether the digits name a thing: an ordinal, an article of a law, a flat, a version."""
    tokens, first = ctx.tokens, number.first
    token = tokens[first]
    if token.suffix and token.suffix not in ("ти", "ть", "ми", "х", "и"):
        return True
    named = first and tokens[first - 1].kind in ("word", "poss")
    if named and token.kind == "word" and token.text[0].isupper():
        return True  # "Panfilov's Twenty-Eight Guardsmen"
    before = fold(tokens[first - 1].text) if first else ""
    if before == "." and first > 1:
        before = fold(tokens[first - 2].text) if tokens[first - 2].text.lower() in _dotted() else ""
    if (
        before == "+"
        and first > 1
        and tokens[first - 2].end == token.start - 1
        and tokens[first - 2].kind != "punct"
    ):
        return True  # "C5+1"
    plain = number.form in ("digits", "words") and number.scale == 1
    if before in _labels() and plain and not _told_of(tokens, number, before):
        return before != "top" or number.value < 100
    if number.scale == 1 and _CALLS.search(ctx.folded[: ctx.at(token.start)]):
        after = tokens[number.last] if number.last < len(tokens) else None
        return after is None or after.kind != "word"
    bare = number.scale == 1 and not unit_after(ctx, ctx.at(token.end))[0]
    if before in _AT and _CLOCK.match(token.text) and bare:
        return True
    if number.last < len(tokens):
        after = tokens[number.last]
        glued = after.start == tokens[number.last - 1].end
        if glued and after.text == "." and number.last + 1 < len(tokens):
            beyond = tokens[number.last + 1]
            return beyond.start == after.end and beyond.kind != "punct"
        if glued and after.text == "-" and first and tokens[first - 1].text[0].isupper():
            following = tokens[number.last + 1 : number.last + 2]
            if following and following[0].kind == "number" and following[0].start == after.end:
                return tokens[first - 1].kind == "word"  # "Boeing 737-800"
        if _to_grade(ctx, number.last):
            return True
        if glued and fold(after.text) == "s":
            return True
        if glued and after.text == "+" and _for_ages(ctx, number):
            return True
        if glued and after.text in ("/", ":") and number.last + 1 < len(tokens):
            return tokens[number.last + 1].start == after.end  # "10:30", "3/4"
    return False


def _told_of(tokens: Sequence[Token], number: Number, before: str) -> bool:
    """As "students number 158", "главы двенадцати областей": no label, though it might be."""
    if before == "number" and number.value >= 20 and number.first > 1:
        return fold(tokens[number.first - 2].text) not in _numbered()
    return number.form == "words" and number.value > 10


def _to_grade(ctx: Context, i: int) -> bool:
    """As "grades 1 to 4", "ученикам 1-4-х классов": the first of a row of classes."""
    told = [t.lemma for t in ctx.tokens[i : i + 4]]
    dashed = bool(told) and told[0] in ("-", "–", "—", "to", "по")
    dashed = dashed and ctx.tokens[i + 1 : i + 2][0].kind == "number" if len(told) > 1 else False
    return dashed and any(word in ("класс", "курс", "grad") for word in told[1:])


@cache
def _dotted() -> frozenset[str]:
    return frozenset(("no", "art", "ст", "тел", "tel", "стр", "п", "ул", "д"))


@cache
def _numbered() -> frozenset[str]:
    return frozenset(load("numbers")["numbered"].split())


@cache
def _labels() -> frozenset[str]:
    return frozenset(load("numbers")["labels_before"].split())


def _for_ages(ctx: Context, number: Number) -> bool:
    """As "rated 16+": for whom a film is."""
    after = ctx.folded[ctx.at(ctx.tokens[number.last].end) :]
    return number.value in (0, 6, 12, 16, 18) and not re.match(r"\s+[a-zа-я$€]", after)


def goes_on_with_labels(ctx: Context, after: int, first: int) -> bool:
    """Whether a number goes on with a row of labels: "grades 1 to 4", "строками 8 и 9"."""
    between = [t.text for t in ctx.tokens[after:first]]
    return all(t in ("to", "-", "–", "and", "и", ",", "или", "or", "№") for t in between)


def counts_things(ctx: Context, period: Period) -> bool:
    """As "some 2000 companies": four digits that look like a year, and stand where a count does."""
    digits = ctx.folded[ctx.at(period.start) : ctx.at(period.end)]
    if period.rule != "year" or not re.fullmatch(r"\d{4}", digits):
        return False
    before = ctx.folded[: ctx.at(period.start)]
    after = ctx.folded[ctx.at(period.end) :]
    before_a_year, things = _years()
    if not before_a_year.search(before) and things.match(after):
        return True
    if int(digits) % 50:
        return False
    bounded = bound_before(before)[0] not in ("", "exact") or before.endswith(("$", "€"))
    return (
        bounded
        and bool(re.match(r"\s+[a-zа-я]{3,}", after))
        and not re.match(r"\s+(?:год|by|in|to|and|the|was|were|на|в|по|и)\b", after)
    )


@cache
def _years() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before a year, and the things that stand after a number of them."""
    words = load("years")
    before = "|".join(str(words["before"]).split())
    things = "|".join(str(words["things"]).split())
    return (
        re.compile(rf"(?:^|(?:(?<!\w)(?:{before})|[-–—(,/\d])\s*)$"),
        re.compile(rf"\s+(?:[a-zа-я]+\s+)?(?:{things})(?!\w)"),
    )
