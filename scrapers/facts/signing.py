"""When a document was signed, and the period that it covers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from scrapers.facts.lexicon import Hit
from scrapers.facts.mentions import Mention, mentioned
from scrapers.facts.papers import Paper, actions, listed, nouns
from scrapers.facts.reading import Line, Story, is_russian
from scrapers.facts.setting import day_of
from scrapers.facts.told import number_of
from scrapers.facts.when import When, ahead
from scrapers.facts.words import load
from warehouse.fields import Event

JUBILEE = "a jubilee of it"  # the rule of a signing whose anniversary is kept
GATHERINGS = ("summit", "forum", "commission", "conference")
ASSUMED = "day of the release"  # the rule of a date that no text tells
_SPAN = re.compile(r"\d{4}/\d{4}")


def own_date(line: Line, first: int, last: int) -> When | None:
    """Return the date that stands in a document's name or right after it ("of 6 July 1998")."""
    for when in line.dates:
        i = line.at(when.start)
        inside = first - 1 <= i < last + 2 and "(" not in line.forms[first:i]
        told = inside and _is_date(when) and not _is_ahead(line, when)
        if told and not _covers(line, i, when) and _dates(line, i, first):
            return when
    return None


def _is_ahead(line: Line, when: When) -> bool:
    """Whether a year is still to come: "the 2028 programme" ends in it."""
    return line.published is not None and when.iso[:4] > str(line.published.year)


def _dates(line: Line, i: int, first: int) -> bool:
    """Whether a date inside a phrase is that of the document: "of 6 July", "the 1993 treaty"."""
    before = line.forms[i - 1] if i else ""
    adjective = is_russian(line.tokens[first]) and any(h.last == i for h in line.find(nouns()))
    return before in ("of", "from", "dated", "от") or i <= first + 1 or adjective


def _is_date(when: When) -> bool:
    return when.kind in ("day", "at", "weekday") and not _SPAN.fullmatch(when.iso)


def _covers(line: Line, i: int, when: When) -> bool:
    """Whether a period is what a document covers: "for 2026", "на второе полугодие"."""
    before = line.forms[max(0, i - 1) : i + 1]
    if any(key in load("agreements")["dated_for"] for key in line.keys[max(0, i - 2) : i]):
        return False  # "is planned for May"
    return any(f in ("for", "на", "until", "till", "до") for f in before) or "/" in when.iso


def date_near(line: Line, verb: Hit[str]) -> When | None:
    """Return the date of a verb: the nearest in its line."""
    best: tuple[int, When] | None = None
    for when in line.dates:
        i = line.at(when.start)
        if not _is_date(when) or _covers(line, i, when):
            continue
        stretch = line.forms[min(i, verb.first) : max(i, verb.first)]
        if any(f in (";", "which", "where", "которая", "которые", "который") for f in stretch):
            continue
        if (
            _of_another(line, when)
            or _of_other_verb(line, verb, i)
            or stretch.count("(") > stretch.count(")")
        ):
            continue
        gap = len(stretch) + 5 * stretch.count(",") if i > 3 else min(6, len(stretch))
        if gap <= (12 if len(when.iso) == 4 else 30) and (best is None or gap < best[0]):
            best = (gap, when)
    return best[1] if best else None


def _of_other_verb(line: Line, verb: Hit[str], i: int) -> bool:
    """Whether another thing was done on a date: "ratified the treaty, signed in Moscow on …"."""
    low, high = sorted((i, verb.first))
    between = [h for h in line.find(actions()) if low < h.first < high]
    return any(h.value in ("signed", "ratified") and h.value != verb.value for h in between)


def _of_another(line: Line, when: When) -> bool:
    """Whether a date stands right before a noun of documents: "last year's contract"."""
    i = line.at(when.end - 1) + 1
    return any(0 <= h.first - i <= 1 for h in line.find(nouns()))


def period_of(line: Line, first: int, last: int) -> str | None:
    """Return the period that a document covers."""
    if (years := _years(line, first, last)) is not None:
        return years
    since = next((w.iso for w in line.dates if w.kind == "since"), None)
    until = next((w.iso for w in line.dates if w.kind == "by" and w.said), None)
    if since and until and line.has(listed("in_force")):
        return f"{since.split('/')[0]}/{until}"
    for when in line.dates:
        i = line.at(when.start)
        whole = _SPAN.fullmatch(when.iso) and when.kind in ("at", "since", "by")
        others = any(last <= h.first <= i for h in line.find(nouns()))
        before = line.forms[max(0, i - 1) : i + 1]
        year = len(when.iso) == len("2025") and (when.kind == "at" or "на" in before)
        reach = 20 if (whole or year) and _FOR.intersection(before) else 3
        near = first <= i < last + reach and not others
        if near and (whole or ((year or when.kind == "at") and _covers(line, i, when))):
            return when.iso
    return None


_FOR = frozenset(("for", "in", "на", "until"))


def _years(line: Line, first: int, last: int) -> str | None:
    """Return what "the five-year contract of 2019" covers."""
    counts = load("agreements")["years"]
    spans = [counts[k] for k in line.keys[first:last] if k in counts]
    begins = [w.iso for w in line.dates if first <= line.at(w.start) < last and len(w.iso) == 4]
    return f"{begins[0]}/{int(begins[0]) + spans[0]}" if spans and begins else None


def told_again(line: Line) -> When | None:
    """Return the date that a line gives to the document told before: "The paper was signed …"."""
    anaphor = line.has(listed("anaphors"), 0, min(3, len(line.tokens)))
    verbs = [h for h in line.find(actions()) if h.value in ("signed", "adopted", "initialled")]
    if anaphor is None or not verbs or verbs[0].first > 8:
        return None
    return date_near(line, verbs[0])


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
        told = next((w for w in reversed(other.dates) if _is_date(w) and len(w.iso) > 4), None)
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
