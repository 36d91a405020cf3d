"""The other side of a figure: Russia, a pair of neighbours, or nobody, as for a country's whole."""

from __future__ import annotations

import re

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.named import side_words
from scrapers.facts.parties import BLOCS, Mention, both_sides, is_central_asian
from scrapers.facts.seen import Seen, Sides
from scrapers.facts.topic import Topic

_ALONE = ("macro.gdp", "macro.growth")
_WITH = frozenset(("with", "с", "со", "to", "в", "во"))
_WHOLE_TRADE = ("trade.turnover", "trade.exports", "trade.imports")
_FOREIGN_TRADE = re.compile(r"foreign trade|external trade|внешнеторгов|внешней торговли?")
_ALL = re.compile(
    r"all\s+(?:the\s+)?countries|the\s+whole\s+world|(?:всех|всеми|всем)\s+стран|всего\s+мира"
)
_INSIDE = re.compile(
    r"with\s+each\s+other|among\s+(?:themselves|(?:the\s+)?member)|(?:within|inside)\s+the|intra-|"
    r"между\s+собой|друг\s+с\s+другом|внутри|в\s+рамках\s+(?:союза|еаэс)"
)
_OTHERS = re.compile(
    r"(?:and\s+(?:from\s+)?other|и\s+(?:из\s+)?других)\s+(?:countries|states|стран|государств)"
)
_OF_WHICH = re.compile(
    r"(?<!\w)(?:of\s+(?:which|this|that|these|them)|including|из\s+(?:них|которых|этой\s+суммы)|"
    r"в\s+том\s+числе)(?!\w)"
)
_OF_IT = re.compile(r"\s*of\s+(?:it|this|which|that|the\s+(?:sum|total|money))(?!\w)")
_OWN_OUTPUT = re.compile(
    r"(?:\bown|domestic)\s+(?:gas\s+|oil\s+)?(?:output|production)|"
    r"(?:сво(?:ей|я|ю|его|е)|собственн\w+|внутренн\w+)\s+(?:добыч|производств|выработк)"
)
_BACK = re.compile(
    r"обратн\w+ (?:сторон|направлени|пут)|навстречу|в ответ|взаимност|opposite direction|other way"
    r"|in the other direction|in return|reciprocat"
)
_PAIRED = ("trade.", "labour.", "tourism.")  # as often with the whole world as with Russia
# Totals that a text tells before it comes to the part that is Russia's.
_ABROAD = ("labour.", "tourism.", "education.students")
_TOTALS = ("labour.remittances", "trade.agri", "agriculture.")


def partner_of(
    passage: Passage,
    amount: Quantity,
    area: str,
    topic: Topic,
    indicator: str,
    speaker: str | None,
    seen: Seen,
) -> str | None:
    """Return Russia, or None where it has no part in the figure."""
    if indicator in _ALONE:
        return None
    named = any(m.code == "RU" for m in passage.parties)
    if not named and indicator in _WHOLE_TRADE and _foreign_trade(passage):
        return None
    if _OWN_OUTPUT.search(passage.ctx.folded) and not named:
        return None
    if area in BLOCS and area != "C5":
        return "RU" if _of_bloc_and_russia(passage) else None
    if indicator.startswith((*_TOTALS, *_ABROAD)) and _before_its_part(passage, amount):
        return None
    if named or passage.find(both_sides()):
        return "RU"
    if _of_all(passage, indicator):
        return None
    if seen.lists(passage, area, indicator):
        return "RU"
    if seen.last and seen.follows(passage, indicator):
        if seen.last[1] == "RU":
            return "RU"
        if seen.last == (area, None) and indicator.startswith(_PAIRED):
            return None
    before = passage.before
    told = before is not None and any(m.code == "RU" for m in before.parties)
    if told and before and before.ctx.sentence.paragraph == passage.ctx.sentence.paragraph:
        return "RU"
    by_russia = topic.russia and not topic.home  # its own count of those of many states
    by_russia = by_russia or bool(topic.russia and side_words("firm") & set(passage.lemmas))
    if _BACK.search(passage.ctx.folded) and seen.russia:
        return "RU"  # "the other way, half a million went"
    if _national(passage, indicator) and not speaker and not by_russia:
        return None
    yet_to_come = topic.anywhere and not indicator.startswith(_TOTALS)
    return "RU" if topic.russia or seen.russia or yet_to_come or speaker else None


def _before_its_part(passage: Passage, amount: Quantity) -> bool:
    """As "$2.4 billion, of which 2.2 from Russia", "from Russia and other countries"."""
    russia = [m.first for m in passage.parties if m.code == "RU"]
    if _OTHERS.search(passage.ctx.folded):
        return True
    part = next((a for a in passage.amounts if a.first >= amount.last), None)
    if part is None or not russia or min(russia) < amount.first:
        return False
    if not {",", ";", "("}.intersection(passage.forms[amount.last : min(russia)]):
        return False  # "600,000 of them are in Russia and 30,000 in Kazakhstan"
    folded, ctx = passage.ctx.folded, passage.ctx
    told = _OF_WHICH.search(folded[ctx.at(amount.end) : ctx.at(part.start)])
    words = side_words("all_countries") | side_words("foreigners")
    abroad = words.intersection(passage.lemmas[: part.first]) and "percent" not in (
        amount.unit,
        part.unit,
    )
    return bool(told or abroad or _OF_IT.match(folded[ctx.at(part.end) :]))


def _of_bloc_and_russia(passage: Passage) -> bool:
    """Whether a bloc's figure is with Russia: it is a side, and no official's who speaks."""
    if _INSIDE.search(passage.ctx.folded):
        return False
    return any(m.code == "RU" and not _official(passage, m) for m in passage.parties)


def _official(passage: Passage, mention: Mention) -> bool:
    """As "Russian Deputy Prime Minister Overchuk said", "премьер РФ", "Putin noted"."""
    if mention.kind == "people":
        return True
    beside = passage.lemmas[mention.last : mention.last + 4]
    beside += passage.lemmas[max(0, mention.first - 3) : mention.first]
    return bool(side_words("officials").intersection(beside))


def _of_all(passage: Passage, indicator: str) -> bool:
    """Whether a sentence without Russia counts what comes from all countries."""
    words = side_words("all_countries" if indicator != "tourism.visitors" else "foreigners")
    if _ALL.search(passage.ctx.folded):
        return True
    return bool(words.intersection(passage.lemmas))


def with_bloc(passage: Passage, amount: Quantity) -> str | None:
    """As "its trade with the EAEU states": with all of them, though Russia be named later on."""
    for mention in passage.parties:
        if mention.code not in BLOCS or mention.code == "C5":
            continue
        before = passage.forms[max(0, mention.first - 4) : mention.first]
        first, last = sorted((mention.first, amount.first))
        between = passage.forms[first:last]
        russia = any(m.code == "RU" and first <= m.first < last for m in passage.parties)
        near = last - first <= 14 and ";" not in between and not russia
        if near and _with_russia_after(passage, amount):
            continue
        if near and _WITH.intersection(before):
            return mention.code
    return None


def _with_russia_after(passage: Passage, amount: Quantity) -> bool:
    """As "$4.5 billion, of which 3.2 was with Russia": the part has its own partner."""
    after = passage.forms[amount.last : amount.last + 4]
    russia = any(m.code == "RU" and 0 <= m.first - amount.last < 4 for m in passage.parties)
    return russia and not {",", ";"}.intersection(after) and bool(_WITH.intersection(after))


def pair_before(passage: Passage) -> Sides | None:
    """As "trade between the two countries" after a sentence on two states of the region."""
    before = passage.before
    if before is None or not passage.find(both_sides()):
        return None
    if any(m.code == "RU" for m in (*passage.parties, *before.parties)):
        return None
    named = list(dict.fromkeys(m.code for m in before.parties if m.strong))
    if len(named) != 2 or not all(map(is_central_asian, named)):
        return None
    return named[0], named[1]


def _foreign_trade(passage: Passage) -> bool:
    """Whether a sentence tells of a country's whole trade, or of that with a bloc."""
    bloc = any(m.code in BLOCS and m.code != "C5" for m in passage.parties)
    if passage.find(both_sides()):
        return bloc
    return bloc or bool(_FOREIGN_TRADE.search(passage.ctx.folded))


def _national(passage: Passage, indicator: str) -> bool:
    """Whether a sentence without Russia tells of a country's whole: its output, its trade."""
    lemmas = set(passage.lemmas)
    if lemmas & side_words("whole") or any(
        m.code in BLOCS and m.code != "C5" for m in passage.parties
    ):
        return True
    if side_words("of_the_host").intersection(lemmas):
        return False
    own = any(m.strong and is_central_asian(m.code) for m in passage.parties)
    return indicator in side_words("national") and (own or bool(lemmas & side_words("country")))
