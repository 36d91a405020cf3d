"""What a night remembers of earlier visits, so that it can ask conditionally.

Pages come from the warehouse's captures. Listings and robots.txt are no evidence of anything and
are kept beside it, in a cache that may be deleted at any time.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from warehouse.fields import Capture
from warehouse.tables import Warehouse


class VisitMemory:
    """Earlier captures: those given, and a folder of one file an address for the others."""

    def __init__(self, folder: Path, pages: Iterable[Capture] = ()) -> None:
        self.folder = folder
        self.pages = {capture.url: capture for capture in pages}

    def recall(self, url: str) -> Capture | None:
        if url in self.pages:
            return self.pages[url]
        try:
            head, _, body = self._file(url).read_bytes().partition(b"\n")
            fields = json.loads(head)
            fields["fetched_at"] = datetime.fromisoformat(fields["fetched_at"])
            return Capture(**fields, body=body)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):  # of an older version, or cut off: as good as none
            return None

    def keep(self, capture: Capture) -> None:
        """Keep a listing; a page belongs to who asked for it."""
        if capture.language is not None:
            return
        fields = dataclasses.asdict(capture)
        body = fields.pop("body")
        fields.pop("recorded_at")
        fields["fetched_at"] = capture.fetched_at.isoformat()
        final = self._file(capture.url)
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary = final.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(json.dumps(fields).encode() + b"\n" + body)
        temporary.replace(final)

    def _file(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.capture"


def recent_captures(
    warehouse: Warehouse, source: str, *, now: datetime, days: int
) -> list[Capture]:
    """Return, newest release first, the latest capture of each page published in the last days."""
    if not days:
        return []
    releases = (
        warehouse.scan("releases")
        .filter(pl.col("source") == source, pl.col("published") >= (now - timedelta(days)).date())
        .select("url", "published")
        .unique("url")
    )
    latest = (
        warehouse.scan("captures")
        .filter(pl.col("source") == source)
        .join(releases, on="url")
        .sort("fetched_at", descending=True)
        .unique("url", keep="first", maintain_order=True)
        .sort("published", "url", descending=[True, False])
        .drop("published")
    )
    return [Capture(**row) for row in latest.collect().iter_rows(named=True)]
