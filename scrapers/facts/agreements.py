"""Documents that a release names: what was signed, adopted, initialled, ratified or prepared.

Stages: a noun that names a document (`_nouns`), its phrase, what was done with it (`_action`), its
date and the period it covers, its parties, and the merging of its mentions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from scrapers.facts.involved import areas_of
from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.proposals import proposed_before
from scrapers.facts.reading import Line, Story, exact, is_russian, one_of, read
from scrapers.facts.setting import day_of
from scrapers.facts.spans import phrase
from scrapers.facts.tokens import grammar
from scrapers.facts.when import When, ahead
from scrapers.facts.words import load
from warehouse.fields import Agreement, Event, Release, content_id

VERSION = "1"
_GATHERINGS = ("summit", "forum", "commission")
ASSUMED = "day of the release"  # the rule of a date that no text tells
_REACH = 22  # tokens between a document and the verb that tells its fate
_SPAN = re.compile(r"\d{4}/\d{4}")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document at tokens ``first`` to ``last`` of a line, and what the line says of it."""

    line: Line
    first: int
    last: int
    head: int
    type: str
    action: str
    when: When | None
    period: str | None
    areas: tuple[str, ...]
    rules: dict[str, str]

    @property
    def start(self) -> int:
        return self.line.tokens[self.first].start

    @property
    def end(self) -> int:
        return self.line.tokens[self.last - 1].end

    @property
    def words(self) -> frozenset[str]:
        inside = range(self.first, self.last)
        kept = (self.line.keys[i][:6] for i in inside if self.line.tokens[i].kind == "word")
        return frozenset(w for w in kept if len(w) > 3)


def agreements_of(release: Release, events: Sequence[Event]) -> list[Agreement]:
    """Return the documents that a release names, in the order of the text; never raises.

    ``events`` are those that it tells of: what is signed at one is of its day and parties.
    """
    story = read(release)
    papers: list[Paper] = []
    for line in story.lines:
        found = list(_papers(story, line, events))
        if not found and papers and (when := _told_again(line)):
            papers[-1] = replace(papers[-1], when=papers[-1].when or when)
        papers += found
    return [_row(story, paper, events) for paper in _merged(papers)]


def _told_again(line: Line) -> When | None:
    """Return the date that a line gives to the document told before: "The paper was signed …"."""
    anaphor = line.has(_list("anaphors"), 0, min(3, len(line.tokens)))
    verbs = [h for h in line.find(_actions()) if h.value in ("signed", "adopted", "initialled")]
    if anaphor is None or not verbs or verbs[0].first > 8:
        return None
    return _date_near(line, verbs[0])


def _papers(story: Story, line: Line, events: Sequence[Event]) -> Iterator[Paper]:
    reached = 0
    for hit in line.find(_nouns()):
        if reached and hit.first - reached in (1, 2) and line.forms[reached] in ("to", "к"):
            reached = hit.last  # "a protocol to the Agreement": what it amends
        if hit.first < reached or _never(line, hit):
            continue
        first, last = phrase(line, hit.first, hit.last)
        paper = _paper(story, line, hit, first, last, events)
        if paper is not None:
            yield paper
            reached = last


def _never(line: Line, hit: Hit[str]) -> bool:
    return any(n.first < hit.last and hit.first < n.last for n in line.find(_list("never")))


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
    done = _action(story, line, first, last, hit)
    if sides is None or done is None:
        return None
    action, rule, when = done
    if proposed_before(line, hit.first) and not _passive(line, last):
        own = _own_date(line, first, last)
        if own is None:
            return None
        action, rule, when = "signed", "its date", own
    kind = _type(line, hit, first)
    period = _period(line, first, last)
    rules = {"type": hit.entry, "action": rule, "areas": sides[1]}
    return Paper(line, first, last, hit.first, kind, action, when, period, tuple(sides[0]), rules)


def _passive(line: Line, last: int) -> bool:
    """Whether what was done with a document stands right behind it: "… was signed"."""
    return any(0 <= h.first - last <= 5 for h in line.find(_actions()))


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


def _action(
    story: Story, line: Line, first: int, last: int, hit: Hit[str]
) -> tuple[str, str, When | None] | None:
    """Return what was done with a document, the word that says so, and when; None if nothing."""
    when = _own_date(line, first, last)
    if any(
        form in load("agreements")["drafts"] for form in line.keys[max(0, first - 1) : hit.first]
    ):
        return "prepared", "a draft", None
    best = _verb(line, first, last)
    if best is not None:
        verb = best[0]
        if verb.value in ("signed", "adopted") and _coming(line, verb):
            return "prepared", f"to come: {verb.entry}", when or _date_near(line, verb)
        if verb.value == "prepared":
            return verb.value, verb.entry, None
        if verb.value == "ratified":
            return verb.value, verb.entry, _date_near(line, verb)
        return verb.value, verb.entry, when or _date_near(line, verb)
    if when is not None and hit.value not in ("package",):
        return "signed", "its date", when
    if line.has(_list("in_force")) and hit.value in ("plan", "programme", "roadmap"):
        return "adopted", "in force", None
    if line.has(_list("in_force")) and hit.value in ("agreement", "treaty", "contract"):
        if line.has(_list("enters")):
            return (
                "signed",
                "in force",
                None,
            )  # the day it came into force is not that of its signing
        since = next((w for w in line.dates if w.kind in ("since", "at", "day")), None)
        return "signed", "in force", since
    if first == 0 and line.number < 4 and last < 9 and hit.value in load("agreements")["headed"]:
        drafted = any(
            f in load("agreements")["drafts"] for e in story.lines[:2] for f in e.keys[:2]
        )
        return ("prepared" if drafted else "adopted"), "heads the text", _first_date(story)
    return None


def _first_date(story: Story) -> When | None:
    dates = [w for line in story.lines[:4] for w in line.dates if w.kind == "day"]
    return dates[0] if dates else None


def _verb(line: Line, first: int, last: int) -> tuple[Hit[str], int] | None:
    """Return the nearest word of signing or adopting, and how far it is."""
    best: tuple[Hit[str], int] | None = None
    for hit in line.find(_actions()):
        gap = _gap(line, hit, first, last)
        if gap is not None and (best is None or gap < best[1]):
            best = (hit, gap)
    return best


def _gap(line: Line, hit: Hit[str], first: int, last: int) -> int | None:
    if first <= hit.first < last:
        return 0
    low, high = (hit.last, first) if hit.last <= first else (last, hit.first)
    stretch = line.forms[low:high]
    if len(stretch) > _REACH or any(f in (";", "while", "who", "whose") for f in stretch):
        return None
    if hit.last <= first and len(stretch) > 8 and not any(f in (",", "and", "и") for f in stretch):
        return None
    return len(stretch)


def _coming(line: Line, verb: Hit[str]) -> bool:
    """Whether a verb of signing is still to come true."""
    if any(h.last <= verb.first and verb.first - h.last <= 3 for h in line.find(_list("coming"))):
        return any(
            _is_coming(line, h) for h in line.find(_list("coming")) if 0 <= verb.first - h.last <= 3
        )
    if any(0 <= verb.first - h.last <= 1 for h in line.find(_list("undertaken"))):
        return True
    i = verb.first
    return is_russian(line.tokens[i]) and grammar(line.forms[i])[3] == "futr"


def _is_coming(line: Line, hit: Hit[str]) -> bool:
    i = hit.first
    return not (is_russian(line.tokens[i]) and grammar(line.forms[i])[3] == "past")


def _own_date(line: Line, first: int, last: int) -> When | None:
    """Return the date that stands in a document's name or right after it ("of 6 July 1998")."""
    for when in line.dates:
        i = line.at(when.start)
        inside = first - 1 <= i < last + 2 and "(" not in line.forms[first:i]
        if inside and _is_date(when) and not _covers(line, i, when) and _dates(line, i, first):
            return when
    return None


def _dates(line: Line, i: int, first: int) -> bool:
    """Whether a date inside a phrase is that of the document: "of 6 July", "the 1993 treaty"."""
    before = line.forms[i - 1] if i else ""
    adjective = is_russian(line.tokens[first]) and any(h.last == i for h in line.find(_nouns()))
    return before in ("of", "from", "dated", "от") or i <= first + 1 or adjective


def _is_date(when: When) -> bool:
    return when.kind in ("day", "at", "weekday") and not _SPAN.fullmatch(when.iso)


def _covers(line: Line, i: int, when: When) -> bool:
    """Whether a period is what a document covers: "for 2026", "на второе полугодие"."""
    before = line.forms[max(0, i - 1) : i + 1]
    return any(f in ("for", "на", "until", "till", "до") for f in before) or "/" in when.iso


def _date_near(line: Line, verb: Hit[str]) -> When | None:
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
    between = [h for h in line.find(_actions()) if low < h.first < high]
    return any(h.value in ("signed", "ratified") and h.value != verb.value for h in between)


def _of_another(line: Line, when: When) -> bool:
    """Whether a date stands right before a noun of documents: "last year's contract"."""
    i = line.at(when.end - 1) + 1
    return any(0 <= h.first - i <= 1 for h in line.find(_nouns()))


def _period(line: Line, first: int, last: int) -> str | None:
    """Return the period that a document covers."""
    if (years := _years(line, first, last)) is not None:
        return years
    since = next((w.iso for w in line.dates if w.kind == "since"), None)
    until = next((w.iso for w in line.dates if w.kind == "by" and w.said), None)
    if since and until and line.has(_list("in_force")):
        return f"{since.split('/')[0]}/{until}"
    for when in line.dates:
        i = line.at(when.start)
        whole = _SPAN.fullmatch(when.iso) and when.kind in ("at", "since", "by")
        others = any(last <= h.first <= i for h in line.find(_nouns()))
        near = first <= i < last + 3 and not others
        if near and (whole or (when.kind == "at" and _covers(line, i, when))):
            return when.iso
    return None


def _years(line: Line, first: int, last: int) -> str | None:
    """Return what "the five-year contract of 2019" covers."""
    counts = load("agreements")["years"]
    spans = [counts[k] for k in line.keys[first:last] if k in counts]
    begins = [w.iso for w in line.dates if first <= line.at(w.start) < last and len(w.iso) == 4]
    return f"{begins[0]}/{int(begins[0]) + spans[0]}" if spans and begins else None


def _merged(papers: Sequence[Paper]) -> list[Paper]:
    """Return each document once, at its fullest mention, with what the others add."""
    kept: list[Paper] = []
    for paper in papers:
        same = next((k for k in kept if _is_one(k, paper)), None)
        if same is None:
            kept.append(paper)
        else:
            kept[kept.index(same)] = _joined(same, paper)
    return sorted(kept, key=lambda p: p.start)


def _is_one(a: Paper, b: Paper) -> bool:
    if a.type != b.type or set(a.areas).isdisjoint(b.areas):
        return False
    if a.period and b.period and a.period != b.period:
        return False
    if a.type == "package" and (a.words ^ b.words or a.action != b.action):
        return False
    return len(a.words & b.words) >= 0.6 * min(len(a.words), len(b.words))


def _joined(a: Paper, b: Paper) -> Paper:
    best, other = (a, b) if a.end - a.start >= b.end - b.start else (b, a)
    action = best.action if best.action != "prepared" else other.action
    return replace(
        best, action=action, when=best.when or other.when, period=best.period or other.period
    )


def _row(story: Story, paper: Paper, events: Sequence[Event]) -> Agreement:
    release = story.release
    iso, rule = _date(story, paper, events)
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


def _date(story: Story, paper: Paper, events: Sequence[Event]) -> tuple[str | None, str]:
    if paper.when is not None:
        iso = ahead(paper.when, story.published) if paper.action == "prepared" else paper.when.iso
        if paper.when.kind == "since":
            iso = iso.split("/")[0]
        return iso, f"its line: {paper.when.rule}"
    if paper.action == "prepared" or paper.rules["action"] == "in force":
        return None, "none told"
    if paper.line.turn is not None and not paper.line.has(_list("now")):
        return None, "none told"
    if _is_past(paper):
        return None, "some time before"
    return _of_event(story, paper, events)


def _is_past(paper: Paper) -> bool:
    """Whether an undated document is told to be older than the release: "earlier, … signed"."""
    line = paper.line
    hits = line.find(_list("before_now"))
    verbs = [h for h in line.find(_actions()) if h.entry == paper.rules["action"]]
    return any(h.first <= 1 or any(0 <= v.first - h.last <= 1 for v in verbs) for h in hits)


def _of_visit(paper: Paper, held: Sequence[Event]) -> str | None:
    """Return the date of the visit in whose course a document was signed: of several days, their
    month.
    """
    named = paper.line.has(_list("visits")) and not paper.line.has(_list("gatherings"))
    alone = all(e.type == "visit" and '"its line' in e.rules for e in held)
    if not named and not alone:
        return None
    visit = next((e.date for e in held if e.type == "visit" and e.start <= paper.end), None)
    if visit is None or "/" not in visit:
        return visit
    first, last = visit.split("/")
    return last[:7] if first[:7] == last[:7] else visit


def _of_event(story: Story, paper: Paper, events: Sequence[Event]) -> tuple[str | None, str]:
    """Return the date of the event at which a document was signed: the release's own."""
    held = [e for e in events if e.status == "held" and e.date and e.areas == list(paper.areas)]
    if visit := _of_visit(paper, held):
        return visit, "of the visit"
    near = [e for e in held if e.date and e.type != "visit" and e.start <= paper.end]
    for event in (*near[:1], *(e for e in held if e.type != "visit")):
        told = json.loads(event.rules).get("date") != ASSUMED
        return event.date, f"of the {event.type}" if told else ASSUMED
    return day_of(story), ASSUMED


@cache
def _nouns() -> Phrases[str]:
    lexicon = load("agreements")["nouns"]
    return exact((entry, kind) for kind, entries in lexicon.items() for entry in entries)


@cache
def _actions() -> Phrases[str]:
    lexicon = load("agreements")["actions"]
    return exact((entry, action) for action, entries in lexicon.items() for entry in entries)


@cache
def _list(name: str) -> Phrases[str]:
    return one_of(load("agreements")[name])
