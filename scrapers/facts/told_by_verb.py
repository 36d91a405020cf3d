"""Numbers whose noun is left out, because a verb, a colon or a row says whose they are.

"Another 40 were enrolled", "420 flights: 240 by one side", "32 у одной, шесть у другой".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapers.facts.amounts import Quantity
from scrapers.facts.cues import allowed_for, head_words
from scrapers.facts.evidence import Passage
from scrapers.facts.lemmas import CYRILLIC, grammar
from scrapers.facts.said import Said, of_scale, with_unit

_THAT_IS = re.compile(
    r"[-–—,(]\s*(?:а\s+)?(?:это|то\s+есть|или|or|that\s+is,?|i\.e\.,?|which\s+is|which\s+means)\s+\W*$"
)
_FALLS_TO = frozenset(("прийтись", "приходиться", "составить", "составлять"))
_ANOTHER = re.compile(r"(?<![^\W_])(?:another|(?:a\s+)?further|an\s+additional|еще)\s+\W*$")


def in_other_words(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "18% of the students, that is more than 60,000": the part told before, counted."""
    one = said[-1] if said else None
    if one is None or one.amount.unit != "percent" or amount.value < 20:
        return None
    here = one.amount.start >= passage.ctx.sentence.start
    if not here or not _THAT_IS.search(_until(passage, amount)):
        return None
    if one.indicator not in allowed_for("count"):
        return None
    return with_unit(amount, "count", "in other words", like=one.indicator)


def parts_after_colon(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "105 projects are on: 41 completed, 64 in progress": parts of what was counted."""
    colon = next((i for i in range(amount.first - 1, -1, -1) if passage.forms[i] == ":"), None)
    if colon is None or amount.scale > 1 or amount.form not in ("digits", "words"):
        return None
    start = passage.ctx.sentence.start
    whole = [s for s in said if s.amount.start >= start and s.amount.last <= colon]
    if not whole or whole[-1].amount.unit != "count" or ";" in passage.forms[colon : amount.first]:
        return None
    if not 1 < amount.value < whole[-1].amount.value / whole[-1].amount.scale:
        return None
    if amount.first - colon > 1 and passage.forms[amount.first - 1] not in (",", "and", "и", "-"):
        return None
    return of_scale(amount, whole[-1], "parts after a colon")


def predicated(passage: Passage, amount: Quantity, said: Sequence[Said]) -> Quantity | None:
    """As "1,950 were deported", "ещё 40 зачислены": a verb tells of those told of before."""
    if amount.scale > 1 or amount.form not in ("digits", "words") or amount.value in (0, 1):
        return None
    if amount.value != int(amount.value):
        return None
    before = passage.forms[amount.first - 1] if amount.first else ""
    if amount.last >= len(passage.forms) or before in ("-", *head_words("not_those")):
        return None
    last = next((s for s in reversed(said) if s.amount.unit == "count"), None)
    if amount.value <= 100 and said and said[-1].amount.unit == "percent":
        return None  # "54 percent went there; the other 46 came here"
    told = last and (_ANOTHER.search(_until(passage, amount)) or _by_so_many(passage, amount))
    told = (
        told
        or _in_row(passage, amount, last)
        or (last is not None and last is said[-1] and _done(passage, amount))
        or (bool(said) and last is said[-1] and _ends_row(passage, amount, last))
    )
    if not _verb_at(passage, amount.last) and not told:
        return None
    if last is None:
        rough = amount.form == "words" or amount.value < 20
        return None if rough else with_unit(amount, "count", "a verb follows")
    if amount.form == "words" and amount.value < 20:
        return with_unit(amount, "count", "a verb follows", like=last.indicator)
    return of_scale(amount, last, "a verb follows")


def _done(passage: Passage, amount: Quantity) -> bool:
    """As "за три года открыто семь": the verb stands before, and nothing after."""
    if passage.forms[amount.last] not in (".", ",", ";") or not amount.first:
        return False
    before = passage.lemmas[amount.first - 1]
    return before not in _FALLS_TO and _told_by(passage.forms[amount.first - 1])


def _ends_row(passage: Passage, amount: Quantity, last: Said | None) -> bool:
    """As "three a week, from December five.": the last of those told of in a sentence."""
    if last is None or last.amount.start < passage.ctx.sentence.start or not amount.first:
        return False
    ends = passage.forms[amount.last] in (".", ";")
    return ends and passage.forms[amount.first - 1] not in ("of", "из", "the", "by", "на")


def _told_by(form: str) -> bool:
    return bool(CYRILLIC.search(form)) and grammar(form)[1] in ("VERB", "PRTS")


def _by_so_many(passage: Passage, amount: Quantity) -> bool:
    """As "на 19 больше", "sixty more than": a change of those counted before."""
    return passage.forms[amount.last] in head_words("more_or_less")


def _in_row(passage: Passage, amount: Quantity, last: Said | None) -> bool:
    """As "32 у одной компании, шесть у другой": told as the number before is."""
    if last is None or last.amount.start < passage.ctx.sentence.start:
        return False
    row = passage.forms[last.amount.last : amount.first]
    part = amount.value < last.amount.value and 0 < len(row) <= 12 and row[-1] == ","
    if part and passage.forms[amount.last] in head_words("inside"):
        return True  # "nine schools are to be built, three by autumn"
    return (
        0 < len(row) <= 9
        and row[-1] in (",", ";", "and", "и", "а", "-")
        and row[0] == passage.forms[amount.last]
        and row[0] in head_words("inside")
    )


def _until(passage: Passage, amount: Quantity) -> str:
    return passage.ctx.folded[: passage.ctx.at(amount.start)]


def _verb_at(passage: Passage, i: int) -> bool:
    if passage.forms[i] in head_words("already") and i + 1 < len(passage.forms):
        i += 1
    form = passage.forms[i]
    return _told_by(form) or form in head_words("verbs") or form.endswith("ed")
