"""Telling the pages that keep robots out from those that hold something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import chain
from pathlib import Path

import yaml

from scrapers.web.errors import Misconfigured

UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
TAG = re.compile(r"<[^>]*>?")


@dataclass(frozen=True)
class Marks:
    """What gives such a page away, in lower case."""

    text_below: int
    bare_below: int
    headers: dict[str, list[str]]
    markup: list[str]
    scripts: list[list[str]]
    text: list[str]


@cache
def marks() -> Marks:
    """Return the marks of the YAML. Raises Misconfigured for keys and values it must not have."""
    path = Path(__file__).with_name("challenges.yml")
    try:
        found = Marks(**yaml.safe_load(path.read_text(encoding="utf-8").lower()))
        every = [*found.markup, *found.text, *chain(*found.scripts)]
    except (TypeError, AttributeError, yaml.YAMLError) as error:
        raise Misconfigured(f"{path}: {error}") from error
    if not all(isinstance(mark, str) and mark for mark in every):
        raise Misconfigured(f"{path}: every mark must be text; quote what YAML takes otherwise")
    return found


def challenge(head: bytes, size: int, headers: Mapping[str, str]) -> str | None:
    """Return the mark by which an answer is a challenge page, or None where it is not.

    ``head`` is the beginning of the body; a body much longer than that is no challenge.
    """
    for name, values in marks().headers.items():
        if headers.get(name, "").lower() in values:
            return f"{name} header"
    if size > 4 * len(head) or b"<" not in head[:2048]:
        return None
    return mark_of(head.decode(guess(head), "replace"))


def guess(head: bytes) -> str:
    return "cp1251" if b"windows-1251" in head[:2048].lower() else "utf-8"


def mark_of(page: str) -> str | None:
    """Return the mark in a page's markup or text, where the page says little else."""
    text = visible_text(page).lower()
    if len(text) >= marks().text_below:
        return None
    page = page.lower()
    found = [f"{m!r} in the markup" for m in marks().markup if m in page]
    found += [f"{m!r} in the text" for m in marks().text if m in text]
    if len(text) < marks().bare_below:
        scripts = marks().scripts
        found += [f"{' and '.join(s)} in a script" for s in scripts if all(m in page for m in s)]
    return found[0] if found else None


def visible_text(page: str) -> str:
    """Return roughly what a reader would see; any string will do, and none takes long."""
    return " ".join(unescape(TAG.sub(" ", UNSEEN.sub(" ", page))).split())
