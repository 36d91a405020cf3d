"""The checkpoints: suites over a batch's frames, and our action that hands over what came of it.

Great Expectations sees the batch alone. A metric that raises is not raised by it; here it becomes a
crash, told apart from a rule that was not kept.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import great_expectations as gx
import pandas as pd
import polars as pl
from great_expectations.checkpoint import ValidationAction
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.render.renderer import ValidationResultsPageRenderer
from great_expectations.render.view import DefaultJinjaPageView

from expectations.detect import Crash
from expectations.docs import write_index, write_page, write_summary
from expectations.pool import Disagreement
from expectations.suites import batch_frame, findings_suite, plain_frame, shape_suite
from warehouse.fields import SEVERITIES, Figure, Row

Actions = Sequence[Mapping[str, Any]]
# It tells, at INFO and whatever the operator set, of each temporary folder that it makes.
logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What Great Expectations made of a batch."""

    crashes: Sequence[Crash]
    gravest: str | None  # severity of the gravest expectation that was not kept
    docs: Path


class HandOver(ValidationAction):  # type: ignore[misc]
    """Our checkpoint action: writes the Data Docs, and hands over what crashed and how grave it is.

    ``folder`` is the folder of all Data Docs; ``told`` is filled when the action has run.
    """

    type: Literal["caravan_hand_over"] = "caravan_hand_over"
    name: str = "hand over"
    folder: str
    run_id: str
    told: dict[str, Any] = {}  # noqa: RUF012 - pydantic copies it

    def run(self, checkpoint_result: Any, action_context: Any = None) -> dict[str, Any]:
        results = list(checkpoint_result.run_results.values())
        crashes = [crash for result in results for crash in crashed(result)]
        here = Path(self.folder) / self.run_id
        for result in results:
            page = DefaultJinjaPageView().render(ValidationResultsPageRenderer().render(result))
            title = f"{result.suite_name}, {self.run_id}"
            write_page(page, here / f"{result.suite_name}.html", title=title)
        suites = {r.suite_name: counted(r) for r in results}
        self.told.update(crashes=crashes, gravest=gravest(results), suites=suites)
        return suites


def crashed(result: Any) -> list[Crash]:
    """Return the expectations of a result whose metric raised: broken, which is not "not kept"."""
    found = []
    for told in result.results:
        info = told.exception_info or {}
        raised = info if "raised_exception" in info else next(iter(info.values()), {})
        if raised.get("raised_exception"):
            message = str(raised.get("exception_message") or "").strip().splitlines()
            name = expectation_name(told)
            found.append(Crash(check=name, message=message[-1] if message else "no message"))
    return found


def expectation_name(told: Any) -> str:
    kwargs = told.expectation_config.kwargs
    return str(kwargs.get("rule") or kwargs.get("finding") or told.expectation_config.type)


def counted(result: Any) -> dict[str, int]:
    return {"asked": len(result.results), "kept": sum(bool(r.success) for r in result.results)}


def gravest(results: Sequence[Any]) -> str | None:
    severities = [r.get_max_severity_failure() for r in results]
    names = [str(getattr(s, "value", s)) for s in severities if s is not None]
    return max(names, key=SEVERITIES.index) if names else None


def recorded(
    frames: Mapping[type[Row], pl.DataFrame],
    found: Sequence[Disagreement],
    *,
    run_id: str,
    today: date,
    docs: Path,
    actions: Actions = (),
) -> Recorded:
    """Run the suites over a batch, table by table, and write their Data Docs under ``docs``.

    ``actions`` are settings of Great Expectations' own actions, which run after ours.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    told = []
    for row, frame in frames.items():
        suites = [shape_suite(row, today)]
        suites += [findings_suite(found)] if row is Figure else []
        rows = batch_frame(frame, found) if row is Figure else plain_frame(frame)
        ours = HandOver(folder=str(docs), run_id=run_id)
        told.append(checked(context, row, suites, rows, actions=[ours, *actions]))
    crashes = [crash for handed in told for crash in handed["crashes"]]
    summary = {
        **{row.TABLE: frame.height for row, frame in frames.items()},
        "suites": {name: counts for handed in told for name, counts in handed["suites"].items()},
        "crashed": [c.check for c in crashes],
    }
    write_summary(docs / run_id, summary)
    severities = [handed["gravest"] for handed in told if handed["gravest"]]
    gravest_of_all = max(severities, key=SEVERITIES.index, default=None)
    return Recorded(crashes=crashes, gravest=gravest_of_all, docs=write_index(docs))


def checked(
    context: Any,
    row: type[Row],
    suites: Sequence[gx.ExpectationSuite],
    rows: pd.DataFrame,
    *,
    actions: Sequence[Any],
) -> dict[str, Any]:
    """Run the suites of one table over its rows; return what our action, the first, hands over.

    An action of Great Expectations that raises is told by name: our own work is done by then.
    """
    asset = context.data_sources.add_pandas(f"batch of {row.TABLE}").add_dataframe_asset(row.TABLE)
    batch = asset.add_batch_definition_whole_dataframe("night")
    definitions = []
    for suite in suites:
        context.suites.add(suite)
        named = gx.ValidationDefinition(name=suite.name, data=batch, suite=suite)
        definitions.append(context.validation_definitions.add(named))
    checkpoint = gx.Checkpoint(
        name=f"night, {row.TABLE}",
        validation_definitions=definitions,
        actions=list(actions),
        result_format={
            "result_format": "COMPLETE",
            "unexpected_index_column_names": [row.ID],
            "partial_unexpected_count": 20,
        },
    )
    checkpoint = context.checkpoints.add(checkpoint)
    told: dict[str, Any] = checkpoint.actions[0].told
    try:
        checkpoint.run(batch_parameters={"dataframe": rows})
    except Exception as error:
        if not told:
            raise
        failed = Crash(check="actions", message=f"{type(error).__name__}: {error}")
        told["crashes"] = [*told["crashes"], failed]
    return told
