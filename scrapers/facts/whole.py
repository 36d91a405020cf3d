"""One event of all that its mentions tell: its fullest name, day, city, and whether it was held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from scrapers.facts.mentions import Mention, one_of_words, words
from scrapers.facts.outcome import ARRIVED, PUT_OFF
from scrapers.facts.parties import parties_of
from scrapers.facts.reading import Story
from scrapers.facts.setting import day_of, goal_of, setting_of
from scrapers.facts.told import Told
from scrapers.facts.when import When, ahead

_OF_THE_DAY = frozenset(("ceremony", "talks", "call"))


_AFTER = frozenset(("following", "after", "после", "вслед"))


_SOME = 3  # words of what it followed


ANY = frozenset(("", "talks"))  # a bare "meeting" may be any gathering


def _exactness(when: When) -> tuple[int, bool]:
    """Order dates: days before months; of days a range tells more, of months a single one."""
    first = when.iso.split("/")[0]
    return len(first), ("/" in when.iso) == (len(first) == len("2025-10-09"))


def on_visit(told: Told, visit: Told | None) -> Told:
    """Give the talks of a visit its city, where none is told of theirs."""
    apart = visit is None or told.areas != visit.areas or told.status != "held"
    if apart or told.place or not told.lead or told.mention.type not in _OF_THE_DAY - {"call"}:
        return told
    assert visit is not None
    if not visit.place or not _dates_meet(told.iso, visit.iso):
        return told
    return replace(told, place=visit.place, rules=told.rules | {"place": "of the visit"})


def _dates_meet(a: str | None, b: str | None) -> bool:
    return bool(a) and bool(b) and dates_agree(a or "", b or "")


def beside_main(told: Told, main: Told | None) -> Told:
    """Give what is told of a day's events in passing the day and city of the main one."""
    realised = told.mention.how == "verb" or told.mention.type in _OF_THE_DAY
    realised = realised or told.beside or (told.realised and told.mention.type == "commission")
    if main is None or told is main or told.status != "held" or not realised or told.iso:
        return told
    if told.mention.line.forms[0] in _AFTER and told.mention.first > _SOME:
        return told  # "Following the forum, a conversation took place": when that was
    rules = told.rules | {"date": f"of the {main.mention.type}"}
    if not told.place:
        rules["place"] = "setting of the release"
    return replace(told, iso=main.iso, place=told.place or main.place, rules=rules)


def dates_agree(a: str, b: str) -> bool:
    """Whether one date lies within the other, or two ranges touch."""
    first, last = (a.split("/") * 2)[:2]
    begin, end = (b.split("/") * 2)[:2]
    return first <= end + "~" and begin <= last + "~"


def whole_of(story: Story, group: Sequence[Told]) -> Told:
    """Return the fullest mention of an event with what the others know."""
    seen = [t for t in group if not t.titular]
    best = max(seen, key=_fullness)
    when = max((t.when for t in group if t.when), key=_exactness, default=None)
    place = best.place or next((t.place for t in group if t.place), None)
    lead = any(t.lead for t in group)
    kinds = [t.mention.type for t in group if t.mention.type not in ANY] or [best.mention.type]
    status = _status(group)
    if status == "scheduled" and any(t.rules["status"] == PUT_OFF for t in group):
        when = None
    lead = lead or (best.definite and kinds[0] in ("visit", "ceremony", "talks"))
    spoken = best.mention.line.turn is not None
    spoken = spoken or any(k in words("speaking") for k in best.mention.before)
    iso, rule = _date(story, when, status, kinds[0], lead=lead, spoken=spoken)
    if iso is None and story.published and _of_the_month(group, status, kinds[0]):
        iso, rule = f"{story.published:%Y-%m}", "month of the release"
    where = "its line" if place else "none told"
    goal = kinds[0] == "visit" and best.mention.how == "verb"
    if kinds[0] == "call":
        place = None
    elif place is None and _is_here(story, group, lead=lead, status=status, iso=iso):
        goal = goal or status == "scheduled"  # what is to come is not where it is told
        place, where = setting_of(story, dateline=not goal), "setting of the release"
        if not _is_in(place, kinds[0], best.mention):
            place, where = None, "none told"
    areas = best.areas if best.lead else next((t.areas for t in group if t.lead), best.areas)
    return replace(
        best,
        mention=replace(best.mention, type=kinds[0]),
        iso=iso,
        place=place,
        areas=areas,
        status=status,
        lead=lead,
        rules=best.rules | {"date": rule, "place": where},
    )


def _is_here(
    story: Story, group: Sequence[Told], *, lead: bool, status: str, iso: str | None
) -> bool:
    """Whether an event without a place is where its release is set."""
    if iso is not None and not _is_near(story, iso):
        return False
    today = any(t.when is not None and t.when.rule in ("today", "later_today") for t in group)
    return (lead and (status == "held" or _soon(story, iso))) or (today and _soon(story, iso))


def _is_near(story: Story, iso: str) -> bool:
    """Whether an event is of the days of its release: a month or a year may be, another not."""
    if story.published is None or len(iso.split("/")[0]) == len("2025"):
        return False
    day = iso.rpartition("/")[2]
    if len(day) < len("2025-10-09"):
        return iso.split("/")[0][:7] <= f"{story.published:%Y-%m}" <= day[:7]
    return abs((date.fromisoformat(day) - story.published).days) <= _NEAR_DAYS


_NEAR_DAYS = 14


def _is_in(place: str | None, kind: str, mention: Mention) -> bool:
    """Whether a city may be where a visit was: in the state that its words lead to."""
    goal = goal_of(mention) if kind == "visit" else None
    states = {code for code, _ in parties_of((place or "").lower())}
    return goal is None or not states or goal in states


def _of_the_month(group: Sequence[Told], status: str, kind: str) -> bool:
    """Whether an undated event is near the day of its release: it opened, or guests have come."""
    if kind == "visit" and status == "held":
        over = any(t.mention.line.has(one_of_words("reached"), 0, t.mention.first) for t in group)
        return not over and all(t.mention.line.turn is None for t in group)
    if status == "scheduled":
        return any(t.rules["status"] == ARRIVED for t in group)
    return any(t.mention.type in ("other", "exhibition") and _opened(t.mention) for t in group)


def _opened(mention: Mention) -> bool:
    line = mention.line
    end = min(len(line.tokens), mention.last + 4)
    return line.has(one_of_words("opened"), max(0, mention.first - 3), end) is not None


def _soon(story: Story, iso: str | None) -> bool:
    """Whether an event comes within days of its release: where the release is set, then."""
    if iso is None or len(iso) != 10 or story.published is None:
        return False
    return 0 <= (date.fromisoformat(iso) - story.published).days <= 3


def _status(group: Sequence[Told]) -> str:
    dated = [t for t in group if t.when is not None]
    return (dated or group)[0].status


def _date(
    story: Story, when: When | None, status: str, kind: str, *, lead: bool, spoken: bool
) -> tuple[str | None, str]:
    """Return the date of an event, and what decided it."""
    if when is not None:
        iso = ahead(when, story.published) if status == "scheduled" else when.iso
        return iso, f"its line: {when.rule}"
    if status == "held" and lead and story.published:
        if kind == "visit" and not spoken:
            return f"{story.published:%Y-%m}", "month of the release"
        return day_of(story), "day of the release"
    return None, "none told"


def _fullness(told: Told) -> tuple[bool, bool, bool, bool, int]:
    mention = told.mention
    return (
        not told.definite,
        bool(told.ordinal),
        told.named,
        told.when is not None,
        mention.end - mention.start,
    )
