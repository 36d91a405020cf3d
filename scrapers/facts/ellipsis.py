"""Numbers that leave their unit unsaid, as an earlier or later one has said it.

"Exports came to 2 bln 300 mln", "another 8,000 study at branches", "против 39,5 тысячи", "мощностью
240 и 360 МВт", "their number is already 15". A number that no rule here explains is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.indicators import cues, heads
from scrapers.facts.lexicon import Hit
from scrapers.facts.words import load

_DOLLARS = re.compile(
    r",?\s*(?:also\s+|again\s+|тоже\s+|также\s+)?(?:in|в)\s+(?:us\s+)?(?:dollars|доллар)"
)
_OF_THEM = re.compile(
    r"\s*(?:of\s+(?:them|whom|which|these|those)|из\s+(?:них|которых|этих))(?![^\W_])"
)
_INSTEAD = re.compile(
    r"(?:instead\s+of|rather\s+than|against|compared\s+(?:to|with)|up\s+from|down\s+from|вместо|против|with\s+another|"
    r"and\s+another|:|there\s+(?:are|were|is)|it\s+will\s+be|will\s+be|all|еще|from|to|с|до|was|было|и|more\s+than\s+the)\s+\W*$"
)
_YEAR = (1900, 2100)
_PRICE = re.compile(r"стоимост|обойд|cost|price|сумм|worth|invest|инвестиц|вложен")
_AMONG = re.compile(
    r"(?:из\s+(?:них|которых|этих)|of\s+(?:them|which|these|whom)|among\s+them|including"
    r"|в\s+том\s+числе)\W*$"
)
_NUMBERED = frozenset(
    ("numbered", "number", "totaled", "totalled", "total", "reached", "stood", "were", "are", "of")
)
_QUOTA = frozenset(("quota", "квота", "квоты"))
_PEOPLE = ("labour.migrants", "education.students", "tourism.visitors")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure said before, and what it measured."""

    amount: Quantity
    indicator: str


def complete(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """Return the amount with the unit that the passage gives it, None where it gives none.

    ``said``: the figures of this sentence so far and of the one or two before it, oldest first.
    """
    if amount.unit:
        return _headless(passage, amount, said)
    if _year_like(passage, amount):
        return None
    return next((found for read in _READERS if (found := read(passage, amount, said))), None)


def _headless(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity:
    """As "на 700 тысяч российских": an adjective counts no things, but tonnes told before."""
    if amount.unit != "count" or amount.scale < 1000 or not amount.noun:
        return amount
    first, last = amount.noun[0], amount.noun[-1]
    if any(first <= h.first <= last for h in passage.find(heads())):
        return amount
    start = passage.ctx.sentence.start
    here = [s for s in said if s.amount.start >= start and s.amount.unit != "count"]
    found = _scaled_as(passage, amount, here) if here else None
    return replace(found, noun=()) if found else amount


def _year_like(passage: Passage, amount: Quantity) -> bool:
    return (
        amount.form == "digits"
        and amount.scale == 1
        and _YEAR[0] <= amount.value <= _YEAR[1]
        and passage.tokens[amount.first].text.isdigit()
    )


def _unit(amount: Quantity, unit: str, why: str, **changed: object) -> Quantity:
    return replace(amount, unit=unit, rules=amount.rules | {"unit": why}, **changed)  # type: ignore[arg-type]


def _in_dollars(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "three billion in 2023, also in dollars"."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if amount.scale >= 1e6 and re.search(_DOLLARS, after[:40]):
        return _unit(amount, "USD", "in dollars")
    return None


def _next_unit(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "240, 360 and 360 MW": the unit stands after the last of a row."""
    end = amount.end
    for other in passage.amounts:
        if other.lead < end:
            continue
        between = passage.ctx.folded[passage.ctx.at(end) : passage.ctx.at(other.lead)]
        if not re.fullmatch(r"\s*(?:,|and|и|or|или|еще|раз|также|\s|/)+\s*", between):
            return None
        if other.unit == "percent" and (
            amount.scale > 1 or amount.value > 150 or "или" in between or "or" in between
        ):
            return None
        if other.unit and other.unit != "count":
            small = amount.scale == 1 and amount.value < 1000
            factor = other.scale if small else 1.0
            return _unit(
                amount,
                other.unit,
                "unit of the next",
                value=amount.value * factor,
                step=amount.step * factor,
            )
        end = other.end
    return None


def _echo(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "Nine, yes": a number of the turn before said again."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if amount.first > 1 or not re.match(r"\s*(?:[,.!?…]|$)", after):
        return None
    for one in reversed(said):
        like = one.amount
        if like.value == amount.value:
            return _unit(amount, like.unit, "said again", like=one.indicator)
        if like.scale > 1 and like.value / like.scale == amount.value:
            return _unit(
                amount,
                like.unit,
                "said again",
                like=one.indicator,
                value=like.value,
                scale=like.scale,
                step=like.step,
            )
    return None


def _labelled(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "Participants: 852": the thing, a colon, the number."""
    colon = next(
        (
            i
            for i in range(amount.first - 1, max(amount.first - 4, -1), -1)
            if passage.forms[i] == ":"
        ),
        None,
    )
    if colon is None:
        return None
    named = [h for h in passage.find(heads()) if h.last <= colon and colon - h.last <= 5]
    return (
        _unit(amount, "count", "label before a colon", noun=(named[-1].first,)) if named else None
    )


def _main(hit: Hit[tuple[tuple[str, float], ...]]) -> str:
    """Return what a thing is most likely counted for."""
    return max(hit.value, key=lambda pair: pair[1])[0]


def _of_those(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "67 projects, of them thirty-eight are done"."""
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if amount.scale > 1 or not _AMONG.search(before):
        return None
    last = next((s for s in reversed(said) if s.amount.unit == "count"), None)
    return _of_scale(amount, last, "of those") if last else None


def _of_scale(amount: Quantity, last: Said, why: str) -> Quantity:
    """Give a count the scale of another where it is told in the same thousands."""
    scale = last.amount.scale
    if (
        scale >= 1000
        and amount.scale == 1
        and amount.value < 1000
        and (_alike(amount.value, last.amount.value / scale) and amount.value < 100)
    ):
        return _unit(
            amount,
            "count",
            why,
            like=last.indicator,
            value=amount.value * scale,
            scale=scale,
            step=amount.step * scale,
        )
    return _unit(amount, "count", why, like=last.indicator)


def _inverted(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "Филиалов в республике 14", "Kyrgyz students numbered 16,100": the thing stands first."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if not re.match(r"\s*(?:$|[,.;:)!?]|-|—|–|in\b|by\b|на\b|в\b|и\b|or\b|или\b)", after):
        return None
    start = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    named = [
        h
        for h in passage.find(heads())
        if start <= h.first and h.last <= amount.first and max(w for _, w in h.value) >= 4
    ]
    if not named or amount.form == "fraction" or (amount.form == "words" and amount.value < 4):
        return None
    between = passage.forms[named[-1].last : amount.first]
    if any(f in (";", "(", ":") for f in between) or len(between) > 7:
        return None
    if not passage.ctx.russian and not _NUMBERED.intersection(between):
        return None
    head = named[-1]
    if passage.ctx.russian and len(named) > 1 and head.first - named[-2].last <= 1:
        head = named[-2]  # "филиалов российских вузов стало 15"
    return _unit(amount, "count", "the thing stands first", noun=(head.first,))


def _people_talk(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "в России жило и работало миллион сто тысяч": thousands in talk of people."""
    if not 1000 <= amount.scale < 1e9:
        return None
    best, found = 4.9, ""
    for hit in passage.find(cues()):
        for name, weight in hit.value:
            if name in _PEOPLE and weight > best:
                best, found = weight, name
    return _unit(amount, "count", "talk of people", like=found) if found else None


def _number_of(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "the number of students has passed 54 thousand", "their number is already 15"."""
    said_number = False
    for i in range(amount.first - 1, -1, -1):
        if passage.forms[i] in _number_words():
            said_number = True
            break
        if passage.forms[i] in (";", ":"):
            return None
    if (
        not said_number
        or amount.bound == ""
        or any(
            a is not amount and i < a.first < amount.first and a.unit not in ("", "count")
            for a in passage.amounts
        )
    ):
        return None
    counted = [h for h in passage.find(heads()) if i < h.first < amount.first]
    if counted:
        return _unit(amount, "count", "number of", noun=(counted[0].first,))
    if passage.forms[i] in _QUOTA:
        return _unit(amount, "count", "quota", like="education.quota")
    last = next((s for s in reversed(said) if s.amount.unit == "count"), None)
    earlier = passage.before.find(heads()) if passage.before and not last else []
    earlier = [h for h in earlier if max(w for _, w in h.value) >= 5]
    if last:
        return _unit(amount, "count", "their number", like=last.indicator)
    if earlier:
        return _unit(amount, "count", "their number", like=_main(earlier[0]))
    return None


def _as_before(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """Take the unit of the last figure said that is of a like size."""
    start = passage.ctx.sentence.start
    here = [s for s in said if s.amount.start >= start]
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if _OF_THEM.match(after):
        last = next((s for s in reversed(said) if s.amount.unit == "count"), None)
        return _unit(amount, "count", "of them", like=last.indicator) if last else None
    if amount.scale >= 1000:
        return _scaled_as(passage, amount, here) or _scaled_as(passage, amount, said)
    if not here and not _INSTEAD.search(before):
        return None
    return _plain_as(passage, amount, here or said, before, after)


def _scaled_as(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    inside = _in_brackets(passage, amount)
    for one in reversed(said):
        if _in_brackets(passage, one.amount) and not inside:
            continue
        unit = one.amount.unit
        if unit in ("percent", "times", "percent_points"):
            continue
        if unit == "count" and amount.scale >= 1e9:
            continue
        if unit in MONEY and amount.scale < 1e6 and one.amount.value >= 1e6:
            continue
        if unit not in MONEY and unit != "count" and _PRICE.search(passage.ctx.folded):
            continue
        if 1e-4 <= (amount.value + 1) / (one.amount.value + 1) <= 1e4:
            return _unit(amount, unit, "unit of the figure before", like=one.indicator)
    return None


def _plain_as(
    passage: Passage, amount: Quantity, said: Sequence[Said], before: str, after: str
) -> Quantity | None:
    """A number without scale: where it ends a clause, is bounded, or stands against another."""
    inside = _in_brackets(passage, amount)
    open_ones = [s for s in said if inside or not _in_brackets(passage, s.amount)]
    if re.search(r":\s*$", before):
        open_ones = [s for s in open_ones if s.amount.unit != "percent"] or open_ones
    one = next(reversed(open_ones), None)
    if one is None or not re.match(r"\s*(?:$|[,.;:)\"»”(?!-]|—|–|[a-zа-я])", after):
        return None
    unit, scale = one.amount.unit, one.amount.scale
    ends = bool(re.match(r"\s*(?:$|[,.;)»”\"]|\()", after))
    told = amount.bound != "exact" or bool(_INSTEAD.search(before)) or ends
    if amount.form == "words" and amount.value < 20 and not _INSTEAD.search(before):
        return None
    if not told or unit == "times":
        return None
    if unit == "percent" and (amount.value > 150 or amount.scale > 1):
        return None
    if unit in MONEY or unit not in ("percent", "count"):
        if amount.value == 0:
            return _unit(amount, unit, "unit of the figure before", like=one.indicator)
        if scale >= 1000 and amount.value < 1000 and _alike(amount.value, one.amount.value / scale):
            return _unit(
                amount,
                unit,
                "unit and scale of the figure before",
                value=amount.value * scale,
                step=amount.step * scale,
                like=one.indicator,
            )
        if unit not in MONEY and scale == 1 and ends and _alike(amount.value, one.amount.value):
            return _unit(amount, unit, "unit of the figure before", like=one.indicator)
        return None
    if unit == "count":
        return _of_scale(amount, one, "unit of the figure before")
    return _unit(amount, unit, "unit of the figure before", like=one.indicator)


def _in_brackets(passage: Passage, amount: Quantity) -> bool:
    if amount.start < passage.ctx.sentence.start:
        return False
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    return before.count("(") > before.count(")")


def _alike(a: float, b: float) -> bool:
    return 0.02 <= (a + 1e-9) / (b + 1e-9) <= 50


def _money_talk(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """Billions in talk of trade are dollars."""
    if amount.scale < 1e6:
        return None
    if amount.scale >= 1e9:
        return _unit(amount, "USD", "billions")
    for part in (passage, passage.before):
        if part and any(
            name.startswith(("trade.", "investment.", "labour.rem", "agreements.value"))
            for hit in part.find(cues())
            for name, weight in hit.value
            if weight >= 4
        ):
            return _unit(amount, "USD", "billions in talk of trade")
    return None


def _named_things(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "I would ask about teachers. We have about fifty": what was last spoken of."""
    if (amount.bound == "exact" and amount.value < 100) or amount.form == "fraction":
        return None
    here = [h for h in passage.find(heads()) if h.last <= amount.first]
    earlier = passage.before.find(heads()) if passage.before else []
    if not here and (amount.bound == "exact" or not earlier):
        return None
    hit = (here or earlier)[-1]
    return _unit(amount, "count", f"things named: {hit.entry}", like=_main(hit))


@cache
def _number_words() -> frozenset[str]:
    return frozenset(load("heads")["number_words"].split())


_READERS = (
    _in_dollars,
    _next_unit,
    _echo,
    _labelled,
    _of_those,
    _number_of,
    _as_before,
    _inverted,
    _people_talk,
    _money_talk,
    _named_things,
)
