"""How well found facts meet annotated ones: the rules of the scorer beside the guide, in short.

A found fact meets an annotated one of its kind where their spans overlap; failing that, where both
name the same thing. A further mention of a known fact is neither right nor wrong.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scrapers.documents import document
from scrapers.facts.other import extract_facts, printable

SLOTS = {
    "event": ("type", "date", "place", "areas", "status"),
    "agreement": ("type", "action", "date", "areas", "period"),
    "initiative": ("proposer", "proposer_area", "domain", "status"),
}


def scored(path: Path) -> dict[str, dict[str, float]]:
    """Return F1 and the share of right slots by kind over the documents of a file."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in SLOTS}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        found = [printable(f) for f in extract_facts(document(fields).release).all()]
        _count(fields, found, counts)
    return {kind: _rates(counts[kind], slots) for kind, slots in SLOTS.items()}


def _rates(count: Counter[str], slots: tuple[str, ...]) -> dict[str, float]:
    right = count["right"]
    rates = {"f1": 2 * right / max(1, count["found"] + count["gold"])}
    return rates | {slot: count[slot] / max(1, right) for slot in slots}


def _count(
    fields: dict[str, Any], found: list[dict[str, Any]], counts: dict[str, Counter[str]]
) -> None:
    pairs = dict(_pairs(fields, found))
    for g, fact in enumerate(fields["facts"]):
        count = counts[fact["kind"]]
        count["gold"] += 1
        if g in pairs:
            count["right"] += 1
            for slot in SLOTS[fact["kind"]]:
                count[slot] += found[pairs[g]].get(slot) == fact.get(slot)
    for p, fact in enumerate(found):
        counts[fact["kind"]]["found"] += p in pairs.values() or not _passed(fields, fact)


def _pairs(fields: dict[str, Any], found: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    taken: set[int] = set()
    met: set[int] = set()
    for same in (_overlap, _same_thing):
        for g, fact in enumerate(fields["facts"]):
            for p, other in enumerate(found):
                free = g not in met and p not in taken and fact["kind"] == other["kind"]
                if free and same(fact, other):
                    met.add(g)
                    taken.add(p)
                    yield g, p


def _overlap(fact: dict[str, Any], other: dict[str, Any]) -> bool:
    return other["start"] < fact["start"] + len(fact["quote"]) and fact["start"] < other["end"]


def _same_thing(fact: dict[str, Any], other: dict[str, Any]) -> bool:
    if fact["kind"] == "initiative":
        a, b = _words(fact["quote"]), _words(other["quote"])
        return bool(a and b) and len(a & b) >= 0.5 * min(len(a), len(b))
    dates = {d for d in (fact.get("date"), other.get("date")) if d}
    same = fact["type"] == other["type"] and fact["areas"] == other["areas"]
    return same and len(dates) < 2


def _passed(fields: dict[str, Any], fact: dict[str, Any]) -> bool:
    again = any(f["kind"] == fact["kind"] and _same_thing(f, fact) for f in fields["facts"])
    return again or any(_overlap(i, fact) for i in fields["ignore"])


def _words(text: str) -> set[str]:
    return {w[:6] for w in re.findall(r"\w{3,}", text.lower())}
