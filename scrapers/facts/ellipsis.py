"""Numbers that leave their unit unsaid, as an earlier or later one has said it.

"Exports came to 2 bln 300 mln", "another 8,000 study at branches", "против 39,5 тысячи", "мощностью
240 и 360 МВт", "their number is already 15". A number that no rule here explains is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scrapers.facts.amounts import Quantity
from scrapers.facts.cues import cues, head_words, heads
from scrapers.facts.evidence import Passage
from scrapers.facts.said import Said, with_unit
from scrapers.facts.thing_named import (
    inverted,
    labelled,
    named_things,
    number_of,
    people_talk,
    placed,
)
from scrapers.facts.told_by_verb import in_other_words, parts_after_colon, predicated
from scrapers.facts.unit_before import (
    as_before,
    echo,
    goes_on,
    of_those,
    part_of_those,
    scaled_as,
)

_DOLLARS = re.compile(
    r",?\s*(?:also\s+|again\s+|тоже\s+|также\s+)?(?:in|в)\s+(?:us\s+)?(?:dollars|доллар)"
)
_OF_THOSE = re.compile(r"из\s+(?:них|которых)|of\s+(?:them|whom|which)|including|в\s+том\s+числе")
_ROW = re.compile(r"\s*(?:,|and|и|or|или|еще|раз|также|then|затем|потом|\s|/)+\s*")
_BY = re.compile(r"\s*(?:,|and|и|а|then|затем|потом|by|на|\s)+\s*")
_YEAR = (1900, 2100)


def complete(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """Return the amount with the unit that the passage gives it, None where it gives none.

    ``said``: the figures of this sentence so far and of the one or two before it, oldest first.
    """
    if amount.unit == "percent":
        return part_of_those(passage, amount, said)
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
    if amount.scale >= 1e9:
        return with_unit(amount, "USD", "billions", noun=())  # "50 миллиардов инвестиций"
    start = passage.ctx.sentence.start
    here = [s for s in said if s.amount.start >= start and s.amount.unit != "count"]
    found = scaled_as(passage, amount, here) if here else None
    return replace(found, noun=()) if found else amount


def _year_like(passage: Passage, amount: Quantity) -> bool:
    return (
        amount.form == "digits"
        and amount.scale == 1
        and _YEAR[0] <= amount.value <= _YEAR[1]
        and passage.tokens[amount.first].text.isdigit()
    )


def _in_dollars(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "three billion in 2023, also in dollars"."""
    after = passage.ctx.folded[passage.ctx.at(amount.end) :]
    if amount.scale >= 1e6 and re.search(_DOLLARS, after[:40]):
        return with_unit(amount, "USD", "in dollars")
    return None


def _next_unit(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "240, 360 and 360 MW": the unit stands after the last of a row."""
    end = amount.end
    for other in passage.amounts:
        if other.lead < end:
            continue
        between = passage.ctx.folded[passage.ctx.at(end) : passage.ctx.at(other.lead)]
        if not (_ROW.fullmatch(between) or (other.unit == "percent" and _BY.fullmatch(between))):
            return None
        if other.unit == "percent" and (
            amount.scale > 1 or amount.value > 150 or "или" in between or "or" in between
        ):
            return None
        if other.unit and other.unit != "count":
            small = amount.scale == 1 and amount.value < 1000
            factor = other.scale if small else 1.0
            return with_unit(
                amount,
                other.unit,
                "unit of the next",
                value=amount.value * factor,
                step=amount.step * factor,
            )
        end = other.end
    return None


def _money_talk(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """Billions in talk of trade are dollars."""
    if amount.scale < 1e6:
        return None
    if amount.scale >= 1e9:
        return with_unit(amount, "USD", "billions")
    for part in (passage, passage.before):
        if part and any(
            name.startswith(("trade.", "investment.", "labour.rem", "agreements.value"))
            for hit in part.find(cues())
            for name, weight in hit.value
            if weight >= 4
        ):
            return with_unit(amount, "USD", "billions in talk of trade")
    return None


def _drawn(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "the fair is to draw 12,000": those whom an event brings together."""
    verbs = {passage.lemmas[i] for i in range(max(0, amount.first - 2), amount.first)}
    if "of" in verbs and verbs & head_words("bodies"):
        return with_unit(amount, "count", "a body of so many", like="events.participants")
    if amount.scale > 1e6 or amount.value < 10 or not verbs & head_words("drawing"):
        return None
    events = (
        name.startswith("events.") and weight >= 4
        for hit in passage.find(cues())
        for name, weight in hit.value
    )
    return with_unit(amount, "count", "drawn", like="events.participants") if any(events) else None


def _hired(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "the plant employs 530", "на заводе занято 530": those at work there."""
    verbs = set(passage.lemmas[max(0, amount.first - 2) : amount.first])
    if amount.scale > 1e6 or amount.value < 10 or not verbs & head_words("hiring"):
        return None
    return with_unit(amount, "count", "hired", like="other")


def _own_subject(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "84 рейса. Побратимов у города шесть": among counts, what stands first is counted."""
    if not said or said[-1].amount.unit != "count" or amount.value != int(amount.value):
        return None
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    if passage.forms[amount.first - 1] in head_words("inside") or _OF_THOSE.search(before[-40:]):
        return None
    own = inverted(passage, amount, said)
    return own if own and not placed(passage, own.noun[0]) else None


_READERS = (
    _in_dollars,
    _next_unit,
    echo,
    parts_after_colon,
    labelled,
    of_those,
    in_other_words,
    _drawn,
    _hired,
    predicated,
    number_of,
    _own_subject,
    as_before,
    inverted,
    goes_on,
    people_talk,
    _money_talk,
    named_things,
)
