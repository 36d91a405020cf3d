"""The parties that a text has named so far, and whether a sentence may be about ours."""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.facts.clues import PARTY, REGION
from scrapers.facts.evidence import Passage
from scrapers.facts.named import names_russia, strong_parties
from scrapers.facts.parties import THIRD, is_central_asian, region
from scrapers.facts.topic import Topic

Sides = tuple[str, str | None]
BETWEEN_OTHERS = "between others"


@dataclass
class Seen:
    """The parties named so far."""

    area: str | None = None
    away: int = 9
    russia: bool = False
    since: int = 99  # sentences since one of our states or blocs was named
    last: Sides | None = None  # of the figure before, what it measures, and its sentence
    indicator: str = ""
    place: int = -1
    apart: tuple[int, str] = (-1, "")  # sentence and indicator of the last figure of others

    def sentence(self, passage: Passage) -> None:
        """Take in a sentence that has been read."""
        self.russia = self.russia or names_russia(passage)
        if not passage.clues & PARTY:
            self.away, self.since = self.away + 1, self.since + 1
            return
        strong = strong_parties(passage)
        ours = {c for c in strong if is_central_asian(c) or c == "C5"}
        self.away += 1
        self.since = 0 if any(c != "RU" and c != THIRD for c in strong) else self.since + 1
        if len(ours) == 1:
            self.area, self.away = ours.pop(), 1
        elif len(ours) >= 3:
            self.area, self.away = "C5", 1

    def figure(self, passage: Passage, sides: Sides, indicator: str) -> None:
        self.area, self.away = sides[0], 0
        self.last, self.indicator, self.place = sides, indicator, passage.ctx.sentence.start

    def figure_of_others(self, passage: Passage, indicator: str) -> None:
        self.apart = passage.ctx.sentence.start, indicator

    def goes_on_with_others(self, passage: Passage, indicator: str) -> bool:
        """As "China's trade with Uzbekistan came to 14 billion. It grew by 9 percent"."""
        before, place = passage.before, passage.ctx.sentence.start
        if self.apart[1] != indicator or names_russia(passage):
            return False
        if self.apart[0] == place and self.place != place:
            return True
        alone = before is not None and self.apart[0] == before.ctx.sentence.start
        return alone and self.place < self.apart[0] and not passage.named

    def lists(self, passage: Passage, area: str, indicator: str) -> bool:
        """As "Uzbekistan received 4.5 billion" after what Tajikistan did from Russia."""
        if self.last is None or self.last[1] != "RU" or self.indicator != indicator:
            return False
        if not any(m.code == area and m.strong for m in passage.parties):
            return False
        before = passage.before
        near = {passage.ctx.sentence.start, before.ctx.sentence.start if before else -1}
        return self.last[0] != area and self.place in near

    def follows(self, passage: Passage, indicator: str) -> bool:
        """Whether a sentence goes on, in one paragraph, with what the figure before measures."""
        before = passage.before
        if self.indicator != indicator or self.last is None:
            return False
        if self.place == passage.ctx.sentence.start:
            return True
        if before is None or self.place != before.ctx.sentence.start:
            return False
        return before.ctx.sentence.paragraph == passage.ctx.sentence.paragraph


def may_be_ours(passage: Passage, topic: Topic, seen: Seen) -> bool:
    """Whether `sides_of` may give any figure of a sentence sides: if not, none need be read."""
    if not (topic.third or topic.passing) or any(code != "RU" for code, _ in passage.named):
        return True
    if topic.third and not names_russia(passage):
        return False
    if not topic.passing or seen.since <= 1:
        return True
    return bool(passage.clues & REGION and passage.find(region()))
