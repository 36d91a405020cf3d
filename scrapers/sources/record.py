"""Fixtures from pages: the body as it came, and what it gives beside it, for a person to review.

The files are those that the tests of `tests/scrapers/sources` read: dropping them into the folder
of a source is all that a new test needs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scrapers.sources.base import Link, Source
from scrapers.web.bodies import unpack
from scrapers.web.errors import CaravanError
from warehouse.fields import Capture, Release

FIELDS = ("title", "published", "published_at", "place", "lead", "text", "language")


def record(source: Source, capture: Capture, folder: Path, name: str) -> tuple[Path, bool]:
    """Write a page and what it gives; return the file to review, and whether the page parsed."""
    folder.mkdir(parents=True, exist_ok=True)
    suffix = "json" if "json" in (capture.content_type or "") else "html"
    (folder / f"{name}.{suffix}").write_bytes(unpack(capture))
    link = Link(
        url=capture.url,
        language=capture.language or "",
        native_id=capture.native_id,
        title=capture.listed_title,
        published=capture.listed_published,
    )
    expected: dict[str, Any] = {"link": listed(link)}
    try:
        expected["release"] = given(source.parse(capture))
    except CaravanError as error:
        expected["error"] = {"type": type(error).__name__, "says": str(error)}
    file = folder / f"{name}.expected.json"
    file.write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file, "release" in expected


def listed(link: Link) -> dict[str, Any]:
    """Return what a listing says of a release, as the fixtures hold it."""
    return {key: value for key, value in asdict(link).items() if key not in ("ask", "body")}


def given(release: Release) -> dict[str, Any]:
    """Return what a page gives, as the fixtures hold it."""
    found = {name: getattr(release, name) for name in (*FIELDS, "native_id", "parser")}
    moment = release.published_at
    return found | {
        "published": release.published.isoformat(),
        "published_at": moment.isoformat() if moment else None,
    }
