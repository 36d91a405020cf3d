"""How a source is, from its nights and its own rhythm."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scrapers.sources.health import health, silence
from scrapers.sources.spec import Rhythm
from warehouse.fields import SourceRun

WEEKLY = Rhythm(per_week=5, silent_after_days=14)
TODAY = date(2026, 11, 21)


def run(n, verdict="ok", *, listed=20, note=None):
    return SourceRun(
        source_run_id=str(n), run_id=str(n), source="x", seconds=1.0,
        started_at=datetime(2026, 11, 21, 3, tzinfo=UTC) + timedelta(days=n),
        listed=listed, new=1, fetched=1, unchanged=0, refused=0, failed=0, parsed=1,
        quarantined=0, figures=0, findings=0, verdict=verdict, note=note,
    )  # fmt: skip


def days_ago(*days):
    return [TODAY - timedelta(days=n) for n in days]


def test_a_source_that_no_night_has_asked_is_unseen_and_not_unwell():
    state = health(WEEKLY, [], days_ago(300))
    assert (state.word, state.well) == ("unseen", True)


@pytest.mark.parametrize("verdict", ["refused", "unreachable", "changed", "partial", "crashed"])
def test_a_night_that_failed_is_told_with_its_note_and_how_long(verdict):
    runs = [run(-2), run(-1, verdict), run(0, verdict, note="status 403")]
    state = health(WEEKLY, runs, days_ago(1))
    assert (state.word, state.well) == (verdict, False)
    assert state.why == "status 403 (for 2 nights)"


def test_a_source_that_recovered_is_well():
    state = health(WEEKLY, [run(-1, "refused"), run(0, "quiet")], days_ago(1))
    assert (state.word, state.well) == ("quiet", True)


def test_silence_is_measured_by_the_yaml_while_little_is_known():
    assert silence(WEEKLY, days_ago(14), today=TODAY) is None
    assert "15 days; 14 are usual" in silence(WEEKLY, days_ago(15), today=TODAY)


def test_a_daily_source_is_silent_long_before_its_yaml_says():
    daily = days_ago(*range(5, 40))
    assert "nothing since 2026-11-16, 5 days; 3 are usual" in silence(WEEKLY, daily, today=TODAY)
    assert silence(WEEKLY, days_ago(*range(3, 40)), today=TODAY) is None


def test_a_source_with_long_pauses_of_its_own_may_pause_again():
    paused = days_ago(6, 7, 8, 9, 10, 18, 19, 20)
    assert silence(WEEKLY, paused, today=TODAY) is None


def test_many_releases_on_one_day_are_one_day():
    assert silence(WEEKLY, days_ago(*[20] * 9, 21), today=TODAY) is not None


def test_days_in_the_future_and_no_days_tell_nothing():
    assert silence(WEEKLY, [TODAY + timedelta(days=300)], today=TODAY) is None
    assert silence(WEEKLY, [], today=TODAY) is None


def test_a_silent_source_is_unwell_though_its_nights_go_well():
    state = health(WEEKLY, [run(0, "quiet")], days_ago(30))
    assert (state.word, state.well) == ("silent", False)


def test_a_listing_that_shrank_is_told():
    runs = [run(-n, listed=60) for n in range(9, 0, -1)] + [run(0, listed=4)]
    state = health(WEEKLY, runs, days_ago(0))
    assert (state.word, state.well) == ("changed", False)
    assert "lists 4 links, where it used to list 60" in state.why
    assert health(WEEKLY, [*runs[:-1], run(0, listed=30)], days_ago(0)).well


def test_a_listing_below_its_bound_is_told_from_the_first_night():
    state = health(WEEKLY, [run(0, listed=2)], days_ago(0), least=3)
    assert (state.word, state.well) == ("changed", False)
    assert "lists 2 links; 3 are expected" in state.why
