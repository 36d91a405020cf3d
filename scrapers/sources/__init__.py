"""The sites: one YAML and, where needed, one small parser each. See README.md beside this."""

from __future__ import annotations

from pathlib import Path

from scrapers.sources.base import Source

__all__ = ["load_sources"]


def load_sources(folder: Path | None = None) -> dict[str, Source]:
    """Return all sources by id, in the order of their ids.

    Raises Misconfigured, naming file and key, where a YAML is wrong.
    """
    # The seam `base` is imported by the client and the flows, which need none of the parsers.
    from scrapers.sources.registry import load_site

    paths = sorted((folder or Path(__file__).parent).glob("*.yml"))
    sites = [load_site(path) for path in paths]
    return {site.id: site for site in sites}
