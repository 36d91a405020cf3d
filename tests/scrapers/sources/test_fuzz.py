"""No parser raises anything outside the tree of errors, whatever the page."""

import contextlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scrapers.sources.base import Link
from scrapers.web.errors import CaravanError
from tests.scrapers.sources.captured import capture_of
from tests.scrapers.sources.fuzzing import BODIES, SOURCES, feed

MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(path=st.sampled_from(BODIES), random=st.randoms(use_true_random=False))
def test_broken_fixtures_end_in_a_release_or_an_error_of_ours(path, random):
    feed(path, random)


@MANY
@given(source=st.sampled_from(sorted(SOURCES)), text=st.text(max_size=200))
@example(source="akorda", text="page.txt")  # bs4 warns of what looks like the name of a file
def test_any_text_ends_in_a_release_or_an_error_of_ours(source, text):
    link = Link(url="https://example.org/", language="en", published="2026-01-01")
    with contextlib.suppress(CaravanError):
        SOURCES[source].parse(capture_of(source, link.url, text.encode(), link=link))


@pytest.mark.parametrize("source", ["kremlin", "astanatimes", "president.tj", "24.kg"])
def test_deep_nesting_is_read_without_recursion(source):
    nested = '<div class="entry-content e-content read__internal_content">' + "<div>" * 60_000
    page = (
        '<h1 class="entry-title p-name">T</h1><time class="read__published entry-date" '
        f'datetime="2026-01-02"></time><article>{nested}Deep text</body></html>'
    )
    url = "http://en.kremlin.ru/events/president/news/1"
    with contextlib.suppress(CaravanError):
        release = SOURCES[source].parse(capture_of(source, url, page))
        assert release.text == "Deep text"
