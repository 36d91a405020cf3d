"""The flow `backfill`: a range of dates from the sites, in chunks that are settled one by one.

A backfill that was stopped goes on where it was: releases that are held are not fetched again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows.memory import VisitMemory
from flows.nightly import Plan, plan_of
from flows.runners import task_runner
from flows.settings import Settings
from flows.stages import Night, collect, run_id_at, settle
from scrapers.sources.base import Source
from scrapers.web.errors import Misconfigured
from warehouse.publish import publish

CHUNK = 100  # links between two commits
GIVE_UP = ("refused", "unreachable", "changed")


@flow(
    name="backfill",
    flow_run_name="backfill {since} to {until}",
    timeout_seconds=7 * 24 * 3600,  # years of releases, at each site's own pace
    task_runner=task_runner(Settings()),
)
def backfill(
    since: date,
    until: date,
    sources: list[str] | None = None,
    at: dict[str, str] | None = None,
    hurry: bool = False,
) -> list[Night]:
    """Fetch the releases of a range of dates that are not held yet, and store them.

    Args:
        since: First day.
        until: Last day.
        sources: Ids of the sources; all when empty.
        at: For a source id, the address of a mirror that stands in for all its hosts.
        hurry: Ask mirrors without pause and with short time-outs; live sites never.
    """
    if since > until:
        raise Misconfigured(f"since {since} is after until {until}")
    plan = plan_of(sources, at or {})
    futures = {
        name: backfill_source.with_options(task_run_name=f"backfill {name}").submit(
            name, since, until, at or {}, hurry
        )
        for name in plan.sources
    }
    nights = [night for future in futures.values() for night in future.result()]
    publish(plan.warehouse, plan.settings.published)
    return nights


@task(name="backfill source", cache_policy=NO_CACHE)
def backfill_source(
    name: str, since: date, until: date, at: dict[str, str], hurry: bool
) -> list[Night]:
    """Backfill one source. It makes its own plan, as it may run in another process."""
    plan = plan_of([name], at, hurry=hurry)
    nights = []
    for night in chunks(plan, plan.sources[name], since=since, until=until):
        run = night.runs[0]
        get_run_logger().info("%s: %d listed, %d fetched", name, run.listed, run.fetched)
        nights.append(replace(night, releases=(), figures=()))  # years of text are not kept
    return nights


def chunks(plan: Plan, source: Source, *, since: date, until: date) -> Iterator[Night]:
    """Yield what each chunk of a source's range brought, after it was stored."""
    memory = VisitMemory(plan.settings.home / "cache" / source.id)
    fetch = plan.fetcher(source, memory)
    links = source.discover(fetch, since=since, until=until)
    while True:
        run_id = run_id_at(plan.now())
        haul = collect(
            source,
            fetch,
            plan.warehouse,
            islice(links, CHUNK),
            run_id=run_id,
            now=plan.now,
            said=plan.said,
        )
        if haul.run.listed or haul.run.note:
            yield settle([haul], plan.warehouse, run_id=run_id, at=plan.now())
        if not haul.run.listed or haul.run.verdict in GIVE_UP:
            return
