"""All checks in their order over one pool; a check that crashes is not a check that failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from expectations.agreement import disagreements
from expectations.arithmetic import cumulative_breaks, growth_mismatches, identities
from expectations.pool import Disagreement, Pool, grouped
from expectations.relations import firm
from expectations.series import slips
from expectations.versions import edits, superseded, translations
from warehouse.fields import Figure

BREATH = 60  # characters between an amount and its growth
Check = Callable[[Pool], Iterable[Disagreement]]


@dataclass(frozen=True, kw_only=True)
class Crash:
    """A check that crashed, which is not a check that failed."""

    check: str
    message: str


def detect(pool: Pool) -> tuple[list[Disagreement], list[Crash]]:
    """Return what disagrees in a pool, and which checks crashed over it.

    What a newer version of a page took back no longer speaks, nor does a slip, once named; what is
    read from context alone is only compared with other versions of its own release.
    """
    found: list[Disagreement] = []
    crashes: list[Crash] = []

    def run(name: str, check: Check, over: Pool) -> list[Disagreement]:
        try:
            new = sorted(check(over), key=lambda d: (d.type, d.lead.figure_id))
        except Exception as error:  # noqa: BLE001 - whatever breaks one check must not end the night
            crashes.append(Crash(check=name, message=f"{type(error).__name__}: {error}"))
            new = []
        found.extend(new)
        return new

    run("edit", edits, pool)
    current = pool.without(superseded(pool))
    run("translation_mismatch", translations, current)
    leaning = leaning_on_others(current)
    loose = (f for f in current.figures if not firm(f, leaning=f.figure_id in leaning))
    told = current.without(f.figure_id for f in loose)
    slipped = run("magnitude", slips, told)
    sound = told.without(f.figure_id for d in slipped for f in d.first)
    run("agreement", disagreements, sound)
    run("identity_break", identities, sound)
    run("cumulative_break", cumulative_breaks, sound)
    run("growth_mismatch", growth_mismatches, sound)
    return found, crashes


def leaning_on_others(pool: Pool) -> frozenset[str]:
    """Return growths and amounts each told in one breath with a firm one of the other kind.

    "Grew by 40 percent and reached 30,900": what one of the two counts, the other counts too.
    """
    told = grouped((f for f in pool.figures if firm(f)), breath)
    return frozenset(
        f.figure_id
        for f in pool.figures
        if any(lean(f, other) for other in told.get(breath(f), []))
    )


def lean(figure: Figure, other: Figure) -> bool:
    kinds = {f.measure in ("growth", "multiple") for f in (figure, other)}
    apart = max(figure.start - other.end, other.start - figure.end)
    return len(kinds) > 1 and apart < BREATH


def breath(figure: Figure) -> tuple[str | None, ...]:
    f = figure
    return (f.release_id, f.indicator, f.ref_area, f.counterpart_area, f.time_period, f.scope)
