import gzip
import json
from datetime import UTC, datetime

import pytest

from flows.ingest import ingest, saved_page
from scrapers.sources import load_sources
from scrapers.web.errors import BadDocument, Misconfigured
from warehouse.tables import Warehouse

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
DOCUMENT = {
    "id": "a",
    "source": "tass",
    "url": "https://tass.com/economy/1",
    "lang": "en",
    "title": "Trade of Russia and Uzbekistan grows",
    "published": "2026-11-20",
    "text": "Trade between Russia and Uzbekistan reached $11.5 billion in 2025.",
}


def write(path, *documents):
    path.write_text("\n".join(json.dumps(d) for d in documents), encoding="utf-8")
    return path


def test_documents_are_stored_once(tmp_path):
    warehouse = Warehouse(tmp_path / "w")
    path = write(tmp_path / "a.jsonl", DOCUMENT)
    (first,) = ingest([path], warehouse, {}, now=NOW)
    (second,) = ingest([path], warehouse, {}, now=NOW)
    assert first.appended["releases"] == 1
    assert not any(second.appended.values())
    assert warehouse.scan("releases").collect()["title"].to_list() == [DOCUMENT["title"]]


def test_a_bad_line_is_named_and_nothing_is_stored(tmp_path):
    warehouse = Warehouse(tmp_path / "w")
    path = write(tmp_path / "a.jsonl", DOCUMENT, {"id": "b"})
    with pytest.raises(BadDocument, match=r"a\.jsonl:2: needs text in source"):
        ingest([path], warehouse, {}, now=NOW)
    assert warehouse.scan("releases").collect().is_empty()


def test_a_saved_page_needs_its_source(tmp_path):
    page = tmp_path / "1.html"
    page.write_text("<p>", encoding="utf-8")
    with pytest.raises(Misconfigured, match="--source"):
        ingest([page], Warehouse(tmp_path / "w"), {}, now=NOW)
    with pytest.raises(Misconfigured, match="no source 'x'"):
        ingest([page], Warehouse(tmp_path / "w"), {}, source="x", now=NOW)


HEADS = {
    '<meta property="og:url" content="http://site.example/1?a=1&amp;b=2">': True,
    "<META content='http://site.example/1?a=1&amp;b=2' property='OG:URL'/>": True,
    '<link href="http://site.example/1?a=1&amp;b=2" rel="canonical">': True,
    '<link rel="canonical" href="/1">': False,
    '<!-- <meta property="og:url" content="http://site.example/2"> -->': False,
    "": False,
}


@pytest.mark.parametrize(("head", "tells"), HEADS.items())
def test_a_saved_page_lies_at_the_address_that_it_gives_itself(tmp_path, head, tells):
    page = tmp_path / "1.html"
    page.write_text(f"<html><head>{head}</head><body>x</body></html>", encoding="utf-8")
    source = load_sources()["kremlin"]
    if tells:
        assert saved_page(page, source).url == "http://site.example/1?a=1&b=2"
    else:
        with pytest.raises(BadDocument, match="neither og:url nor a canonical link"):
            saved_page(page, source)


def test_a_document_without_a_date_goes_to_quarantine(tmp_path):
    warehouse = Warehouse(tmp_path / "w")
    path = write(tmp_path / "a.jsonl", {**DOCUMENT, "published": None})
    (night,) = ingest([path], warehouse, {}, now=NOW)
    assert night.appended["quarantine"] == 1
    assert not night.appended["releases"]
    assert "no date" in night.quarantined[0].reason


PAGE = """<html><body><article class="read__in hentry h-entry">
<h1 class="entry-title p-name">Встреча с Президентом Узбекистана</h1>
<div class="read__meta"><time class="read__published" datetime="2026-11-19">19 ноября</time></div>
<div class="entry-content e-content read__internal_content">
<p>Товарооборот России и Узбекистана в 2025 году достиг 11,5 миллиарда долларов.</p>
</div></article></body></html>"""


def record(url, page, **warc):
    body = page.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    headers = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Date": "2026-11-20T08:00:00Z",
        "Content-Length": str(len(http)),
    } | {f"WARC-{name.capitalize()}": value for name, value in warc.items()}
    lines = [b"WARC/1.0", *(f"{name}: {value}".encode() for name, value in headers.items())]
    return gzip.compress(b"\r\n".join(lines) + b"\r\n\r\n" + http + b"\r\n\r\n")


def test_a_web_archive_is_read_as_a_backfill(tmp_path, caplog):
    news = "http://kremlin.ru/events/president/news/{}"
    content = [
        record(news.format(1), PAGE),
        record("http://kremlin.ru/catalog/countries/UZ", PAGE),
        record("http://elsewhere.example/events/president/news/1", PAGE),
        b"garbage, where a record was",
        record(news.format(2), PAGE, truncated="length"),
    ]
    path = tmp_path / "news.warc.gz"
    path.write_bytes(b"".join(content))
    warehouse = Warehouse(tmp_path / "w")
    (night,) = ingest([path], warehouse, load_sources(), now=NOW)
    assert warehouse.scan("captures").collect()["url"].to_list() == [news.format(1)]
    (release,) = night.releases
    assert (release.url, release.language) == (news.format(1), "ru")
    (quarantined,) = night.quarantined
    assert quarantined.url == news.format(2)
    assert "cut off by the archive" in quarantined.reason
    assert "compressed data is damaged" in caplog.text
