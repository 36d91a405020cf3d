"""The sites: one YAML and, where needed, one small parser each.

A source's code, if it has any, stands in the module of its id with dots as underscores and
``site_`` before a digit: ``president.tj`` in ``president_tj.py``, ``24.kg`` in ``site_24_kg.py``.
"""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from scrapers.sources.base import Source
from scrapers.sources.interface import Interface
from scrapers.sources.site import Site
from scrapers.sources.spec import Spec, load_spec

__all__ = ["load_site", "load_sources", "module_of"]


def load_sources(folder: Path | None = None) -> dict[str, Source]:
    """Return all sources by id, in the order of their ids.

    Raises Misconfigured, naming file and key, where a YAML is wrong.
    """
    paths = sorted((folder or Path(__file__).parent).glob("*.yml"))
    sites = [load_site(path) for path in paths]
    return {site.id: site for site in sites}


def load_site(path: Path) -> Site:
    spec = load_spec(path)
    return site_class(spec)(spec)


def site_class(spec: Spec) -> type[Site]:
    name = f"{__name__}.{module_of(spec.id)}"
    if importlib.util.find_spec(name) is not None:
        site: type[Site] = importlib.import_module(name).Site
        return site
    return Interface if spec.interface else Site


def module_of(source: str) -> str:
    """Return the module that holds a source's own code, if it has any."""
    name = source.replace(".", "_").replace("-", "_")
    return f"site_{name}" if name[0].isdigit() else name
