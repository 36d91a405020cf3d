"""The report's pages of events, agreements and initiatives: joined, in their order, led to."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from flows.cli import cli

DOCUMENTS = [
    ("uza", "en", "2025-10-10", "On October 9, the fourth Russia – Central Asia summit was held in "
     "Osh. Vladimir Putin proposed to create a joint grain terminal in Aktau."),
    ("kabar", "en", "2025-10-12", "On October 8, the fourth Russia – Central Asia summit was held "
     "in Osh. The parties agreed to build a joint grain terminal in Aktau."),
    ("kremlin", "ru", "2025-10-11", "9 октября в Оше прошёл четвёртый саммит «Центральная Азия – "
     "Россия». Принято совместное коммюнике."),
]  # fmt: skip


# Great Expectations, read first here, imports what warns.
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    lines = [
        {"id": s, "source": s, "url": f"http://{s}.example/1", "lang": lang, "published": day,
         "title": "The fourth Russia – Central Asia summit", "text": text}
        for s, lang, day, text in DOCUMENTS
    ]  # fmt: skip
    (home / "told.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for words in (["ingest", str(home / "told.jsonl")], ["report"]):
        done = CliRunner().invoke(cli, ["--home", str(home), *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    site = home / "report"
    return {
        str(path.relative_to(site)): BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for path in site.rglob("*.html")
    }


def said(page):
    return " ".join(page.text.split())


def led_to(pages, table):
    link = pages[f"{table}/index.html"].select_one("tbody th a")
    return pages[f"{table}/" + link["href"].rpartition("/")[2]]


def test_an_event_told_by_three_has_a_page_with_all_three(pages):
    page = led_to(pages, "events")
    assert page.h1.text == "fourth Russia – Central Asia summit"
    assert len(page.select("blockquote mark")) == 3
    assert "9 October 2025; 8 October 2025" in said(page)
    assert "number 4 of its series" in said(page)
    assert {m["lang"] for m in page.select("blockquote")} == {"en", "ru"}


def test_an_initiative_has_its_way_from_proposed_to_agreed(pages):
    page = led_to(pages, "initiatives")
    way = [" ".join(li.text.split()) for li in page.select("ol.way li")]
    assert way == ["proposed first told 10 October 2025", "agreed first told 12 October 2025"]
    assert "by Putin" in said(page)
    row = pages["initiatives/index.html"].select_one("tbody tr")
    assert "proposed 10 Oct 2025, agreed 12 Oct 2025" in re.sub(r"\s+([,.])", r"\1", said(row))


def test_every_statement_leads_to_its_place_in_its_release(pages):
    for link in led_to(pages, "events").select("a[href*='#s-']"):
        name, _, mark = link["href"].removeprefix("../").partition("#")
        article = pages[name].find(id=mark)
        assert article is not None, link
        assert "summit" in article.text or "саммит" in article.text


def test_a_finding_of_an_event_has_its_sides_in_words(pages):
    page = next(p for name, p in pages.items() if re.fullmatch(r"findings/[0-9a-f]+\.html", name))
    assert "The day of one event" in said(page)
    sides = [s.select_one(".value").text for s in page.select("section.side")]
    assert sorted(sides) == ["8 October 2025", "9 October 2025"]
    assert not page.select("svg.drawing")


def test_a_release_tells_its_events_beside_its_figures(pages):
    page = next(p for n, p in pages.items() if "/2025-10/" in n and "Aktau" in p.text)
    assert "2 events, agreements and initiatives" in said(page)
    assert page.select("article.figure[id^='s-'] a[href*='events/']")
    assert page.select("p.disputed-by a[href*='findings/']")
