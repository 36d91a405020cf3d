"""Documents that a release names: what was signed, adopted, initialled, ratified or prepared.

Stages: a noun that names a document (`papers.nouns`), its phrase, what was done with it (`deeds`),
its date and the period it covers (`signing`), its parties, and the merging of its mentions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scrapers.facts.deeds import action_of, is_passive
from scrapers.facts.involved import areas_of
from scrapers.facts.lemmas import grammar
from scrapers.facts.lexicon import Hit
from scrapers.facts.paper_dates import own_date, period_of, told_again
from scrapers.facts.papers import Paper, actions, listed, merged, nouns
from scrapers.facts.proposals import proposed_before
from scrapers.facts.reading import Line, Story, is_russian, read
from scrapers.facts.signing import date_of
from scrapers.facts.spans import phrase
from scrapers.facts.words import load
from warehouse.fields import Agreement, Event, Release, content_id

VERSION = "1"
_GATHERINGS = ("summit", "forum", "commission")


def agreements_of(release: Release, events: Sequence[Event]) -> list[Agreement]:
    """Return the documents that a release names, in the order of the text; never raises.

    ``events`` are those that it tells of: what is signed at one is of its day and parties.
    """
    story = read(release)
    papers: list[Paper] = []
    for line in story.lines:
        found = list(_papers(story, line, events))
        if not found and papers and (when := told_again(line)):
            papers[-1] = replace(papers[-1], when=papers[-1].when or when)
        papers += found
    return [_row(story, paper, events) for paper in merged(papers)]


def _papers(story: Story, line: Line, events: Sequence[Event]) -> Iterator[Paper]:
    reached = 0
    for hit in line.find(nouns()):
        if reached and hit.first - reached in (1, 2) and line.forms[reached] in ("to", "к"):
            reached = hit.last  # "a protocol to the Agreement": what it amends
        if hit.first < reached or _never(line, hit):
            continue
        first, last = phrase(line, hit.first, hit.last)
        last = _with_what_for(line, first, _until_next(line, hit, last))
        last = _with_others(line, hit, last)
        paper = _paper(story, line, hit, first, last, events)
        if paper is not None:
            yield paper
            reached = last


def _until_next(line: Line, hit: Hit[str], last: int) -> int:
    """Return where a phrase ends before "and" with another document behind it."""
    for other in line.find(nouns()):
        for i in range(max(hit.last, other.first - 3), other.first):
            if other.first < last and other.value != "package" and line.forms[i] in ("and", "и"):
                return i
    return last


def _with_others(line: Line, hit: Hit[str], last: int) -> int:
    """Return the end of a package of several kinds: "memorandums and contracts"."""
    if not _is_plural(line, hit):
        return last
    for other in line.find(nouns()):
        joined = line.forms[last : last + 1] in (["and"], ["и"], [","])
        if joined and 0 < other.first - last <= 2 and _is_plural(line, other):
            last = phrase(line, other.first, other.last)[1]
    return last


def _is_plural(line: Line, hit: Hit[str]) -> bool:
    form = line.forms[hit.last - 1]
    if is_russian(line.tokens[hit.last - 1]):
        return grammar(form)[4] == "plur"
    return form in load("agreements")["plurals"]


def _with_what_for(line: Line, first: int, last: int) -> int:
    """Return the end of a bare document with what it is of: "agreements were signed on gas"."""
    verb = next((h for h in line.find(actions()) if 1 <= h.first - last <= 2), None)
    bare = last - first == 1 and not is_russian(line.tokens[first])
    if not bare or verb is None or line.forms[verb.last : verb.last + 1] not in _LEADS:
        return last
    end = verb.last + 1
    while end < len(line.tokens) and end - verb.last < _LONGEST:
        if line.forms[end] in _ENDS or line.tokens[end].text in ",;.:()":
            break
        end += 1
    return end


_LONGEST = 16  # tokens of what a bare document is of
_ENDS = frozenset(("which", "that", "during", "following", "after", "before", "while"))
_LEADS = (["on"], ["to"], ["for"], ["between"], ["concerning"])


def _never(line: Line, hit: Hit[str]) -> bool:
    return any(n.first < hit.last and hit.first < n.last for n in line.find(listed("never")))


def _sides(
    story: Story, line: Line, first: int, last: int, events: Sequence[Event]
) -> tuple[list[str], str] | None:
    """Return the parties of a document: its own, else those of the gathering that it came from."""
    sides = areas_of(story, line, first, last)
    if sides is None or sides[1].startswith(("its own", "body", "bloc of the line")):
        return sides
    if sides[1] == "its line":
        return sides
    start = line.tokens[first].start
    before = [e for e in events[:1] if e.start <= start and e.type in _GATHERINGS]
    if not before:
        return sides
    return before[0].areas, f"of the {before[0].type}"


def _paper(
    story: Story, line: Line, hit: Hit[str], first: int, last: int, events: Sequence[Event]
) -> Paper | None:
    sides = _sides(story, line, first, last, events)
    done = action_of(story, line, first, last, hit)
    if sides is None or done is None:
        return None
    action, rule, when = done
    if proposed_before(line, hit.first) and not is_passive(line, last):
        own = own_date(line, first, last)
        if own is None:
            return None
        action, rule, when = "signed", "its date", own
    kind = _type(line, hit, first)
    period = period_of(line, first, last)
    rules = {"type": hit.entry, "action": rule, "areas": sides[1]}
    return Paper(line, first, last, hit.first, kind, action, when, period, tuple(sides[0]), rules)


def _type(line: Line, hit: Hit[str], first: int) -> str:
    """Return the type of a document: several at once, or a counted number, are a package."""
    many = any(line.forms[i] in load("agreements")["plurals"] for i in range(hit.first, hit.last))
    if is_russian(line.tokens[hit.first]):
        counted = line.tokens[max(0, hit.first - 1)].kind == "number"
        before = line.keys[max(0, hit.first - 3) : hit.first]
        plural = grammar(line.forms[hit.last - 1])[4] == "plur"
        many = plural or counted or any(w in load("agreements")["quantities"] for w in before)
    if many and hit.value in load("agreements")["packs"]:
        return "package"
    return hit.value


def _row(story: Story, paper: Paper, events: Sequence[Event]) -> Agreement:
    release = story.release
    iso, rule = date_of(story, paper, events)
    rules = paper.rules | {"date": rule}
    return Agreement(
        agreement_id=content_id(
            release.release_id, "agreement", paper.start, paper.end, paper.type
        ),
        release_id=release.release_id,
        source=release.source,
        url=release.url,
        language=release.language,
        published=release.published,
        type=paper.type,
        action=paper.action,
        date=iso,
        areas=list(paper.areas),
        period=paper.period,
        quote=release.text[paper.start : paper.end],
        start=paper.start,
        end=paper.end,
        rules=json.dumps(rules, ensure_ascii=False, sort_keys=True),
        extractor_version=VERSION,
    )
