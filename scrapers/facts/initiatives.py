"""Proposals and joint undertakings that a release tells of: a thing that can later be found done.

Stages: the things of a line (`_things`), the words that propose, agree or begin (`_before`,
`_behind`), what makes it a thing and not a wish (`_made`), then its field, and who proposes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from scrapers.facts.beginnings import after_cues, begun_before, begun_behind, is_finished
from scrapers.facts.concepts import terms_of
from scrapers.facts.domains import domain_of
from scrapers.facts.involved import areas_of
from scrapers.facts.lexicon import Hit
from scrapers.facts.proposals import cues
from scrapers.facts.proposers import proposer_of
from scrapers.facts.reading import Line, Story, read
from scrapers.facts.spans import phrase
from scrapers.facts.things import (
    Thing,
    is_particular,
    leads_to_another,
    merged,
    things_list,
    things_words,
    with_its_aim,
)
from warehouse.fields import Agreement, Event, Initiative, Release, content_id

VERSION = "1"


def initiatives_of(release: Release, told: Sequence[Event | Agreement]) -> list[Initiative]:
    """Return what a release proposes, agrees or begins, in the order of the text; never raises.

    A thing that is an event or a document of the release (``told``) is none.
    """
    story = read(release)
    things = [t for line in story.lines for t in _things(line) if not _is_told(t, told)]
    rows = (_row(story, thing) for thing in merged(things))
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
    if not (line.find(cues()) or line.find(after_cues()) or line.find(things_list("makes"))):
        return
    before: Thing | None = None
    for hit in line.find(things_list("things")):
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
    if hit.entry in things_words("vague") and last == hit.last:
        if hit.entry in things_words("empty") and leads_to_another(line, last):
            return None
        last = with_its_aim(line, last)
    if line.has(things_list("never"), max(0, first - 3), hit.last + 1) or is_finished(line, last):
        return None
    if not is_particular(line, hit, first, last):
        return None
    cue = begun_before(line, first, hit.first, before) or begun_behind(line, last)
    if cue is None:
        return None
    status = {"weak": "launched", "considered": "proposed"}.get(cue.value, cue.value)
    return Thing(line, first, last, cue.first, status, f"{cue.value}: {cue.entry}")


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
