"""Numbers in digits, with any grouping and the scales behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from scrapers.facts.lemmas import fold
from scrapers.facts.number import Number
from scrapers.facts.number_words import (
    OVER,
    and_a_half,
    over_at,
    part_words,
    scale_at,
    scales,
    scales_en,
)
from scrapers.facts.tokens import Token
from scrapers.facts.words import load

_SPACE = re.compile(r"\s")


def digits_at(
    tokens: Sequence[Token], words: Sequence[str], i: int, *, russian: bool
) -> Number | None:
    """Digits and their scales: "3.8bn", "7 bln 500 mln", "1 млрд. 86 млн"."""
    token = tokens[i]
    if _glued_before(tokens, i):
        return None
    if (joined := _hyphened(tokens, words, i)) is not None:
        return joined
    start = over_at(words, i + 1)
    scale, after = scale_at(words, start)
    over = start > i + 1 or words[after - 1].endswith(OVER)
    digits = token.text.removesuffix(token.suffix).rstrip("-\u2011")
    mantissa, decimals = read_digits(digits, russian=russian, scaled=scale > 1)
    step = 10.0**-decimals * scale
    number = Number(mantissa * scale, i, after, "digits", scale, step, over=over)
    if scale > 1 and after < len(tokens) and tokens[after].kind == "number":
        more = digits_at(tokens, words, after, russian=russian)
        whole = more and more.value == int(more.value)
        if more and more.last < len(words) and words[more.last] in part_words("times"):
            return number  # "60 тысяч 5 лет назад"
        if more and ((1 < more.scale < scale) or (scale == 1000 and whole)) and more.value < scale:
            total = number.value + more.value
            return Number(total, i, more.last, "digits", scale, more.step, "two scales")
    if scale == 1 and (end := and_a_half(words, after)):
        scale, after = scale_at(words, end)
        return Number((mantissa + 0.5) * scale, i, after, "digits", scale, scale / 2, "half")
    if scale > 1 and words[after : after + 3] == ["and", "a", "half"]:
        return Number(number.value + scale / 2, i, after + 3, "digits", scale, scale / 2, "half")
    return number


def _hyphened(tokens: Sequence[Token], words: Sequence[str], i: int) -> Number | None:
    """As "a $5-billion loan", "a 5-million-tonne plant": the scale after a hyphen."""
    if words[i + 1 : i + 2] != ["-"] or i + 2 >= len(words) or tokens[i + 1].start != tokens[i].end:
        return None
    word, _, rest = words[i + 2].partition("-")
    if word not in scales_en() or tokens[i + 2].start != tokens[i + 1].end:
        return None
    scale = scales().get(word, 1.0)
    mantissa, decimals = read_digits(tokens[i].text, russian=False, scaled=True)
    step, cut = 10.0**-decimals * scale, len(rest) + 1 if rest else 0
    return Number(mantissa * scale, i, i + 3, "digits", scale, step, cut=cut)


def _glued_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether a letter or a hyphen stands right before the digits ("COVID-19", "G20")."""
    if i == 0 or tokens[i - 1].end != tokens[i].start:
        return False
    before = tokens[i - 1]
    if before.kind == "word":
        return fold(before.text) not in _currency_codes()
    if before.text in ("-", "\u2011") and i > 1 and tokens[i - 2].end == before.start:
        return tokens[i - 2].kind == "word"
    return before.text in ("/", "#", "№")


def read_digits(text: str, *, russian: bool, scaled: bool) -> tuple[float, int]:
    """Return the value and the number of decimals of digits with any grouping.

    A lone comma or point before three digits groups them in English, and is a decimal mark in
    Russian where a scale word follows.
    """
    text = _SPACE.sub("", text)
    marks = [c for c in text if c in ".,"]
    if not marks:
        return float(text), 0
    mark = marks[-1]
    whole, _, tail = text.rpartition(mark)
    if len(set(marks)) == 2:
        decimal = marks.count(mark) == 1
    elif len(marks) > 1:
        decimal = False
    elif len(tail) != 3 or not 1 <= len(whole) <= 3 or whole == "0":
        decimal = True
    else:
        decimal = scaled if russian else mark == "."
    if not decimal:
        return float(re.sub("[.,]", "", text)), 0
    return float(re.sub("[.,]", "", whole) + "." + tail), len(tail)


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(load("units")["prefixes"]) | {"us"}
