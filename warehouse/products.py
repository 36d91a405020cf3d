"""What analysts read: the published tables, each a dataclass whose fields carry their description.

Published ``figures`` and ``releases`` have the columns of the tables themselves; the others are
worked out from them. No reading or writing here: `warehouse.publish` does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.fields import (
    AREAS,
    FINDING_STATES,
    FINDING_TYPES,
    INDICATORS,
    MEASURES,
    SEVERITIES,
    STATUSES,
    SUBJECTS,
    VERDICTS,
    Figure,
    Release,
    Row,
    column,
)
from warehouse.things import JoinedAgreement, JoinedEvent, JoinedInitiative, Statement

AGREEMENTS = ("agreed", "disputed")


@dataclass(frozen=True, kw_only=True)
class Finding(Row):
    """One finding as it stands: the last event of its life, and what all events brought."""

    TABLE = "findings"
    ID = "finding_id"

    finding_id: str = column("Stable identity: type, key and the clusters of values", key=True)
    type: str = column("Type of the finding", codes=FINDING_TYPES)
    severity: str = column("How grave", codes=SEVERITIES)
    state: str = column("Where it stands", codes=FINDING_STATES)
    indicator: str = column("What is measured", codes=[*INDICATORS, *SUBJECTS])
    measure: str = column("Kind of number", codes=[*MEASURES, "statement"])
    ref_area: str = column("The Central Asian side", codes=AREAS)
    counterpart_area: str | None = column("The other side", default=None)
    time_period: str | None = column("Period described, ISO 8601, both ends in", default=None)
    unit: str = column("Unit of the values compared")
    scope: str | None = column("What narrows the figures", default=None)
    gap: float | None = column("Gap between sides over the smaller value", default=None)
    figure_ids: list[str] = column("Figures on the first side, in order of their ids")
    against_ids: list[str] = column("Figures on the other side, in order of their ids")
    why: str = column("In one sentence, what disagrees with what")
    reason: str | None = column("Reason given when it was last decided", default=None)
    actor: str | None = column("Who acknowledged or resolved it", default=None)
    opened_at: datetime = column("When it was first opened (UTC)")
    changed_at: datetime = column("When its last event happened (UTC)")
    events: int = column("Events in its life so far", unit="count")


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Statements of one key that share a point."""

    low: float | None
    high: float | None
    value: float
    statements: int
    sources: list[str]


@dataclass(frozen=True, kw_only=True)
class Series(Row):
    """One key and all that is stated of it: the agreed interval, or clusters that disagree."""

    TABLE = "series"
    ID = "series_id"

    series_id: str = column("Derived from the key", key=True)
    indicator: str = column("What is measured", codes=INDICATORS)
    measure: str = column("Kind of number", codes=MEASURES)
    ref_area: str = column("The Central Asian side, ISO 3166-1 alpha-2 or bloc", codes=AREAS)
    counterpart_area: str | None = column("The other side, mostly RU", default=None)
    time_period: str | None = column("Period described, ISO 8601, both ends in", default=None)
    status: str = column("Actual, or looked forward to", codes=STATUSES)
    scope: str | None = column("What narrows it within its indicator; null is all", default=None)
    unit: str = column("ISO 4217, percent, times, count, t, m3, kWh, W, km, ha, TEU …")
    stated_in: str | None = column(
        "Quarter of publication of statements that name no period, else null", default=None
    )
    agreement: str = column("Whether all statements share a point", codes=AGREEMENTS)
    low: float | None = column(
        "Lower end of what all statements share; where disputed, of all clusters; null is open",
        default=None,
    )
    high: float | None = column("Upper end of the same; null is open", default=None)
    value: float = column(
        "The narrowest statement, then the latest, of the best told cluster, brought into it"
    )
    clusters: list[Cluster] = column(
        "Statements that share a point, from low to high: one where agreed; each with its low, "
        "high, value, number of statements and sources"
    )
    statements: int = column("Statements of it", unit="count")
    sources: int = column("Sources that state it", unit="count")
    independent_sources: int = column(
        "The same without echoes: reprints, and speakers quoted by several sources", unit="count"
    )
    reporters: list[str] = column("Sides whose statistics are stated, where that can be told")
    first_stated: date = column("Publication of the first statement")
    last_stated: date = column("Publication of the last statement")
    previous_period: str | None = column(
        "The same period a year earlier, where its level is held", default=None
    )
    change: float | None = column("Change of value against it", unit="percent", default=None)
    change_low: float | None = column(
        "Least change that both intervals allow", unit="percent", default=None
    )
    change_high: float | None = column(
        "Greatest change that both intervals allow", unit="percent", default=None
    )


@dataclass(frozen=True, kw_only=True)
class SourceState(Row):
    """One source: what it has brought, and how its last night went."""

    TABLE = "sources"
    ID = "source"

    source: str = column("Id of the source", key=True)
    languages: list[str] = column("Languages of its releases, ISO 639-1")
    releases: int = column("Release versions held", unit="count")
    figures: int = column("Figures read from them", unit="count")
    first_published: date | None = column("Publication of its oldest release", default=None)
    last_published: date | None = column("Publication of its newest release", default=None)
    nights: int = column("Runs that visited it", unit="count")
    last_run_at: datetime | None = column("When it was last visited (UTC)", default=None)
    last_verdict: str | None = column("How that visit went", codes=VERDICTS, default=None)
    last_note: str | None = column("What the operator should know of it", default=None)


@dataclass(frozen=True)
class Product:
    """A published table: its columns, the order of its rows, and the SQL over the tables."""

    row: type[Row]
    order: tuple[str, ...]
    sql: str
    needs: tuple[str, ...]  # tables that the SQL reads
    pure: bool = False  # it follows from the ids in those tables, and is made anew only with them
    split: str | None = None  # date that tells the earlier years from the latest, once it has grown

    @property
    def name(self) -> str:
        return self.row.TABLE


KEY = (
    "indicator",
    "measure",
    "ref_area",
    "counterpart_area",
    "time_period",
    "status",
    "scope",
    "unit",
)
FINDINGS_SQL = """
WITH life AS (SELECT *, row_number() OVER (PARTITION BY finding_id ORDER BY "at", recorded_at,
    list_position(['opened', 'witness_added', 'acknowledged', 'resolved', 'reopened'], event),
    event_id) AS step FROM findings)
SELECT finding_id, arg_max(type, step) AS type, arg_max(severity, step) AS severity,
  CASE arg_max(event, step) FILTER (event <> 'witness_added')
    WHEN 'acknowledged' THEN 'acknowledged' WHEN 'resolved' THEN 'resolved'
    ELSE 'open' END AS state,
  arg_max(indicator, step) AS indicator, arg_max(measure, step) AS measure,
  arg_max(ref_area, step) AS ref_area, arg_max(counterpart_area, step) AS counterpart_area,
  arg_max(time_period, step) AS time_period, arg_max(unit, step) AS unit,
  arg_max(scope, step) AS scope, arg_max(gap, step) AS gap,
  list_sort(list_distinct(flatten(list(figure_ids)))) AS figure_ids,
  list_sort(list_distinct(flatten(list(against_ids)))) AS against_ids,
  arg_max(why, step) AS why, arg_max(reason, step) AS reason, arg_max(actor, step) AS actor,
  min("at") AS opened_at, max("at") AS changed_at, count(*) AS events,
  max(recorded_at) AS recorded_at
FROM life GROUP BY finding_id
"""
SOURCES_SQL = """
WITH r AS (SELECT source, list_sort(list_distinct(list(language))) AS languages,
    count(*) AS releases, min(published) AS first_published, max(published) AS last_published,
    max(recorded_at) AS recorded_at FROM releases GROUP BY source),
  f AS (SELECT source, count(*) AS figures FROM figures GROUP BY source),
  n AS (SELECT source, count(DISTINCT run_id) AS nights, max(started_at) AS last_run_at,
    arg_max(verdict, (started_at, source_run_id)) AS last_verdict,
    arg_max(note, (started_at, source_run_id)) AS last_note, max(recorded_at) AS recorded_at
    FROM runs GROUP BY source)
SELECT source, coalesce(languages, []) AS languages, coalesce(releases, 0) AS releases,
  coalesce(figures, 0) AS figures, first_published, last_published,
  coalesce(nights, 0) AS nights, last_run_at, last_verdict, last_note,
  greatest(r.recorded_at, n.recorded_at) AS recorded_at
FROM r FULL JOIN n USING (source) LEFT JOIN f USING (source)
"""
STATED = ("events", "agreements", "initiatives")
PRODUCTS: dict[str, Product] = {
    product.name: product
    for product in (
        Product(
            Figure,
            (*KEY, "published", "figure_id"),
            "SELECT * FROM figures",
            ("figures",),
            pure=True,
            split="published",
        ),
        Product(
            Series,
            (*KEY, "stated_in"),
            "SELECT * FROM series_made",
            ("figures", "releases"),
            pure=True,
        ),
        Product(Finding, ("opened_at", "finding_id"), FINDINGS_SQL, ("findings",)),
        Product(
            Release,
            ("published", "source", "url", "release_id"),
            "SELECT * FROM releases",
            ("releases",),
            pure=True,
            split="published",
        ),
        *(
            Product(row, order, f"SELECT * FROM {row.TABLE}_joined", needs)
            for row, order, needs in (
                (JoinedEvent, ("date", "type", "thing_id"), ("events",)),
                (JoinedAgreement, ("date", "type", "thing_id"), ("agreements",)),
                (JoinedInitiative, ("domain", "first_stated", "thing_id"), ("initiatives",)),
                (Statement, ("kind", "thing_id", "published", "statement_id"), STATED),
            )
        ),
        Product(SourceState, ("source",), SOURCES_SQL, ("figures", "releases", "runs")),
    )
}
