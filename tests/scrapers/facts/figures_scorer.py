"""How many rows of a corpus of figures come out right, by slot and as a whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scrapers.documents import read_documents
from scrapers.facts.figures import extract_figures
from warehouse.fields import Figure

QUALIFIED = ("bound", "measure")
INDICATOR = (*QUALIFIED, "indicator")
KEY = (*INDICATOR, "ref_area", "counterpart_area", "time_period", "status")


def accuracy(corpus: Path) -> dict[str, float]:
    """Return F1 of quantities, of those with their indicator, and of whole rows."""
    counts: Counter[str] = Counter()
    for gold, document in zip(_gold(corpus), read_documents(corpus), strict=True):
        figures = extract_figures(document.release)
        spare = [f for f in figures if not _ignored(gold, f)]
        counts["found"] += len(spare)
        for row in gold["figures"]:
            counts["gold"] += 1
            match = _best(row, figures)
            if match is None:
                continue
            figures.remove(match)
            counts["found"] += match not in spare
            counts["quantity"] += 1
            counts["indicator"] += _agree(row, match, INDICATOR)
            counts["key"] += _agree(row, match, KEY)
    total = counts["gold"] + counts["found"]
    return {level: 2 * counts[level] / total for level in ("quantity", "indicator", "key")}


def _gold(corpus: Path) -> Iterator[dict[str, Any]]:
    for line in corpus.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _best(row: dict[str, Any], figures: list[Figure]) -> Figure | None:
    alike = [f for f in figures if _overlap(row, f) and _same(row, f)]
    return max(alike, key=lambda f: sum(_agree(row, f, (s,)) for s in KEY), default=None)


def _overlap(item: dict[str, Any], figure: Figure) -> bool:
    return bool(item["start"] < figure.end and figure.start < item["start"] + len(item["quote"]))


def _same(row: dict[str, Any], figure: Figure) -> bool:
    pairs = ((row["value"], figure.value), (row["value_high"], figure.value_high))
    if row["unit"] != figure.unit or any((a is None) != (b is None) for a, b in pairs):
        return False
    return all(a is None or b is None or abs(a - b) <= 5e-4 * abs(a) for a, b in pairs)


def _agree(row: dict[str, Any], figure: Figure, slots: tuple[str, ...]) -> bool:
    for slot in slots:
        wanted = row[slot] if isinstance(row[slot], list) else [row[slot]]
        if getattr(figure, slot) not in wanted:
            return False
    return True


def _ignored(gold: dict[str, Any], figure: Figure) -> bool:
    return any(_overlap(item, figure) for item in gold["ignore"])
