"""Pages from WARC files that we write ourselves, whole and damaged."""

import contextlib
import gzip
import io
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.warc import BadRecord, read_warc
from scrapers.web.bodies import unpack
from scrapers.web.errors import BadDocument
from warehouse.fields import Capture

NEWS = "http://kremlin.ru/events/president/news/{}"
BODY = "<html><body><p>Товарооборот вырос на {} процентов.</p></body></html>"


def source_of(url):
    return "kremlin" if url.startswith("http://kremlin.ru/events/") else None


class Archive:
    """A WARC file in the making, which knows where each record begins."""

    def __init__(self, *, zipped=True):
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=zipped)
        self.starts = []

    def add(
        self,
        url,
        body,
        *,
        status="200 OK",
        kind="response",
        http=(),
        content_type="text/html",
        **warc,
    ):
        self.starts.append(self._out.tell())
        headers = StatusAndHeaders(
            status, [("Content-Type", content_type), *http], protocol="HTTP/1.1"
        )
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body.encode() if isinstance(body, str) else body),
            http_headers=headers if kind == "response" else None,
            warc_headers_dict={"WARC-Date": "2026-11-19T08:30:00Z"}
            | {f"WARC-{name.capitalize()}": value for name, value in warc.items()},
        )
        self._writer.write_record(record)
        record.raw_stream.close()
        return self

    @property
    def content(self):
        return self._out.getvalue()


def news(count=5, *, zipped=True):
    archive = Archive(zipped=zipped)
    for number in range(count):
        archive.add(NEWS.format(number), BODY.format(number))
    return archive


@pytest.fixture
def read(tmp_path):
    def read_content(content, **options):
        path = tmp_path / "news.warc.gz"
        path.write_bytes(content)
        return list(read_warc(path, source_of, **options))

    return read_content


def numbers(found):
    return [int(page.url.rsplit("/", 1)[1]) for page in found if isinstance(page, Capture)]


def reasons(found):
    return [str(bad) for bad in found if isinstance(bad, BadRecord)]


@pytest.mark.parametrize("zipped", [True, False])
def test_a_page_is_a_capture_as_if_we_had_fetched_it_then(read, zipped):
    archive = Archive(zipped=zipped).add(NEWS.format(7), BODY, http=[("ETag", '"1"')])
    (capture,) = read(archive.content)
    assert unpack(capture) == BODY.encode()
    assert (capture.source, capture.url, capture.status) == ("kremlin", NEWS.format(7), 200)
    assert (capture.content_type, capture.etag) == ("text/html", '"1"')
    assert capture.fetched_at == datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


def test_a_whole_file_in_one_gzip_member_is_read_too(read):
    assert numbers(read(gzip.compress(news(zipped=False).content))) == [0, 1, 2, 3, 4]


def test_what_is_no_page_of_a_source_is_passed_over(read):
    archive = (
        Archive()
        .add("urn:info", "software: ours", kind="warcinfo")
        .add(NEWS.format(1), "GET / HTTP/1.1", kind="request")
        .add(NEWS.format(1), "fetched: yes", kind="metadata")
        .add("http://mid.ru/events/1", BODY)
        .add("dns:kremlin.ru", "1.2.3.4", kind="resource")
        .add(NEWS.format(2), BODY, status="404 Not Found")
        .add(NEWS.format(3), BODY, status="301 Moved")
        .add(NEWS.format(4), b"\xff\xd8", content_type="image/jpeg")
        .add(NEWS.format(5), BODY)
    )
    assert numbers(found := read(archive.content)) == [5]
    assert len(found) == 1


CODED = {
    "gzip": gzip.compress(BODY.encode()),
    "chunked": b"8\r\n" + BODY.encode()[:8] + b"\r\nfff\r\n" + BODY.encode()[8:] + b"\r\n0\r\n\r\n",
}


def test_transfer_and_content_codings_are_undone(read):
    archive = (
        Archive()
        .add(NEWS.format(1), CODED["gzip"], http=[("Content-Encoding", "gzip")])
        .add(NEWS.format(2), BODY, http=[("Content-Encoding", "gzip")])  # undone by the archive
        .add(NEWS.format(3), BODY, http=[("Transfer-Encoding", "chunked")])  # the same
    )
    found = read(archive.content)
    assert [unpack(page) for page in found] == [BODY.encode()] * 3


def test_chunks_are_joined(read):
    body = BODY.encode()
    sent = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:9], body[9:]))
    archive = Archive().add(
        NEWS.format(1), sent + b"0\r\n\r\n", http=[("Transfer-Encoding", "chunked")]
    )
    assert unpack(read(archive.content)[0]) == body


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"body": BODY, "truncated": "length"}, "cut off by the archive"),
        ({"body": BODY, "date": "yesterday"}, "yesterday"),
        ({"body": b""}, "empty body"),
        ({"body": BODY * 1000}, "more than 9000 bytes"),
        ({"body": "<script>bobcmn</script>"}, "challenge page"),
        ({"body": b"\x0b\x0c", "http": [("Content-Encoding", "br")]}, "'br'"),
        ({"body": b"\x1f\x8b garbage", "http": [("Content-Encoding", "gzip")]}, "damaged"),
    ],
)
def test_a_bad_record_is_told_and_the_next_is_read(read, record, why):
    archive = Archive().add(NEWS.format(1), **record).add(NEWS.format(2), BODY)
    bad, good = read(archive.content, max_bytes=9000)
    assert (bad.source, bad.url) == ("kremlin", NEWS.format(1))
    assert why in bad.why
    assert "news.warc.gz: record 1" in bad.where
    assert good.url == NEWS.format(2)


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("at", ["head", "middle"])
def test_one_damaged_record_costs_only_itself(read, zipped, at):
    archive = news(zipped=zipped)
    content, third = bytearray(archive.content), archive.starts[2]
    place = third if at == "head" else (third + archive.starts[3]) // 2
    content[place : place + 12] = b"XXXXXXXXXXXX"
    found = read(bytes(content))
    assert set(numbers(found)) >= {0, 1, 3, 4}
    if zipped or at == "head":
        assert reasons(found)
        assert 2 not in numbers(found)


def test_a_record_whose_middle_is_missing_is_told(read):
    archive = news(zipped=False)
    content, fourth = archive.content, archive.starts[3]
    found = read(content[: fourth - 80] + content[fourth - 20 :])
    assert set(numbers(found)) >= {0, 1, 4}
    assert reasons(found)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_file_that_ends_early_is_told(read, zipped):
    archive = news(zipped=zipped)
    found = read(archive.content[: archive.starts[4] + 120])
    assert numbers(found) == [0, 1, 2, 3]
    assert "ends" in reasons(found)[-1]


@pytest.mark.parametrize(
    "content", [b"", b"garbage" * 999, gzip.compress(b"garbage", mtime=0), b"\n" * 9]
)
def test_a_file_without_a_record_is_no_document(read, content):
    with pytest.raises(BadDocument, match=r"news\.warc\.gz: holds no WARC record"):
        read(content)


def test_memory_does_not_grow_with_the_file_or_its_bombs(tmp_path):
    bomb = gzip.compress(bytes(20_000_000))
    path = tmp_path / "large.warc.gz"
    with path.open("wb") as file:
        for _ in range(20):
            archive = Archive().add(NEWS.format(1), bomb, http=[("Content-Encoding", "gzip")])
            file.write(archive.add(NEWS.format(2), bytes(3_000_000)).content)
    tracemalloc.start()
    try:
        found = sum(1 for _ in read_warc(path, source_of, max_bytes=4_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == 40
    assert peak < 20_000_000


@given(st.data())
def test_any_damage_ends_in_pages_and_reasons(tmp_path_factory, data):
    zipped = data.draw(st.booleans())
    content = bytearray(news(3, zipped=zipped).content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, 10_000)) % len(content)  # ids make the length vary
        content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    path = tmp_path_factory.getbasetemp() / "damaged.warc"
    path.write_bytes(content)
    with contextlib.suppress(BadDocument):
        assert len(list(read_warc(path, lambda url: "kremlin"))) <= 12
