"""Automations of a Prefect server from `deploy/automations.yaml`, made or brought up to date.

Run as `python -m flows.automations` against the server that PREFECT_API_URL names. Doing it again
changes nothing: an automation is known by its name.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import yaml
from prefect.automations import Automation
from prefect.client.orchestration import get_client

FILE = Path(__file__).parent.parent / "deploy" / "automations.yaml"


async def ensure_automations(path: Path = FILE) -> list[str]:
    """Make the server hold the file's automations; return the names of those made or changed."""
    wanted = yaml.safe_load(path.read_text(encoding="utf-8"))
    async with get_client() as client:
        deployments = {
            f"{(await client.read_flow(d.flow_id)).name}/{d.name}": str(d.id)
            for d in await client.read_deployments()
        }
    return [await ensure(definition(entry, deployments)) for entry in wanted]


def definition(entry: dict[str, Any], deployments: dict[str, str]) -> Automation:
    """Return an automation whose actions name deployments of this server by their ids."""
    actions = [dict(action) for action in entry["actions"]]
    for action in actions:
        if "deployment" in action:
            action |= {"source": "selected", "deployment_id": deployments[action.pop("deployment")]}
    return Automation.model_validate({**entry, "actions": actions})


async def ensure(automation: Automation) -> str:
    try:
        held = await Automation.aread(name=automation.name)
    except ValueError:
        await automation.acreate()
    else:
        automation.id = held.id
        await automation.aupdate()
    return automation.name


if __name__ == "__main__":
    for name in asyncio.run(ensure_automations()):
        sys.stdout.write(f"automation {name}\n")
