"""The worked analyses run, on a warehouse of a few statements."""

import json
import runpy
from pathlib import Path

from tests.warehouse.samples import figure, night, release
from warehouse.publish import publish
from warehouse.tables import Warehouse

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "trade_with_russia.py"


def test_trade_with_russia_is_told_by_year_with_who_says_what(tmp_path, capsys):
    warehouse = Warehouse(tmp_path / "warehouse")
    releases = [release(name, source=f"source-{name}") for name in "abc"]
    figures = [
        figure(releases[0], time_period="2022", value=9.4e9),
        figure(releases[0], time_period="2023", value=9.8e9, start=1),
        figure(releases[1], time_period="2023", value=9.1e9, start=2),
        figure(releases[2], time_period="2024", bound="min", low=10e9, high=float("inf"), start=3),
        figure(releases[2], time_period="2024-01", start=4),
    ]
    for rows in (figures, releases):
        warehouse.append(rows, recorded_at=night(0))
    publish(warehouse, tmp_path / "published")
    out = tmp_path / "plot.json"
    runpy.run_path(str(NOTEBOOK))["main"](str(tmp_path), str(out))
    told = capsys.readouterr().out
    assert "TJ 2023 is disputed" in told and "source-b" in told
    plot = json.loads(out.read_text())
    [rows] = plot["datasets"].values()
    assert [row["year"] for row in rows] == [2022, 2023, 2024]
