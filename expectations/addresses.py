"""Addresses as identity: the same page, and the same release in another language.

Two addresses of one source are twins where they share the site's numeric id, or differ only in
the language they name. Sites: kremlin.ru, president.uz, mid.ru, president.kg, gazeta.uz.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

LANGUAGE = re.compile(
    r"^(?:en|ru|eng|rus|english|russian|kz|kk|kaz|ky|kg|kgz|tj|taj|tg|tm|tkm|tk|uz|uzb|oz|zh|cn)$"
)
HOST_PREFIX = re.compile(r"^(?:(?:www|en|ru|eng|rus|m)\.)+")
NATIVE = re.compile(r"(?<!\d)\d{4,}(?!\d)")


@lru_cache(maxsize=65536)
def canonical(url: str) -> str:
    """Return an address without scheme, ``www`` and trailing slash: one page, one string."""
    parts = urlsplit(url)
    if not parts.netloc:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


@lru_cache(maxsize=65536)
def twin_key(url: str) -> str:
    """Return what the language versions of one release have in common, within a source."""
    parts = urlsplit(url)
    segments = [s for s in parts.path.split("/") if s and not LANGUAGE.match(s.lower())]
    ids = [n for s in segments for n in NATIVE.findall(s) if not is_year(n)]
    if ids:
        return f"#{ids[-1]}"
    host = HOST_PREFIX.sub("", parts.netloc.lower())
    return "/".join([host, *segments])


def is_year(digits: str) -> bool:
    """Whether digits are rather a year or a date in the address than an id."""
    return len(digits) in (4, 8) and digits[:2] in ("19", "20")
