"""Runs that ended with the machine: marked as crashed, so that their slot is free, and run again.

Prefect leaves a run that was being submitted or running when everything stopped as it was, for
ever, with its place among one-at-a-time nights taken: every night that falls due is cancelled.
"""

from __future__ import annotations

from datetime import datetime

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, WorkPoolFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

UNENDED = ["PENDING", "RUNNING", "CANCELLING"]
AGAIN = "taken-up"  # the tag of a run that is run again; it is not taken up twice


async def take_up(pool: str, *, since: datetime) -> list[str]:
    """Mark what no process runs any more as crashed, and run it again, once; return the names.

    To be called only while no worker of the pool is running. Of what the server itself marked as
    crashed ``since`` it was started, by the automations, that holds as well.
    """
    async with get_client() as client:
        left = await found(client, pool, {"state": {"type": {"any_": UNENDED}}})
        for run in left:
            await crash(client, run)
        marked = {"state": {"type": {"any_": ["CRASHED"]}}, "end_time": {"after_": since}}
        ids = {run.id for run in left}
        left += [run for run in await found(client, pool, marked) if run.id not in ids]
        for run in left:
            await run_again(client, run)
    return [run.name for run in left]


async def found(client: PrefectClient, pool: str, which: dict[str, object]) -> list[FlowRun]:
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter.model_validate(which),
        work_pool_filter=WorkPoolFilter.model_validate({"name": {"any_": [pool]}}),
    )


async def crash(client: PrefectClient, run: FlowRun) -> None:
    message = "Caravan was stopped while this was running."
    await client.set_flow_run_state(run.id, Crashed(message=message), force=True)


async def run_again(client: PrefectClient, run: FlowRun) -> None:
    cancelled = run.state_type == StateType.CANCELLING
    if run.deployment_id and not cancelled and AGAIN not in run.tags:
        await client.create_flow_run_from_deployment(
            run.deployment_id, parameters=run.parameters, tags=[*run.tags, AGAIN]
        )
