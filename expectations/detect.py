"""All checks in their order over one pool; a check that crashes is not a check that failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from expectations.agreement import disagreements
from expectations.arithmetic import cumulative_breaks, growth_mismatches, identities
from expectations.pool import Disagreement, Pool
from expectations.relations import firm
from expectations.series import slips
from expectations.versions import edits, superseded, translations

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
    told = current.without(f.figure_id for f in current.figures if not firm(f))
    slipped = run("magnitude", slips, told)
    sound = told.without(f.figure_id for d in slipped for f in d.first)
    run("agreement", disagreements, sound)
    run("identity_break", identities, sound)
    run("cumulative_break", cumulative_breaks, sound)
    run("growth_mismatch", growth_mismatches, sound)
    return found, crashes
