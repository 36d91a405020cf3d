"""Releases from JSON Lines documents, as `ingest`, `extract` and `rehearse` read them.

Only the mapping from a document to a `Release`; pages are parsed by `scrapers.sources`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scrapers.web.errors import BadDocument
from warehouse.fields import Release, content_id, text_sha256

PARSER = "document"
VERSION = "1"
REQUIRED = ("id", "source", "lang", "title", "text")
UNDATED = date.min  # the day of a document that has none: figures can be read, nothing is stored


@dataclass(frozen=True)
class Document:
    """One line: its own id, and the release that it holds."""

    id: str
    release: Release


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a JSON Lines file.

    Raises BadDocument, naming file and line, where a line is no document.
    """
    for place, fields in json_lines(path):
        try:
            yield document(fields)
        except (ValueError, BadDocument) as error:
            raise BadDocument(f"{place}: {error}") from error


def json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield what each line of a JSON Lines file holds, and where it stands: ``file:line``.

    Raises BadDocument where a line is no JSON or no UTF-8; a byte order mark is no error.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield f"{path}:{number}", json.loads(line.decode("utf-8-sig"))
                except UnicodeDecodeError as error:
                    raise BadDocument(f"{path}:{number}: not UTF-8 text: {error}") from error
                except ValueError as error:
                    raise BadDocument(f"{path}:{number}: {error}") from error


def document(fields: dict[str, Any]) -> Document:
    """Return the document of one decoded line; its address defaults to ``document:<id>``.

    ``published`` may be null, or a month: then what depends on it cannot be read.
    """
    if not isinstance(fields, dict):
        raise BadDocument("not a JSON object")
    missing = [name for name in REQUIRED if not isinstance(fields.get(name), str)]
    if missing:
        raise BadDocument(f"needs text in {', '.join(missing)}")
    return Document(fields["id"], release_of(fields))


def release_of(fields: dict[str, Any]) -> Release:
    url = fields.get("url") or f"document:{fields['id']}"
    digest = text_sha256(fields["title"], fields["text"])
    stamp = fields.get("published")
    return Release(
        release_id=content_id(url, digest),
        source=fields["source"],
        url=url,
        language=fields["lang"],
        title=fields["title"],
        published=day_of(stamp),
        published_at=datetime.fromisoformat(stamp) if stamp and len(stamp) > 10 else None,
        text=fields["text"],
        text_sha256=digest,
        parser=PARSER,
        parser_version=VERSION,
    )


def day_of(stamp: str | None) -> date:
    """Return the day of an ISO 8601 date or time; the first of a bare month; UNDATED for none."""
    if stamp is None:
        return UNDATED
    return date.fromisoformat(f"{stamp}-01" if len(stamp) == len("2024-05") else stamp[:10])
