"""Is Prefect's server well? The health check of a container: `python -m flows.alive`."""

from __future__ import annotations

import os
import sys

import httpx


def is_well(api: str) -> bool:
    """Return whether a Prefect server answers at an address and says that it is well."""
    try:
        return httpx.get(f"{api}/health", timeout=10).is_success
    except httpx.TransportError:
        return False


def main() -> int:
    api = os.environ.get("PREFECT_API_URL", "")
    if is_well(api):
        return 0
    sys.stderr.write(f"caravan: no Prefect server answers at PREFECT_API_URL={api!r}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
