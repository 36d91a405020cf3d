"""Words that a pattern cannot match without, so that most texts need not be searched at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

Literals = frozenset[str] | None
MOST = 60  # more literals than this cost as much as the search that they save
FEW = 6  # texts that a class or a choice may stand for, to be told one by one


def needed(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of strings: whatever a pattern matches has one of each. The best comes first:
    long and few.
    """
    found = _of_parts(re._parser.parse(pattern))  # type: ignore[attr-defined]
    few = {tuple(sorted(group)) for group in found if len(group) <= MOST}
    return tuple(sorted(few, key=lambda group: (_worth(frozenset(group)), group), reverse=True))


def _of_sequence(items: Sequence[tuple[Any, Any]]) -> Literals:
    return max(_of_parts(items), key=_worth, default=None)


def _of_parts(items: Sequence[tuple[Any, Any]]) -> list[frozenset[str]]:
    """Return what each part of a sequence needs."""
    known: list[frozenset[str]] = []
    run = {""}
    for op, value in _flat(items):
        if told := _told(op, value):
            run = {before + text for before in run for text in told}
            continue
        known += [frozenset(run)] * ("" not in run)
        run = {""}
        if part := _of_part(op, value):
            known.append(part)
    return known + [frozenset(run)] * ("" not in run)


def _flat(items: Sequence[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a sequence, those of its groups among them."""
    for op, value in items:
        if str(op) == "SUBPATTERN":
            yield from _flat(value[-1])
        else:
            yield str(op), value


def _told(op: str, value: Any) -> list[str]:
    """Return the texts one of which a part stands for, where they are few; else none."""
    if op == "LITERAL":
        return [chr(value)]
    if op == "BRANCH" and all(str(o) == "LITERAL" for branch in value[1] for o, _ in branch):
        found = ["".join(chr(code) for _, code in branch) for branch in value[1]]
        return found if len(found) <= FEW else []
    if op != "IN" or any(str(kind) not in ("LITERAL", "RANGE") for kind, _ in value):
        return []
    ranges = (range(c, c + 1) if isinstance(c, int) else range(c[0], c[1] + 1) for _, c in value)
    found = [chr(code) for codes in ranges for code in codes]
    return found if len(found) <= FEW else []


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    return min(4, min(map(len, literals))), -len(literals)


def _of_part(op: str, value: Any) -> Literals:
    if op in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0:
        return _of_sequence(value[2])
    if op == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*(b for b in branches if b)) if all(branches) else None
    return None  # an assertion, a class or what may be left out
