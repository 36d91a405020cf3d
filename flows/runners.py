"""Where the parts of large work run, by setting: threads, processes, a Dask or a Ray cluster.

Only `backfill` and `reextract` are spread. Whatever runs the parts, one process appends.
"""

from __future__ import annotations

from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.settings import Settings
from scrapers.web.errors import Misconfigured


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Return the task runner that the settings name.

    Raises Misconfigured where the package for it is not installed.
    """
    workers = settings.workers
    if settings.runner == "threads":
        return ThreadPoolTaskRunner(max_workers=workers)
    if settings.runner == "processes":
        return ProcessPoolTaskRunner(max_workers=workers)
    try:
        runner: TaskRunner[Any] = dask(settings) if settings.runner == "dask" else ray(settings)
        return runner
    except ImportError as error:
        raise Misconfigured(
            f"CARAVAN_RUNNER is {settings.runner} and {error.name} is not installed: "
            f"pip install 'caravan[{settings.runner}]'"
        ) from error


def dask(settings: Settings) -> Any:
    from prefect_dask.task_runners import DaskTaskRunner

    if settings.cluster:
        return DaskTaskRunner(address=settings.cluster)
    local = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=local)


def ray(settings: Settings) -> Any:
    from prefect_ray.task_runners import RayTaskRunner

    if settings.cluster:
        return RayTaskRunner(address=settings.cluster)
    return RayTaskRunner(init_kwargs={"num_cpus": settings.workers, "include_dashboard": False})
