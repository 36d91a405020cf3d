import json
from datetime import UTC, datetime

import pytest

from flows.ingest import ingest
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


def test_a_document_without_a_date_goes_to_quarantine(tmp_path):
    warehouse = Warehouse(tmp_path / "w")
    path = write(tmp_path / "a.jsonl", {**DOCUMENT, "published": None})
    (night,) = ingest([path], warehouse, {}, now=NOW)
    assert night.appended["quarantine"] == 1
    assert not night.appended["releases"]
    assert "no date" in night.quarantined[0].reason
