"""Numbers with their unit, bound and range: what is said of how much, before what it measures.

A quantity without a unit counts the words after it (`counted`), or has nothing of its own
(`bare`): then `ellipsis` gives it what an earlier one in the passage had.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from scrapers.facts.amounts import MONEY, Context, Quantity
from scrapers.facts.counted import counted_thing, counts_time
from scrapers.facts.lemmas import fold
from scrapers.facts.number import Number
from scrapers.facts.number_words import is_number_word, part_words
from scrapers.facts.numbers import numbers
from scrapers.facts.periods import Period
from scrapers.facts.qualifiers import bound_before, bounded
from scrapers.facts.ranges import ranges
from scrapers.facts.units import money_scale, prefix, repeated_unit, unit_after
from scrapers.facts.words import load


def quantities(
    ctx: Context, times: Sequence[Period], read: Sequence[Number] | None = None
) -> list[Quantity]:
    """Return the amounts of a sentence; dates, labels, ordinals and durations are left out.

    ``read``: its numbers, where they have been read already.
    """
    found: list[Quantity] = []
    durations: list[Number] = []
    labelled = -1
    for number in numbers(ctx.tokens, russian=ctx.russian) if read is None else read:
        if _in_period(ctx, number, times) and not number.rule.endswith("of a scale"):
            continue
        if _label(ctx, number) or (labelled >= 0 and _in_row(ctx, labelled, number.first)):
            labelled = number.last
            continue
        quantity = _quantity(ctx, number)
        if quantity is None and counts_time(ctx, number.last):
            durations.append(number)
        if quantity is not None and not (found and _is_rate(ctx, found[-1], quantity)):
            found.append(quantity)
    found = ranges(ctx, found)
    if durations:
        found = [q for q in found if q.unit or not _of_time(ctx, q, durations, found)]
    return _converted(ctx, found)


def _of_time(
    ctx: Context, bare: Quantity, durations: list[Number], found: Sequence[Quantity]
) -> bool:
    """As "not 20 years but 35", "1–4 классов": it counts the years told beside it."""
    for number in durations:
        start, end = ctx.tokens[number.first].start, ctx.tokens[number.last - 1].end
        if end <= bare.start and bare.scale == 1:
            between = (q for q in found if end <= q.start < bare.start)
            if bare.start - end <= 45 and not any(between):
                return True
        if 0 <= start - bare.end <= 5:
            gap = ctx.folded[ctx.at(bare.end) : ctx.at(start)]
            if gap.strip() in ("-", "to", "до", "or", "или"):
                return True
    return False


def _is_rate(ctx: Context, price: Quantity, quantity: Quantity) -> bool:
    """As "$160 per thousand cubic metres", "10 долларов за 100 кВт·ч": what a price is for."""
    if price.unit not in MONEY or quantity.unit in MONEY or quantity.value not in _ROUND:
        return False
    gap = ctx.folded[ctx.at(price.end) : ctx.at(quantity.start)]
    return bool(_PER.fullmatch(gap))


_ROUND = (1.0, 10.0, 100.0, 1000.0)
_PER = re.compile(r"\s*(?:/|per|per every|for every|for each|за|за каждую|за каждые|на каждую)\s*")


def _in_row(ctx: Context, after: int, first: int) -> bool:
    """Whether a number goes on with a row of labels: "grades 1 to 4", "строками 8 и 9"."""
    between = [t.text for t in ctx.tokens[after:first]]
    return all(t in ("to", "-", "–", "and", "и", ",", "или", "or", "№") for t in between)


def _converted(ctx: Context, found: list[Quantity]) -> list[Quantity]:
    """As "more than $82 mln (6.3 bn rubles)": the amount in brackets has the bound of the first."""
    result: list[Quantity] = []
    for amount in found:
        last = result[-1] if result else None
        if last and last.unit in MONEY and amount.unit in MONEY and amount.bound == "exact":
            gap = ctx.folded[ctx.at(last.end) : ctx.at(amount.start)]
            if gap.strip() == "(" and last.bound != "range":
                amount = replace(
                    amount,
                    bound=last.bound,
                    rules=amount.rules | {"bound": "as before the bracket"},
                )
        result.append(amount)
    return result


def _in_period(ctx: Context, number: Number, times: Sequence[Period]) -> bool:
    start, end = ctx.tokens[number.first].start, ctx.tokens[number.last - 1].end
    return any(period.start < end and start < period.end for period in times)


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


def _label(ctx: Context, number: Number) -> bool:
    """Whether the digits name a thing: an ordinal, an article of a law, a flat, a version."""
    tokens, first = ctx.tokens, number.first
    token = tokens[first]
    if token.suffix and token.suffix not in ("ти", "ть", "ми", "х", "и"):
        return True
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
    if before in _labels() and number.form in ("digits", "words") and number.scale == 1:
        return before != "top" or number.value < 100
    bare = number.scale == 1 and not unit_after(ctx, ctx.at(token.end))[0]
    if before in _AT and _CLOCK.match(token.text) and bare:
        return True
    if number.last < len(tokens):
        after = tokens[number.last]
        glued = after.start == tokens[number.last - 1].end
        if glued and after.text == "." and number.last + 1 < len(tokens):
            following = tokens[number.last + 1]
            return following.start == after.end and following.kind != "punct"
        if glued and after.text == "-" and first and tokens[first - 1].text[0].isupper():
            following = tokens[number.last + 1 : number.last + 2]
            if following and following[0].kind == "number" and following[0].start == after.end:
                return tokens[first - 1].kind == "word"  # "Boeing 737-800"
        if _to_grade(ctx, number.last):
            return True
        if glued and (after.text in ("/", ":") or fold(after.text) == "s"):
            return True
    return False


def _to_grade(ctx: Context, i: int) -> bool:
    """As "grades 1 to 4", "ученикам 1-4-х классов": the first of a row of classes."""
    told = [t.lemma for t in ctx.tokens[i : i + 4]]
    dashed = bool(told) and told[0] in ("-", "–", "—", "to", "по")
    return dashed and any(word in ("класс", "курс", "grad") for word in told[1:])


@cache
def _dotted() -> frozenset[str]:
    return frozenset(("no", "art", "ст", "тел", "tel", "стр", "п", "ул", "д"))


@cache
def _labels() -> frozenset[str]:
    return frozenset(load("numbers")["labels_before"].split())


def _quantity(ctx: Context, number: Number) -> Quantity | None:
    start = ctx.tokens[number.first].start
    end = ctx.tokens[number.last - 1].end - number.cut
    rules = {"value": number.rule}
    if number.form == "fraction":
        unit, factor, tail, rules["unit"] = "percent", 1.0, ctx.at(end), "fraction"
    elif number.form == "multiple":
        unit, factor, tail, rules["unit"] = "times", 1.0, ctx.at(end), "multiple"
    else:
        unit, factor, tail, rules["unit"] = unit_after(ctx, ctx.at(end))
    head = ctx.at(start)
    if _FACTOR.search(ctx.folded[:head]) and not unit:
        unit, rules["unit"] = "times", "a factor of"
    if before := prefix(ctx.folded[:head]):
        head, unit, factor, rules["unit"] = before[0], before[1], 1.0, before[2]
        tail = ctx.at(end)
        if scaled := money_scale(ctx, tail):
            number = replace(
                number,
                value=number.value * scaled[0],
                scale=scaled[0],
                step=number.step * scaled[0],
            )
            tail = scaled[1]
        tail = repeated_unit(ctx, tail, unit)
    sign, head = _sign(ctx, head, unit)
    lead = ctx.sentence.start + head
    bound, head, rules["bound"] = bounded(ctx, head, tail)
    if number.over and bound[0] == "exact":
        bound, rules["bound"] = ("min", bound[1]), "somewhat more"
    if bound[0] == "exact" and (rough := _roughly(ctx, head, number)):
        (name, head, rules["bound"]), tail = rough, tail
        bound = (name, bound[1])
    if bound[1] > tail:
        tail = bound[1]
    last = _token_at(ctx, ctx.sentence.start + tail, number.last)
    if number.high is not None:
        bound, rules["bound"] = ("range", bound[1]), "range in a word"
    quantity = Quantity(
        number.value * factor,
        None if number.high is None else number.high * factor,
        unit,
        bound[0],
        _token_at(ctx, ctx.sentence.start + head, 0),
        last,
        ctx.sentence.start + head,
        ctx.sentence.start + tail,
        number.scale * factor,
        number.step * factor,
        number.form,
        lead=lead,
        sign=sign,
        rules=rules,
    )
    quantity = _turned(ctx, quantity, number)
    return quantity if quantity.unit else counted_thing(ctx, quantity, number)


def _roughly(ctx: Context, head: int, number: Number) -> tuple[str, int, str] | None:
    """As "под 10 миллиардов", "с десяток": prepositions that only before such numbers bound them.

    Return bound, where the quantity begins, and the rule.
    """
    match = _UNDER.search(ctx.folded[:head])
    if match and number.scale >= 1000:
        return "nearly", match.start(1), "под"
    match = _WITH.search(ctx.folded[:head])
    if match and fold(ctx.tokens[number.first].text) in _LOTS:
        return "about", match.start(1), "с"
    return None


def _sign(ctx: Context, head: int, unit: str) -> tuple[int, int]:
    """Return the sign written before a number (0 for none) and where it begins."""
    match = _SIGN.search(ctx.folded[:head])
    if not match and unit in ("percent", "percent_points"):
        match = _MINUS.search(ctx.folded[:head])
    if not match:
        return 0, head
    return (1 if match[1] in ("+", "plus", "плюс") else -1), match.start()


def _turned(ctx: Context, quantity: Quantity, number: Number) -> Quantity:
    """As "процентов тридцать", "тысяч пятьсот тонн", "процентов на двадцать": a rough number."""
    at = number.first - 1
    at -= at > 0 and fold(ctx.tokens[at].text) in _ROUGHLY
    unit, worth = _TURNED.get(fold(ctx.tokens[at].text), (None, 1.0)) if at >= 0 else (None, 1.0)
    before = ctx.tokens[at - 1] if at > 0 else None
    told = before and (before.kind == "number" or is_number_word(fold(before.text)))
    if unit is None or told or number.scale > 1 or (quantity.unit and (unit or worth == 1.0)):
        return quantity
    if unit == "times" and _is_time(ctx, number.last):
        return quantity  # "раз в два года"
    start = ctx.tokens[at].start
    return replace(
        quantity,
        value=quantity.value * worth,
        scale=max(worth, quantity.scale),
        step=quantity.step * worth,
        unit=quantity.unit or unit,
        noun=(at,) if unit == "count" else (),
        bound="about" if quantity.bound == "exact" else quantity.bound,
        first=at,
        start=start,
        lead=start,
        rules=quantity.rules | {"bound": "turned about"},
    )


_MINUS = re.compile(r"(?<=[^\W\d_][\s:,])(-)$|(?<=[:,]\s)(-)$")
_UNDER = re.compile(r"(?<!кредит )(?<!займ )(?<!заем )(?<![а-я])(под)\s+$")
_WITH = re.compile(r"(?<![а-я])(с)\s+$")
_LOTS = frozenset(("десяток", "дюжину", "полсотни", "сотню", "тысячу", "полтысячи", "миллион"))
_FACTOR = re.compile(r"\bfactor of (?:about |around |almost |nearly |some |over |more than )?$")
_AT = frozenset(("at", "from", "to", "till", "until", "в", "с", "до", "к"))
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d$")
_SIGN = re.compile(r"(?:^|(?<=[\s(]))(минус|плюс|minus|plus|\+|(?<=\()-)(?:\s(?:еще|another))?\s?$")
_ROUGHLY = frozenset(("на", "в", "до", "под", "за", "по"))
_TURNED = {
    "процентов": ("percent", 1.0),
    "процента": ("percent", 1.0),
    "человек": ("count", 1.0),
    "раза": ("times", 1.0),
    "раз": ("times", 1.0),
    "тысяч": ("", 1e3),
    "тысячи": ("", 1e3),
    "миллионов": ("", 1e6),
    "миллиона": ("", 1e6),
    "миллиардов": ("", 1e9),
    "миллиарда": ("", 1e9),
}


def _is_time(ctx: Context, i: int) -> bool:
    return i < len(ctx.tokens) and fold(ctx.tokens[i].text) in part_words("times")


def _token_at(ctx: Context, position: int, default: int) -> int:
    """Return the index of the first token that begins at or after a position."""
    for i in range(default, len(ctx.tokens)):
        if ctx.tokens[i].start >= position:
            return i
    return len(ctx.tokens)
