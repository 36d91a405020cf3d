"""Is a source well? Judged from its last nights and its own rhythm; pure, and no word of why the
night itself failed, which stands in the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from statistics import median

from scrapers.sources.spec import Rhythm
from warehouse.fields import SourceRun

UNWELL = ("refused", "unreachable", "changed", "partial", "crashed", "silent")
ENOUGH_GAPS = 5  # before a source's own gaps say more than its YAML
THIN = 0.3  # of the links that it used to list


@dataclass(frozen=True)
class Health:
    """A verdict on a source, in a word and a sentence."""

    word: str  # a verdict of `warehouse.fields.VERDICTS`, or "unseen"
    why: str

    @property
    def well(self) -> bool:
        return self.word not in UNWELL


def health(
    rhythm: Rhythm, runs: Sequence[SourceRun], days: Iterable[date], *, least: int = 1
) -> Health:
    """Return how a source is, after its runs (oldest first) and the days it published on.

    ``least`` is how many links its listings hold together at the least.
    """
    if not runs:
        return Health("unseen", "no night has asked it yet")
    last = runs[-1]
    if last.verdict in UNWELL and last.verdict != "silent":
        return Health(last.verdict, trouble(runs))
    quiet = silence(rhythm, days, today=last.started_at.date())
    if quiet:
        return Health("silent", quiet)
    fewer = thinner(runs, least)
    return Health("changed", fewer) if fewer else Health(last.verdict, last.note or "as expected")


def trouble(runs: Sequence[SourceRun]) -> str:
    """Return what the last run noted, and for how many nights it has been so."""
    word = runs[-1].verdict
    nights = len(list(takewhile(lambda run: run.verdict == word, reversed(runs))))
    since = f" (for {nights} nights)" if nights > 1 else ""
    return f"{runs[-1].note or word}{since}"


def silence(rhythm: Rhythm, days: Iterable[date], *, today: date) -> str | None:
    """Return why a source is silent for longer than it ever is, or None.

    Its own gaps count once there are enough of them; the YAML is the upper bound.
    """
    published = sorted({day for day in days if day <= today})
    if not published:
        return None
    gaps = [(later - earlier).days for earlier, later in pairwise(published)]
    allowed = rhythm.silent_after_days
    if len(gaps) >= ENOUGH_GAPS:
        allowed = min(allowed, max(3 * median(gaps), max(gaps)))
    quiet = (today - published[-1]).days
    if quiet <= allowed:
        return None
    return f"nothing since {published[-1]}, {quiet} days; {allowed:g} are usual at most"


def thinner(runs: Sequence[SourceRun], least: int) -> str | None:
    """Return by how much the listings of the last run fell short of what they used to hold."""
    if runs[-1].listed < least:
        return f"lists {runs[-1].listed} links; {least} are expected at the least"
    before = [run.listed for run in runs[:-1] if run.verdict in ("ok", "quiet") and run.listed]
    if len(before) < ENOUGH_GAPS:
        return None
    usual = median(before[-20:])
    if runs[-1].listed >= THIN * usual:
        return None
    return f"lists {runs[-1].listed} links, where it used to list {usual:g}"
