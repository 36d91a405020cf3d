"""`caravan rehearse`: scenarios through extraction and checks, each in an empty warehouse."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrapers.web.errors import BadDocument

if TYPE_CHECKING:
    from expectations.detect import Crash
    from warehouse.fields import Release, Row
    from warehouse.tables import Warehouse

STEP, DAY = timedelta(minutes=1), timedelta(days=1)


@click.command()
@click.argument("scenarios", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(scenarios: Path) -> None:
    """Run each scenario's documents, in order, through a night's checks.

    SCENARIOS is JSON Lines: an id, and documents as `ingest` takes them. Prints a line for each,
    {"id", "findings": [...]}, the findings as `caravan findings list --format json` prints them.
    """
    from scrapers.documents import json_lines

    for place, fields in json_lines(scenarios):
        if not isinstance(fields, dict) or not {"id", "documents"} <= set(fields):
            raise BadDocument(f"{place}: a scenario has an id and documents")
        found = list(rehearsed(fields["documents"]))
        click.echo(json.dumps({"id": fields["id"], "findings": found}, ensure_ascii=False))


def rehearsed(documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the findings that stand open once all documents are in, as `findings list` has them."""
    from flows.found import brief, listed
    from scrapers.documents import document
    from warehouse.tables import Warehouse

    latest = max((str(d.get("published")) for d in documents), default="")
    at = datetime.fromisoformat(latest[:10] or "2000-01-01").replace(tzinfo=UTC) + DAY
    with tempfile.TemporaryDirectory(prefix="caravan-rehearse-") as folder:
        warehouse = Warehouse(folder)
        for step, fields in enumerate(documents):
            release = document(fields).release
            crashes = taken_in(release, warehouse, run_id=f"rehearsal-{step}", at=at)
            at += STEP
            for crash in crashes:
                click.echo(f"caravan: check {crash.check} crashed: {crash.message}", err=True)
        yield from (brief(row) for row in listed(warehouse) if row["state"] != "resolved")


def taken_in(
    release: Release, warehouse: Warehouse, *, run_id: str, at: datetime
) -> Sequence[Crash]:
    """Read a release, check its figures and other facts, and append them; return what crashed."""
    from expectations.checkpoint import Others, check
    from scrapers.facts.figures import extract_figures
    from scrapers.facts.other import extract_facts

    told = extract_facts(release)
    others = Others(events=told.events, agreements=told.agreements, initiatives=told.initiatives)
    outcome = check(
        extract_figures(release), [release], warehouse, run_id=run_id, at=at, others=others
    )
    batches: tuple[Sequence[Row], ...] = (
        outcome.accepted,
        *outcome.others.tables.values(),
        outcome.findings,
        [release],
    )
    for rows in batches:
        warehouse.append(rows, recorded_at=at + STEP)
    return outcome.crashes
