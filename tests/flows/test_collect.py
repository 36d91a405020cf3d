"""One source in one night: what a site's refusals and failures leave standing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from flows.stages import Tally, collect, fresh_links, verdict
from scrapers.sources.base import Link, Request
from scrapers.web.bodies import pack
from scrapers.web.errors import (
    Forbidden,
    LayoutChanged,
    Misconfigured,
    Missing,
    Refused,
    Unreachable,
)
from warehouse.fields import Capture, Quarantined, Release
from warehouse.tables import Warehouse

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def address(number):
    return f"http://some.example/{number}"


class Plain:
    """A source whose pages are their own text."""

    id = "some"

    def page(self, link):
        return Request(url=link.url, link=link)

    def parse(self, capture):
        return Release(
            release_id=capture.capture_id,
            source="some",
            url=capture.url,
            language="en",
            title="A title",
            published=date(2026, 11, 20),
            text="Some text.",
            text_sha256=capture.body_sha256,
            capture_id=capture.capture_id,
            parser="some",
            parser_version="1",
        )


def listing(count, error=None):
    yield from (Link(url=address(number), language="en") for number in range(count))
    if error is not None:
        raise error


@pytest.fixture
def night(tmp_path):
    def run(links, **failing):
        def fetch(request):
            if (error := failing.get(f"page_{request.url[-1]}")) is not None:
                raise error
            return Capture(
                capture_id=request.url,
                source="some",
                url=request.url,
                final_url=request.url,
                status=200,
                fetched_at=NOW,
                body=pack(b"Some text."),
                body_sha256=request.url,
            )

        warehouse = Warehouse(tmp_path / "w")
        return collect(Plain(), fetch, warehouse, links, run_id="r", now=lambda: NOW)

    return run


def test_a_site_that_answers_is_ok(night):
    haul = night(listing(2))
    assert (haul.run.verdict, haul.run.fetched, haul.run.parsed) == ("ok", 2, 2)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (Refused("403"), "refused"),
        (Unreachable("500"), "unreachable"),
        (LayoutChanged("no items"), "changed"),
        (Missing("404"), "changed"),
        (Forbidden("redirects"), "changed"),
        (Misconfigured("400"), "changed"),
    ],
)
def test_a_listing_that_fails_is_told_and_what_it_listed_before_is_fetched(night, error, verdict):
    assert night(listing(0, error)).run.verdict == verdict
    haul = night(listing(2, error))
    assert (haul.run.verdict, haul.run.parsed) == ("partial", 2)
    assert str(error) in haul.run.note


@pytest.mark.parametrize("error", [Refused("robots.txt forbids it"), Unreachable("500")])
def test_one_page_that_fails_does_not_cost_the_others(night, error):
    haul = night(listing(4), page_1=error)
    assert (haul.run.verdict, haul.run.parsed) == ("partial", 3)
    assert haul.run.refused + haul.run.failed == 1


@pytest.mark.parametrize("error", [Forbidden("redirects"), Misconfigured("400"), Missing("404")])
def test_a_page_that_cannot_be_had_goes_to_quarantine(night, error):
    haul = night(listing(3), page_1=error)
    assert (haul.run.verdict, haul.run.parsed) == ("partial", 2)
    assert [row.expectation for row in haul.quarantined] == [type(error).__name__]


def test_a_page_in_quarantine_is_asked_for_again_for_some_nights(tmp_path):
    warehouse = Warehouse(tmp_path)
    row = Quarantined(
        quarantine_id="q", source="some", url=address(1), of_table="releases", of_id="c",
        expectation="BadPage", reason="cut off", payload="{}",
    )  # fmt: skip
    warehouse.append([row], recorded_at=NOW)

    def wanted(days):
        links = fresh_links(warehouse, "some", listing(2), now=NOW + timedelta(days))
        return [link.url for link in links]

    assert wanted(1) == [address(0), address(1)]
    assert wanted(4) == [address(0)]


def test_a_site_that_keeps_refusing_is_left_alone_and_what_was_read_is_kept(night):
    refused = {f"page_{number}": Refused("403") for number in (2, 3, 4)}
    haul = night(listing(9), **refused)
    assert (haul.run.parsed, haul.run.refused) == (2, 3)
    assert haul.run.verdict == "partial"


def test_a_site_that_refuses_every_page_is_refused(night):
    haul = night(listing(2), page_0=Refused("403"), page_1=Refused("403"))
    assert (haul.run.verdict, haul.run.refused) == ("refused", 2)


@pytest.mark.parametrize(
    ("tally", "word"),
    [
        (Tally(), "quiet"),
        (Tally(unchanged=3), "quiet"),
        (Tally(unchanged=3, refused=1), "partial"),
        (Tally(unchanged=3, failed=1), "partial"),
        (Tally(refused=1, failed=1), "refused"),
        (Tally(failed=1), "unreachable"),
        (Tally(quarantined=[None]), "changed"),
    ],
)
def test_the_verdict_weighs_what_failed_against_what_answered(tally, word):
    assert verdict(tally) == word
