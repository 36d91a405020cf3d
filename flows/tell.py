"""The flows that automations start: `tell` the operator something, and `alerts` not yet taken."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.logging import get_run_logger

from flows.channels import channel_name, send
from flows.notify import notify
from flows.settings import Settings
from flows.stages import run_id_at
from warehouse.tables import Warehouse


@flow(
    name="tell",
    flow_run_name="tell: {title}",
    timeout_seconds=900,
    retries=3,
    retry_delay_seconds=60,
)
def tell(title: str, body: str) -> list[str]:
    """Tell the operator something on every configured channel.

    Args:
        title: What happened, in a few words.
        body: What it means and what to do (Markdown).

    Raises RuntimeError, for Prefect to retry, where a channel did not take it.
    """
    create_markdown_artifact(key="told", markdown=f"# {title}\n\n{body}")
    log = get_run_logger()
    log.warning("%s: %s", title, body)
    failed = [
        channel_name(address)
        for address in Settings().alerts
        if not send(address, title=title, body=body)
    ]
    if failed:
        raise RuntimeError(f"not taken by {', '.join(failed)}")
    return [channel_name(address) for address in Settings().alerts]


@flow(name="alerts", timeout_seconds=900)
def alerts() -> None:
    """Send what findings have come to, to every channel that has not taken it yet."""
    settings = Settings()
    now = datetime.now(UTC)
    notify(Warehouse(settings.warehouse_address), settings, run_id=run_id_at(now), now=now)
