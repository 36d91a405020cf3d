"""Days of events and stretches of time that are told without a figure, for those that follow."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from scrapers.facts.carried import Carried
from scrapers.facts.cues import cues
from scrapers.facts.evidence import Passage
from scrapers.facts.periods import Period
from scrapers.facts.state import State, Whole
from scrapers.facts.status import forward
from scrapers.facts.timing import tells_of_signing
from scrapers.facts.words import load

_AHEAD = ("year", "by_year", "next_year", "year_span", "new_academic_year")
_BRIEF = 8  # tokens
_DATA = re.compile(
    r"(?<![^\W_])(?:data|figures|statistics|results|tally|tallies|numbers|итог|данны|статистик|отчет|сводк|цифр)"
)
_STRETCHES = ("months_of_year", "first_months", "quarters", "half", "last_year", "year_before_last")


def note_times(whole: Whole, passage: Passage | None, state: State) -> None:
    """Let the state know the day of an event, and a stretch of time set without a figure."""
    if passage is None or passage.ctx.sentence.start <= state.noted:
        return
    state.noted = passage.ctx.sentence.start
    for period in passage.times:
        told = period.rule == "day" or (
            period.rule in ("yesterday", "today") and tells_of_event(passage)
        )
        if told and period.iso and whole.published and _recent(period.iso, whole.published):
            state.day = period.iso
        if _of_event_before(passage, period, whole.published):
            state.day = period.iso
        if period.iso and not period.base and not passage.amounts:
            _note_stretch(whole, passage, period, state)


def _of_event_before(passage: Passage, period: Period, published: date | None) -> bool:
    """As "The exhibition was held in April 2025.": the month of what is told of it next."""
    if period.rule != "month" or passage.amounts or not published or not period.iso:
        return False
    return period.iso <= published.isoformat()[:7] and tells_of_event(passage)


def _note_stretch(whole: Whole, passage: Passage, period: Period, state: State) -> None:
    """As "Data for 2023.", "Forecasts for 2024 are out.": the time of the figures that follow."""
    set_here = state.carried and state.carried.paragraph == passage.ctx.sentence.paragraph
    brief = len(passage.tokens) <= _BRIEF or bool(_DATA.search(passage.ctx.folded))
    short = period.rule == "year" and brief and not set_here
    ahead = period.rule in ("year", "this_year", "next_year", "by_year") and any(
        hit.value == "forecast" for hit in passage.find(forward())
    )
    year = str(whole.published.year) if whole.published else "9"
    planned = period.rule in _AHEAD and (period.iso or "") > f"{year}-"
    if not (period.rule in _STRETCHES or short or ahead or planned):
        return
    place = passage.ctx.sentence
    told = Carried(period.iso or "", "", whole.numbers[place.start], place.paragraph)
    if planned:
        state.plan = told
    if ahead:
        state.ahead = told
    elif not planned:
        state.carried = told


@cache
def told_events() -> frozenset[str]:
    """Words for events that a day is told of."""
    return frozenset(entry.strip() for entry in load("timing")["events_told"].split("|"))


def tells_of_event(passage: Passage) -> bool:
    cued = any(hit.entry in told_events() for hit in passage.find(cues()))
    return cued or tells_of_signing(passage)


def _recent(iso: str, published: date) -> bool:
    return 0 <= (published - date.fromisoformat(iso)).days <= 45
