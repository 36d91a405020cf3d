"""Proposals and joint undertakings that a release tells of: a thing that can later be found done.

Stages: the things of a line (`_things`), the words that propose, agree or begin (`_before`,
`_behind`), what makes it a thing and not a wish (`_made`), then its field, and who proposes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from scrapers.facts.concepts import terms_of
from scrapers.facts.domains import domain_of
from scrapers.facts.involved import areas_of
from scrapers.facts.lemmas import grammar
from scrapers.facts.lexicon import Hit, Phrases
from scrapers.facts.parties import parties_of
from scrapers.facts.proposals import cues
from scrapers.facts.proposers import proposer_of
from scrapers.facts.reading import Line, Story, exact, is_russian, one_of, read
from scrapers.facts.spans import phrase
from scrapers.facts.words import load
from warehouse.fields import Agreement, Event, Initiative, Release, content_id

VERSION = "1"
_FAR = 40  # tokens from a cue to the last thing that it governs
_AFTER = 9  # tokens from a thing to the cue behind it


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing at tokens ``first`` to ``last``, and the cue that makes it an initiative."""

    line: Line
    first: int
    last: int
    cue: int
    status: str
    rule: str

    @property
    def words(self) -> frozenset[str]:
        parties = {i for m in self.line.parties for i in range(m.first, m.last)}
        inside = [self.line.keys[i] for i in range(self.first, self.last) if i not in parties]
        return frozenset(w[:6] for w in inside if len(w) > 3 and not parties_of(w))


def initiatives_of(release: Release, told: Sequence[Event | Agreement]) -> list[Initiative]:
    """Return what a release proposes, agrees or begins, in the order of the text; never raises.

    A thing that is an event or a document of the release (``told``) is none.
    """
    story = read(release)
    things = [t for line in story.lines for t in _things(line) if not _is_told(t, told)]
    rows = (_row(story, thing) for thing in _merged(things))
    return [row for row in rows if row is not None]


def _is_told(thing: Thing, told: Sequence[Event | Agreement]) -> bool:
    start, end = thing.line.tokens[thing.first].start, thing.line.tokens[thing.last - 1].end
    inside = [f for f in told if (f.start <= start and end <= f.end) or start == f.start]
    if any(isinstance(f, Event) and f.type in _GATHERINGS for f in inside):
        return True
    cue = thing.line.tokens[thing.cue].start
    papers = [f for f in inside if isinstance(f, Agreement)]
    apart = not thing.rule.startswith("weak") and any(f.start <= cue < start for f in papers)
    return bool(papers) and not apart and thing.status != "proposed"


_GATHERINGS = ("summit", "forum", "conference", "exhibition", "commission", "other", "talks")


def _things(line: Line) -> Iterator[Thing]:
    if not (line.find(cues()) or line.find(_after()) or line.find(_list("makes"))):
        return
    before: Thing | None = None
    for hit in line.find(_list("things")):
        if before is not None and hit.first < before.last:
            continue
        thing = _thing(line, hit, before)
        if thing is not None:
            yield thing
            before = thing


def _thing(line: Line, hit: Hit[str], before: Thing | None) -> Thing | None:
    first, last = phrase(line, hit.first, hit.last)
    if "into" in line.forms[max(0, first - 2) : first]:
        return None  # "to join the roads into one network": of what is joined
    if hit.entry in _words("vague") and last == hit.last:
        if hit.entry in _words("empty") and _leads_to_another(line, last):
            return None
        last = _with_its_aim(line, last)
    if line.has(_list("never"), max(0, first - 3), hit.last + 1) or _finished(line, last):
        return None
    if not _particular(line, hit, first, last):
        return None
    cue = _before(line, first, hit.first, before) or _behind(line, last)
    if cue is None:
        return None
    status = {"weak": "launched", "considered": "proposed"}.get(cue.value, cue.value)
    return Thing(line, first, last, cue.first, status, f"{cue.value}: {cue.entry}")


def _leads_to_another(line: Line, last: int) -> bool:
    """Whether "to" leads from an empty word to the thing: "a project to build a plant"."""
    if line.forms[last : last + 1] != ["to"]:
        return False
    return any(0 < h.first - last <= _AIM for h in line.find(_list("things")))


def _with_its_aim(line: Line, last: int) -> int:
    """Return the end of a vague thing with what it is for: "measures to counter cyber threats"."""
    if line.forms[last : last + 1] not in (["to"], ["the"]):
        return last
    end = last + 1
    while end < len(line.tokens) and end - last < _AIM:
        if line.tokens[end].kind not in ("word", "number") or line.forms[end] in _ENDS:
            break
        end += 1
    return end if end - last > 1 else last


_AIM = 10  # tokens that the aim of a thing may take
_ENDS = frozenset(("which", "that", "who", "in", "by", "as", "was", "were", "is", "are", "will"))


def _before(line: Line, first: int, head: int, before: Thing | None) -> Hit[str] | None:
    """Return the cue to the left that governs a thing: directly, through a making verb, or by "and"
    from the thing before it.
    """
    found = [h for h in line.find(cues()) if h.last <= head and first - h.last <= _FAR]
    if is_russian(line.tokens[head]):
        found += _to_be_made(line, first)
        found += [h for h in line.find(_after()) if 0 <= first - h.last <= 2]
        found.sort(key=lambda h: h.first)
    if not found:
        return None
    cue = _governing(line, found)
    if any(f in (";", "which", "who") for f in line.forms[cue.last : first]):
        return None
    if first - cue.last <= 2 or cue.first >= first or _made(line, cue, first):
        return cue
    if before is not None and before.cue == cue.first and _joined(line, before.last, first):
        return cue
    return None


def _to_be_made(line: Line, first: int) -> list[Hit[str]]:
    """Return Russian verbs of making in the future tense before a thing: "построят завод"."""
    makes = [h for h in line.find(_list("makes")) if 0 <= first - h.last <= 3]
    coming = [h for h in makes if grammar(line.forms[h.first])[3] == "futr"]
    return [Hit(h.first, h.last, "agreed", h.entry) for h in coming]


def _governing(line: Line, found: Sequence[Hit[str]]) -> Hit[str]:
    """Return the nearest cue; a weak one ("creating") only where no other governs it."""
    strong = [h for h in found if h.value != "weak"]
    if len(strong) > 1 and strong[-1].value == "considered" and strong[-2].value == "proposed":
        return strong[-2]  # "proposed to discuss": somebody proposed it
    if len(strong) > 1 and strong[-1].entry in _words("makes"):
        return strong[-2]  # "proposed to build": the building is proposed
    return strong[-1] if strong else found[-1]


def _made(line: Line, cue: Hit[str], first: int) -> bool:
    """Whether a verb of making stands between the cue and the thing, close to the thing."""
    makes = [h for h in line.find(_list("makes")) if cue.first <= h.first and h.last <= first + 1]
    return any(first - h.last <= 4 for h in makes)


def _joined(line: Line, last: int, first: int) -> bool:
    """Whether "and", a comma or "as well as" leads from one thing to the next."""
    stretch = line.forms[last:first]
    return len(stretch) <= 7 and any(f in ("and", "и", ",", "well", "также") for f in stretch)


def _behind(line: Line, last: int) -> Hit[str] | None:
    """Return the cue behind a thing: "X is being built"."""
    for hit in line.find(_after()):
        stretch = line.forms[last : hit.first]
        broken = any(form in (";", "and", "и") for form in stretch)
        if last <= hit.first and len(stretch) <= _AFTER and not broken:
            coming = hit.value == "launched" and grammar(line.forms[hit.first])[3] == "futr"
            return Hit(hit.first, hit.last, "agreed", hit.entry) if coming else hit
    return None


def _finished(line: Line, last: int) -> bool:
    going = any(0 <= h.first - last <= 4 for h in line.find(_after()) if h.value != "proposed")
    return not going and any(0 <= h.first - last <= 4 for h in line.find(_list("finished")))


def _particular(line: Line, hit: Hit[str], first: int, last: int) -> bool:
    """Whether a phrase tells which thing: vague nouns need an adjective, a name or a complement."""
    counted = hit.entry in _words("counted")  # "to increase the quota" is no wish
    if line.has(_list("wishes"), max(0, first - 1), hit.last) and not counted:
        return False
    if hit.entry not in _words("vague"):
        return True
    if hit.entry.startswith(_PROJECTS) and _of_togetherness(line, hit.last, last):
        return False
    own = [k for k in line.keys[first : hit.first] if k not in _words("quantities")]
    own = [k for k in own if not k[0].isdigit()]
    told = last > hit.last or line.forms[last : last + 1] in (["to"], ["the"], ["a"])
    if any(
        line.tokens[i].text[0].isupper() or line.tokens[i].text in '«“"'
        for i in range(max(1, first), last)
    ):
        return True
    if hit.entry in _words("empty"):
        return (
            told or len(own) > 2 or (any(k in _words("particular") for k in own) and len(own) > 1)
        )
    return told or bool(own)


def _of_togetherness(line: Line, start: int, last: int) -> bool:
    """Whether an empty word is only of "cooperation", outside a name."""
    plain = [i for i in range(start, last) if line.tokens[i].text[0].islower()]
    return any(line.keys[i] in _words("togetherness") for i in plain)


_PROJECTS = ("project", "joint project", "program", "проект", "программ")


def _merged(things: Sequence[Thing]) -> list[Thing]:
    """Return each thing once: its first mention, unless a later one is fuller."""
    kept: list[Thing] = []
    for thing in things:
        same = next((k for k in kept if _is_one(k, thing)), None)
        if same is None:
            kept.append(thing)
        elif thing.last - thing.first > same.last - same.first + 2:
            kept[kept.index(same)] = thing
    return kept


def _is_one(a: Thing, b: Thing) -> bool:
    if not a.words or not b.words:
        return False
    shared = a.words & b.words
    if len(shared) < 2:
        return a.words == b.words
    return len(shared) >= 0.75 * min(len(a.words), len(b.words))


def _row(story: Story, thing: Thing) -> Initiative | None:
    line, release = thing.line, story.release
    sides = areas_of(story, line, thing.first, thing.last)
    if sides is None:
        return None
    start, end = line.tokens[thing.first].start, line.tokens[thing.last - 1].end
    domain, domain_rule = domain_of(line, thing.first, thing.last)
    name, area, who = None, None, "a joint undertaking"
    if thing.rule.startswith("proposed"):
        name, area, who = proposer_of(story, line, thing.cue)
    rules = {"status": thing.rule, "domain": domain_rule, "proposer": who, "areas": sides[1]}
    return Initiative(
        initiative_id=content_id(release.release_id, "initiative", start, end),
        release_id=release.release_id,
        source=release.source,
        url=release.url,
        language=release.language,
        published=release.published,
        areas=sides[0],
        proposer=name,
        proposer_area=area,
        domain=domain,
        status=thing.status,
        terms=terms_of(line, thing.first, thing.last),
        quote=release.text[start:end],
        start=start,
        end=end,
        rules=json.dumps(rules, ensure_ascii=False, sort_keys=True),
        extractor_version=VERSION,
    )


@cache
def _list(name: str) -> Phrases[str]:
    return one_of(load("initiatives")[name])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("initiatives")[name])


@cache
def _after() -> Phrases[str]:
    lexicon = load("initiatives")["after"]
    return exact((entry, status) for status, entries in lexicon.items() for entry in entries)
