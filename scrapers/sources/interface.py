"""A site whose releases come as JSON from an interface, while readers see an application."""

from __future__ import annotations

import json
from typing import Any

from scrapers.sources import cut
from scrapers.sources import site as base
from scrapers.sources.base import Link
from scrapers.sources.items import Item
from scrapers.sources.site import Draft
from scrapers.sources.spec import Edition, Way
from scrapers.text.normalise import line
from scrapers.web.errors import BadPage, LayoutChanged
from warehouse.fields import Capture


class Interface(base.Site):
    """A source whose YAML has an ``interface``."""

    SECTION = "interface"

    def item(self, row: Any, edition: Edition, way: Way, capture: Capture) -> Item | None:
        """Return the entry of one row of a listing, or None where it names no release."""
        rows, interface = self.spec.rows, self.spec.interface
        assert rows and interface
        native_id = cut.at(row, rows.id)
        title = cut.at(row, self.paths(rows.title, edition))
        if native_id is None or not isinstance(title, str):
            return None
        slug = cut.at(row, rows.slug) or ""
        values = {**edition.values, **way.values, "id": native_id, "slug": slug}
        return Item(
            href=interface.public.format(**values),
            title=" ".join(cut.fragment(title)),
            stamp=self.read(str(cut.at(row, rows.date) or "")),
            native_id=str(native_id),
        )

    @staticmethod
    def paths(paths: tuple[str, ...], edition: Edition) -> tuple[str, ...]:
        """Return paths with the edition's own values in them: ``title{key}``."""
        return tuple(path.format(**edition.values) for path in paths)

    def ask_for(self, link: Link) -> str | None:
        interface = self.spec.interface
        edition = self.spec.editions.get(link.language)  # type: ignore[call-overload]
        native_id = link.native_id or self.id_in(link.url)
        assert interface
        if edition is None or native_id is None:
            return None
        slug = link.url.rstrip("/").rsplit("/", 1)[-1]
        return interface.url.format(**{**edition.values, "id": native_id, "slug": slug})

    def cut(self, capture: Capture, html: str) -> Draft:
        interface = self.spec.interface
        assert interface
        row = self.row(capture, html)
        edition = self.edition_for(capture)
        text = cut.at(row, self.paths(interface.text, edition))
        title = cut.at(row, self.paths(interface.title, edition))
        lead = cut.at(row, self.paths(interface.lead, edition))
        headline = " ".join(cut.fragment(title)) if isinstance(title, str) else None
        return Draft(
            title=headline,
            stamp=self.read(str(cut.at(row, interface.date) or capture.listed_published or "")),
            lead=line(" ".join(cut.fragment(lead))) or None if isinstance(lead, str) else None,
            paragraphs=self.prepared(cut.fragment(text), headline) if isinstance(text, str) else (),
        )

    def row(self, capture: Capture, text: str) -> Any:
        """Return the object of one release. Raises LayoutChanged where the JSON holds none."""
        interface = self.spec.interface
        assert interface
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadPage(f"{self.id}: {capture.url}: not JSON: {error}") from error
        row = cut.at(data, interface.row)
        if not isinstance(row, dict):
            raise LayoutChanged(
                f"{self.id}: {capture.url}: no release at {', '.join(interface.row)}; "
                f"look at the answer and mend interface.row in {self.id}.yml"
            )
        return row

    def edition_for(self, capture: Capture) -> Edition:
        found = self.edition_of(capture.url)
        editions = self.spec.editions
        if capture.language in editions:
            return editions[capture.language]
        return found[1] if found else next(iter(editions.values()))
