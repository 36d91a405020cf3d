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
                if wrong := fault(row["body"], row["body_sha256"]):
                    yield f"capture {row['capture_id']} of {row['url']}: {wrong}"
    except pl.exceptions.PolarsError as error:
        yield f"captures in {warehouse.root}: a file cannot be read: {error}"


def fault(body: bytes, sha256: str) -> str | None:
    try:
        whole = zstandard.ZstdDecompressor().decompressobj().decompress(body)
    except zstandard.ZstdError as error:
        return f"cannot be decompressed: {error}"
    found = hashlib.sha256(whole).hexdigest()
    return None if found == sha256 else f"sha256 was {sha256} and is {found}"
