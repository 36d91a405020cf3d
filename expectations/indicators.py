"""What the checks know of an indicator: whether it flows or stands, and who counts it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from warehouse.fields import INDICATORS

KINDS = ("flow", "stock", "event", "instance")
FILE = Path(__file__).with_name("indicators.yml")


@dataclass(frozen=True, kw_only=True)
class Nature:
    """How statements of one indicator meet each other; the words are explained in the YAML."""

    kind: str
    mirrored: bool
    series: bool


@cache
def natures(path: Path = FILE) -> dict[str, Nature]:
    """Return the nature of every indicator. Raises ValueError where the file leaves one out."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    kind_of = {code: kind for kind in KINDS for code in told["kinds"][kind]}
    listed = sum(len(told["kinds"][kind]) for kind in KINDS)
    wrong = set(INDICATORS) ^ set(kind_of) | (set(told["mirrored"]) | set(told["series"])) - set(
        INDICATORS
    )
    if wrong or listed != len(kind_of):
        raise ValueError(f"{path}: each indicator once, no others; see {sorted(wrong) or 'twice'}")
    return {
        code: Nature(kind=kind, mirrored=code in told["mirrored"], series=code in told["series"])
        for code, kind in kind_of.items()
    }


def nature(indicator: str) -> Nature:
    return natures()[indicator]
