"""Loading of word lists, `lexicon/*.yml`. What they mean is known to the modules that load them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent / "lexicon"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadLexiconError(ValueError):
    """A lexicon file says something that its reader does not understand."""


@cache
def load(name: str) -> dict[str, Any]:
    """Return one lexicon file. Raises BadLexiconError where it is not a mapping."""
    with (HERE / f"{name}.yml").open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=_Loader)
    if not isinstance(data, dict):
        raise BadLexiconError(f"{name}.yml: not a mapping")
    return data
