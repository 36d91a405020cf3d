"""What a task tries again: what another minute may mend. Our own faults and a site's are not that.

A site's trouble is retried by `scrapers.web` and ends in the night's verdict; this is for storing
and publishing. Both may be done twice: rows are known by their ids, files are replaced whole.
"""

from __future__ import annotations

from typing import Any

from scrapers.web.errors import Transient

DELAYS_S = [10.0, 60.0, 300.0]
PERMANENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError)


def worth_retrying(_task: Any, _run: Any, state: Any) -> bool:
    """Tell Prefect whether to run a task again, from how it ended."""
    try:
        state.result()
    except Exception as error:  # noqa: BLE001 - any error of the task is judged
        return is_transient(error)
    return False


def is_transient(error: BaseException) -> bool:
    """Return whether an error of storing may pass: of the network, the disk or an object store."""
    if isinstance(error, PERMANENT):
        return False
    return isinstance(error, (OSError, Transient)) or of_object_store(error)


def of_object_store(error: BaseException) -> bool:
    """Return whether an object store failed to answer; it answers with errors of other kinds."""
    kind = type(error)
    return kind.__module__.startswith("obstore") and kind.__name__ == "GenericError"


RETRIED: dict[str, Any] = {
    "retries": len(DELAYS_S),
    "retry_delay_seconds": DELAYS_S,
    "retry_condition_fn": worth_retrying,
}
