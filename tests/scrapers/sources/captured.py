"""Captures as the client would make them, and a site served from a mapping."""

import hashlib
from datetime import UTC, datetime

import zstandard

from scrapers.web.errors import Missing
from warehouse.fields import Capture, content_id

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def capture_of(source, url, body, *, link=None, now=NOW, content_type="text/html; charset=utf-8"):
    raw = body.encode() if isinstance(body, str) else body
    digest = hashlib.sha256(raw).hexdigest()
    return Capture(
        capture_id=content_id(url, digest),
        source=source,
        url=link.url if link else url,
        final_url=url,
        status=200,
        content_type=content_type,
        fetched_at=now,
        body=zstandard.compress(raw),
        body_sha256=digest,
        native_id=link.native_id if link else None,
        language=link.language if link else None,
        listed_title=link.title if link else None,
        listed_published=link.published if link else None,
    )


class Served:
    """A fetch over a mapping of addresses to bodies; an address nobody serves is Missing."""

    def __init__(self, source, pages, *, now=NOW, content_type="text/html; charset=utf-8"):
        self.source, self.pages, self.now, self.asked = source, pages, now, []
        self.content_type = content_type

    def __call__(self, request):
        self.asked.append(request)
        key = (request.url, request.body) if request.body else request.url
        body = self.pages.get(key, self.pages.get(request.url))
        if isinstance(body, Exception):
            raise body
        if body is None:
            raise Missing(f"404 {request.url}")
        return capture_of(
            self.source,
            request.url,
            body,
            link=request.link,
            now=self.now,
            content_type=self.content_type,
        )
