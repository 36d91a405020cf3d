"""`make serve` as an operator meets it: it schedules nights, once is enough, no process is left."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
START_S, SCHEDULE_S, STOP_S = 300, 120, 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home, port):
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    api = f"http://127.0.0.1:{port}/api"
    secret = '["json://user:s3cr3t@127.0.0.1:9/"]'
    return own | {
        "CARAVAN_HOME": str(home),
        "CARAVAN_PORT": str(port),
        "CARAVAN_ALERTS": secret,
        "PREFECT_API_URL": api,
        "PREFECT_HOME": str(home / ".prefect"),
    }


def start(module, env, **options):
    return subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, env=env, **options)


@contextmanager
def served(home, port, log):
    with log.open("wb") as out:
        process = start("flows.serve", environment(home, port), stdout=out, stderr=out)
    try:
        until(lambda: "Stop " in log.read_text() or process.poll() is not None, START_S)
        assert process.poll() is None, log.read_text()
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_S)


def until(holds, seconds):
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.5)
    return found


def ask(api, what, **body):
    answer = httpx.post(f"{api}/{what}/filter", json=body, timeout=60)
    answer.raise_for_status()
    return answer.json()


def processes_of(home):
    """Return the processes whose environment names the home: what serving has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(home).encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:  # it ended meanwhile, or is not ours
            continue
    return found


@pytest.mark.slow
def test_it_schedules_nights_and_stops_without_a_trace(tmp_path):
    home, log, port = tmp_path / "home", tmp_path / "log", free_port()
    api = f"http://127.0.0.1:{port}/api"
    with served(home, port, log) as process:
        deployments = {d["name"]: d for d in ask(api, "deployments")}
        assert {n for n, d in deployments.items() if d["schedules"]} == {
            "nightly", "recheck", "maintenance",
        }  # fmt: skip
        form = deployments["nightly"]["parameter_openapi_schema"]["properties"]
        assert "mirror" in form["at"]["description"]
        # Some versions of SQLAlchemy break Prefect's scheduler, and nothing else shows it.
        of_nightly = {"id": {"any_": [deployments["nightly"]["id"]]}}
        scheduled = {"state": {"type": {"any_": ["SCHEDULED"]}}}
        until(
            lambda: ask(api, "flow_runs", deployments=of_nightly, flow_runs=scheduled), SCHEDULE_S
        )
        held = {a["name"]: a["id"] for a in ask(api, "automations")}
        again = start("flows.automations", environment(home, port), stdout=subprocess.DEVNULL)
        assert again.wait(START_S) == 0
        after = ask(api, "automations")
        assert {a["name"]: a["id"] for a in after} == held and len(after) == len(held) > 4
        second = start("flows.serve", environment(home, port), stderr=subprocess.PIPE)
        said = second.communicate(timeout=START_S)[1].decode()
        assert second.returncode == 2
        assert f"port {port}" in said and "CARAVAN_PORT=" in said and "Traceback" not in said
    assert process.returncode == 0
    assert processes_of(home) == []
    assert "s3cr3t" not in log.read_text()
