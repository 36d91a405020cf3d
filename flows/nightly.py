"""The flow `nightly`: collect from every source side by side, settle, publish, report, notify.

Only the order of things, retries and what Prefect shows. `flows.prefect_env.prepare` must have
run before this module is imported; `flows.stages` does the work.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar, cast

from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.memory import VisitMemory, recent_captures
from flows.notify import notify
from flows.report import write_report
from flows.retries import RETRIED
from flows.settings import Settings
from flows.stages import (
    Haul,
    Night,
    Said,
    Tally,
    collect,
    haul_of,
    reaching,
    run_id_at,
    say_nothing,
    settle,
)
from flows.summary import night_markdown
from flows.wellbeing import heard
from scrapers.sources import load_sources
from scrapers.sources.base import Fetch, Source
from scrapers.web.client import Client
from scrapers.web.errors import Misconfigured
from warehouse.publish import publish
from warehouse.tables import Warehouse

T = TypeVar("T")
NIGHT_S = 10 * 3600.0  # then it is failed; what is stored stays
SIDE_BY_SIDE = 8  # sources at once; each keeps to its own pace


def opaque(value: T) -> T:
    """Hand a task its argument as it is: Prefect would walk through every release in search of
    futures. The task receives the value itself.
    """
    return cast(T, quote(value))


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What all stages of one night share."""

    run_id: str
    settings: Settings
    warehouse: Warehouse
    sources: Mapping[str, Source]
    client: Client
    at: Mapping[str, str]
    recheck_days: int
    hurry: bool
    now: Callable[[], datetime]
    said: Said

    def fetcher(self, source: Source, memory: VisitMemory) -> Fetch:
        site = source.site.stood_in_by(self.at.get(source.id), hurry=self.hurry)
        return self.client.fetcher(site, memory)


_say: Said = say_nothing


@contextlib.contextmanager
def saying(said: Said):  # type: ignore[no-untyped-def]
    """Let a night of this process say what it does; a flow's parameters cannot carry functions."""
    global _say
    _say, before = said, _say
    try:
        yield
    finally:
        _say = before


def night_name() -> str:
    """Name the run in Prefect by the moment that it was due."""
    due = flow_run.scheduled_start_time or utc_now()
    return f"nightly {due:%Y-%m-%d %H:%M}"


@flow(
    name="nightly",
    flow_run_name=night_name,
    task_runner=ThreadPoolTaskRunner(max_workers=SIDE_BY_SIDE),  # type: ignore[arg-type]
    timeout_seconds=NIGHT_S,
)
def nightly(
    sources: list[str] | None = None,
    at: dict[str, str] | None = None,
    recheck_days: int = 2,
    hurry: bool = False,
    now: datetime | None = None,
) -> Night:
    """One night: fetch what is new, read its figures, check them, store, publish, and tell people.

    Args:
        sources: Ids of the sources to visit; all when empty.
        at: For a source id, the address of a mirror that stands in for all its hosts.
        recheck_days: Pages published in the last days are looked at again, so that edits show.
        hurry: Ask mirrors without pause and with short time-outs; live sites never.
        now: The time to take as now (for rehearsals); the clock's when empty.
    """
    plan = plan_of(sources, at or {}, recheck_days=recheck_days, hurry=hurry, now=now)
    log = get_run_logger()
    futures = {
        name: collect_source.with_options(task_run_name=f"collect {name}").submit(
            opaque(plan), opaque(source)
        )
        for name, source in plan.sources.items()
    }
    hauls = []
    for name, future in futures.items():
        haul = future.result(raise_on_failure=False)
        if isinstance(haul, BaseException):
            log.error("%s: our own code failed: %r", name, haul)
            haul = crashed(name, haul, plan)
        hauls.append(haul)
    night: Night = settle_night(opaque(plan), opaque(hauls))
    notify(plan.warehouse, plan.settings, run_id=plan.run_id, now=plan.now(), urgent=True)
    publish_night(opaque(plan))
    write_pages(opaque(plan), return_state=True)  # where it fails it is red, and the night goes on
    report_night(plan, night)
    notify(plan.warehouse, plan.settings, run_id=plan.run_id, now=plan.now())
    return night


def plan_of(
    sources: Sequence[str] | None,
    at: Mapping[str, str],
    *,
    recheck_days: int = 0,
    hurry: bool = False,
    now: datetime | None = None,
) -> Plan:
    settings = Settings()
    known = load_sources()
    unknown = sorted({*(sources or ()), *at} - set(known))
    if unknown:
        raise Misconfigured(
            f"no source {', '.join(unknown)}; `caravan sources list` names those there are"
        )
    return Plan(
        run_id=run_id_at(now or utc_now()),
        settings=settings,
        warehouse=Warehouse(settings.warehouse_address),
        sources={name: known[name] for name in (sources or known)},
        client=Client(),
        at=at,
        recheck_days=recheck_days,
        hurry=hurry,
        now=(lambda: now) if now else utc_now,
        said=_say,
    )


@task(name="collect", cache_policy=NO_CACHE)
def collect_source(plan: Plan, source: Source) -> Haul:
    """Discover, fetch, parse and extract one source. What the site does wrong is in the haul."""
    again = recent_captures(plan.warehouse, source.id, now=plan.now(), days=plan.recheck_days)
    memory = VisitMemory(plan.settings.home / "cache" / source.id, again)
    fetch = plan.fetcher(source, memory)
    haul = collect(
        source,
        fetch,
        plan.warehouse,
        source.discover(fetch, reaches=reaching(plan.warehouse, source.id, now=plan.now())),
        run_id=plan.run_id,
        now=plan.now,
        again=again,
        said=plan.said,
    )
    haul = heard(haul, source, plan.warehouse)
    run = haul.run
    get_run_logger().info(
        "%s: %s; %d listed, %d new, %d fetched, %d figures%s",
        source.id, run.verdict, run.listed, run.new, run.fetched, run.figures,
        f"; {run.note}" if run.note else "",
    )  # fmt: skip
    return haul


def crashed(name: str, error: BaseException, plan: Plan) -> Haul:
    """Return the haul of a source on which our own code failed: nothing, and the reason."""
    tally = Tally(verdict="crashed", notes=[f"{type(error).__name__}: {error}"])
    return haul_of(name, tally, run_id=plan.run_id, started=plan.now(), seconds=0.0)


@task(name="settle", cache_policy=NO_CACHE, **RETRIED)
def settle_night(plan: Plan, hauls: Sequence[Haul]) -> Night:
    """Check the night's figures beside all that is known, and append."""
    return settle(
        hauls,
        plan.warehouse,
        run_id=plan.run_id,
        at=plan.now(),
        docs=plan.settings.docs,
        actions=plan.settings.actions,
    )


@task(name="publish", cache_policy=NO_CACHE, **RETRIED)
def publish_night(plan: Plan) -> None:
    """Write the files for analysts anew."""
    publish(plan.warehouse, plan.settings.published)


@task(name="report", cache_policy=NO_CACHE)
def write_pages(plan: Plan) -> None:
    """Write the site for readers anew, and leave links to it and to Data Docs."""
    write_report(plan.warehouse, plan.settings)
    places = {"report": plan.settings.report, "data-docs": plan.settings.docs}
    for key, folder in places.items():
        page = (folder / "index.html").absolute()
        if page.exists():
            create_link_artifact(key=key, link=page.as_uri(), link_text=str(page))


def report_night(plan: Plan, night: Night) -> None:
    """Leave the night's summary as an artifact, and an event for each source that is unwell."""
    create_markdown_artifact(key="night-summary", markdown=night_markdown(night))
    for run in night.troubled:
        emit_event(
            event="caravan.source.unwell",
            resource={
                "prefect.resource.id": f"caravan.source.{run.source}",
                "prefect.resource.name": run.source,
            },
            payload={"verdict": run.verdict, "note": run.note, "run": plan.run_id},
        )


def run_night(
    *,
    sources: Sequence[str] = (),
    at: Mapping[str, str] | None = None,
    recheck_days: int = 2,
    hurry: bool = False,
    now: datetime | None = None,
    said: Said = say_nothing,
) -> Night:
    """Run the flow in this process, on Prefect's embedded API unless one is configured."""
    with saying(said):
        return nightly(list(sources) or None, dict(at or {}), recheck_days, hurry, now)
