"""The whole archive against its hashes: which captures are no longer what was fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import polars as pl
import zstandard

from warehouse.tables import Warehouse

BATCH = 200  # bodies in memory at once


def altered_captures(warehouse: Warehouse) -> Iterator[str]:
    """Yield, for each capture whose bytes are not those of its hash, which it is and what is wrong.

    A file that cannot be read at all counts as one.
    """
    try:
        ids = warehouse.scan("captures").select("capture_id").collect()["capture_id"]
        for first in range(0, len(ids), BATCH):
            some = ids.slice(first, BATCH).implode()
            rows = warehouse.scan("captures").filter(pl.col("capture_id").is_in(some)).collect()
            for row in rows.iter_rows(named=True):
                if wrong := unpacked(row["body"], row["body_sha256"])[1]:
                    yield f"capture {row['capture_id']} of {row['url']}: {wrong}"
    except pl.exceptions.PolarsError as error:
        yield f"captures in {warehouse.root}: a file cannot be read: {error}"


def unpacked(body: bytes, sha256: str) -> tuple[bytes | None, str | None]:
    """Return a capture's body as fetched, if it can be had, and what is wrong with it, if it is."""
    try:
        whole = zstandard.ZstdDecompressor().decompressobj().decompress(body)
    except zstandard.ZstdError as error:
        return None, f"cannot be decompressed: {error}"
    return whole, changed(sha256, hashlib.sha256(whole).hexdigest())


def changed(stored: str, found: str) -> str | None:
    """Return in words that a hash is not the one stored, None where it is."""
    return None if found == stored else f"sha256 was {stored} and is {found}"
