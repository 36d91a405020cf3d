"""Accuracy of figures: the four levels by language and publisher, and the errors that teach most.

`python -m tests.accuracy` (`make accuracy`) measures on our own corpus and, where it stands beside
the checkout, on the shared one. `--raise` lifts the floors of `tests/floors.json` to what was
reached; floors are never lowered here.

A figure found and one annotated are a pair where spans overlap and value and unit agree. The levels
are quantity, qualified (and bound and measure), indicator, and key (and areas, period and status).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapers.documents import document
from scrapers.facts.figures import extract_figures

ROOT = Path(__file__).parent.parent
BESIDE = (ROOT.parent / "shared", ROOT.parent.parent / "shared")  # of a checkout, of a worktree
SHARED = next((folder for folder in BESIDE if folder.exists()), BESIDE[0])
CORPORA = {
    "own": ROOT / "tests/corpus/figures.jsonl",
    "shared": SHARED / "gold/dev.jsonl",
}
FLOORS = Path(__file__).with_name("floors.json")
LEVELS = {
    "quantity": (),
    "qualified": ("bound", "measure"),
    "indicator": ("bound", "measure", "indicator"),
    "key": ("bound", "measure", "indicator", "ref_area", "counterpart_area", "time_period",
            "status"),
}  # fmt: skip
WEIGHT = {"missed": 4, "false": 4, "bound": 3, "measure": 3, "indicator": 2, "status": 1,
          "ref_area": 1, "counterpart_area": 1, "time_period": 1}  # fmt: skip
Item = dict[str, Any]


@dataclass
class Score:
    """Counts of one group of documents: figures annotated, found, and right at each level."""

    gold: int = 0
    found: int = 0
    right: Counter[str] = field(default_factory=Counter)

    def f1(self, level: str) -> float:
        total = self.gold + self.found
        return 2 * self.right[level] / total if total else 1.0


@dataclass(frozen=True)
class Error:
    """One slot that is wrong, with the word or rule that decided it."""

    document: str
    quote: str
    slot: str
    says: Any
    should: Any
    rule: str


def find(fields: Item) -> list[Item]:
    """Return the figures that we find in an annotated document."""
    slots = LEVELS["key"]
    return [
        {"start": f.start, "end": f.end, "quote": f.quote, "value": f.value, "unit": f.unit,
         "value_high": f.value_high, "rules": json.loads(f.rules)}
        | {slot: getattr(f, slot) for slot in slots}
        for f in extract_figures(document(fields).release)
    ]  # fmt: skip


def measure(path: Path) -> tuple[dict[str, Score], list[Error]]:
    """Return the scores by group ("all", a language, a publisher), and every error."""
    scores: dict[str, Score] = defaultdict(Score)
    errors: list[Error] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        found = find(fields)
        pairs = pair(fields, found)
        kept = [
            p for p in range(len(found)) if p in pairs.values() or not ignored(fields, found[p])
        ]
        for group in ("all", fields["lang"], fields["source"]):
            add(scores[group], fields, found, pairs, len(kept))
        errors.extend(errors_of(fields, found, pairs, kept))
    return scores, errors


def pair(fields: Item, found: list[Item]) -> dict[int, int]:
    """Pair annotated and found figures one to one, those that share most slots first."""
    candidates = [
        (-sum(agrees(gold, got, s) for s in LEVELS["key"]), g, p)
        for g, gold in enumerate(fields["figures"])
        for p, got in enumerate(found)
        if overlap(span(fields, gold), (got["start"], got["end"])) and same_amount(gold, got)
    ]
    pairs: dict[int, int] = {}
    for _, g, p in sorted(candidates):
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def add(score: Score, fields: Item, found: list[Item], pairs: dict[int, int], kept: int) -> None:
    score.gold += len(fields["figures"])
    score.found += kept
    for level, slots in LEVELS.items():
        score.right[level] += sum(
            all(agrees(fields["figures"][g], found[p], s) for s in slots) for g, p in pairs.items()
        )


def errors_of(
    fields: Item, found: list[Item], pairs: dict[int, int], kept: list[int]
) -> list[Error]:
    errors = []
    for g, gold in enumerate(fields["figures"]):
        if g not in pairs:
            errors.append(Error(fields["id"], gold["quote"], "missed", None, gold["value"], ""))
            continue
        got = found[pairs[g]]
        for slot in LEVELS["key"]:
            if not agrees(gold, got, slot):
                rule = got["rules"].get("sides" if slot.endswith("area") else slot, "")
                errors.append(
                    Error(fields["id"], gold["quote"], slot, got[slot], gold[slot], str(rule))
                )
    for p in kept:
        if p not in pairs.values():
            got = found[p]
            rule = str(got["rules"].get("unit"))
            errors.append(Error(fields["id"], got["quote"], "false", got["value"], None, rule))
    return errors


def instructive(errors: list[Error], number: int) -> list[Error]:
    """Return the errors to look at first: graver slots, and rules that are wrong more often."""
    often = Counter((e.slot, e.rule) for e in errors)
    order = sorted(errors, key=lambda e: (-WEIGHT[e.slot] * often[e.slot, e.rule], e.document))
    seen: Counter[tuple[str, str]] = Counter()
    chosen = []
    for error in order:
        seen[error.slot, error.rule] += 1
        if seen[error.slot, error.rule] <= 3:
            chosen.append(error)
    return chosen[:number]


def span(fields: Item, item: Item) -> tuple[int, int]:
    start = item["start"] if item.get("start") is not None else fields["text"].index(item["quote"])
    return start, start + len(item["quote"])


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def ignored(fields: Item, got: Item) -> bool:
    here = (got["start"], got["end"])
    return any(overlap(here, span(fields, item)) for item in fields["ignore"])


def agrees(gold: Item, got: Item, slot: str) -> bool:
    wanted = gold.get(slot)
    return got.get(slot) in (wanted if isinstance(wanted, list) else [wanted])


def same_amount(gold: Item, got: Item) -> bool:
    return gold["unit"] == got["unit"] and all(
        close(gold.get(name), got.get(name)) for name in ("value", "value_high")
    )


def close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 5e-4 * max(abs(a), abs(b)) + 1e-12


def table(scores: dict[str, Score]) -> str:
    """Return the levels by group: all, the languages, the publishers with most figures."""
    first = ["all", "en", "ru"]
    rest = sorted((g for g in scores if g not in first), key=lambda g: (-scores[g].gold, g))
    lines = [f"{'':34}{'figures':>8}" + "".join(f"{level:>11}" for level in LEVELS)]
    for group in [g for g in first if g in scores] + rest[:20]:
        levels = "".join(f"{scores[group].f1(level):11.3f}" for level in LEVELS)
        lines.append(f"{group[:33]:34}{scores[group].gold:8}{levels}")
    return "\n".join(lines)


def raised(floors: dict[str, Any], name: str, scores: dict[str, Score]) -> None:
    """Lift the floors of one corpus to a hundredth below what was reached; never lower one."""
    for group in ("all", "en", "ru"):
        known = floors.setdefault(name, {}).setdefault(group, {})
        for level in LEVELS:
            reached = round(scores[group].f1(level) - 0.01, 3)
            known[level] = max(known.get(level, 0.0), reached)


def main() -> None:
    parser = argparse.ArgumentParser(description="Accuracy of figures")
    parser.add_argument("--errors", type=int, default=40)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    for name, path in CORPORA.items():
        if not path.exists():
            print(f"{name}: not here ({path})")  # noqa: T201
            continue
        scores, errors = measure(path)
        print(f"\n{name}: {path.name}\n{table(scores)}\n")  # noqa: T201
        for e in instructive(errors, options.errors):
            print(f"{e.document}: {e.quote!r}: {e.slot} {e.says!r}, not {e.should!r} [{e.rule}]")  # noqa: T201
        if options.lift:
            raised(floors, name, scores)
    if options.lift:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
