"""Tell people of findings, once. The seam that the night calls."""

from __future__ import annotations

from datetime import datetime

from flows.settings import Settings
from warehouse.tables import Warehouse


def notify(warehouse: Warehouse, settings: Settings, *, run_id: str, now: datetime) -> None:
    """Send what no channel has taken yet."""
