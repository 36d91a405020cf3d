"""A warehouse on an object store that speaks S3: one conditional PUT a file is the commit.

Settings and credentials are AWS's standard variables (``AWS_ACCESS_KEY_ID``, ``AWS_REGION``,
``AWS_ENDPOINT_URL`` …). Files never change, so those fetched are kept in ``CARAVAN_CACHE``
(default ``~/.cache/caravan``) and fetched once.

Two writers on two machines are kept apart by nothing but the commit: a batch committed by both
is one file, and of batches that overlap readers of ours take each id once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from warehouse.errors import Misplaced


class Bucket:
    """A prefix of a bucket."""

    def __init__(self, address: str) -> None:
        self.root = address.rstrip("/")
        place = f"{os.environ.get('AWS_ENDPOINT_URL', '')} {self.root}"
        cache = Path(os.environ.get("CARAVAN_CACHE", "~/.cache/caravan")).expanduser()
        self.private = cache / hashlib.sha256(place.encode()).hexdigest()[:16]
        self.private.mkdir(parents=True, exist_ok=True)
        self._store = S3Store.from_url(self.root)

    def names(self, table: str) -> list[str]:
        try:
            found = [meta["path"] for page in obstore.list(self._store, table) for meta in page]
        except BaseError as error:
            raise Misplaced(f"{self.root}: cannot be listed ({_short(error)})") from error
        months = f"{table}/ingest_month="
        return sorted(n for n in found if n.startswith(months) and n.endswith(".parquet"))

    def address(self, name: str) -> str:
        return f"{self.root}/{name}"

    def local(self, name: str) -> Path:
        kept = self.private / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            temporary = kept.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(bytes(obstore.get(self._store, name).bytes()))
            temporary.replace(kept)
        return kept

    def commit(self, name: str, write: Callable[[Path], None]) -> None:
        temporary = self.private / f"_tmp.{os.getpid()}.{Path(name).name}"
        write(temporary)
        try:
            obstore.put(self._store, name, temporary, mode="create")
        except AlreadyExistsError:  # another writer committed these very rows
            pass
        except BaseError as error:
            raise Misplaced(f"{self.root}: cannot be written ({_short(error)})") from error
        temporary.unlink()

    def read_text(self, name: str) -> str | None:
        try:
            return bytes(obstore.get(self._store, name).bytes()).decode()
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise Misplaced(f"{self.root}: cannot be read ({_short(error)})") from error


def _short(error: BaseError) -> str:
    return str(error).split("\n", maxsplit=1)[0][:200]
