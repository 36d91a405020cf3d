"""Numbers with the unit, and often the scale, of a figure said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.cues import allowed_for, heads
from scrapers.facts.evidence import Passage
from scrapers.facts.lemmas import grammar
from scrapers.facts.said import Said, of_scale, with_unit

_OF_THEM = re.compile(
    r"\s*(?:of\s+(?:them|whom|which|these|those)|из\s+(?:них|которых|этих))(?![^\W_])"
)
_OF_IT = re.compile(
    r"\s*(?:of\s+(?:it|this|that|the\s+(?:sum|total|amount|money))|(?:от|из)\s+(?:этого|этой\s+суммы|него|нее))(?![^\W_])"
)
_INSTEAD = re.compile(
    r"(?:instead\s+of|rather\s+than|against|versus|vs\.?|compared\s+(?:to|with)|up\s+from|down\s+from|вместо|против|with\s+another|"
    r"another|the\s+other|the\s+remaining|остальные|:|there\s+(?:are|were|is)|it\s+will\s+be|will\s+be|all|еще|from|to|с|до|was|было|и|more\s+than\s+the)\s+(?:only\s+|just\s+|barely\s+|already\s+|всего\s+|лишь\s+|только\s+|уже\s+)?\W*$"
)
_BY = re.compile(r"(?<![^\W_])(?:by|на)\s+$")
_THAN = re.compile(r"\s*(?:more|less|fewer|higher|lower|больше|меньше|выше|ниже)(?![^\W_])")
_NUMBERED = re.compile(
    r"(?:numbered|totall?ed|(?<!\w)or|(?<!\w)или|то\s+есть|that\s+is,?|насчиталось|набралось)\s+\W*$"
)
_OPENS = re.compile(r"(?:^|[,;:—–]|(?<!\w)(?:and|while|и|а|но|but))\s*$")
_VERB = re.compile(
    r"\s+(?:were|was|are|is|have|had|has|did|do|will|went|came|received|got|took|chose|left"
    r"|были|было|получили|получило|уехали|вернулись|приехали|прибыли|остались)(?![^\W_])"
)
_FROM_TO = re.compile(r"(?<![^\W_])(?:from|to|с|со|до)\s+$")
_RATHER = re.compile(
    r"\s*(?:вместо|против|instead\s+of|against|compared\s+(?:to|with)|versus)(?![^\W_])"
)
_PRICE = re.compile(r"стоимост|обойд|cost|price|сумм|worth|invest|инвестиц|вложен")
_AMONG = re.compile(
    r"(?:из\s+(?:них|которых|этих)|of\s+(?:them|which|these|whom)|among\s+them|including"
    r"|в\s+том\s+числе)(?:\s+(?:уже|only|just|already|[а-я]+(?:н|на|но|ны|ет|ют|ит|ят|ло|ли|ых|их)))?\W*$"
)


_OUT_OF = re.compile(r"^\W*(?:out\s+)?of\s+(?:the|those|these|its|our|some|about)\s.*,\s*$")


def echo(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "Nine, yes": a number of the turn before said again."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if amount.first > 1 or not re.match(r"\s*(?:[,.!?…]|$)", after):
        return None
    for one in reversed(said):
        like = one.amount
        if like.value == amount.value:
            return with_unit(amount, like.unit, "said again", like=one.indicator)
        if like.scale > 1 and like.value / like.scale == amount.value:
            return with_unit(
                amount,
                like.unit,
                "said again",
                like=one.indicator,
                value=like.value,
                scale=like.scale,
                step=like.step,
            )
    return None


def of_those(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "67 projects, of them thirty-eight are done"."""
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if amount.scale > 1 or not (_AMONG.search(before) or _OUT_OF.search(before)):
        return None
    last = next((s for s in reversed(said) if s.amount.unit == "count"), None)
    return of_scale(amount, last, "of those") if last else None


def part_of_those(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity:
    """As "61,000 study there, 40 percent of them free of charge": a part of those counted."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    counts = [s for s in said if s.amount.unit == "count"] if _OF_THEM.match(after) else []
    whole = said if _OF_IT.match(after) else []
    last = next(reversed([*counts, *whole]), None)
    return replace(amount, like=last.indicator) if last and not amount.like else amount


def as_before(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """Take the unit of the last figure said that is of a like size."""
    start = passage.ctx.sentence.start
    here = [s for s in said if s.amount.start >= start]
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if _OF_THEM.match(after):
        last = next((s for s in reversed(said) if s.amount.unit == "count"), None)
        if last is None and any(s.amount.unit not in MONEY for s in said):
            return None  # a part of the tonnes said before
        return with_unit(amount, "count", "of them", like=last.indicator if last else "")
    if amount.scale >= 1000:
        return scaled_as(passage, amount, here) or scaled_as(passage, amount, said)
    if not here and not _INSTEAD.search(before):
        return None
    return _plain_as(passage, amount, here or said, before, after)


def _grouped(passage: Passage, amount: Quantity) -> bool:
    """Whether thousands are set apart, as in no telephone number."""
    written = passage.ctx.folded[passage.ctx.at(amount.start) : passage.ctx.at(amount.end)]
    return amount.value >= 1000 and not re.search(r"(?<!\d)\d{4,}(?!\d)", written)


def goes_on(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "Those who returned numbered 512,000. Some 29,000 were refused entry": as those before."""
    counts = [s for s in reversed(said) if s.amount.unit == "count"]
    last = next((s for s in counts if _alike(amount.value, s.amount.value)), None)
    if last is None or amount.value < 100 or amount.form == "fraction":
        return None
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    told = bool(_NUMBERED.search(before) or (_VERB.match(after) and _OPENS.search(before)))
    told = told or bool(_grouped(passage, amount) and re.match(r"\s*[.,;)]", after))
    if not told:
        return None
    return with_unit(amount, "count", "goes on about those before", like=last.indicator)


def scaled_as(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
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
            return with_unit(amount, unit, "unit of the figure before", like=one.indicator)
    return None


def _of_years(passage: Passage, amount: Quantity) -> bool:
    """As "not in 20 years but in 35": a number after a number of years."""
    close = passage.forms[max(0, amount.first - 8) : amount.first]
    small = amount.scale == 1 and amount.value <= 100
    return small and bool({"years", "лет", "months", "месяцев"}.intersection(close))


def _thing_between(passage: Passage, last: Quantity, amount: Quantity) -> int | None:
    """As "23 thousand firms, and of large projects more than 60": what a number counts itself."""
    if not passage.ctx.russian or amount.scale > 1 or amount.start - last.end < 12:
        return None
    named = [h for h in passage.find(heads()) if last.last < h.first and h.last <= amount.first]
    for hit in named:
        counted = grammar(passage.forms[hit.last - 1])[2] == "gent"
        if counted and max(weight for _, weight in hit.value) >= 4:
            return hit.first
    return None


def _plain_as(
    passage: Passage, amount: Quantity, said: Sequence[Said], before: str, after: str
) -> Quantity | None:
    """A number without scale: where it ends a clause, is bounded, or stands against another."""
    if amount.sign:
        told = any(s.amount.unit == "percent" for s in said)
        return with_unit(amount, "percent", "signed as the percentages are") if told else None
    inside = _in_brackets(passage, amount)
    open_ones = [s for s in said if inside or not _in_brackets(passage, s.amount)]
    if re.search(r":\s*$", before):
        open_ones = [s for s in open_ones if s.amount.unit != "percent"] or open_ones
    one = next(reversed(open_ones), None)
    if one is None or not re.match(r"\s*(?:$|[,.;:)\"»”(?!-]|—|–|[a-zа-я])", after):
        return None
    if _of_years(passage, amount):
        return None
    if one.amount.unit == "count" and (thing := _thing_between(passage, one.amount, amount)):
        return with_unit(amount, "count", "the thing stands first", noun=(thing,))
    unit, scale = one.amount.unit, one.amount.scale
    ends = bool(re.match(r"\s*(?:$|[,.;)»”\"]|\(|- )", after)) or _goes_on(before, after)
    more = bool(_BY.search(before) and _THAN.match(after))
    by = more or (unit == "percent" and bool(_BY.search(before))) or bool(_RATHER.match(after))
    still = unit == "count" and bool(re.match(r"\s+more(?![^\W_])", after))
    told = amount.bound != "exact" or bool(_INSTEAD.search(before)) or ends or by or still
    few = amount.form == "words" and amount.value < 20
    if few and not _INSTEAD.search(before) and not by and not still:
        return None
    if unit == "times" and one.indicator in allowed_for("count") and _FROM_TO.search(before):
        return with_unit(amount, "count", "from and to of those counted", like=one.indicator)
    if not told or unit == "times":
        return None
    if unit == "percent" and (amount.value > 150 or amount.scale > 1):
        return None
    if unit in MONEY or unit not in ("percent", "count"):
        if amount.value == 0:
            return with_unit(amount, unit, "unit of the figure before", like=one.indicator)
        if scale >= 1000 and amount.value < 1000 and _alike(amount.value, one.amount.value / scale):
            return with_unit(
                amount,
                unit,
                "unit and scale of the figure before",
                value=amount.value * scale,
                scale=scale,
                step=amount.step * scale,
                like=one.indicator,
            )
        told = ends or bool(_INSTEAD.search(before))
        if (
            unit not in MONEY
            and (scale == 1 or amount.value > 20)
            and told
            and _alike(amount.value, one.amount.value)
        ):
            return with_unit(amount, unit, "unit of the figure before", like=one.indicator)
        return None
    if unit == "count":
        return of_scale(amount, one, "unit of the figure before")
    return with_unit(amount, unit, "unit of the figure before", like=one.indicator)


def _goes_on(before: str, after: str) -> bool:
    """As "27 billion with Kazakhstan, 10 with Uzbekistan": a row that leaves the unit unsaid."""
    return bool(_ROW.search(before) and _PARTNER.match(after))


_ROW = re.compile(r"(?:[,;]|(?<![^\W_])(?:and|и|а))\s*$")
_PARTNER = re.compile(r"\s+(?:with|to|from|с|со|из)\s")


def _in_brackets(passage: Passage, amount: Quantity) -> bool:
    if amount.start < passage.ctx.sentence.start:
        return False
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    return before.count("(") > before.count(")")


def _alike(a: float, b: float) -> bool:
    return 0.02 <= (a + 1e-9) / (b + 1e-9) <= 50
