import dataclasses
from datetime import UTC, datetime

import zstandard

from flows.memory import VisitMemory
from warehouse.fields import Capture

LISTING = Capture(
    capture_id="c1",
    source="tass",
    url="https://tass.com/rss/v2.xml",
    final_url="https://tass.com/rss/v2.xml",
    status=200,
    etag='"7"',
    fetched_at=datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
    body=zstandard.compress(b"<rss>\n\n</rss>"),
    body_sha256="0" * 64,
)


def test_a_listing_is_recalled_by_the_next_night(tmp_path):
    VisitMemory(tmp_path).keep(LISTING)
    assert VisitMemory(tmp_path).recall(LISTING.url) == LISTING
    assert VisitMemory(tmp_path).recall("https://tass.com/other") is None


def test_a_page_comes_from_the_warehouse_and_is_not_kept_twice(tmp_path):
    page = dataclasses.replace(LISTING, url="https://tass.com/economy/1", language="en")
    memory = VisitMemory(tmp_path, [page])
    memory.keep(page)
    assert memory.recall(page.url) == page
    assert not list(tmp_path.iterdir())


def test_a_damaged_file_counts_as_none(tmp_path):
    memory = VisitMemory(tmp_path)
    memory.keep(LISTING)
    next(tmp_path.iterdir()).write_bytes(b"{")
    assert memory.recall(LISTING.url) is None
