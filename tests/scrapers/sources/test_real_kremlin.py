"""Real pages of en.kremlin.ru, where the shared folder stands beside the checkout."""

import contextlib
import csv
import gzip
import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scrapers.sources import load_sources
from scrapers.sources.readers import read_page
from scrapers.web.errors import Missing
from tests.scrapers.sources.captured import Served, capture_of

PAGES = next(
    (p for p in Path(__file__).resolve().parents if (p / "shared/kremlin-pages").is_dir()),
    Path("/nowhere"),
)
PAGES = PAGES / "shared/kremlin-pages"
NEWS = "http://en.kremlin.ru/events/president/news"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PAGES.is_dir(), reason="no ../shared/kremlin-pages beside the checkout"),
]


@pytest.fixture(scope="module")
def kremlin():
    return load_sources()["kremlin"]


def index():
    if not PAGES.is_dir():
        return []
    with (PAGES / "index.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.mark.parametrize("row", index(), ids=lambda row: row["id"])
def test_a_real_page_parses(row, kremlin):
    html = gzip.decompress((PAGES / "news" / f"{row['id']}.html.gz").read_bytes())
    release = kremlin.parse(capture_of("kremlin", f"{NEWS}/{row['id']}", html))

    assert release.title == row["title"]
    assert release.published.isoformat() == row["date"]
    assert release.native_id == row["id"]
    assert release.language == "en"
    assert release.parser == "kremlin"
    clock = re.search(rb"read__time\">\s*(\d\d:\d\d)|Publication date:.*?, (\d\d:\d\d)<", html)
    printed = release.published_at.astimezone(ZoneInfo("Europe/Moscow"))
    assert f"{printed:%H:%M}" == (clock[1] or clock[2]).decode()
    assert (release.place is not None) == (b"read__place" in html)
    for leaked in ("Publication status", "Direct link", "Published in section", "\xa0", "tooltip"):
        assert leaked not in release.text
    assert "\n\n\n" not in release.text
    assert release.text.startswith(release.lead or "")


def test_turns_of_speech_are_kept(kremlin):
    html = gzip.decompress((PAGES / "news/62966.html.gz").read_bytes())
    release = kremlin.parse(capture_of("kremlin", f"{NEWS}/62966", html))
    turns = re.findall(r"^([A-Z][^:.]{3,60}): \S", release.text, re.MULTILINE)
    assert turns[0] == "President of Russia Vladimir Putin"
    assert "Vladimir Putin" in turns


def listings():
    return sorted((PAGES / "listings").glob("*.gz")) if PAGES.is_dir() else []


@pytest.mark.parametrize("path", listings(), ids=lambda path: path.name)
def test_a_real_listing_gives_its_links(path, kremlin):
    html = gzip.decompress(path.read_bytes()).decode()
    kind, _, end = path.name.removesuffix(".html.gz").rpartition("-")
    capture = capture_of("kremlin", f"{NEWS}/{kind}/{end}", html)
    edition = kremlin.spec.editions["en"]
    page = read_page(kremlin, "en", edition, edition.front[0], capture)

    ids = re.findall(r'data-id="(\d+)"', html)
    assert [link.native_id for link in page.links] == ids
    assert [link.url for link in page.links] == [f"{NEWS}/{i}" for i in ids]
    assert all(link.title and "\xa0" not in link.title for link in page.links)
    printed = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d[+]0[34]:00)?")
    assert all(printed.fullmatch(link.published) for link in page.links)
    assert (page.next is not None) == ("more-next" in html)


def test_a_real_day_is_sought_and_the_older_page_followed(kremlin):
    def listing(name):
        return gzip.decompress((PAGES / "listings" / name).read_bytes()).decode()

    pages = {
        f"{NEWS}/by-date/11.03.2016": listing("by-date-11.03.2016.html.gz"),
        f"{NEWS}/page/287.html": "<html><body>nothing more</body></html>",
    }
    fetch = Served("kremlin", pages)
    links = []
    with contextlib.suppress(Missing):  # of the Russian edition
        for link in kremlin.discover(fetch, since=date(2016, 3, 10), until=date(2016, 3, 11)):
            links.append(link)
    assert [link.published[:10] for link in links] == ["2016-03-11"] * 6 + ["2016-03-10"] * 6
