"""Dates that other lines give an event: "it took place in May", "earlier that day"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.facts.mentions import Mention, mentioned, one_of_words, words
from scrapers.facts.reading import Line, Story
from scrapers.facts.setting import date_of, dates_events
from scrapers.facts.when import When


def when_of(story: Story, mention: Mention, beside: Sequence[Mention]) -> When | None:
    """Return the date of an event: of its line, of the next one, or of the list that it ends."""
    if mention.type == "visit" and mention.line.has(one_of_words("returning")):
        return None  # "on 28 May he returned from a visit"
    when = date_of(mention, beside) or _of_that_day(story, mention)
    return when or _told_next(story, mention) or _listed_on(story, mention)


def _of_that_day(story: Story, mention: Mention) -> When | None:
    """Return the date before, where a line leads back: "earlier that day", "during the visit"."""
    line = mention.line
    if line.has(one_of_words("that_day"), 0, min(8, len(line.tokens))):
        told = (w for other in _before(line, 4) for w in reversed(other.dates) if dates_events(w))
        return next((w for w in told if len(w.iso.split("/")[0]) == len("2025-10-09")), None)
    if mention.type == "visit" or not line.has(
        one_of_words("on_visit"), 0, min(4, len(line.tokens))
    ):
        return None
    told = (w for other in _before(line, 1) for w in other.dates if "/" in w.iso)
    return next((w for w in told if dates_events(w)), None)


def _before(line: Line, count: int) -> Iterator[Line]:
    """Yield the lines before a line, the nearest first."""
    other = line.before
    for _ in range(count):
        if other is None:
            return
        yield other
        other = other.before


def _told_next(story: Story, mention: Mention) -> When | None:
    """Return the date that the next sentence gives: "It took place in April"."""
    line = mention.line
    if line is story.title or line.number + 1 >= len(story.lines):
        return None
    following = story.lines[line.number + 1]
    start = min(5, len(following.tokens))
    points_back = bool(following.keys) and following.keys[0] in words("pronouns")
    settled = following.has(one_of_words("settled"), 0, start + 2)
    if settled or (points_back and following.has(one_of_words("happened"), 0, start)):
        return next((w for w in following.dates if dates_events(w)), None)
    return None


def _listed_on(story: Story, mention: Mention) -> When | None:
    """Return the year of the line before, where this one goes on with its list of occasions."""
    line = mention.line
    if line is story.title or mention.type not in _OCCASIONS or line.before is None:
        return None
    before = line.before
    told = [w for w in before.dates if w.rule in _YEARS]
    if line.dates or before.turn is not line.turn or len(told) != len(before.dates):
        return None
    if mention.last - mention.first < 2:
        return None  # bare "exhibitions"
    return told[-1] if told and mentioned(before) else None


_OCCASIONS = frozenset(("other", "exhibition", "ceremony", "conference"))


_YEARS = frozenset(("this_year", "last_year", "next_year"))
