"""Which statements tell one thing: one summit, one document, one proposal.

Deterministic, and rather too few joins than too many: two statements join where nothing that they
tell disagrees and enough of it is the same; a statement joins a group only where it joins all of
it, and two statements of one release never do (the release tells them apart itself). What joined
two statements is told in a few words. Of some joins a part may disagree: those are `disputed`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from warehouse.fields import Agreement, Event, Initiative

S = TypeVar("S", Event, Agreement, Initiative)
Group = tuple[list[S], list[str]]  # the statements, and what joined the later ones
NUMBERED_DAYS = 60  # between the days that sources tell of one numbered event
SERIAL = ("summit", "forum", "commission", "exhibition", "conference", "other")
ONE_A_DAY = ("communique", "declaration", "statement", "treaty")
INITIATIVE_DAYS = 3 * 365  # between two releases that tell of one proposal
TRANSLATED_DAYS = 31  # the same, where they tell of it in two languages
ASSUMED = "day of the release"  # the rule by which a date is only assumed
SETTING = "setting of the release"  # the rule by which a place is only assumed
ASSUMED_DAYS = 3
SAME_TITLE, LIKE_TITLE = 0.7, 0.5
_CYRILLIC = re.compile("[а-яё]")
_QUOTED = re.compile(r"[«“\"]([^»”\"]{6,80})[»”\"]")


def join(
    statements: Sequence[S],
    same: Callable[[S, S], str | None],
    bucket: Callable[[S], Hashable],
) -> list[Group[S]]:
    """Return the statements in groups, each telling one thing, in order of the first telling."""
    buckets: dict[Hashable, list[Group[S]]] = defaultdict(list)
    groups: list[Group[S]] = []
    for new in sorted(statements, key=lambda s: (s.published, s.source, s.url, s.start, s.row_id)):
        mine = buckets[bucket(new)]
        for group in mine:
            reasons = [same(known, new) for known in group[0]]
            told = {known.release_id for known in group[0]}
            if all(reasons) and new.release_id not in told:
                group[0].append(new)
                group[1].append(str(reasons[0]))
                break
        else:
            mine.append(([new], []))
            groups.append(mine[-1])
    return groups


def join_events(statements: Sequence[Event]) -> list[Group[Event]]:
    return join(statements, same_event, lambda e: (e.type, tuple(e.areas)))


def join_agreements(statements: Sequence[Agreement]) -> list[Group[Agreement]]:
    return join(statements, same_agreement, lambda a: (a.type, tuple(a.areas)))


def join_initiatives(statements: Sequence[Initiative]) -> list[Group[Initiative]]:
    return join(statements, same_initiative, lambda i: (i.domain, tuple(i.areas)))


def same_event(a: Event, b: Event) -> str | None:
    """Return what makes two statements of one type and parties one event, None where nothing."""
    if (a.ordinal and b.ordinal and a.ordinal != b.ordinal) or not names_agree(a.name, b.name):
        return None
    if a.ordinal and a.ordinal == b.ordinal and _in_series(a, b):
        return f"number {a.ordinal} of its series"
    one, other = told_date(a), told_date(b)
    if not one or not other or not meet(one, other):
        return None
    here = bool(a.place) and a.place == b.place
    elsewhere = bool(a.place and b.place) and not here
    if _to_the_day(one) and _to_the_day(other):
        if not elsewhere and (here or {one, other} == {a.date, b.date}):
            return "the same day"
        return "the same day, at places that differ" if a.type == "summit" else None
    in_one_month = min(len(first(one)), len(first(other))) == len("2025-10")
    return "the same month and place" if in_one_month and here else None


def _in_series(a: Event, b: Event) -> bool:
    """Whether two events of one number are of one series: by date, or by name where undated."""
    if a.type not in SERIAL or not near(a.date, b.date):
        return False
    shared = set((a.name or "").split()) & set((b.name or "").split())
    return bool(a.date and b.date) or a.type == "summit" or bool(shared)


def _to_the_day(iso: str) -> bool:
    return len(first(iso)) == len("2025-10-09")


def told_date(statement: Event | Agreement) -> str | None:
    """Return the date of a statement; where only the day of its release stands for it, the days
    before that one too.
    """
    if statement.date is None or json.loads(statement.rules).get("date") != ASSUMED:
        return statement.date
    if not _to_the_day(statement.date):
        return statement.date
    earliest = date.fromisoformat(first(statement.date)) - timedelta(ASSUMED_DAYS)
    return f"{earliest.isoformat()}/{first(statement.date)}"


def same_agreement(a: Agreement, b: Agreement) -> str | None:
    """Return what makes two statements of one type and parties one document."""
    alike = likeness(a.quote, b.quote)
    one, other = told_date(a), told_date(b)
    on_one_day = bool(one and other) and meet(one or "", other or "")
    if a.period and b.period and a.period != b.period:
        told = on_one_day and alike is not None and alike >= SAME_TITLE and a.type != "package"
        return "the same title and day, for periods that differ" if told else None
    if one and other and not on_one_day and a.action == b.action:
        return None
    if a.period and a.period == b.period and (alike is None or alike >= 1 - SAME_TITLE):
        return "the same period"
    return _same_that_day(a, b, alike) if on_one_day else None


def _same_that_day(a: Agreement, b: Agreement, alike: float | None) -> str | None:
    if a.type == "package":
        counted = numbers(a.quote)
        return "the same day and number" if counted and counted == numbers(b.quote) else None
    if a.type in ONE_A_DAY and (alike is None or alike > 0):
        return "the only one of its type that day"
    return "the same day and title" if alike is not None and alike >= LIKE_TITLE else None


def same_initiative(a: Initiative, b: Initiative) -> str | None:
    """Return what makes two statements of one field and parties one initiative."""
    if set(_QUOTED.findall(a.quote.lower())) & set(_QUOTED.findall(b.quote.lower())):
        return "the same name"
    days = abs((a.published - b.published).days)
    if days > INITIATIVE_DAYS:
        return None
    if _two_scripts(a.quote, b.quote):
        return _in_two_languages(a, b) if days <= TRANSLATED_DAYS else None
    alike = likeness(a.quote, b.quote)
    shared = stems(a.quote) & stems(b.quote)
    enough = alike is not None and alike >= LIKE_TITLE and len(shared) > 1
    return "the same words" if enough else None


def _in_two_languages(a: Initiative, b: Initiative) -> str | None:
    """Return what makes an initiative told in two languages one: the same things, and no other."""
    one, other = (set((i.terms or "").split()) for i in (a, b))
    towns = [{t for t in terms if t.startswith("@")} for terms in (one, other)]
    things = [terms - named for terms, named in zip((one, other), towns, strict=True)]
    apart = towns[0] and towns[1] and towns[0] != towns[1]
    others = a.proposer and b.proposer and a.proposer != b.proposer
    enough = things[0] == things[1] and len(things[0]) > 1
    return "the same things in two languages" if enough and not apart and not others else None


def first(iso: str) -> str:
    return iso.split("/")[0]


def meet(a: str, b: str) -> bool:
    """Whether two dates, each as precise as it is told, share a day."""
    (low, high), (begin, end) = ((d.split("/")[0], d.split("/")[-1]) for d in (a, b))
    return low <= end + "~" and begin <= high + "~"


def near(a: str | None, b: str | None) -> bool:
    """Whether two dates are told so near each other that one event may be meant."""
    if a is None or b is None or meet(a, b):
        return True
    return abs((_day(a) - _day(b)).days) <= NUMBERED_DAYS


def _day(iso: str) -> date:
    return date.fromisoformat((first(iso) + "-01-01")[:10])


def names_agree(a: str | None, b: str | None) -> bool:
    """Whether two proper names may be of one thing: in two scripts nothing can be told."""
    if not a or not b or _two_scripts(a, b):
        return True
    return bool(set(a.split()) & set(b.split()))


def likeness(a: str, b: str) -> float | None:
    """Return how many words two titles share, from 0 to 1; None in two scripts."""
    if _two_scripts(a, b):
        return None
    one, other = stems(a), stems(b)
    return len(one & other) / len(one | other) if one | other else 0.0


def _two_scripts(a: str, b: str) -> bool:
    return bool(_CYRILLIC.search(a.lower())) != bool(_CYRILLIC.search(b.lower()))


def stems(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.lower()))


def numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", text))
