"""`make serve`: Prefect's server, a worker and our deployments on this machine, on loopback.

A supervisor and nothing else: it starts the same commands that `deploy/README.md` names, waits
until each is well, prints the addresses, and stops them all when it is stopped.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from flows.prefect_env import prepare
from flows.settings import Settings

ROOT = Path(__file__).parent.parent
WELL_WITHIN_S = 180.0
STOP_WITHIN_S = 20.0


def serve(settings: Settings, *, host: str = "127.0.0.1", port: int = 4200) -> int:
    """Serve until stopped; return 0, or 1 where server or worker ended by itself."""
    home = settings.home.absolute()
    api = f"http://{host}:{port}/api"
    os.environ["CARAVAN_HOME"] = str(home)
    os.environ.setdefault("CARAVAN_ROOT", str(ROOT))
    os.environ.setdefault("CARAVAN_POOL", "caravan")
    prepare(home)
    os.environ["PREFECT_API_URL"] = api
    pool = os.environ["CARAVAN_POOL"]
    server = prefect_process("server", "start", "--host", host, "--port", str(port))
    running = [server]
    try:
        wait_until_well(api, server)
        prefect("work-pool", "create", pool, "--type", "process", "--overwrite")
        prefect("deploy", "--all", "--prefect-file", str(ROOT / "deploy" / "prefect.yaml"))
        run(sys.executable, "-m", "flows.automations")
        running.append(prefect_process("worker", "start", "--pool", pool))
        say(f"Prefect   http://{host}:{port}\nAPI       {api}\nHome      {home}")
        say("A night now: prefect deployment run nightly/nightly   Stop: Ctrl-C")
        return watch(running)
    finally:
        stop(running)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def prefect(*arguments: str) -> None:
    run(sys.executable, "-m", "prefect", "--no-prompt", *arguments)


def prefect_process(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a Prefect command in its own process group, so that Ctrl-C is ours to pass on."""
    command = [sys.executable, "-m", "prefect", *arguments]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def wait_until_well(api: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + WELL_WITHIN_S
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit(f"caravan: Prefect's server ended with status {server.returncode}")
        try:
            if httpx.get(f"{api}/health", timeout=2).is_success:
                return
        except httpx.TransportError:
            pass  # not listening yet
        time.sleep(0.5)
    raise SystemExit(f"caravan: Prefect's server at {api} was not well in {WELL_WITHIN_S:.0f} s")


def watch(running: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait for a signal (0) or for one of the processes to end by itself (1)."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: asked.append(got))
    while not asked:
        for process in running:
            if process.poll() is not None:
                say(f"{process.args!r} ended with status {process.returncode}")
                return 1
        time.sleep(0.5)
    return 0


def stop(running: Sequence[subprocess.Popen[bytes]]) -> None:
    """Stop the worker before the server; kill what does not stop."""
    for process in reversed(running):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(serve(Settings(), port=int(os.environ.get("CARAVAN_PORT", "4200"))))
