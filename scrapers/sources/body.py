"""The text of a captured body: decompressed within a limit, decoded by what it says of itself."""

from __future__ import annotations

import codecs
import re

import zstandard

from scrapers.web.errors import BadPage
from warehouse.fields import Capture

LARGEST = 20_000_000
HEADER = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
META = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding=[\"']([\w-]+)", re.IGNORECASE)


def text_of(capture: Capture, *, charset: str | None = None) -> str:
    """Return the text of a capture. Raises BadPage where the body is broken or too large."""
    raw = raw_of(capture)
    for name in _names(raw, capture.content_type, charset):
        try:
            return raw.decode(codecs.lookup(name).name)
        except (LookupError, UnicodeDecodeError):
            continue  # the next one may fit: pages lie about their charset
    return raw.decode("utf-8", errors="replace")


def raw_of(capture: Capture) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(capture.body) as reader:
            raw = reader.read(LARGEST + 1)
    except zstandard.ZstdError as error:
        raise BadPage(f"{capture.url}: the stored body is not zstd: {error}") from error
    if len(raw) > LARGEST:
        raise BadPage(f"{capture.url}: the body is larger than {LARGEST} bytes")
    return raw


def _names(raw: bytes, content_type: str | None, charset: str | None) -> list[str]:
    header = HEADER.search(content_type or "")
    meta = META.search(raw[:4096]) or XML.search(raw[:200])
    told = [header[1] if header else None, meta[1].decode() if meta else None, charset, "utf-8"]
    return [name for name in told if name]
