"""Curation of single figures from git: drop, correct or accept, each with a reason and a guard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from expectations.addresses import canonical
from warehouse.fields import Figure, Quarantined, Release, content_id

FILE = Path(__file__).with_name("corrections.yml")
ACTIONS = ("drop", "correct", "accept")
MENDABLE = (
    *("value", "value_high", "unit", "bound", "low", "high", "measure", "indicator", "status"),
    *("ref_area", "counterpart_area", "time_period", "scope", "reporter"),
)
NUMBERS = ("value", "value_high", "low", "high")  # YAML takes 1.5e9, without a sign, for a text


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One entry of the file."""

    url: str
    quote: str
    action: str
    reason: str
    by: str
    set: dict[str, Any] = field(default_factory=dict)

    def meant(self, figure: Figure) -> bool:
        return figure.quote == self.quote and canonical(figure.url) == canonical(self.url)

    def is_done(self, figure: Figure) -> bool:
        """Whether a figure has been corrected so already, as those that came after the entry."""
        mended = all(getattr(figure, name) == value for name, value in self.set.items())
        return self.action == "correct" and mended


@dataclass(frozen=True, kw_only=True)
class Curated:
    """A batch after curation."""

    figures: Sequence[Figure]
    dropped: Sequence[Quarantined]
    accepted_ids: frozenset[str]
    expired: Sequence[str]  # what a guard found, in a sentence each


def load_corrections(path: Path = FILE) -> list[Correction]:
    """Return the entries. Raises ValueError naming the file and the entry that is wrong."""
    entries = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("corrections") or []
    return [correction(entry, f"{path}: entry {n}") for n, entry in enumerate(entries, 1)]


def correction(entry: dict[str, Any], place: str) -> Correction:
    try:
        told = Correction(**entry)
    except TypeError as error:
        raise ValueError(
            f"{place}: {error}; it takes url, quote, action, reason, by, set"
        ) from error
    if told.action not in ACTIONS:
        raise ValueError(f"{place}: action is {told.action!r}, and must be one of {ACTIONS}")
    if (told.action == "correct") != bool(told.set):
        raise ValueError(f"{place}: `correct` needs `set`, and nothing else takes it")
    unknown = set(told.set) - set(MENDABLE)
    if unknown:
        raise ValueError(f"{place}: cannot set {sorted(unknown)}; only {', '.join(MENDABLE)}")
    numbers = {name: float(told.set[name]) for name in NUMBERS if told.set.get(name) is not None}
    return replace(told, set=told.set | numbers)


def curate(
    figures: Sequence[Figure],
    releases: Sequence[Release],
    corrections: Sequence[Correction],
    *,
    run_id: str | None,
) -> Curated:
    """Apply the corrections to a batch, and look whether their guards still hold."""
    kept: list[Figure] = []
    dropped: list[Quarantined] = []
    accepted = set()
    for figure in figures:
        told = next((c for c in corrections if c.meant(figure)), None)
        if told and told.action == "drop":
            dropped.append(dropped_row(figure, told, run_id=run_id))
            continue
        if told and told.action == "accept":
            accepted.add(figure.figure_id)
        kept.append(mended(figure, told) if told and told.action == "correct" else figure)
    return Curated(
        figures=kept,
        dropped=dropped,
        accepted_ids=frozenset(accepted),
        expired=list(expired(releases, corrections)),
    )


def mended(figure: Figure, told: Correction) -> Figure:
    rules = json.loads(figure.rules or "{}") | {"correction": f"{told.reason} ({told.by})"}
    return replace(figure, **told.set, rules=json.dumps(rules, ensure_ascii=False, sort_keys=True))


def dropped_row(figure: Figure, told: Correction, *, run_id: str | None) -> Quarantined:
    return Quarantined(
        quarantine_id=content_id("figures", figure.figure_id, "corrections"),
        run_id=run_id,
        source=figure.source,
        url=figure.url,
        of_table="figures",
        of_id=figure.figure_id,
        expectation="corrections",
        reason=f"“{figure.quote}” is dropped: {told.reason} ({told.by})",
        payload=json.dumps(vars(figure), ensure_ascii=False, default=str, sort_keys=True),
    )


def expired(releases: Sequence[Release], corrections: Sequence[Correction]) -> list[str]:
    """Return what is to be said of entries whose release came in and no longer says the quote."""
    return [
        f"{told.url} no longer says “{told.quote}”: remove its entry from {FILE.name}"
        for told in corrections
        for release in releases
        if canonical(release.url) == canonical(told.url) and told.quote not in release.text
    ]
