"""Bodies: read within limits, decompressed, hashed, and packed for the archive.

A body is counted after decompression, piece by piece, so that a bomb is refused while it is
small. Beyond a megabyte it waits on disk, so that many at once do not fill the memory.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import zstandard

from scrapers.web.errors import BadPage, Unreachable
from warehouse.fields import Capture

HEAD = 65536  # bytes kept in sight, for telling challenge pages
PIECE = 65536
IN_MEMORY = 1_000_000
LARGEST = 100_000_000  # more than any source may send
ENCODINGS = "gzip, deflate"
_one_at_a_time = threading.Lock()  # packing needs the whole body in memory


@dataclass(frozen=True)
class Body:
    """A whole body: packed as the archive keeps it, and its beginning in plain."""

    packed: bytes
    sha256: str
    size: int
    head: bytes


class CutOff(Unreachable):
    """An answer that ended before its end."""


def read_body(pieces: Iterable[bytes], *, encoding: str, max_bytes: int, name: str) -> Body:
    """Return the body of an answer from its pieces as sent.

    Raises BadPage where it is larger than allowed, before or after decompression, or encoded in
    a way that we did not ask for; CutOff where compressed data ends too early.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as store:
        digest = hashlib.sha256()
        size, head = 0, b""
        for piece in decompressed(within(pieces, max_bytes, name), encoding, name):
            size += len(piece)
            if size > max_bytes:
                raise too_large(name, max_bytes)
            digest.update(piece)
            head += piece[: HEAD - len(head)]
            store.write(piece)
        return Body(pack_file(store), digest.hexdigest(), size, head)


def too_large(name: str, max_bytes: int) -> BadPage:
    return BadPage(f"{name}: more than {max_bytes} bytes; if that is right, raise its `max_bytes`")


def within(pieces: Iterable[bytes], max_bytes: int, name: str) -> Iterator[bytes]:
    sent = 0
    for piece in pieces:
        sent += len(piece)
        if sent > max_bytes:
            raise too_large(name, max_bytes)
        yield piece


def decompressed(pieces: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """Yield what the pieces hold, never more than `PIECE` bytes at a time."""
    if encoding in ("", "identity"):
        yield from pieces
    elif encoding in ("gzip", "x-gzip"):
        yield from inflated(pieces, zlib.MAX_WBITS | 16, name)
    elif encoding == "deflate":
        yield from inflated(pieces, None, name)
    else:
        raise BadPage(f"{name}: sent as {encoding!r}, though we ask for {ENCODINGS} only")


def inflated(pieces: Iterable[bytes], wbits: int | None, name: str) -> Iterator[bytes]:
    """Yield inflated data; several gzip members in a row are one body.

    Without ``wbits`` the data is deflate, which sites send with or without a zlib header.
    """
    inflate = None
    try:
        for piece in pieces:
            if inflate is None:
                inflate = zlib.decompressobj(wbits or deflate_wbits(piece))
            while piece:
                if inflate.eof:
                    if wbits is None or not piece.startswith(b"\x1f\x8b"):
                        return  # padding after the end
                    inflate = zlib.decompressobj(wbits)
                if out := inflate.decompress(piece, PIECE):
                    yield out
                piece = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    except zlib.error as error:
        raise CutOff(f"{name}: compressed data is damaged ({error})") from error
    if inflate is not None and not inflate.eof:
        raise CutOff(f"{name}: compressed data ends before its end")


def deflate_wbits(piece: bytes) -> int:
    """Return how deflate data is wrapped, by the first byte of a zlib header."""
    return zlib.MAX_WBITS if piece[:1] and piece[0] & 0x8F == 8 else -zlib.MAX_WBITS


def pack_file(store: IO[bytes]) -> bytes:
    with _one_at_a_time:
        store.seek(0)
        return pack(store.read())


def pack(body: bytes) -> bytes:
    """Return a body as `Capture.body` holds it: one zstd frame that states its size."""
    return zstandard.ZstdCompressor().compress(body)


def unpack(capture: Capture, *, most: int = LARGEST) -> bytes:
    """Return the body as sent. Raises BadPage where what is stored is broken or too large."""
    try:
        if 0 <= zstandard.frame_content_size(capture.body) <= min(most, IN_MEMORY):
            return zstandard.ZstdDecompressor().decompress(capture.body)
        with zstandard.ZstdDecompressor().stream_reader(capture.body) as reader:
            body = reader.read(most + 1)
    except zstandard.ZstdError as error:
        raise BadPage(f"{capture.url}: the stored body is not zstd: {error}") from error
    if len(body) > most:
        raise BadPage(f"{capture.url}: the stored body is larger than {most} bytes")
    return body
