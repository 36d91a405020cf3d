"""300 kills of a writer at random moments of append and publish, with a reader polling.

python -m tests.benchmarks.kill [KILLS]
"""

import sys
import tempfile
import time
from pathlib import Path

import click

from tests.warehouse.torture import torture


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        told = torture(Path(folder), kills, seed=time.time_ns())
    click.echo(
        f"kill: {kills} kills in {time.monotonic() - begun:.0f} s, {told['batches']} batches, "
        f"{told['polls']} polls, {len(told['wrong'])} wrong"
    )
    for line in told["wrong"][:20]:
        click.echo(line)
    raise SystemExit(bool(told["wrong"]))


if __name__ == "__main__":
    main()
