"""Automations of a Prefect server from `deploy/automations.yaml`, made or brought up to date.

Run as `python -m flows.automations` against the server that PREFECT_API_URL names. Doing it again
changes nothing: an automation is known by its name.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from prefect.automations import Automation
from prefect.client.orchestration import get_client

FILE = Path(__file__).parent.parent / "deploy" / "automations.yaml"


def ensure_automations(path: Path = FILE) -> list[str]:
    """Make the server hold the file's automations; return their names."""
    wanted = yaml.safe_load(path.read_text(encoding="utf-8"))
    with get_client(sync_client=True) as client:
        deployments = {
            f"{client.read_flow(d.flow_id).name}/{d.name}": str(d.id)
            for d in client.read_deployments()
        }
    return [ensure(definition(entry, deployments)) for entry in wanted]


def definition(entry: dict[str, Any], deployments: dict[str, str]) -> Automation:
    """Return an automation whose actions name deployments of this server by their ids."""
    actions = [dict(action) for action in entry["actions"]]
    for action in actions:
        if "deployment" in action:
            action |= {"source": "selected", "deployment_id": deployments[action.pop("deployment")]}
    return Automation.model_validate({**entry, "actions": actions})


def ensure(automation: Automation) -> str:
    try:
        held = Automation.read(name=automation.name)
    except ValueError:
        automation.create()
    else:
        automation.id = held.id
        automation.update()
    return automation.name


if __name__ == "__main__":
    for name in ensure_automations():
        sys.stdout.write(f"automation {name}\n")
