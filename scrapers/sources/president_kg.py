"""president.kg: no interface for one release; its row stands in the answer of the search."""

from __future__ import annotations

import json
from typing import Any

from scrapers.sources import cut, interface
from scrapers.sources.base import Link, Request
from scrapers.web.errors import BadPage, LayoutChanged, Missing
from warehouse.fields import Capture


class Site(interface.Interface):
    """The search is asked again for a release, and its row taken by the id."""

    def page(self, link: Link) -> Request:
        """Ask where the release was listed; one looked at again stands on the front page."""
        front = self.spec.editions[link.language].front  # type: ignore[index]
        category = link.url.rsplit("/", 2)[-2]
        way = next((w for w in front if str(w.values.get("category")) == category), front[0])
        body = link.body or (way.body or "").replace("{page}", str(way.first))
        return Request(url=link.ask or way.url, method="POST", body=body, link=link)

    def row(self, capture: Capture, text: str) -> Any:
        wanted = capture.native_id or self.id_in(capture.url)
        try:
            rows = cut.at(json.loads(text), ["content"], kind=list)
        except (ValueError, RecursionError) as error:
            raise BadPage(f"{self.id}: {capture.url}: not JSON: {error}") from error
        if rows is None:
            raise LayoutChanged(f"{self.id}: {capture.url}: the answer holds no content")
        for row in rows:
            if isinstance(row, dict) and str(row.get("id")) == wanted:
                return row
        raise Missing(f"{self.id}: {capture.url}: not in the answer of the search")
