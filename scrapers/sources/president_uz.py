"""president.uz: the date is the first line of the text, in no element that we know."""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.sources import site
from scrapers.sources.site import Draft
from warehouse.fields import Capture

LINE = re.compile(r">\s*(\d\d\.\d\d\.(?:19|20)\d\d)\s*<")


class Site(site.Site):
    """Where no selector found a date, a line of its own of the form DD.MM.YYYY is it."""

    def cut(self, capture: Capture, html: str) -> Draft:
        draft = super().cut(capture, html)
        alone = LINE.search(html)
        return draft if draft.stamp or not alone else replace(draft, stamp=self.read(alone[1]))
