"""en.kremlin.ru and kremlin.ru: turns of speech, and the page's own address."""

from __future__ import annotations

import re

from scrapers.sources import site
from scrapers.sources.site import Draft
from warehouse.fields import Capture


class Site(site.Site):
    """A turn opens with the speaker in bold; some pages forget the space behind the colon."""

    def canonical(self, url: str) -> str:
        """Return an address without the ``.html`` that mirroring tools put behind it."""
        return super().canonical(url).removesuffix(".html")

    def cut(self, capture: Capture, html: str) -> Draft:
        return super().cut(capture, LABEL.sub(r"\1 ", html))


LABEL = re.compile(r"(:\s*</(?:b|strong)>|</(?:b|strong)>\s*:)(?=[^\s<])")
