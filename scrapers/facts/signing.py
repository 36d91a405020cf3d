"""When a document was signed: what its line tells, else the event that it was signed at."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scrapers.facts.mentions import Mention, mentioned
from scrapers.facts.paper_dates import is_date
from scrapers.facts.papers import Paper, actions, listed
from scrapers.facts.reading import Line, Story
from scrapers.facts.setting import day_of
from scrapers.facts.told import number_of
from scrapers.facts.when import When, ahead
from scrapers.facts.words import load
from warehouse.fields import Event

JUBILEE = "a jubilee of it"  # the rule of a signing whose anniversary is kept


GATHERINGS = ("summit", "forum", "commission", "conference")


ASSUMED = "day of the release"  # the rule of a date that no text tells


def date_of(story: Story, paper: Paper, events: Sequence[Event]) -> tuple[str | None, str]:
    if paper.when is not None:
        iso = ahead(paper.when, story.published) if paper.action == "prepared" else paper.when.iso
        if paper.when.kind == "since":
            iso = iso.split("/")[0]
        return iso, f"its line: {paper.when.rule}"
    if paper.rules["action"] in ("in force", JUBILEE):
        return None, "none told"
    if paper.action == "prepared":
        here = _is_here(paper) or _we_will(paper)
        return _of_event(story, paper, events) if here else (None, "none told")
    if paper.line.turn is not None and not paper.line.has(listed("now")):
        return None, "none told"
    if (then := _then(paper.line)) is not None:
        return then.iso, "of the line before"
    if _is_past(paper):
        return None, "some time before"
    return _of_event(story, paper, events)


def _then(line: Line) -> When | None:
    """Return the date before, where "back then" or "that day" leads back to it."""
    back = line.has(listed("then"), 0, min(4, len(line.tokens)))
    other, told = line.before, None
    for _ in range(_BACK if back else 0):
        if other is None or told is not None:
            break
        told = next((w for w in reversed(other.dates) if is_date(w) and len(w.iso) > 4), None)
        other = other.before
    return told


_BACK = 4  # lines in which such a date may stand


def _is_here(paper: Paper) -> bool:
    """Whether what is still to be signed is to be signed at the release's own event."""
    return paper.line.has(listed("here")) is not None


def _we_will(paper: Paper) -> bool:
    """Whether a speaker tells what "we will sign": on the day of the talk."""
    return paper.line.turn is not None and paper.line.has(listed("we_will")) is not None


def _is_past(paper: Paper) -> bool:
    """Whether an undated document is told to be older than the release: "earlier, … signed"."""
    line = paper.line
    hits = line.find(listed("before_now"))
    verbs = [h for h in line.find(actions()) if h.entry == paper.rules["action"]]
    return any(h.first <= 1 or any(0 <= v.first - h.last <= 1 for v in verbs) for h in hits)


def _of_visit(paper: Paper, held: Sequence[Event]) -> str | None:
    """Return the date of the visit in whose course a document was signed: of several days, their
    month.
    """
    named = paper.line.has(listed("visits")) and not paper.line.has(listed("gatherings"))
    alone = all(e.type == "visit" and '"its line' in e.rules for e in held)
    if not named and not alone:
        return None
    visit = next(
        (e.date for e in held if e.type == "visit" and e.start <= paper.line.sentence.end), None
    )
    if visit is None or "/" not in visit:
        return visit
    first, last = visit.split("/")
    return last[:7] if first[:7] == last[:7] else visit


def _own_event(paper: Paper, events: Sequence[Event]) -> Event | None:
    """Return the gathering that a document's own words or line name: "adopted at the forum"."""
    line = paper.line
    for mention in mentioned(line):
        inside = paper.first <= mention.first < paper.last
        if mention.type not in GATHERINGS or not (inside or _at(mention)):
            continue
        number = number_of(mention.ordinal)
        for event in events:
            same = event.type == mention.type and event.ordinal == number
            if (same and inside) or event.start < mention.end <= event.end:
                return event
        if mention.ordinal is None and mention.last - mention.first == 1:
            told = [e for e in events if e.type == mention.type and e.start < paper.start]
            return told[-1] if told else None
    return None


def _is_coming(event: Event, paper: Paper) -> bool:
    """Whether an event at which a document may be signed is to come."""
    fits = event.type in ("talks", "visit", *GATHERINGS) and event.areas == list(paper.areas)
    return event.status == "scheduled" and bool(event.date) and fits


def _at(mention: Mention) -> bool:
    """Whether a line puts what it tells at a gathering: "at the forum", "по итогам саммита"."""
    before = mention.line.keys[max(0, mention.first - 2) : mention.first]
    return any(key in load("agreements")["at"] for key in before)


def _of_event(story: Story, paper: Paper, events: Sequence[Event]) -> tuple[str | None, str]:
    """Return the date of the event at which a document was signed: the release's own."""
    status = "held"
    if paper.action == "prepared" and any(_is_coming(e, paper) for e in events):
        status = "scheduled"
    held = [e for e in events if e.status == status and e.date and e.areas == list(paper.areas)]
    if visit := _of_visit(paper, held):
        return visit, "of the visit"
    if (event := _own_event(paper, events)) is not None:
        return event.date, f"of the {event.type}" if event.date else "as its event, undated"
    near = [e for e in held if e.type != "visit" and e.start <= paper.end]
    for event in (*near[:1], *(e for e in held if e.type != "visit")):
        told = json.loads(event.rules).get("date") != ASSUMED
        return event.date, f"of the {event.type}" if told else ASSUMED
    return day_of(story), ASSUMED
