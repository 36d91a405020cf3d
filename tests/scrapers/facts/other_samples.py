"""Sentences of our own as releases, and what is read of them, in short."""

from datetime import date

from scrapers.facts.other import extract_facts, printable
from warehouse.fields import Release

TITLES = {"en": "Russia and Uzbekistan", "ru": "Россия и Узбекистан"}


def release(text, *, language=None, title=None, published=date(2025, 6, 18), source="uza"):
    """Return a text as a release about Uzbekistan and Russia, unless its title says otherwise."""
    lang = language or ("ru" if any("а" <= c <= "я" for c in text) else "en")
    return Release(
        release_id="r",
        source=source,
        url="http://example.org",
        language=lang,
        title=TITLES[lang] if title is None else title,
        published=published,
        text=text,
        text_sha256="",
        parser="test",
        parser_version="1",
    )


def facts(kind, text, **other):
    found = [printable(f) for f in extract_facts(release(text, **other)).all()]
    return [f for f in found if f["kind"] == kind]


def only(kind, text, **other):
    """Return the one fact of a kind in a text."""
    (fact,) = facts(kind, text, **other)
    return fact
