"""Three nights on the sample sites, in a home of their own that touches nothing of the operator's.

`flows.nightly` is imported only once the environment is set, as Prefect reads it then.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from flows.demo.server import SampleServer
from flows.demo.sites import NIGHTS
from flows.settings import Settings
from flows.stages import Night, Said
from scrapers.web.errors import Misconfigured

MARK = "SAMPLE-DATA.txt"
NOTE = """What lies here was made by `caravan demo` from sample releases. They are written for the
demo around public facts, and some of them disagree on purpose: cite none of it. Each demo starts
this folder over; keep live data in another --home.
"""
OURS = ("warehouse", "published", "docs", "report", ".report", "cache")


def fresh_home(home: Path) -> None:
    """Make the home ready for a demo; one that an earlier demo left is started over.

    Raises Misconfigured where it holds data that no demo made.
    """
    held = [home / name for name in OURS if (home / name).exists()]
    if held and not (home / MARK).exists():
        raise Misconfigured(
            f"{held[0]}: there is data here, and sample releases must not mix with it; "
            "choose another folder, as in `caravan --home build/demo demo`"
        )
    for folder in held:
        if folder.is_symlink():  # the report, which stands in .report
            folder.unlink()
        else:
            shutil.rmtree(folder)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).write_text(NOTE, encoding="utf-8")


def embedded(home: Path, server: SampleServer) -> Settings:
    """Point settings and Prefect at this home and at the demo's own inbox, whatever was set."""
    for name in ("CARAVAN_WAREHOUSE", "PREFECT_API_URL", "PREFECT_PROFILE"):
        os.environ.pop(name, None)
    os.environ["CARAVAN_HOME"] = str(home)
    os.environ["CARAVAN_ALERTS"] = json.dumps([server.inbox_address])
    os.environ["PREFECT_HOME"] = str((home / ".prefect").absolute())
    from flows.prefect_env import prepare

    prepare(home)
    return Settings()


def run_one(server: SampleServer, number: int, said: Said) -> Night:
    """Run one night on what the sites show then."""
    from flows.nightly import run_night

    server.night = number
    now = NIGHTS[number - 1]
    return run_night(sources=sorted(server.at), at=server.at, hurry=True, now=now, said=said)
