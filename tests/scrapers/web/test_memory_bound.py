"""What a misbehaving site can make us hold: less than 300 MB, from many threads at once."""

import subprocess
import sys
from pathlib import Path

from tests.scrapers.web.server import endless, gzip_bomb, nested_tags, page

ROOT = Path(__file__).parents[3]
LIMIT_KB = 300_000
SCRIPT = """
import sys, threading
from pathlib import Path
from random import Random
from scrapers.sources.base import Request
from scrapers.web.client import Client
from scrapers.web.errors import CaravanError
from scrapers.web.policy import Policy, Site

policy = Policy(spacing_s=0, concurrency=9, retries=0, breaker_after=99, respect_robots=False)
client = Client(random=Random(1))

def say(words):
    sys.stdout.write(words + "\\n")

def ask(name, path):
    fetch = client.fetcher(Site(id=name, hosts=("kremlin.ru",), policy=policy, at=sys.argv[1]))
    try:
        fetch(Request(url="http://kremlin.ru" + path))
        say(f"{path} stored")
    except CaravanError as error:
        say(f"{path} {type(error).__name__}")

asks = [(f"s{n}", path) for n in range(4) for path in sys.argv[2:]]
threads = [threading.Thread(target=ask, args=each) for each in asks]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
# Not ru_maxrss: what the process that started this one held counts in it.
status = Path("/proc/self/status").read_text()
print(status.split("VmHWM:")[1].split()[0])
"""


def test_memory_stays_bounded(server):
    bad = {"/endless": endless, "/bomb": gzip_bomb(50)}
    good = {"/nested": nested_tags(), "/large": page(bytes(range(256)) * 30_000)}
    for path, behaviour in (bad | good).items():
        server.on(path, behaviour)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, server.url, *bad, *good],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    *said, peak_kb = done.stdout.split("\n")[:-1]
    want = [f"{path} BadPage" for path in bad] * 4 + [f"{path} stored" for path in good] * 4
    assert sorted(said) == sorted(want)
    assert int(peak_kb) < LIMIT_KB
