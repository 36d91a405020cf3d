"""Work pool, deployments and automations of a Prefect server as the files of `deploy/` say.

Run as `python -m flows.deployments` against the server that PREFECT_API_URL names. Doing it again
changes nothing: a schedule that was paused in Prefect's pages stays paused until the definitions
themselves change.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import yaml

from flows.prefect_env import prepare
from flows.settings import Settings

ROOT = Path(__file__).parent.parent
FILE = ROOT / "deploy" / "prefect.yaml"
AUTOMATIONS = ROOT / "deploy" / "automations.yaml"
VARIABLE = "caravan_definitions"  # of Prefect: the digest of what was deployed last
NAMED = ("CARAVAN_ROOT", "CARAVAN_POOL", "CARAVAN_HOME")  # what the file takes from outside


class DeployError(Exception):
    """The server did not take a definition; Prefect has said above why."""


def deploy(settings: Settings) -> list[str]:
    """Make the server hold pool, deployments and automations; return what was changed.

    Raises DeployError where a Prefect command failed.
    """
    name_outside(settings)
    changed = []
    if not asyncio.run(holds_pool(settings.pool)):
        prefect("work-pool", "create", settings.pool, "--type", "process")
        changed.append(f"work pool {settings.pool}")
    digest = definitions_digest()
    if not asyncio.run(holds_definitions(digest)):
        prefect("deploy", "--all", "--prefect-file", str(FILE))
        from flows.automations import ensure_automations

        changed += ["deployments", *asyncio.run(ensure_automations())]
        asyncio.run(remember(digest))
    return changed


def name_outside(settings: Settings) -> None:
    """Put into the environment what the definitions take from there, absolute."""
    os.environ["CARAVAN_HOME"] = str(settings.home.absolute())
    os.environ["CARAVAN_POOL"] = settings.pool
    os.environ.setdefault("CARAVAN_ROOT", str(ROOT))


def definitions_digest() -> str:
    """Return a digest of all that a deployment is made from: the file, names, entry points."""
    found = hashlib.sha256()
    # An entry point's code counts: its parameters become Prefect's form.
    for path in sorted({FILE, AUTOMATIONS, *(entry_file(entry) for entry in entry_points())}):
        found.update(path.read_bytes())
    for name in NAMED:
        found.update(f"{name}={os.environ.get(name, '')}\n".encode())
    return found.hexdigest()[:16]


def definitions() -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]
    return found


def entry_points() -> list[str]:
    return [str(entry["entrypoint"]) for entry in definitions()]


def entry_file(entry: str) -> Path:
    return ROOT / entry.partition(":")[0]


async def holds_pool(name: str) -> bool:
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    async with get_client() as client:
        try:
            await client.read_work_pool(name)
        except ObjectNotFound:
            return False
        return True


async def holds_definitions(digest: str) -> bool:
    """Return whether these very definitions were deployed, and no deployment was deleted since."""
    from prefect.client.orchestration import get_client
    from prefect.variables import Variable

    if await Variable.aget(VARIABLE) != digest:
        return False
    async with get_client() as client:
        held = {deployment.name for deployment in await client.read_deployments()}
    return held >= {str(entry["name"]) for entry in definitions()}


async def remember(digest: str) -> None:
    from prefect.variables import Variable

    await Variable.aset(VARIABLE, digest, overwrite=True)


def prefect(*arguments: str) -> None:
    """Run a Prefect command. Raises DeployError with what it said."""
    command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()) or "nothing"
        raise DeployError(
            f"`prefect {' '.join(arguments)}` ended with status {done.returncode} and said:\n{said}"
        )


def main() -> int:
    settings = Settings()
    prepare(settings.home)
    try:
        changed = deploy(settings)
    except DeployError as error:
        sys.stderr.write(f"caravan: {error}\n")
        return 2
    sys.stdout.write(f"made or changed: {', '.join(changed) or 'nothing'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
