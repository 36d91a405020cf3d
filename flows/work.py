"""A worker for our work pool, in a container or beside a server elsewhere: `python -m flows.work`.

Waits for the server that PREFECT_API_URL names, sees to pool, deployments and automations, and
then becomes Prefect's worker.
"""

from __future__ import annotations

import os
import sys
import time
from typing import NoReturn

from flows.alive import is_well
from flows.deployments import DeployError, deploy
from flows.prefect_env import prepare
from flows.settings import Settings

SERVER_WITHIN_S = 600.0


def work(settings: Settings) -> int:
    """Deploy and become the worker; return 2 where the server did not answer or refused."""
    prepare(settings.home)
    api = os.environ.get("PREFECT_API_URL", "")
    if not api:
        return failed("PREFECT_API_URL is not set: http://HOST:4200/api of Prefect's server")
    if not answers(api):
        return failed(f"{api}: no answer in {SERVER_WITHIN_S:.0f} s; is Prefect's server up?")
    try:
        deploy(settings)
    except DeployError as error:
        return failed(str(error))
    return become_worker(settings.pool)


def become_worker(pool: str) -> NoReturn:
    """Go on as Prefect's worker, so that signals reach it."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool])


def answers(api: str) -> bool:
    end = time.monotonic() + SERVER_WITHIN_S
    while not is_well(api):
        if time.monotonic() > end:
            return False
        time.sleep(2)
    return True


def failed(why: str) -> int:
    sys.stderr.write(f"caravan: {why}\n")
    return 2


if __name__ == "__main__":
    sys.exit(work(Settings()))
