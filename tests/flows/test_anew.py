"""`reextract` as a flow: the same bytes from a Dask cluster of two workers as in this process."""

import json
from datetime import UTC, datetime

import pytest

from flows.ingest import ingest
from flows.prefect_env import prepare
from warehouse.tables import Warehouse

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    documents = [
        {
            "id": str(n),
            "source": "tass",
            "url": f"https://tass.com/economy/{n}",
            "lang": "en",
            "title": "Trade of Russia and Kazakhstan",
            "published": "2025-02-03",
            "text": f"Trade between Russia and Kazakhstan grew to ${20 + n / 100} billion in 2024.",
        }
        for n in range(70)  # two chunks
    ]
    path = tmp_path / "documents.jsonl"
    path.write_text("\n".join(json.dumps(d) for d in documents), encoding="utf-8")
    monkeypatch.setenv("CARAVAN_HOME", str(tmp_path / "home"))
    ingest([path], Warehouse(tmp_path / "home" / "warehouse"), {}, now=NOW)
    return tmp_path / "home"


def chunk_bytes(folder):
    return {
        path.relative_to(folder).parts[-2:]: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # dask and distributed warn of much that is not ours
def test_a_dask_cluster_reads_the_same_bytes(home, tmp_path, monkeypatch):
    prepare(tmp_path / "prefect")  # before anything imports Prefect
    from prefect import flow

    from flows.anew import reextract, spread
    from flows.rereading import over_processes, reread
    from flows.runners import task_runner
    from flows.settings import Settings

    warehouse = Warehouse(home / "warehouse")
    address = str(home / "warehouse")
    nothing = lambda done, of: None  # noqa: E731
    reread(warehouse, address, tmp_path / "here", spread=over_processes(1), said=nothing)
    monkeypatch.setenv("CARAVAN_RUNNER", "dask")

    @flow(task_runner=task_runner(Settings()))
    def on_dask():
        reread(warehouse, address, tmp_path / "there", spread=spread, said=nothing)

    on_dask()
    here = chunk_bytes(tmp_path / "here")
    assert here
    assert chunk_bytes(tmp_path / "there") == here
    assert reextract() == {}
