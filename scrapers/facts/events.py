"""Events that a release tells of: what was held, when, where, by whom, and whether it has been.

The stages in their order: mentions of each line, what is told of each (`_tell`, with `told_dates`
and `setting`), which are told in passing (`counting`), and the merging of what is one event
(`occasions`, `whole`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from scrapers.facts.counting import counts, has_been, is_thanked
from scrapers.facts.involved import areas_of
from scrapers.facts.lexicon import Phrases
from scrapers.facts.mentions import Mention, mentioned, words
from scrapers.facts.occasions import merged
from scrapers.facts.outcome import OF_RESULTS, status_of
from scrapers.facts.parties import is_central_asian
from scrapers.facts.reading import Line, Story, is_russian, one_of, read
from scrapers.facts.setting import place_of
from scrapers.facts.told import Told
from scrapers.facts.told_dates import when_of
from scrapers.facts.when import When
from scrapers.facts.words import load
from warehouse.fields import Event, Release, content_id

VERSION = "1"


LEAD = 3  # lines that tell what a release is about


def extract_events(release: Release) -> list[Event]:
    """Return the events that a release tells of, in the order of the text; never raises."""
    story = read(release)
    told = [t for line in (story.title, *story.lines) for t in _told(story, line)]
    return [_row(release, event) for event in merged(story, told)]


def _told(story: Story, line: Line) -> Iterator[Told]:
    found = mentioned(line)
    for mention in found:
        told = _tell(story, mention, found)
        if told is not None and counts(told):
            yield told


def _tell(story: Story, mention: Mention, beside: Sequence[Mention]) -> Told | None:
    """Return what a line tells of an event, None where it is none of ours."""
    line = mention.line
    sides = areas_of(story, line, mention.first, mention.last)
    if mention.type in ("talks", "call", "visit") and sides and _is_of_a_bloc(sides):
        sides = _two_sides(story, line) or (None if sides[1] == "bloc of the release" else sides)
    if sides is None and mention.ordinal in words("leaning"):
        sides = [], "of its series"
    if sides is None:
        return None
    when = when_of(story, mention, beside)
    status, status_rule = status_of(mention, when, story.published)
    mention = _of_two(mention, sides[0])
    lead = line is story.title or (line.number < _lead(story) and line.turn is None)
    if status_rule == OF_RESULTS:
        lead, when = False, when if when and mention.start <= when.start < mention.end else None
    return Told(
        mention=mention,
        areas=tuple(sides[0]),
        when=when,
        place=place_of(mention, beside),
        status=status,
        lead=lead,
        titular=line is story.title,
        definite=_definite(mention) or is_thanked(mention),
        named=_named(mention),
        opens=not _leans_back(mention, when),
        beside=line.has(_beside()) is not None,
        realised=has_been(mention),
        rules={"type": mention.rule, "areas": sides[1], "status": status_rule},
    )


def _of_two(mention: Mention, areas: Sequence[str]) -> Mention:
    """Return a meeting of ministers as talks where two states meet, and no more."""
    ministers = any(word in mention.rule for word in ("minister", "министр"))
    if mention.type != "conference" or not ministers or len(areas) != 2 or "C5" in areas:
        return mention
    return replace(mention, type="talks")


def _lead(story: Story) -> int:
    """Return how many lines lead a release: those of its dateline ("Osh. 4 May.") do not count."""
    short = [len(line.tokens) <= 4 for line in story.lines[:4]]
    return LEAD + next((i for i, dateline in enumerate(short) if not dateline), 0)


def _is_of_a_bloc(sides: tuple[list[str], str]) -> bool:
    return sides[1] == "bloc of the release" or sides[1].startswith("body")


def _two_sides(story: Story, line: Line) -> tuple[list[str], str] | None:
    """Return who meets at the gathering of a bloc: those of the line, and who was told last."""
    said = {m.code for m in line.parties if m.kind in ("state", "people")}
    before = [
        m.code
        for other in (line.before, line)
        if other
        for m in other.parties
        if m.kind in ("state", "people")
    ]
    states = [c for c in before if is_central_asian(c)]
    if "RU" in said and states:
        return sorted({states[-1], "RU"}), "who was told last"
    titled = {m.code for m in story.title.parties if m.kind in ("state", "people")}
    ours = {c for c in titled if is_central_asian(c)}
    if line.number < LEAD and not said and "RU" in titled and len(ours) == 1:
        return sorted({*ours, "RU"}), "who stands in the title"
    return None


@cache
def _beside() -> Phrases[str]:
    return one_of(load("settings")["beside"])


def _definite(mention: Mention) -> bool:
    if any(key in words("definite") for key in mention.before):
        return True
    line, first = mention.line, mention.first
    bare = mention.last - first == 1 and is_russian(line.tokens[first])
    return bare and any(key in words("pointing") for key in line.keys[max(0, first - 1) : first])


def _leans_back(mention: Mention, when: When | None) -> bool:
    """Whether a phrase only points back ("the forum"): it adds to an event, and tells none."""
    if not _definite(mention) or when is not None or mention.ordinal:
        return False
    keys = mention.line.keys[mention.first : mention.last]
    bare = sum(key not in words("definite") for key in keys) == 1
    return bare and mention.type not in ("ceremony", "visit")


def _named(mention: Mention) -> bool:
    """Whether the phrase holds a proper name: a quoted one, or a capital inside the sentence."""
    line = mention.line
    for i in range(mention.first, mention.last):
        text = line.tokens[i].text
        if text in ("«", "“", '"'):
            return True
        if i > 0 and text[0].isupper() and line.tokens[i].kind == "word":
            return True
    return False


def _start(mention: Mention) -> int:
    """Return where the quote begins: that of a visit told by a verb takes in who pays it."""
    line, first = mention.line, mention.first
    if mention.how != "verb" or mention.type != "visit":
        return mention.start
    while first > 0 and mention.first - first < _SUBJECT and line.tokens[first - 1].kind == "word":
        if line.forms[first - 1] in _CLAUSE:
            break
        first -= 1
    while first < mention.first and line.forms[first] in ("the", "a", "an"):
        first += 1
    return line.tokens[first].start


_SUBJECT = 8  # words of who pays a visit, before its verb


_CLAUSE = frozenset(("and", "who", "which", "that", "where", "as", "when", "и", "который", "где"))


def _row(release: Release, told: Told) -> Event:
    mention = told.mention
    start = _start(mention)
    return Event(
        event_id=content_id(release.release_id, "event", mention.start, mention.end, mention.type),
        release_id=release.release_id,
        source=release.source,
        url=release.url,
        language=release.language,
        published=release.published,
        type=mention.type,
        date=told.iso,
        place=told.place,
        areas=list(told.areas),
        status=told.status,
        ordinal=told.number,
        name=" ".join(sorted(told.name)) or None,
        quote=release.text[start : mention.end],
        start=start,
        end=mention.end,
        rules=json.dumps(told.rules, ensure_ascii=False, sort_keys=True),
        extractor_version=VERSION,
    )
