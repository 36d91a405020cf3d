import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from expectations.findings import fold, judged
from flows.channels import channel_name
from flows.notify import notify, to_people
from flows.settings import Settings
from tests.expectations.sample import russian, uzbek
from tests.expectations.test_checkpoint import night
from tests.loopback import taker  # noqa: F401 - a fixture
from warehouse.fields import FindingEvent
from warehouse.tables import Warehouse

NIGHT = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Inbox:
    """A channel that keeps what it takes, and takes nothing while it is down."""

    def __init__(self, *, up=True, slow_s=0.0):
        self.up, self.slow_s, self.messages = up, slow_s, []

    def __call__(self, message):
        time.sleep(self.slow_s)
        if self.up:
            self.messages.append(message)
        return self.up


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "warehouse")


@pytest.fixture
def tell(warehouse, tmp_path):
    settings = Settings(home=tmp_path)

    def run(channels, *, now=NIGHT, **options):
        told = {"channels": channels, "run_id": f"{now:%d}", "now": now, **options}
        return notify(warehouse, settings, **told)

    return run


def gap(warehouse, *, at=NIGHT, period="2023", own=8e9):
    """Let two sides differ by far: a warning."""
    pair = (
        uzbek(own, quote=f"${own / 1e9:g} billion", time_period=period),
        russian(9.8e9, quote="9.8 billion dollars", time_period=period),
    )
    return night(warehouse, *pair, at=at).findings


def slip(warehouse, *, at=NIGHT):
    """Let somebody say billion for million: critical."""
    stock = {"indicator": "investment.stock", "time_period": None}
    return night(
        warehouse,
        uzbek(216e6, quote="216 million", **stock),
        uzbek(0.2e9, quote="200 million", url="https://uza.uz/9", width=0.1, **stock),
        russian(200e9, quote="$200 billion", **stock),
        at=at,
    ).findings


def test_a_digest_holds_both_quotes_and_addresses_and_comes_once(warehouse, tell):
    gap(warehouse)
    inbox = Inbox()
    tell({"mail": inbox})
    tell({"mail": inbox}, now=NIGHT + DAY)
    [message] = inbox.messages
    assert message.title == "Caravan: 1 new finding (2024-06-01)"
    for words in (
        "mirror gap",
        "Uzbekistan – Russia, 2023",
        "“$8 billion”: uza, for UZ, 2024-02-01, https://uza.uz/en/posts/trade_500001",
        "“9.8 billion dollars”: kremlin, for RU, 2024-05-27, http://en.kremlin.ru",
        "Goods trade of Uzbekistan with Russia, exports plus imports, 22% apart.",
    ):
        assert words in message.body


def test_nothing_to_say_is_not_said(warehouse, tell):
    inbox = Inbox()
    assert tell({"mail": inbox}).taken == {}
    assert inbox.messages == []


def test_information_is_kept_and_not_told(warehouse, tell):
    [event] = gap(warehouse, own=9e9)
    assert event.severity == "info"
    inbox = Inbox()
    tell({"mail": inbox})
    assert inbox.messages == []


def test_what_is_critical_goes_ahead_of_the_digest_and_is_not_repeated(warehouse, tell):
    gap(warehouse)
    slip(warehouse)
    inbox = Inbox()
    tell({"mail": inbox}, urgent=True)
    tell({"mail": inbox})
    urgent, digest = inbox.messages
    assert "1 critical" in urgent.title
    assert "magnitude" in urgent.body and "mirror gap" not in urgent.body
    assert "mirror gap" in digest.body and "magnitude" not in digest.body


def test_a_channel_that_is_down_gets_its_alert_the_next_night_once(warehouse, tell):
    gap(warehouse)
    flaky, steady = Inbox(up=False), Inbox()
    first = tell({"flaky": flaky, "steady": steady})
    assert (first.failed, first.taken) == (["flaky"], {"steady": 1})
    flaky.up = True
    for n in (1, 2):
        tell({"flaky": flaky, "steady": steady}, now=NIGHT + n * DAY)
    assert (len(flaky.messages), len(steady.messages)) == (1, 1)


def test_a_channel_that_raises_keeps_no_other_from_its_alert(warehouse, tell):
    def broken(message):
        raise OSError("no route")

    gap(warehouse)
    inbox = Inbox()
    assert tell({"broken": broken, "mail": inbox}).failed == ["broken"]
    assert len(inbox.messages) == 1


def test_two_runs_at_once_alert_once(warehouse, tell):
    gap(warehouse)
    inbox = Inbox(slow_s=0.2)
    runs = [threading.Thread(target=tell, args=({"mail": inbox},)) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(inbox.messages) == 1


def test_each_change_of_state_is_told_once(warehouse, tell):
    gap(warehouse)
    inbox = Inbox()
    tell({"mail": inbox})
    rows = warehouse.scan("findings").collect().iter_rows(named=True)
    [finding] = fold(FindingEvent(**row) for row in rows).values()
    later = NIGHT + DAY
    settled = judged(finding, "resolved", at=later, actor="editor", reason="re-exports")
    warehouse.append([settled], recorded_at=later)
    tell({"mail": inbox}, now=later)
    assert "re-exports" in inbox.messages[1].body
    again = uzbek(8e9, quote="8 bn", source="daryo", url="https://daryo.uz/1")
    [event] = night(warehouse, again, at=later + DAY).findings
    assert event.event == "reopened"
    tell({"mail": inbox}, now=later + DAY)
    assert "Open again" in inbox.messages[2].body
    tell({"mail": inbox}, now=later + 2 * DAY)
    assert len(inbox.messages) == 3


def test_a_new_channel_is_not_told_the_whole_past(warehouse, tell):
    gap(warehouse)
    inbox = Inbox()
    tell({"mail": inbox}, now=NIGHT + timedelta(days=90))
    assert inbox.messages == []


@pytest.mark.filterwarnings("default")
def test_a_real_address_that_is_down_on_night_one(warehouse, tell, taker):  # noqa: F811
    gap(warehouse)
    address = SecretStr(f"json://127.0.0.1:{taker.server_address[1]}/secret-path")
    channel = {channel_name(address): lambda message: to_people(address, message)}
    assert "secret" not in channel_name(address)
    assert tell(channel).failed
    taker.up()
    for n in (1, 2):
        tell(channel, now=NIGHT + n * DAY)
    [message] = taker.taken
    assert message["title"].startswith("Caravan: 1 new finding")


RUN = """
import sys
from datetime import datetime
from flows.notify import configured, notify
from flows.settings import Settings
from warehouse.tables import Warehouse

settings = Settings()
channels = {n: c for n, c in configured(settings).items() if n != "prefect"}
now = datetime.fromisoformat(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
told = notify(Warehouse(settings.warehouse_address), settings, run_id=sys.argv[2], now=now,
              channels=channels)
print(sum(told.taken.values()))
"""


def test_two_processes_at_once_alert_once(warehouse, tmp_path, taker):  # noqa: F811
    """Both wait until the other is ready; the channel is slow, so that they meet for certain."""
    gap(warehouse)
    taker.up(slow_s=0.5)
    address = f"json://127.0.0.1:{taker.server_address[1]}/x"
    env = os.environ | {"CARAVAN_HOME": str(tmp_path), "CARAVAN_ALERTS": json.dumps([address])}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RUN, NIGHT.isoformat(), f"run {n}"],
            env=env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for n in range(2)
    ]
    assert [run.stdout.readline() for run in runs] == ["ready\n"] * 2
    for run in runs:
        run.stdin.write("go\n")
        run.stdin.flush()
    said = sorted(run.communicate()[0].strip() for run in runs)
    assert said == ["0", "1"]
    assert len(taker.taken) == 1
    assert warehouse.scan("alerts").collect().height == 1
