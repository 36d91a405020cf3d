import dataclasses
import hashlib
from datetime import UTC, datetime

import zstandard

from warehouse.fields import Capture
from warehouse.tables import Warehouse
from warehouse.verify import altered_captures

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
BODY = b"<html>Trade reached $11.6 billion</html>"
WHOLE = Capture(
    capture_id="c1",
    source="kremlin",
    url="http://en.kremlin.ru/events/president/news/1",
    final_url="http://en.kremlin.ru/events/president/news/1",
    status=200,
    fetched_at=AT,
    body=zstandard.compress(BODY),
    body_sha256=hashlib.sha256(BODY).hexdigest(),
)


def test_an_archive_as_it_was_fetched_has_nothing_to_say(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([WHOLE], recorded_at=AT)
    assert list(altered_captures(warehouse)) == []


def test_altered_bytes_are_named(tmp_path):
    warehouse = Warehouse(tmp_path)
    other = zstandard.compress(BODY.replace(b"11.6", b"16.1"))
    changed = dataclasses.replace(WHOLE, capture_id="c2", body=other)
    broken = dataclasses.replace(WHOLE, capture_id="c3", body=b"not zstd")
    warehouse.append([WHOLE, changed, broken], recorded_at=AT)
    said = sorted(altered_captures(warehouse))
    assert len(said) == 2
    assert said[0].startswith("capture c2 of http://en.kremlin.ru/events/president/news/1: sha256")
    assert "c3" in said[1]
    assert "cannot be decompressed" in said[1]


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.append([WHOLE], recorded_at=AT)
    (path,) = (tmp_path / "captures").rglob("*.parquet")
    path.write_bytes(path.read_bytes()[:-20])
    (said,) = altered_captures(warehouse)
    assert "cannot be read" in said
