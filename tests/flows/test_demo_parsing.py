"""The project's sources find every sample page, and read it to the text that was written for it."""

import pytest

from flows.demo.sites import NIGHTS, sample_sites
from scrapers.sources import load_sources
from tests.scrapers.sources.captured import Served

NIGHT = 2


@pytest.fixture(scope="module")
def sources():
    return load_sources()


@pytest.mark.parametrize("site", sample_sites(), ids=lambda site: site.source)
def test_each_page_is_found_and_reads_as_it_was_written(sources, site):
    source, fetch = sources[site.source], served(site)
    written = {release.url: release for release in site.releases(NIGHT)}
    links = list(source.discover(fetch))
    assert {link.url for link in links} == set(written)
    for link in links:
        assert_same(source.parse(fetch(source.page(link))), written[link.url])


def served(site):
    scheme = site.data.get("scheme", "https")
    pages = {f"{scheme}://{host}{path}": p.body for (host, path), p in site.pages(NIGHT).items()}
    return Served(site.source, pages, now=NIGHTS[NIGHT - 1])


def assert_same(read, written):
    lead = [written.lead] if written.lead else []
    assert read.text.split("\n\n") == lead + written.paragraphs
    assert (read.title, read.place, read.language) == (
        written.title,
        written.place,
        written.language,
    )
    assert read.published == written.published.date()
    assert read.published_at == (written.published if written.clock else None)
