"""Every source, on pages in its own markup with sentences of our own."""

import contextlib
import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from scrapers.sources import load_sources
from scrapers.sources.base import Link
from scrapers.web.errors import CaravanError, Missing
from tests.scrapers.sources.captured import Served, capture_of

FIXTURES = Path(__file__).parents[2] / "fixtures/sources"
SOURCES = load_sources()
PAGES = sorted(p for p in FIXTURES.glob("*/*.expected.json") if not p.name.startswith("listing."))
DATELINE = re.compile(r"(?:\d\d\.\d\d\.\d{4}|(?:October|\d\d?) (?:\d\d?|октября))\b")
LISTINGS = sorted(FIXTURES.glob("*/listing.*.expected.json"))


def name(path):
    return f"{path.parent.name}/{path.name.removesuffix('.expected.json')}"


def body_beside(path):
    stem = path.name.removesuffix("expected.json")
    (body,) = (p for p in path.parent.glob(f"{stem}*") if p != path)
    return body.read_bytes()


def test_every_source_has_three_pages_one_without_figures_and_a_listing_for_each_edition():
    for source_id, source in SOURCES.items():
        pages = [p for p in PAGES if p.parent.name == source_id]
        given = [json.loads(p.read_text(encoding="utf-8")) for p in pages]
        texts = [each["release"]["text"] for each in given if "release" in each]
        assert len(pages) >= 3, source_id
        assert any(not re.search(r"\d", DATELINE.sub("", text)) for text in texts), source_id
        listed = {p.name.split(".")[1] for p in LISTINGS if p.parent.name == source_id}
        assert listed == set(source.spec.editions), source_id


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_gives_its_release(path):
    source = SOURCES[path.parent.name]
    given = json.loads(path.read_text(encoding="utf-8"))
    link = Link(**given["link"])
    capture = capture_of(
        source.id, source.page(link).url, body_beside(path), link=link, content_type="text/html"
    )

    if "error" in given:
        with pytest.raises(CaravanError, match=re.escape(given["error"]["says"])):
            source.parse(capture)
        return
    release = source.parse(capture)

    found = {key: value for key, value in asdict(release).items() if key in given["release"]}
    found["published"] = release.published.isoformat()
    found["published_at"] = release.published_at and release.published_at.isoformat()
    assert found == given["release"]
    assert release.url == link.url
    assert release.capture_id == capture.capture_id
    assert source.parse(capture) == release


@pytest.mark.parametrize("path", LISTINGS, ids=name)
def test_a_listing_gives_its_links(path):
    source = SOURCES[path.parent.name]
    language = path.name.split(".")[1]
    expected = json.loads(path.read_text(encoding="utf-8"))["links"]
    ways = source.spec.editions[language].front
    values = source.spec.editions[language].values
    addresses = {way.url.format(**values, **way.values) for way in ways}
    served = Served(
        source.id, dict.fromkeys(addresses, body_beside(path)), content_type="text/html"
    )

    links = []
    with contextlib.suppress(Missing):  # of the other edition
        listed = source.discover(served, reaches=lambda links: True)
        links += (link for link in listed if link.language == language)

    plain = [{k: v for k, v in asdict(link).items() if k not in ("ask", "body")} for link in links]
    assert plain == expected
    # A night with nothing new: one request a listing, and nothing else.
    assert len(served.asked) == sum(len(e.front) for e in source.spec.editions.values())
