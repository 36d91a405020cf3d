"""Which mentions of a release are one event; `whole` makes one of them all.

Two mentions are one event where type, parties, date, place, number and name do not disagree. "The
talks" are the last talks told. The fullest mention is kept, with what the others add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrapers.facts.mentions import words
from scrapers.facts.reading import Story
from scrapers.facts.told import Told
from scrapers.facts.when import When
from scrapers.facts.whole import ANY, beside_main, dates_agree, on_visit, whole_of

_TALKING = frozenset(("conversation", "беседа"))


def merged(story: Story, told: Sequence[Told]) -> list[Told]:
    """Return the events of a release, each once, in the order of the text."""
    events: list[list[Told]] = []
    for mention in told:
        mention = _typed(events, mention)
        mine = next((e for e in reversed(events) if _is_one(story, e, mention)), None)
        if mine is not None:
            mine.append(mention)
        elif _may_open(events, mention):
            events.append([mention])
    kept = [group for group in events if not all(t.titular for t in group)]
    whole = [whole_of(story, group) for group in kept]
    main = next(
        (t for t in whole if t.lead and t.status == "held" and t.mention.type != "visit"), None
    )
    visit = next((t for t in whole if t.mention.type == "visit" and t.status == "held"), None)
    told_whole = (on_visit(beside_main(t, main), visit) for t in whole)
    return sorted(told_whole, key=lambda t: t.mention.start)


def _may_open(events: Sequence[Sequence[Told]], told: Told) -> bool:
    """Whether a mention tells an event that none before it is: also "the talks" of a lead, where
    none were told yet.
    """
    if not (told.mention.type and told.areas) or told.opens:
        return told.opens and bool(told.mention.type and told.areas)
    before = [t for event in events for t in event]
    talked = any(t.mention.type in ("talks", "call") or t.when is not None for t in before)
    return told.lead and told.mention.rule in _TALKS and not talked and not told.titular


_TALKS = frozenset(("talks", "negotiations", "переговоры"))


def _typed(events: Sequence[Sequence[Told]], new: Told) -> Told:
    """Give "the next session" the type and parties of what it is the next of."""
    called = any(e[0].mention.type == "call" for e in events)
    if called and new.mention.type == "talks" and new.mention.rule in _TALKING:
        return replace(new, mention=replace(new.mention, type="call"))
    bare = _leans(new) if new.mention.type else new.mention.how == "gathering"
    series = [e[0] for e in events if e[0].mention.type not in ("visit", "call", "ceremony")]
    counted = new.mention.rule == "one"
    if new.mention.how != "gathering":
        series = [t for t in series if t.mention.type == new.mention.type]
    if not (bare or counted) or (new.named and new.areas) or not series:
        return new
    last = series[-1]
    return replace(new, mention=replace(new.mention, type=last.mention.type), areas=last.areas)


def _is_one(story: Story, event: Sequence[Told], new: Told) -> bool:
    own = any(t.lead and t.status == "held" for t in event) and not any(t.when for t in event)
    today = story.published.isoformat() if story.published else ""
    if own and today and new.when and not dates_agree(new.when.iso, today):
        told = len(new.when.iso) <= 7 or new.when.said or new.status == "scheduled"
        return not told and all(_agree(known, new) for known in event)
    return all(_agree(known, new) for known in event)


def _agree(a: Told, b: Told) -> bool:
    if not _types_agree(a, b) or not _areas_agree(a, b):
        return False
    if a.ordinal != b.ordinal and ((a.ordinal and b.ordinal) or _leans(a) or _leans(b)):
        return False
    if b.mention.how == "verb" and b.when and not b.lead and not a.when and not a.titular:
        return False
    if not _dates_agree(a.when, b.when) or (a.place and b.place and a.place != b.place):
        return False
    if a.name and b.name and not a.name & b.name:
        return False
    return a.status == b.status or b.definite or a.titular


def _types_agree(a: Told, b: Told) -> bool:
    one, other = a.mention.type, b.mention.type
    if one == other:
        own_kind = one in ("other", "ceremony", "exhibition") and b.opens
        return not own_kind or a.mention.rule == b.mention.rule
    if b.definite and b.mention.how == "gathering" and other in ANY:
        return a.lead and one not in ("visit", "call")
    if {one, other} == {"talks", "call"}:
        return b.definite or b.mention.rule in _TALKING
    return {one, other} == {"forum", "conference"} and a.ordinal == b.ordinal


def _areas_agree(a: Told, b: Told) -> bool:
    return (
        a.areas == b.areas
        or b.definite
        or set(a.areas) <= set(b.areas)
        or set(b.areas) <= set(a.areas)
    )


def _leans(told: Told) -> bool:
    return told.ordinal in words("leaning")


def _dates_agree(a: When | None, b: When | None) -> bool:
    if a is None or b is None:
        return True
    return dates_agree(a.iso, b.iso)
