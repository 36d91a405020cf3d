"""`caravan rehearse`: scenarios through extraction and checks, each in an empty warehouse."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands._lines import some
from scrapers.web.errors import BadDocument

if TYPE_CHECKING:
    from expectations.detect import Crash
    from warehouse.fields import Release, Row
    from warehouse.tables import Warehouse

STEP, DAY = timedelta(minutes=1), timedelta(days=1)
DAWN = date(2000, 1, 1)  # of scenarios without a date


@click.command()
@click.argument("scenarios", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(scenarios: Path) -> None:
    """Run each scenario's documents, in order, through a night's checks.

    SCENARIOS is JSON Lines: an id, and documents as `ingest` takes them. Prints a line for each,
    {"id", "findings": [...]}, the findings as `caravan findings list --format json` prints them.
    """
    from scrapers.documents import json_lines

    for place, fields in some(json_lines(scenarios), scenarios, "scenarios"):
        if not isinstance(fields, dict) or not {"id", "documents"} <= set(fields):
            raise BadDocument(f"{place}: a scenario has an id and documents")
        found = list(rehearsed(read(fields["documents"], place)))
        click.echo(json.dumps({"id": fields["id"], "findings": found}, ensure_ascii=False))


def read(documents: Any, place: str) -> list[Release]:
    """Return a scenario's releases. Raises BadDocument, naming the line and the document."""
    from scrapers.documents import document

    if not isinstance(documents, list):
        raise BadDocument(f"{place}: documents: not a list")
    releases = []
    for number, fields in enumerate(documents, 1):
        try:
            releases.append(document(fields).release)
        except (ValueError, TypeError, BadDocument) as error:
            raise BadDocument(f"{place}: document {number}: {error}") from error
    return releases


def rehearsed(releases: list[Release]) -> Iterator[dict[str, Any]]:
    """Yield the findings that stand open once all documents are in, as `findings list` has them."""
    from flows.found import brief, listed
    from warehouse.tables import Warehouse

    latest = max((release.published for release in releases), default=DAWN)
    at = datetime.combine(max(latest, DAWN), time(), tzinfo=UTC) + DAY
    with tempfile.TemporaryDirectory(prefix="caravan-rehearse-") as folder:
        warehouse = Warehouse(folder)
        for step, release in enumerate(releases):
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
