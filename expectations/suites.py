"""The rules and the kinds of finding as Great Expectations suites, for people to read.

Imported only where Data Docs are wanted: the library takes seconds to load. The frame is the batch
alone, with the outcome of the checks beside prior data in columns; the rules of shape run again
here, by the same expressions (`shape`), so that what is read is what decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import great_expectations as gx
import pandas as pd
import polars as pl
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import (
    MulticolumnMapExpectation,
    render_suite_parameter_string,
)
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)
from great_expectations.render import (
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer

from expectations.fact_shape import KINDS, fact_rules
from expectations.pool import Disagreement
from expectations.shape import Rule, rules
from warehouse.fields import FINDING_TYPES, SEVERITIES, TABLES, Figure, Row

SHAPE, FINDINGS = "shape", "findings"
PAIRS_SHOWN = 50


class FactShape(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Whether each row of a table keeps one rule of shape, by that rule's own expression."""

    condition_metric_name = "multicolumn_values.fact_shape"
    condition_value_keys = ("rule", "today", "of_table")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column_list: Any, rule: str, today: str, of_table: str, **_: Any) -> Any:
        told = next(
            r for r in rules_of(TABLES[of_table], date.fromisoformat(today)) if r.name == rule
        )
        kept = pl.from_pandas(column_list).select(told.holds.fill_null(True)).to_series()
        return pd.Series(kept.to_numpy(), index=column_list.index)


class ExpectFactsToKeepRule(MulticolumnMapExpectation):  # type: ignore[misc]
    """Each row of the batch keeps a rule of shape; those that do not go to quarantine."""

    rule: str
    today: str
    of_table: str
    asks: str
    map_metric: ClassVar[str] = "multicolumn_values.fact_shape"
    success_keys: ClassVar = ("mostly", "rule", "today", "of_table")
    args_keys: ClassVar = ("column_list", "rule", "today", "of_table")

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    @render_suite_parameter_string
    def _prescriptive_renderer(
        cls, configuration: Any = None, result: Any = None, **_: Any
    ) -> list[RenderedStringTemplateContent]:
        told = (configuration or result.expectation_config).kwargs
        return [sentence("$rule: $asks", rule=told["rule"], asks=told["asks"])]


class FigureUndisputed(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Whether a figure is on neither side of a finding of one type."""

    condition_metric_name = "multicolumn_values.figure_undisputed"
    condition_value_keys = ("finding",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column_list: Any, finding: str, **_: Any) -> Any:
        return column_list[told_column(finding)].astype(str) == ""


class ExpectFiguresWithoutFinding(MulticolumnMapExpectation):  # type: ignore[misc]
    """No figure of the batch stands in a finding of a type; those that do are kept, and told."""

    finding: str
    map_metric: ClassVar[str] = "multicolumn_values.figure_undisputed"
    success_keys: ClassVar = ("mostly", "finding")
    args_keys: ClassVar = ("column_list", "finding")

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    @render_suite_parameter_string
    def _prescriptive_renderer(
        cls, configuration: Any = None, result: Any = None, **_: Any
    ) -> list[RenderedStringTemplateContent]:
        kind = (configuration or result.expectation_config).kwargs["finding"]
        return [sentence("no $finding: $means", finding=kind, means=FINDING_TYPES[kind])]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, configuration: Any = None, result: Any = None, **_: Any
    ) -> list[RenderedTableContent] | None:
        pairs = ((result.expectation_config if result else configuration).meta or {}).get("pairs")
        return [pairs_table(pairs)] if pairs else None


def sentence(template: str, **params: str) -> RenderedStringTemplateContent:
    return RenderedStringTemplateContent(
        content_block_type="string_template",
        string_template={
            "template": template,
            "params": params,
            "styling": {"params": {next(iter(params)): {"classes": ["badge", "badge-secondary"]}}},
        },
    )


def pairs_table(pairs: Sequence[Sequence[str]]) -> RenderedTableContent:
    """Return both sides of each finding beside each other: quotes and addresses."""
    return RenderedTableContent(
        content_block_type="table",
        table=[list(pair) for pair in pairs],
        header_row=["says", "where", "but", "where", "gap"],
        styling={"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}},
    )


def told_column(kind: str) -> str:
    return f"finding_{kind}"


def batch_frame(facts: pl.DataFrame, found: Sequence[Disagreement]) -> pd.DataFrame:
    """Return the batch as Great Expectations reads it: its figures, and what was found of each."""
    told: dict[str, dict[str, str]] = {kind: {} for kind in FINDING_TYPES}
    for disagreement in found:
        for figure in disagreement.figures:
            told[disagreement.type][figure.figure_id] = disagreement.why
    ids = facts["figure_id"].to_list()
    columns = {
        told_column(kind): pl.Series([why.get(i, "") for i in ids], dtype=pl.String)
        for kind, why in told.items()
    }
    return facts.with_columns(**columns).to_pandas(use_pyarrow_extension_array=True)


def plain_frame(facts: pl.DataFrame) -> pd.DataFrame:
    """Return a table of facts that are no figures, as Great Expectations reads it."""
    return facts.to_pandas(use_pyarrow_extension_array=True)


def rules_of(row: type[Row], today: date) -> list[Rule]:
    """Return the rules of shape of a table: of figures, or of another kind of fact."""
    return rules(today) if row is Figure else fact_rules(KINDS[row.TABLE], today)


def shape_suite(row: type[Row], today: date) -> gx.ExpectationSuite:
    """Return the rules of shape of a table as a suite; that of figures is ``shape`` alone."""
    suite = gx.ExpectationSuite(name=SHAPE if row is Figure else row.TABLE)
    for rule in rules_of(row, today):
        names = list(dict.fromkeys([*rule.holds.meta.root_names(), row.ID]))
        suite.add_expectation(
            ExpectFactsToKeepRule(
                column_list=names if len(names) > 1 else [*names, "source"],
                rule=rule.name,
                today=today.isoformat(),
                of_table=row.TABLE,
                asks=rule.asks,
                severity="critical",
            )
        )
    return suite


def findings_suite(found: Sequence[Disagreement]) -> gx.ExpectationSuite:
    """Return a suite with an expectation for each type, as grave as its gravest finding."""
    suite = gx.ExpectationSuite(name=FINDINGS)
    for kind in FINDING_TYPES:
        here = [d for d in found if d.type == kind]
        gravest = max((SEVERITIES.index(d.severity) for d in here), default=1)
        suite.add_expectation(
            ExpectFiguresWithoutFinding(
                column_list=["figure_id", told_column(kind)],
                finding=kind,
                severity=SEVERITIES[gravest],
                meta={"pairs": [pair(d) for d in here[:PAIRS_SHOWN]]},
            )
        )
    return suite


def pair(found: Disagreement) -> list[str]:
    one, other = (" / ".join(dict.fromkeys(map(said, s))) for s in (found.first, found.second))
    here, there = ("\n".join(dict.fromkeys(f.url for f in s)) for s in (found.first, found.second))
    return [one, here, other, there, f"{found.gap:.1%}"]


def said(figure: Figure) -> str:
    return f"“{figure.quote}”"
