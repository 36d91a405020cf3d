"""`make serve`: Prefect's server, a worker and our deployments on this machine, on loopback.

A supervisor and nothing else: it starts the same commands that `deploy/README.md` names, waits
until each is well, prints the addresses, and stops them all when it is stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx

from flows.deployments import ROOT, DeployError, deploy, name_outside
from flows.prefect_env import prepare
from flows.settings import Settings

WELL_WITHIN_S = 180.0
STOP_WITHIN_S = 20.0
PR_SET_CHILD_SUBREAPER = 36  # of <sys/prctl.h>


class ServeError(Exception):
    """Server or worker could not be started; the message says why and what to do."""


def serve(settings: Settings, *, host: str = "127.0.0.1") -> int:
    """Serve until stopped; return 0, or 1 where server or worker ended by itself.

    Raises ServeError or DeployError where it does not come so far.
    """
    api = f"http://{host}:{settings.port}/api"
    name_outside(settings)
    prepare(settings.home)
    os.environ["PREFECT_API_URL"] = api
    must_be_free(host, settings.port)
    begun, asked = datetime.now(UTC), stop_signals()
    adopt_orphans()
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(
            prefect_process("server", "start", "--host", host, "--port", str(settings.port))
        )
        wait_until_well(api, running[0], asked)
        # First of all: Prefect cancels late runs because of those.
        for name in taken_up(settings.pool, begun):
            say(f"Was stopped while it ran, is run again: {name}")
        deploy(settings)
        running.append(prefect_process("worker", "start", "--pool", settings.pool))
        say(f"Prefect   http://{host}:{settings.port}\nAPI       {api}")
        say(f"Home      {settings.home.absolute()}\nStop      Ctrl-C")
        say(f"Now       PREFECT_API_URL={api} prefect deployment run nightly/nightly")
        return watch(running, asked)
    except Stopped:
        return 0
    finally:
        stop(running)


class Stopped(Exception):  # noqa: N818 - no error
    """It was asked to stop while it was still starting."""


def taken_up(pool: str, since: datetime) -> list[str]:
    from flows.interrupted import take_up

    return asyncio.run(take_up(pool, since=since))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def must_be_free(host: str, port: int) -> None:
    """Raise ServeError where something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"port {port} of {host}: {error.strerror}. Is Caravan served already? Stop it, or "
                f"choose another port: CARAVAN_PORT={port + 1} make serve"
            ) from error


def stop_signals() -> list[int]:
    """Catch the signals that ask to stop; return the list they will be in."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: asked.append(got))
    return asked


def prefect_process(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a Prefect command in its own process group, so that Ctrl-C is ours to pass on."""
    command = [sys.executable, "-m", "prefect", *arguments]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def wait_until_well(api: str, server: subprocess.Popen[bytes], asked: Sequence[int]) -> None:
    """Wait for the server. Raises ServeError where it ends or stays away, Stopped when asked."""
    end = time.monotonic() + WELL_WITHIN_S
    while time.monotonic() < end:
        if asked:
            raise Stopped
        if server.poll() is not None:
            raise ServeError(f"Prefect's server ended with status {server.returncode}; see above")
        try:
            if httpx.get(f"{api}/health", timeout=2).is_success:
                return
        except httpx.TransportError:
            pass  # not listening yet
        time.sleep(0.5)
    raise ServeError(f"Prefect's server at {api} was not well in {WELL_WITHIN_S:.0f} s")


def watch(running: Sequence[subprocess.Popen[bytes]], asked: Sequence[int]) -> int:
    """Wait until asked to stop (0) or until one of the processes ends by itself (1)."""
    while not asked:
        for process in running:
            if process.poll() is not None:
                name = " ".join(process.args[2:])  # type: ignore[index,arg-type]
                say(f"`{name}` ended by itself with status {process.returncode}")
                return 1
        time.sleep(0.5)
    return 0


def adopt_orphans() -> None:
    """Become the parent of what our processes leave behind: a flow outlives a killed worker."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children() -> list[int]:
    """Return the processes that are ours or that we adopted, where the system can tell."""
    lists = Path("/proc/self/task").glob("*/children")
    return [int(pid) for path in lists for pid in path.read_text().split()]


def stop(running: Sequence[subprocess.Popen[bytes]]) -> None:
    """Stop the worker before the server, and what either has started and left behind."""
    for process in reversed(running):
        process.send_signal(signal.SIGTERM)  # nothing happens where it ended already
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_WITHIN_S)
        with contextlib.suppress(ProcessLookupError):  # no one is left of its group
            os.killpg(process.pid, signal.SIGKILL)
    while left := children():
        for pid in left:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def main() -> int:
    try:
        return serve(Settings())
    except (ServeError, DeployError) as error:
        sys.stderr.write(f"caravan: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
