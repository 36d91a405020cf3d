"""Tokens to numbers: digits in any grouping, words, fractions, multiples. No units, no meaning.

A number keeps how it was written (``step``: the value of its last digit), because what it implies
depends on that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from scrapers.facts.lemmas import fold
from scrapers.facts.tokens import Token
from scrapers.facts.words import load

_SPACE = re.compile(r"\s")
_A = frozenset(("a", "an"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number in tokens ``first`` to ``last`` (excluded).

    ``form``: digits, words, fraction (in percent) or multiple. ``scale`` is the last scale word
    (1.0 for none), ``step`` the worth of the last digit written.
    """

    value: float
    first: int
    last: int
    form: str
    scale: float = 1.0
    step: float = 1.0
    rule: str = "digits"

    def __post_init__(self) -> None:
        # 4.1 * 1e9 is 4099999999.9999995; nobody states a figure to thirteen digits.
        object.__setattr__(self, "value", float(f"{self.value:.12g}"))


def numbers(tokens: Sequence[Token], *, russian: bool) -> list[Number]:
    """Return the numbers of a sentence, from left to right, none overlapping another."""
    words = [fold(t.text) for t in tokens]
    found: list[Number] = []
    starters, past = _starters(), 0
    for i, token in enumerate(tokens):
        if i >= past and (token.kind == "number" or words[i] in starters):
            number = _number_at(tokens, words, i, russian=russian)
            if number is not None:
                found.append(number)
                past = number.last
    return found


def _number_at(
    tokens: Sequence[Token], words: Sequence[str], i: int, *, russian: bool
) -> Number | None:
    if tokens[i].kind == "number":
        return _digits(tokens, words, i, russian=russian)
    readers = (_half_of_scale, _fraction, _multiple, _words)
    return next((found for read in readers if (found := read(words, i))), None)


def may_hold(words: Sequence[str]) -> bool:
    """Whether a number may be among words; an article begins one only before a scale or part."""
    return any(map(_begins, words))


@lru_cache(maxsize=50_000)
def _begins(text: str) -> bool:
    word = fold(text)
    return word in _scales_en() or (word in _starters() and word not in _A)


def _digits(
    tokens: Sequence[Token], words: Sequence[str], i: int, *, russian: bool
) -> Number | None:
    """Digits and their scales: "3.8bn", "7 bln 500 mln", "1 млрд. 86 млн"."""
    token = tokens[i]
    if _glued_before(tokens, i):
        return None
    scale, after = _scale(words, i + 1)
    digits = token.text.removesuffix(token.suffix).rstrip("-\u2011")
    mantissa, decimals = read_digits(digits, russian=russian, scaled=scale > 1)
    number = Number(mantissa * scale, i, after, "digits", scale, 10.0**-decimals * scale)
    if scale > 1 and after < len(tokens) and tokens[after].kind == "number":
        more = _digits(tokens, words, after, russian=russian)
        whole = more and more.value == int(more.value)
        if more and ((1 < more.scale < scale) or (scale == 1000 and whole)) and more.value < scale:
            total = number.value + more.value
            return Number(total, i, more.last, "digits", scale, more.step, "two scales")
    if scale == 1 and (end := _and_a_half(words, after)):
        scale, after = _scale(words, end)
        return Number((mantissa + 0.5) * scale, i, after, "digits", scale, scale / 2, "half")
    if scale > 1 and words[after : after + 3] == ["and", "a", "half"]:
        return Number(number.value + scale / 2, i, after + 3, "digits", scale, scale / 2, "half")
    return number


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


def _scale(words: Sequence[str], i: int) -> tuple[float, int]:
    """Return the scale that begins at ``i`` (1 for none) and the token after it."""
    scale = 1.0
    while i < len(words) and (worth := _scales().get(words[i])):
        scale *= worth
        i += 1
        if i + 1 < len(words) and words[i] == "." and len(words[i - 1]) <= 4:
            i += 1
    return scale, i


def _words(words: Sequence[str], i: int) -> Number | None:
    """Number words: "two and a half billion", "двадцати трех", "миллион двести тысяч"."""
    total = current = 0.0
    scale, step, start, seen = 1.0, 1.0, i, False
    if words[i] in _A:
        if i + 1 == len(words) or words[i + 1] not in _scales_en():
            return None
        if words[i + 1] == "dozen":
            return Number(12.0, i, i + 2, "words", rule="words")
        current, i, seen = 1.0, i + 1, True
    while i < len(words):
        word = words[i]
        value = _cardinal(word)
        if value is not None and (not seen or _fits(current, value)):
            current += value
        elif word == "hundred" and seen:
            current *= 100
        elif word in _scales() and word != "hundred" and (current or _alone(word, words, i)):
            scale = _scales()[word]
            total, current, step = total + (current or 1.0) * scale, 0.0, scale
        elif word == "point" and seen and _point(words, i) is not None:
            current, i, step = current + (_point(words, i) or 0.0) / 10, i + 1, 0.1
        elif (half := _and_a_half(words, i)) and seen:
            current, i, step = current + 0.5, half - 1, 0.5
        elif word in ("and", "и") and seen and _continues(words, i, current):
            pass
        else:
            break
        seen, i = True, i + 1
    return Number(total + current, start, i, "words", scale, step, "words") if seen else None


def _point(words: Sequence[str], i: int) -> float | None:
    """As "nine point one": the decimal."""
    value = _cardinals().get(words[i + 1]) if i + 1 < len(words) else None
    return value if value is not None and value < 10 else None


def _fits(current: float, value: float) -> bool:
    """Tens take ones, hundreds take tens: "twenty" + "three", "двести" + "сорок"."""
    if current != int(current) or value != int(value) or not value:
        return False
    size = 10 if value < 10 else 100 if value < 100 else 1000
    return current % size == 0 and (current or True) and not (10 < current % 100 < 20)


def _continues(words: Sequence[str], i: int, current: float) -> bool:
    """As "one hundred and fifty": only after hundreds."""
    following = _cardinal(words[i + 1]) if i + 1 < len(words) else None
    return words[i] == "and" and following is not None and current >= 100 and current % 100 == 0


def _and_a_half(words: Sequence[str], i: int) -> int | None:
    for phrase in (("and", "a", "half"), ("с", "половиной")):
        if tuple(words[i : i + len(phrase)]) == phrase:
            return i + len(phrase)
    return None


def _alone(word: str, words: Sequence[str], i: int) -> bool:
    """A scale word that is a number by itself, and no part of "several million"."""
    return word in _scales_alone() and (i == 0 or words[i - 1] not in ("несколько", "на"))


def _half_of_scale(words: Sequence[str], i: int) -> Number | None:
    """As "half a billion", "полмиллиарда"."""
    if (value := _halves().get(words[i])) is not None:
        return Number(value, i, i + 1, "words", value, value, "half of a scale")
    if (
        words[i] == "half"
        and i + 2 < len(words)
        and words[i + 1] in _A
        and (words[i + 2] in _scales_en())
    ):
        scale = _scales()[words[i + 2]]
        return Number(scale / 2, i, i + 3, "words", scale, scale / 2, "half of a scale")
    return None


def _fraction(words: Sequence[str], i: int) -> Number | None:
    """As "a third", "two thirds", "one-fifth", "свыше пятой части", "every third enterprise"."""
    if found := _every(words, i) or _in_ten(words, i):
        return found
    parts, at = _parts(words, i)
    word = words[at] if at < len(words) else ""
    if "-" in words[i]:
        left, _, word = words[i].partition("-")
        parts, at = _cardinal(left) or 0.0, i
    part = _fractions().get(word)
    if part is None or not parts or not _is_part(words, i, at, word):
        return None
    last = at + 1
    if last < len(words) and words[last] in ("часть", "части", "частью", "доля", "доли"):
        last += 1
    return Number(part * parts, i, last, "fraction", rule=f"fraction {word}", step=0.0)


def _every(words: Sequence[str], i: int) -> Number | None:
    if words[i] not in ("every", "каждое", "каждый", "каждая", "каждого", "каждой", "каждую"):
        return None
    word = words[i + 1] if i + 1 < len(words) else ""
    part = _fractions().get(word) or _fractions().get(_ordinals().get(word, ""))
    if part is None or (i + 2 < len(words) and words[i + 2] in _listed("times")):
        return None
    return Number(part, i, i + 2, "fraction", rule="every n-th", step=0.0)


def _in_ten(words: Sequence[str], i: int) -> Number | None:
    """As "six in ten", "семь из десяти"."""
    value = _cardinal(words[i])
    if value and value < 10 and words[i + 1 : i + 3] in (["in", "ten"], ["из", "десяти"]):
        return Number(10 * value, i, i + 3, "fraction", rule="n in ten", step=0.0)
    return None


def _parts(words: Sequence[str], i: int) -> tuple[float, int]:
    """How many parts: "a" and nothing are one."""
    if words[i] in _A:
        return 1.0, i + 1
    value = _cardinal(words[i])
    if value is not None and value < 10 and i + 1 < len(words):
        return value, i + 1
    return 1.0, i


def _is_part(words: Sequence[str], i: int, at: int, word: str) -> bool:
    """Whether the word is a part of a whole here: no ordinal, no half-year, no quarter."""
    before = words[i - 1] if i else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if before in _listed("before_ordinal") or after in _listed("not_parted"):
        return False
    if re.search("[а-я]", word):
        if at > i and word.startswith(("десят", "трет", "четверт", "пят")):
            return True
        if word.startswith("половин") and before == "в":
            return False
        if word.endswith(("ая", "ой", "ую", "ых", "ья", "ьей", "ьих")):
            return after in ("часть", "части", "частью", "доля", "доли", "частей")
        return not (word.startswith("половин") and before in ("с",))
    if word in ("half",):
        return (
            not (before == "a" and i and words[i - 2 : i - 1] == ["and"])
            and (before != "and" or words[i] != "a")
            and (
                after in _listed("after_part")
                or not after.isalpha()
                or before in _listed("before_part")
            )
        )
    alone = at == i and "-" not in words[i]
    return not alone and (
        after in _listed("after_part")
        or not after.isalpha()
        or "-" in words[i]
        or word.endswith("s")
    )


def _multiple(words: Sequence[str], i: int) -> Number | None:
    """As "doubled", "fourfold", "вдвое", "to double". Digits with "times" are read as units."""
    word = words[i]
    value = _multiples().get(word)
    if word in ("twice", "thrice") and value is not None:
        after = words[i + 1 : i + 3]
        if after and after[0] in ("a", "per", "each", "every"):
            return Number(value, i, i + 1, "words", rule=f"how often: {word}")
        if not after or after[0] not in _listed("after_twice"):
            return None
    if value is not None:
        return Number(value, i, i + 1, "multiple", rule=f"multiple {word}", step=0.0)
    bare = _bare_multiples().get(word)
    after = words[i + 1] if i + 1 < len(words) else ""
    if bare and ((i and words[i - 1] in _bare_after()) or after in ("the", "that", "its")):
        return Number(bare, i, i + 1, "multiple", rule=f"multiple {word}", step=0.0)
    return None


def _cardinal(word: str) -> float | None:
    value = _cardinals().get(word)
    if value is None and "-" in word:
        tens, _, ones = word.partition("-")
        left, right = _cardinals().get(tens), _cardinals().get(ones)
        if left and right and left >= 20 and left % 10 == 0 and right < 10:
            return left + right
    return value


def is_number_word(word: str) -> bool:
    return word.isdigit() or _cardinal(word) is not None


def _table(name: str) -> dict[str, float]:
    lists = load("numbers")[name]
    return {form: float(value) for value, forms in lists.items() for form in str(forms).split()}


@cache
def _cardinals() -> dict[str, float]:
    return _table("cardinals")


@cache
def _scales() -> dict[str, float]:
    return _table("scales")


@cache
def _scales_en() -> frozenset[str]:
    return frozenset(w for w in _scales() if w.isascii() and not w.endswith("s")) | {"dozen"}


@cache
def _scales_alone() -> dict[str, float]:
    return _table("alone")


@cache
def _halves() -> dict[str, float]:
    return _table("halves")


@cache
def _fractions() -> dict[str, float]:
    return _table("fractions")


@cache
def _multiples() -> dict[str, float]:
    return _table("multiples")


@cache
def _bare_multiples() -> dict[str, float]:
    words = load("numbers")["bare_multiples"]["words"]
    return {form: float(value) for value, forms in words.items() for form in forms.split()}


@cache
def _bare_after() -> frozenset[str]:
    return frozenset(load("numbers")["bare_multiples"]["after"].replace('"', "").split())


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(load("units")["prefixes"]) | {"us"}


@cache
def _starters() -> frozenset[str]:
    """Words that a number may begin with; hyphenated ones are tried by their parts."""
    known = {*_cardinals(), *_scales_alone(), *_halves(), *_fractions(), *_multiples(), "a", "an"}
    known |= {*_bare_multiples(), "every", *(w for w in ("каждое", "каждый", "каждая", "каждого"))}
    compounds = {f"{a}-{b}" for a in _cardinals() for b in _cardinals() if a.isascii()}
    parts = {f"{a}-{b}" for a in _cardinals() for b in _fractions() if a.isascii()}
    return frozenset(known | compounds | parts)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("numbers")["parts"][name].split())


@cache
def _ordinals() -> dict[str, str]:
    table = load("numbers")["every"]
    return {form: str(base) for base, forms in table.items() for form in forms.split()}
