"""Events that a release tells of: what was held, when, where, by whom, and whether it has been.

The stages in their order: mentions of each line, what is told of each (`_tell`), which of them are
told in passing (`_counts`), and the merging of what is one event (`scrapers.facts.occasions`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from scrapers.facts.involved import areas_of
from scrapers.facts.lexicon import Phrases
from scrapers.facts.mentions import Mention, mentioned, one_of_words, words
from scrapers.facts.occasions import Told, merged
from scrapers.facts.outcome import OF_RESULTS, status_of
from scrapers.facts.parties import is_central_asian
from scrapers.facts.proposals import proposed_before
from scrapers.facts.reading import Line, Story, is_russian, one_of, read
from scrapers.facts.setting import date_of, dates_events, place_of
from scrapers.facts.when import When
from scrapers.facts.words import load
from warehouse.fields import Event, Release, content_id

VERSION = "1"
_QUOTES = frozenset(("«", "“", '"'))
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
        if told is not None and _counts(told):
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
    when = _when(story, mention, beside)
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
        definite=_definite(mention) or _thanked(mention),
        named=_named(mention),
        opens=not _leans_back(mention, when),
        beside=line.has(_beside()) is not None,
        realised=_has_been(mention),
        rules={"type": mention.rule, "areas": sides[1], "status": status_rule},
    )


def _of_two(mention: Mention, areas: Sequence[str]) -> Mention:
    """Return a meeting of ministers as talks where two states meet, and no more."""
    ministers = any(word in mention.rule for word in ("minister", "министр"))
    if mention.type != "conference" or not ministers or len(areas) != 2 or "C5" in areas:
        return mention
    return replace(mention, type="talks")


def _when(story: Story, mention: Mention, beside: Sequence[Mention]) -> When | None:
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


def _counts(told: Told) -> bool:
    """Whether an event is told for its own sake, and not in passing."""
    mention, line = told.mention, told.mention.line
    if line.has(one_of_words("passing"), max(0, mention.first - 2), mention.head + 1):
        return told.when is not None and told.named
    if line.has(one_of_words("audiences"), mention.head, min(len(line.tokens), mention.last + 4)):
        return False
    if _wished(mention) or (mention.rule in words("openings") and not _is_occasion(mention)):
        return False
    if mention.how == "verb":
        return _verb_counts(told)
    if told.rules["status"] == OF_RESULTS and mention.ordinal:
        return True
    if told.lead or told.when is not None or _thanked(mention):
        return True
    if mention.type in ("talks", "visit", "call"):
        named = told.rules["areas"] != "topic of the release"
        both = told.rules["areas"] in _BOTH
        if both and line.turn is None and (_has_been(mention) or _paid(mention)):
            return True
        return told.definite or (_realised(mention) and (named or line.turn is not None))
    return told.definite or _comes_about(told)


def _verb_counts(told: Told) -> bool:
    """A verb counts where it leads the release, or is dated and names both sides itself."""
    rule = told.mention.rule
    if told.lead or told.mention.type == "ceremony" or rule in words("telling"):
        return True
    line = told.mention.line
    if told.rules["areas"] in _BOTH and line.turn is None and told.status == "held":
        return True
    near = told.when is not None and _is_near(told.when, line)
    completed = told.rules["areas"] in ("its line and the release", "topic of the release")
    completed = completed and not (near and _names_a_side(told.mention))
    alone = completed and told.mention.type != "visit" and not rule.startswith("we ")
    return told.when is not None and not alone


def _names_a_side(mention: Mention) -> bool:
    """Whether a verb's object speaks for one of our states: "met with the premier of Russia"."""
    return any(mention.first <= m.first < mention.last for m in mention.line.parties)


_BOTH = ("its own words", "its line")
_DAYS = 10


def _is_near(when: When, line: Line) -> bool:
    """Whether a date is a day of the days before the release."""
    if len(when.iso) != 10 or line.published is None:
        return False
    return 0 <= (line.published - date.fromisoformat(when.iso)).days <= _DAYS


def _wished(mention: Mention) -> bool:
    """Whether an event is only proposed: that is an initiative."""
    cue = proposed_before(mention.line, mention.head)
    if cue is None:
        return False
    held = mention.line.has(one_of_words("holding"), cue.first, mention.first + 1)
    return held is not None or mention.first - cue.last <= 2


def _is_occasion(mention: Mention) -> bool:
    """Whether a line tells of an opening as of an event, and not of a thing that opens."""
    line = mention.line
    return (
        line.has(one_of_words("occasions"), max(0, mention.first - 10), mention.first) is not None
    )


def _thanked(mention: Mention) -> bool:
    return mention.line.has(one_of_words("thanks"), 0, mention.last) is not None


def _realised(mention: Mention) -> bool:
    """Whether somebody is told to have had it: "had a very detailed conversation"."""
    line = mention.line
    return line.has(one_of_words("having"), max(0, mention.first - 4), mention.first) is not None


def _paid(mention: Mention) -> bool:
    """Whether a visit is told by who pays it, and of what rank: "Rahmon’s state visit to"."""
    keys = mention.line.keys[max(0, mention.first - 2) : mention.last]
    return mention.type == "visit" and any(key in words("ranks") for key in keys)


def _has_been(mention: Mention) -> bool:
    """Whether a verb beside an event says that it took place."""
    line = mention.line
    low, high = max(0, mention.first - 4), min(len(line.tokens), mention.last + 5)
    return line.has(one_of_words("happened"), low, high) is not None


def _comes_about(told: Told) -> bool:
    """Whether a verb beside an event says that it takes place, and its phrase says which it is."""
    mention, line = told.mention, told.mention.line
    low, high = max(0, mention.first - 8), min(len(line.tokens), mention.last + 12)
    if line.has(one_of_words("listing"), 0, mention.first) and mention.last - mention.head > 1:
        return True
    verb = line.has(one_of_words("happened"), low, high) or line.has(
        one_of_words("future"), low, high
    )
    quoted = any(line.tokens[i].text in _QUOTES for i in range(mention.first, mention.last))
    if told.named and (quoted or mention.ordinal):
        return True
    if told.rules["areas"].startswith("body") and mention.type == "summit":
        return True
    which = mention.ordinal or told.named or mention.last - mention.first > 2
    return bool(verb and which)


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
