"""The flow `reextract`: `flows.reextract` with its chunks run by a Prefect task runner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.logging import get_run_logger

from flows.reextract import Plan, read_anew
from flows.rereading import Job, read_chunk
from flows.runners import task_runner
from flows.settings import Settings
from warehouse.tables import Warehouse

read_one = task(name="read chunk", cache_policy=NO_CACHE)(read_chunk)


@flow(name="reextract", timeout_seconds=24 * 3600, task_runner=task_runner(Settings()))
def reextract(dry_run: bool = False) -> dict[str, int]:
    """Read all archived pages anew with the parsers and lexicons of today; append what changed.

    Args:
        dry_run: Show what would change, and append nothing.
    """
    settings = Settings()
    warehouse, log = Warehouse(settings.warehouse_address), get_run_logger()
    made = read_anew(warehouse, settings, spread=spread, tell=log.info, show=told, dry_run=dry_run)
    return dict(Counter(change.kind for change in made.changes))


def spread(jobs: Sequence[Job]) -> Iterator[None]:
    """Run each job as a task of the flow's runner. Raises what a task raised."""
    futures = [read_one.submit(job) for job in jobs]
    for future in as_completed(futures):
        future.result()
        yield


def told(made: Plan) -> None:
    """Leave the changes as an artifact, and log how many of each kind there are."""
    counts = Counter((c.table, c.source, c.indicator, c.kind) for c in made.changes)
    names = ("table", "source", "indicator", "change")
    rows = [{**dict(zip(names, key, strict=True)), "rows": n} for key, n in sorted(counts.items())]
    create_table_artifact(key="reextract", table=rows, description="What the archive says anew")
    kinds = Counter(change.kind for change in made.changes)
    get_run_logger().info("changes: %s", dict(kinds) or "none")
