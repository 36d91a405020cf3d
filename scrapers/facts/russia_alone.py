"""Figures of Russia alone: its harvest and its economy, and all who come to it from abroad."""

from __future__ import annotations

from scrapers.facts.amounts import Quantity
from scrapers.facts.evidence import Passage
from scrapers.facts.named import side_words
from scrapers.facts.parties import Mention, is_central_asian
from scrapers.facts.topic import Topic

_OWN = ("agriculture.volume", "industry.output", "macro.gdp", "macro.growth", "labour.migrants")
_PEOPLE = ("labour.migrants", "tourism.visitors", "education.students", "education.quota", "other")
_MIGRANTS = frozenset(("migrant", "мигрант"))
_MARKS = frozenset((",", ";", ":", "-", "("))


def of_russia_alone(
    passage: Passage, amount: Quantity, indicator: str, near: Mention | None, topic: Topic
) -> bool:
    """Whether only Russia is described."""
    if indicator in _OWN and _russian_own(passage, amount, near):
        return True
    return indicator in _PEOPLE and _all_foreigners(passage, amount, topic)


def _russian_own(passage: Passage, amount: Quantity, near: Mention | None) -> bool:
    """Whether a harvest, an output or an economy is Russia's own."""
    if near is not None and near.first < amount.first:
        return False
    russia = [m for m in passage.parties if m.code == "RU" and m.strong and m.last <= amount.first]
    if not russia:
        return False
    window = passage.lemmas[max(0, russia[-1].first - 3) : russia[-1].last + 5]
    return bool(side_words("russian_own").intersection(window))


def _all_foreigners(passage: Passage, amount: Quantity, topic: Topic) -> bool:
    """As "6 million foreigners are in Russia, most of them from Central Asia"."""
    start = _after_figure(passage, amount)
    end = max(amount.last, *amount.noun, 0) + 3
    people = side_words("from_abroad")
    ours = topic.home or (topic.sole and not topic.russia)
    if not ours:
        people |= _MIGRANTS  # else these are of the release's own state
    reach = range(start, min(end, len(passage.tokens)))
    told = [i for i in reach if passage.lemmas[i] in people]
    if not told or not (_only_russia(passage, told_before=not ours) or _by_russia(topic)):
        return False
    states = [m for m in passage.parties if is_central_asian(m.code) or m.code == "C5"]
    if states and amount.unit == "percent":
        return False  # a part of the foreigners: those of one of ours
    return not any(_belongs(passage, m, max(*told, amount.last)) for m in states)


def _after_figure(passage: Passage, amount: Quantity) -> int:
    """Return where the words of a figure begin: past the clause of the one before it."""
    earlier = max((a.last for a in passage.amounts if a.last <= amount.first), default=0)
    marks = [i + 1 for i in range(earlier, amount.first) if passage.forms[i] in (",", ";", ":")]
    return marks[-1] if marks and earlier else earlier


def _by_russia(topic: Topic) -> bool:
    """Whether a release is on Russia, or by it, and on none of ours."""
    return topic.russia and not topic.home


def _only_russia(passage: Passage, *, told_before: bool) -> bool:
    """Whether Russia is named here, or just before and none of ours with it."""
    codes = {m.code for m in passage.parties if m.strong}
    if "RU" in codes:
        return True
    before = passage.before if told_before else None
    earlier = {m.code for m in before.parties if m.strong} if before else set()
    return not codes and "RU" in earlier and not any(map(is_central_asian, earlier))


def _belongs(passage: Passage, mention: Mention, last: int) -> bool:
    """Whether one of ours is named before the count, or right after it: whose, or where to."""
    if mention.first <= last:
        return mention.kind != "cities"
    between = passage.forms[last : mention.first]
    russia = any(m.code == "RU" and last <= m.first < mention.first for m in passage.parties)
    return len(between) <= 4 and not russia and _MARKS.isdisjoint(between)
