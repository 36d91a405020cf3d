"""Which code reads which source.

A source's own code, if it has any, stands in the module of its id with dots as underscores and
``site_`` before a digit: ``president.tj`` in ``president_tj.py``, ``24.kg`` in ``site_24_kg.py``.
"""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from scrapers.sources.interface import Interface
from scrapers.sources.load import load_spec
from scrapers.sources.site import Site
from scrapers.sources.spec import Spec


def load_site(path: Path) -> Site:
    spec = load_spec(path)
    return site_class(spec)(spec)


def site_class(spec: Spec) -> type[Site]:
    name = f"{__package__}.{module_of(spec.id)}"
    if importlib.util.find_spec(name) is not None:
        site: type[Site] = importlib.import_module(name).Site
        return site
    return Interface if spec.interface else Site


def module_of(source: str) -> str:
    """Return the module that holds a source's own code, if it has any."""
    name = source.replace(".", "_").replace("-", "_")
    return f"site_{name}" if name[0].isdigit() else name
