"""Real pages of en.kremlin.ru, where the shared folder stands beside the checkout."""

import csv
import gzip
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scrapers.sources import load_sources
from scrapers.sources.base import Request
from tests.scrapers.sources.captured import Served, capture_of

PAGES = next(
    (p for p in Path(__file__).resolve().parents if (p / "shared/kremlin-pages").is_dir()),
    Path("/nowhere"),
)
PAGES = PAGES / "shared/kremlin-pages"
NEWS = "http://en.kremlin.ru/events/president/news"
RUSSIAN = "http://kremlin.ru/events/president/news"

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
    # The mirroring tool rewrote links to relative paths of files; we put back what the site says.
    html = gzip.decompress(path.read_bytes()).decode()
    html = re.sub(r'href="\.\./(\d+)\.html"', rf'href="{NEWS}/\1"', html)
    fetch = Served(
        "kremlin", {NEWS: html, RUSSIAN: html.replace("en.kremlin.ru/e", "kremlin.ru/e")}
    )
    links = [link for link in kremlin.discover(fetch) if link.language == "en"]

    ids = re.findall(r'data-id="(\d+)"', html)
    assert [link.native_id for link in links] == ids
    assert [link.url for link in links] == [f"{NEWS}/{i}" for i in ids]
    assert all(link.title and "\xa0" not in link.title for link in links)
    printed = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d[+]0[34]:00)?")
    assert all(printed.fullmatch(link.published) for link in links)
    assert fetch.asked == [
        Request(url=NEWS),
        Request(url=RUSSIAN),
    ]
