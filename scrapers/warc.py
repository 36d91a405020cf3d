"""Pages from WARC files: web archives and Common Crawl's collections, read as captures.

A file is read once, record by record, in bounded memory. What is damaged is told, and reading
goes on with the next record that is whole.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.bufferedreaders import ChunkedDataReader

from scrapers.web.bodies import Body, CutOff, read_body
from scrapers.web.challenge import challenge
from scrapers.web.errors import BadDocument, BadPage
from scrapers.web.policy import Policy
from warehouse.fields import Capture, content_id

PIECE = 65536
LONGEST_HEADERS = 262_144
MAGIC = b"\x1f\x8b\x08"
BEGIN = b"WARC/"
TEXTUAL = re.compile(
    r"$|text/html|application/xhtml|(application|text)/([\w.]+\+)?(xml|json)", re.I
)
MAX_BYTES = Policy().max_bytes


class Damaged(Exception):  # noqa: N818 - a state of the file, told and overcome
    """A place in a file that cannot be read."""


@dataclass(frozen=True)
class BadRecord:
    """A record of a known source, or a stretch of the file, that became no capture."""

    where: str
    why: str
    source: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, self.url, self.why) if part)


class Block:
    """The next bytes of a stream, no further than they reach and no further than damage."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream = stream
        self.left = size

    def read(self, size: int) -> bytes:
        return self._take(self._stream.read, size)

    def readline(self, size: int = PIECE) -> bytes:
        return self._take(self._stream.readline, size)

    def _take(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            taken = read(min(size, self.left))
        except Damaged:
            self.left = 0  # what follows in the stream is another record
            raise
        self.left -= len(taken)
        return taken


@dataclass(frozen=True)
class Record:
    """One record: its headers in lower case, and its block, to be read before the next one."""

    headers: dict[str, str]
    block: Block


SourceOf = Callable[[str], str | None]


def read_warc(
    path: Path, source_of: SourceOf, *, max_bytes: int = MAX_BYTES
) -> Iterator[Capture | BadRecord]:
    """Yield a capture for each page that ``source_of`` gives the id of a source for.

    Only answers with status 200 and a textual type count; revisits say what an earlier record
    said. Raises BadDocument where the file is no WARC file at all.
    """
    whole = 0
    with path.open("rb") as file:
        for number, found in enumerate(records(file), 1):
            where = f"{path}: record {number}"
            if isinstance(found, Damaged):
                yield BadRecord(where, str(found))
                continue
            whole += 1
            page = page_or_reason(found, source_of, where, max_bytes)
            if page is not None:
                yield page
    if not whole:
        raise BadDocument(f"{path}: holds no WARC record")


def page_or_reason(
    record: Record, source_of: SourceOf, where: str, max_bytes: int
) -> Capture | BadRecord | None:
    try:
        return read_page(record, source_of, max_bytes=max_bytes)
    except (BadPage, CutOff, Damaged, ValueError) as error:
        url = target(record)
        return BadRecord(where, str(error), source_of(url), url)


def records(file: IO[bytes]) -> Iterator[Record | Damaged]:
    """Yield the records of a file, and what is damaged between them."""
    stream = io.BufferedReader(Inflated(file), PIECE) if is_gzip(file) else file
    lost = 0
    while True:
        try:
            line = stream.readline(LONGEST_HEADERS)
            if not line:
                break
            if not line.startswith(BEGIN):
                lost += len(line.strip())
                continue
            if lost:
                yield Damaged(f"{lost} bytes before it belong to no record")
                lost = 0
            headers = read_headers(stream)
            block = Block(stream, int(headers["content-length"]))
            yield Record(headers, block)
            while block.read(PIECE):
                pass
            if block.left:
                yield Damaged("the file ends within a record")
        except Damaged as damage:
            yield damage
        except (KeyError, ValueError):
            yield Damaged("a record without length, or with headers that have no end")
    if lost:
        yield Damaged(f"{lost} bytes at the end belong to no record")


def is_gzip(file: IO[bytes]) -> bool:
    magic = file.read(len(MAGIC))
    file.seek(0)
    return magic == MAGIC


class Inflated(io.RawIOBase):
    """The members of a gzip file as one stream; beyond a damaged one it goes on with the next.

    Raises Damaged once at each such place.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._data = b""
        self._begin(0)

    def readable(self) -> bool:
        return True

    def _begin(self, start: int) -> None:
        self._start = start
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def readinto(self, buffer: Any) -> int:
        while True:
            self._data = self._data or self._file.read(PIECE)
            if not self._data:
                return self._end()
            try:
                out = self._inflate.decompress(self._data, len(buffer))
            except zlib.error as error:
                self._find_next()
                raise Damaged(f"compressed data is damaged ({error})") from error
            self._data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._data = self._inflate.unused_data
                self._begin(self._file.tell() - len(self._data))
            if out:
                buffer[: len(out)] = out
                return len(out)

    def _end(self) -> int:
        """Return 0, the end; the first time, within a member, say that it is missing its rest."""
        if self._start < self._file.tell():
            self._begin(self._file.tell())
            raise Damaged("the file ends within a record")
        return 0

    def _find_next(self) -> None:
        """Go to the next place where a member begins that holds a record."""
        at = self._start + 1
        self._file.seek(at)
        self._data = b""
        while piece := self._file.read(PIECE):
            for match in re.finditer(MAGIC, piece):
                if self._holds_record(at + match.start()):
                    return
            at += len(piece)
            if len(piece) == PIECE:
                at -= len(MAGIC) - 1  # the mark may lie across two pieces
            self._file.seek(at)
        self._begin(self._file.tell())

    def _holds_record(self, at: int) -> bool:
        self._file.seek(at)
        self._begin(at)
        try:
            begins = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(self._file.read(512), 5)
        except zlib.error:
            begins = b""
        self._file.seek(at)
        return begins == BEGIN


def read_headers(stream: IO[bytes] | Block) -> dict[str, str]:
    """Return headers up to the blank line, those that are none left out.

    Raises ValueError where they have no end.
    """
    headers: dict[str, str] = {}
    left, name = LONGEST_HEADERS, ""
    while left > 0 and (line := stream.readline(left)):
        left -= len(line)
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return headers
        if text[0] in " \t" and name:
            headers[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers[name] = value.strip()
    raise ValueError("its headers have no end")


def read_page(record: Record, source_of: SourceOf, *, max_bytes: int) -> Capture | None:
    """Return the capture of a record, or None where it holds no page of a source.

    Raises BadPage and CutOff where it should hold one.
    """
    url = target(record)
    if record.headers.get("warc-type") != "response" or not url.startswith(("http:", "https:")):
        return None
    if (source := source_of(url)) is None:
        return None
    status = record.block.readline(PIECE).split()
    headers = read_headers(record.block)
    if status[1:2] != [b"200"] or not TEXTUAL.match(headers.get("content-type", "")):
        return None
    if why := record.headers.get("warc-truncated"):
        raise BadPage(f"cut off by the archive ({why})")
    body = payload(record.block, headers, max_bytes)
    if mark := challenge(body.head, body.size, headers):
        raise BadPage(f"a challenge page ({mark})")
    return capture_of(source, url, body, headers, at=moment(record.headers.get("warc-date", "")))


def target(record: Record) -> str:
    return record.headers.get("warc-target-uri", "").strip("<>")


def moment(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)


def payload(block: Block | ChunkedDataReader, headers: dict[str, str], max_bytes: int) -> Body:
    """Return the body: unchunked and decompressed, unless the archive has done so already."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        block = ChunkedDataReader(block)
    first = block.read(PIECE)
    encoding = headers.get("content-encoding", "").strip().lower()
    if first.lstrip()[:1] in (b"<", b"{", b"["):
        encoding = ""
    pieces = chained(first, block)
    body = read_body(pieces, encoding=encoding, max_bytes=max_bytes, name="its body")
    if not body.size:
        raise BadPage("an empty body")
    return body


def chained(first: bytes, block: Block | ChunkedDataReader) -> Iterator[bytes]:
    yield first
    while piece := block.read(PIECE):
        yield piece


def capture_of(
    source: str, url: str, body: Body, headers: dict[str, str], *, at: datetime
) -> Capture:
    return Capture(
        capture_id=content_id(url, body.sha256),
        source=source,
        url=url,
        final_url=url,
        status=200,
        content_type=headers.get("content-type"),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        fetched_at=at,
        body=body.packed,
        body_sha256=body.sha256,
    )
