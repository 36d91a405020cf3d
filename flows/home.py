"""The warehouse that a command reads: a mistyped home is told, not taken for an empty one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import Settings

if TYPE_CHECKING:
    from warehouse.tables import Warehouse


def held() -> Warehouse:
    """Return the warehouse of the settings. Raises Misplaced where nothing was ever stored."""
    from warehouse.errors import Misplaced
    from warehouse.fields import TABLES
    from warehouse.tables import Warehouse

    address = Settings().warehouse_address
    if "://" in address or Path(address).is_dir():
        warehouse = Warehouse(address)
        if any(warehouse.names(table) for table in reversed(TABLES)):
            return warehouse
    raise Misplaced(
        f"{address}: no warehouse here; see --home (CARAVAN_HOME), "
        "or fill it with `caravan run` or `caravan ingest`"
    )
