"""A period and a status made to agree: what was lies behind, what is to come lies ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scrapers.facts.carried import Timed
from scrapers.facts.evidence import Passage
from scrapers.facts.period_words import shifted
from scrapers.facts.status import tells_of_past

_PAST_RULES = frozenset(("year", "last_year", "months_of_year", "quarters", "half", "year_span"))
_YEAR_TURNS = 3  # until March "the end of the year" is that of the year before


def in_tense(passage: Passage, timed: Timed, status: str, published: date | None) -> Timed:
    """Return the period in the year that the status asks for, where the text names no year."""
    if published is None or not timed.iso:
        return timed
    first, last = timed.iso.split("/")[0], timed.iso.split("/")[-1]
    today, ahead = published.isoformat(), status != "actual"
    if timed.loose and ahead and last < today[: len(last)]:
        if tells_of_past(passage):  # "under the contract signed in June it will supply 5"
            return Timed(None, "none named for what is to come")
        return replace(timed, iso=shifted(timed.iso, None, back=-1), rule=f"{timed.rule}, to come")
    if timed.loose and not ahead and first > today[: len(first)]:
        return replace(timed, iso=shifted(timed.iso, None), rule=f"{timed.rule}, past")
    if timed.rule == "whole_year" and ahead:
        return replace(timed, iso=str(published.year), rule="whole_year, to come")
    behind = timed.rule in _PAST_RULES and last[:4] < str(published.year)
    if status in ("planned", "target") and timed.own and behind and not timed.close:
        return Timed(None, "none named for what is to come")
    if timed.rule == "last_years" and ahead and len(first) == 4:  # "it is to double in five years"
        years = int(last) + (last < str(published.year)) - int(first)
        return replace(timed, iso=str(published.year + years), rule="last_years, to come")
    turned = timed.rule == "end_of_year" and published.month <= _YEAR_TURNS
    if turned and not ahead and timed.iso == str(published.year):
        return replace(timed, iso=str(published.year - 1), rule="end_of_year, past")
    return timed


def is_over(timed: Timed, published: date | None) -> bool:
    """Whether a figure's own period ended in an earlier year: what was then is a fact."""
    if published is None or not timed.iso or not timed.close or timed.loose:
        return False
    return timed.rule in _PAST_RULES and timed.iso.split("/")[-1][:4] < str(published.year)
