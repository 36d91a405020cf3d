"""What kind of number a figure is: level, growth, multiple, increment or share; and its sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.evidence import Passage, nearness
from scrapers.facts.lexicon import Phrases, phrases
from scrapers.facts.words import load

_BY = re.compile(
    r"(?<![^\W_])(?:by|на)\s+(?:a\s+|an\s+|another\s+|еще\s+|целых\s+|as\s+much\s+as\s+|рекордные\s+)?$"
)
_OF = re.compile(
    r"\s*(?:of|от|из|in\s+the\s+total)\b(?!\s+(?:growth|рост))"
    r"|\s*(?:всего|всей|всех|общего|общей|совокупного|внешней|валового|мирового|российского)\s+[а-я]+"
    r"|\s*(?:ввп|экспорта|импорта|ввоза|вывоза|товарооборота|оборота|рынка|потребност\w+|поставок"
    r"|торговли|переводов|инвестиций|населения|выпуска|добычи)(?![^\W_])"
)
_MORE = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(more|less|fewer|higher|lower|above|below|up|down|larger|smaller|ahead|greater|increase|growth|rise|gain|"
    r"decline|decrease|drop|fall|reduction|больше|меньше|выше|ниже|рост|прирост|прироста|роста|increment|contraction|slump|jump|surge|year-on-year|yoy|y-o-y|"
    r"более|менее|превыша\w+|к\s+(?:уровню|прошл\w+|аналогичн\w+|соответствующ\w+|показател\w+|предыдущ\w+)|г/г|в\s+годовом\s+выражении|лучше|хуже|быстрее|дороже|дешевле)(?![^\W_])"
)
_ABOVE = re.compile(r"\s*(?:above|below)\s+(?:what|the\s+(?:level|figure|result|previous)|last)")
_THAN = frozenset(("more", "less", "fewer", "больше", "меньше", "выше", "ниже"))
_SET_UP = frozenset(("put", "set", "make", "take", "pick", "bring", "build", "draw", "open"))
_PART = re.compile(r"(?<![^\W_])(?:част[ьи]|част(?:ью|ей)|дол[яию]|долей)(?![^\W_])")
_NOT_ADDED = frozenset(("to", "до", "with", "by", ":", ";"))
_OR_PERCENT = re.compile(
    r"^,?\s*(?:or|или)\s+[^.;()]{1,25}?(?:percent|per cent|%|процент\w*)(?:,|$)"
)
_SHARE_NOUNS = frozenset(("shar", "доля", "proportion", "удельный"))


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, whether the change is a fall, and the word that decided."""

    name: str
    falling: bool
    rule: str


def measure_of(passage: Passage, amount: Quantity, last: str | None = None) -> Measure:
    """Return the measure of an amount. ``last``: that of the last percentage of the passage."""
    folded = passage.ctx.folded
    after = folded[passage.ctx.at(amount.end) :]
    inner = folded[passage.ctx.at(amount.start) : passage.ctx.at(amount.end)]
    before = folded[: passage.ctx.at(amount.start)]
    by = bool(_BY.search(before)) or bool(re.match(r"(?:[^\d]*\s)?(?:by|на)\s", inner))
    way, strength, word = _direction(passage, amount)
    if amount.sign and amount.unit in ("percent", "percent_points"):
        return Measure("growth", amount.sign < 0, "sign")
    if amount.unit == "times":
        return Measure(
            "multiple", way == "down" or _fewer(after), f"unit times, {word or 'no verb'}"
        )
    if amount.unit == "percent_points":
        return Measure("increment", way == "down", "percentage points")
    if amount.unit == "percent":
        return _of_percent(passage, amount, by, after, (way, strength, word), last)
    if _added(passage, amount, after):
        return Measure("increment", _fewer(after), "more than before")
    left, left_word = _before(passage, amount)
    if left and by and left > (0.6 if amount.unit == "count" else 0.45):
        return Measure("increment", way == "down", f"by, {left_word}")
    if amount.unit != "count" and (grown := _change_told(passage, amount)):
        return Measure("increment", grown[0] == "down", grown[1])
    if (added := _adds(passage, amount)) is not None:
        return Measure("increment", False, added)
    return Measure("level", False, "no change told")


def _adds(passage: Passage, amount: Quantity) -> str | None:
    """As "trade added $300 million", "добавили 40 мест": a change told by its verb."""
    for i in range(max(0, amount.first - 3), amount.first):
        told = passage.forms[i + 1 : amount.first]
        if passage.lemmas[i] in _adding() and not _NOT_ADDED.intersection(told):
            return passage.forms[i]
    return None


@cache
def _adding() -> frozenset[str]:
    return frozenset(load("measures")["adding"].split())


def _added(passage: Passage, amount: Quantity, after: str) -> bool:
    """As "four more branches", "$500 million more", "4,100 more than a year earlier"."""
    more = _MORE.match(_OR_PERCENT.sub("", after))
    if more and (more[1] in _THAN or (more[1] in ("higher", "lower") and amount.unit in MONEY)):
        return True
    first = passage.forms[amount.noun[0]] if amount.noun else ""
    inner = passage.ctx.folded[passage.ctx.at(amount.start) : passage.ctx.at(amount.end)]
    if first in ("more", "additional", "extra") or re.search(r"\d[^.]* more \w+$", inner):
        return True
    return amount.unit != "count" and bool(_ABOVE.match(after)) and amount.bound == "exact"


def _before(passage: Passage, amount: Quantity) -> tuple[float, str]:
    """Return how near a word of change stands before a number, and the word."""
    best, word = 0.0, ""
    for hit in passage.find(_ways()):
        if hit.value in ("up", "down") and hit.last <= amount.first:
            if hit.entry == "up" and passage.lemmas[hit.first - 1] in _SET_UP:
                continue
            near = nearness(passage, hit.first, hit.last, amount)
            if near > best and not _bounds_number(passage, hit.first, hit.last, amount):
                best, word = near, hit.entry
    return best, word


def _of_percent(
    passage: Passage,
    amount: Quantity,
    by: bool,
    after: str,
    change: tuple[str, float, str],
    last: str | None,
) -> Measure:
    way, strength, word = change
    inner = passage.ctx.folded[passage.ctx.at(amount.start) : passage.ctx.at(amount.end)]
    if amount.rules.get("value") == "every n-th" or (not by and _PART.search(inner)):
        return Measure("share", False, "a part")
    more = _MORE.match(after)
    if more:
        return Measure("growth", more[1] in _falling(), f"{more[1]} after")
    share, share_word = _strongest(passage, amount, "share")
    if by and way:
        return Measure("growth", way == "down", f"by, {word}")
    if not by and _named_share(passage, amount):
        return Measure("share", False, "share")
    if (grown := _change_told(passage, amount)) is not None:
        return Measure("growth", grown[0] == "down", grown[1])
    if _OF.match(after):
        share, share_word = share + 0.75, share_word or "of"
    if by and not share_word:
        return Measure("growth", False, "by")
    if _level_after(passage, amount):
        share += 0.5
    if way and strength > share:
        return Measure("growth", way == "down", word)
    if last == "growth" and not share_word and amount.form != "fraction":
        return Measure("growth", False, "as the percentage before")
    return Measure("share", False, share_word or "percent of something")


def _change_told(passage: Passage, amount: Quantity) -> tuple[str, str] | None:
    """As "рост составил 5,1%", "growth came to 6.4 percent": a change told by its noun."""
    earlier = [a.last for a in passage.amounts if a.last <= amount.first]
    start = max(earlier, default=0)
    for hit in passage.find(_ways()):
        if hit.value not in ("up", "down") or not start <= hit.first < amount.first:
            continue
        told = passage.forms[hit.last : amount.first]
        noun = passage.lemmas[hit.first] in _changes()
        if noun and len(told) <= 6 and _amounts_to().intersection(told) and ";" not in told:
            return hit.value, f"{hit.entry} {' '.join(told)}"
    return None


@cache
def _changes() -> frozenset[str]:
    return frozenset(load("measures")["changes"].split())


@cache
def _amounts_to() -> frozenset[str]:
    return frozenset(load("measures")["amounts_to"].split())


def has_share(passage: Passage) -> bool:
    return any(hit.value == "share" for hit in passage.find(_ways()))


def _named_share(passage: Passage, amount: Quantity) -> bool:
    """As "its share is falling: 87% in 2022": a share, whichever way it goes."""
    named = [i for i in range(amount.first) if passage.lemmas[i] in _SHARE_NOUNS]
    if not named:
        return False
    between = passage.forms[named[-1] : amount.first]
    others = any(named[-1] <= a.first < amount.first for a in passage.amounts)
    return ";" not in between and (not others or ":" in between)


def _level_after(passage: Passage, amount: Quantity) -> bool:
    """As "rose to 15 percent", "достигла 90 процентов": where a share has come to."""
    before = passage.ctx.folded[: passage.ctx.at(amount.start)]
    return bool(
        re.search(
            r"(?<![^\W_])(?:to|reach\w*|at|достиг\w*|до|состави\w+|stood|hit|from|с|со)\s+"
            r"(?:\W*(?:as much as|as many as|почти|уже|as high as)\s+)?\W*$",
            before,
        )
    )


def _fewer(after: str) -> bool:
    match = _MORE.match(after)
    return bool(match and match[1] in _falling())


def _direction(passage: Passage, amount: Quantity) -> tuple[str, float, str]:
    """Return ("up" or "down" or "", how near its word stands, the word)."""
    up, up_word = _strongest(passage, amount, "up")
    down, down_word = _strongest(passage, amount, "down")
    if not up and not down:
        return "", 0.0, ""
    return ("down", down, down_word) if down > up else ("up", up, up_word)


def _strongest(passage: Passage, amount: Quantity, way: str) -> tuple[float, str]:
    best, word = 0.0, ""
    for hit in passage.find(_ways()):
        if hit.value != way or _bounds_number(passage, hit.first, hit.last, amount):
            continue
        near = nearness(passage, hit.first, hit.last, amount)
        if near > best:
            best, word = near, hit.entry
    return best, word


def _bounds_number(passage: Passage, first: int, last: int, amount: Quantity) -> bool:
    """Whether a word is part of a number's own bound ("more than", "свыше")."""
    return any(
        a.first <= first < a.last and not _verb_inside(passage, first) for a in passage.amounts
    )


def _verb_inside(passage: Passage, first: int) -> bool:
    return passage.forms[first] in ("doubled", "doubling", "удвоился", "удвоилась")


@cache
def _ways() -> Phrases[str]:
    lexicon = load("measures")
    return phrases(
        (word.replace("_", " "), way)
        for way in ("up", "down", "share")
        for word in lexicon[way].split()
    )


@cache
def _falling() -> frozenset[str]:
    return frozenset(load("measures")["falling_after"].split())
