"""`reextract` as a flow: the same bytes from a Dask cluster of two workers as in this process."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.ingest import ingest
from flows.rereading import over_processes, reread
from warehouse.tables import Warehouse

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
# In a process of its own: Prefect takes its settings when it is first imported.
ON_DASK = """
import sys
from pathlib import Path
from flows.prefect_env import prepare
home, folder = map(Path, sys.argv[1:])

def main():
    prepare(home)
    from prefect import flow
    from flows.anew import spread
    from flows.rereading import reread
    from flows.runners import task_runner
    from flows.settings import Settings
    from warehouse.tables import Warehouse

    @flow(task_runner=task_runner(Settings()))
    def on_dask():
        address = str(home / "warehouse")
        reread(Warehouse(address), address, folder, spread=spread, said=lambda done, of: None)

    on_dask()

if __name__ == "__main__":
    main()
"""


@pytest.fixture
def home(tmp_path):
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
    ingest([path], Warehouse(tmp_path / "home" / "warehouse"), {}, now=NOW)
    return tmp_path / "home"


def chunk_bytes(folder):
    return {
        path.relative_to(folder).parts[-2:]: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_a_dask_cluster_reads_the_same_bytes(home, tmp_path):
    address = str(home / "warehouse")
    here, there = tmp_path / "here", tmp_path / "there"
    said = []
    alone = over_processes(1)
    reread(Warehouse(address), address, here, spread=alone, said=lambda *at: said.append(at))
    assert said == [(1, 2), (2, 2)]
    script = tmp_path / "on_dask.py"
    script.write_text(ON_DASK, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script, home, there],
        cwd=ROOT,
        env=os.environ
        | {"CARAVAN_HOME": str(home), "CARAVAN_RUNNER": "dask", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert chunk_bytes(here)
    assert chunk_bytes(there) == chunk_bytes(here)
