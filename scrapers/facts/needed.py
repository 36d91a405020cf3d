"""Words that a pattern cannot match without, so that most texts need not be searched at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Literals = frozenset[str] | None
MOST = 12  # more literals than this cost as much as the search that they save


def needed(pattern: str) -> tuple[str, ...]:
    """Return strings one of which stands in whatever a pattern matches; none where unknown."""
    found = _of_sequence(re._parser.parse(pattern))  # type: ignore[attr-defined]
    return tuple(sorted(found)) if found and len(found) <= MOST else ()


def _of_sequence(items: Sequence[tuple[Any, Any]]) -> Literals:
    """Return the best of what the parts of a sequence need: long and few."""
    known: list[frozenset[str]] = []
    run = ""
    for op, value in items:
        if str(op) == "LITERAL":
            run += chr(value)
            continue
        known += [frozenset({run})] * bool(run)
        run = ""
        if part := _of_part(str(op), value):
            known.append(part)
    known += [frozenset({run})] * bool(run)
    return max(known, key=_worth, default=None)


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    return min(3, min(map(len, literals))), -len(literals)


def _of_part(op: str, value: Any) -> Literals:
    if op == "SUBPATTERN":
        return _of_sequence(value[-1])
    if op in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0:
        return _of_sequence(value[2])
    if op == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*(b for b in branches if b)) if all(branches) else None
    return None  # an assertion, a class or what may be left out
