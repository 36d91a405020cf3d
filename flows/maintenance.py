"""The flow `maintenance`: is the archive whole, are old caches gone, are the files published?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.logging import get_run_logger

from flows.settings import Settings
from warehouse.publish import publish
from warehouse.tables import Warehouse
from warehouse.verify import altered_captures

CACHE_DAYS = 60


@flow(name="maintenance", timeout_seconds=12 * 3600)
def maintenance(verify: bool = True) -> list[str]:
    """Verify stored pages against their hashes, forget old listings, publish the files anew.

    Args:
        verify: Read the whole archive; leave out where it is large and time is short.

    Raises RuntimeError where a stored page was altered: restore its file from a backup.
    """
    settings = Settings()
    warehouse = Warehouse(settings.warehouse_address)
    with warehouse.lock():  # taking the lock sweeps what a killed writer left behind
        pass
    forgotten = forget_listings(settings.home / "cache", now=datetime.now(UTC))
    altered = list(altered_captures(warehouse)) if verify else []
    publish(warehouse, settings.published)
    create_markdown_artifact(key="maintenance", markdown=report(altered, forgotten))
    get_run_logger().info("%d captures altered, %d listings forgotten", len(altered), forgotten)
    if altered:
        raise RuntimeError(f"{len(altered)} stored pages altered, first {altered[0]}")
    return altered


def forget_listings(folder: Path, *, now: datetime) -> int:
    """Delete remembered listings that no night asked for in CACHE_DAYS; return how many."""
    limit = (now - timedelta(CACHE_DAYS)).timestamp()
    old = [path for path in folder.glob("*/*") if path.stat().st_mtime < limit]
    for path in old:
        path.unlink()
    return len(old)


def report(altered: Iterable[str], forgotten: int) -> str:
    lines = [f"- ALTERED {line}" for line in altered] or ["Every stored page is what was fetched."]
    return "\n".join(["# Maintenance", "", *lines, "", f"{forgotten} old listings forgotten."])
