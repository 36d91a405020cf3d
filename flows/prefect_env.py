"""Prefect's settings as Caravan wants them, put into the environment before Prefect is imported.

Whatever the operator has set stands. Reasons for the numbers are in the README of deploy/.
"""

from __future__ import annotations

import os
from pathlib import Path

EMBEDDED = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # the server's telemetry
    "DO_NOT_TRACK": "1",  # the client's
    "GX_ANALYTICS_ENABLED": "false",  # Great Expectations'
    "RAY_USAGE_STATS_ENABLED": "0",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    # The default of 20 s runs out on a fresh database on a busy machine.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    # In memory, the slot of a night that lost power is never freed.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
        "prefect.server.concurrency.lease_storage.filesystem"
    ),
    # SQLite has one writer; the default of 10 s runs out while the server starts its services.
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
}


def prepare(home: Path) -> None:
    """Set what is not set yet; Prefect's own files go under the home."""
    folder = (home / ".prefect").absolute()
    folder.mkdir(parents=True, exist_ok=True)  # Prefect makes one level only
    os.environ.setdefault("PREFECT_HOME", str(folder))
    for name, value in EMBEDDED.items():
        os.environ.setdefault(name, value)
