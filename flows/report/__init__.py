"""The report: a static site of what was found, for readers. `write_report` makes it.

`read` asks the warehouse and `gather` holds the answers; `words`, `views`, `drawing`, `plots` and
`health` turn them into what is shown; `pages` says which pages there are, `site` renders them from
templates, and `warehouse.place` swaps the site in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.settings import Settings
from warehouse.tables import Warehouse

RELEASES = 2000  # newest releases that have pages; with those in findings and plots


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written."""

    path: Path
    pages: int
    changed: bool


def write_report(warehouse: Warehouse, settings: Settings, *, releases: int = RELEASES) -> Written:
    """Write the report anew from what is published, and put it in its place in one step.

    The same warehouse gives the same bytes; nothing of the clock is in it. ``releases``: how many
    of the newest have pages of their own. Raises NotHeld where nothing is published.
    """
    from flows.report.gather import gather
    from flows.report.pages import shared, write_pages
    from flows.report.read import opened
    from flows.report.site import Site
    from warehouse.place import drafted, put

    with drafted(settings.report) as draft, opened(warehouse, settings.published) as reader:
        held = gather(reader, limit=releases)
        site = Site(draft.folder, **shared(held))
        write_pages(site, held)
        changed = put(draft, settings.report, lasting=False)
    return Written(path=settings.report / "index.html", pages=site.pages, changed=changed)
