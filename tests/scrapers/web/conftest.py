from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scrapers.web.client import Client
from scrapers.web.memory import InMemory
from scrapers.web.policy import Policy, Site
from tests.scrapers.web.server import FakeClock, Server

QUICK = Policy(spacing_s=3, timeout_s=10, total_s=20, max_bytes=1_000_000)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def server(clock):
    with Server(clock) as running:
        yield running


@pytest.fixture
def client(clock):
    with Client(clock=clock, random=Random(1)) as running:
        yield running


@pytest.fixture
def memory():
    return InMemory()


@pytest.fixture
def site(server):
    return Site(id="kremlin", hosts=("kremlin.ru", "en.kremlin.ru"), policy=QUICK, at=server.url)


@pytest.fixture
def fetcher(client, site, memory):
    """A function from policy changes to a fetcher of the misbehaving site."""

    def make(**policy):
        return client.fetcher(replace(site, policy=replace(QUICK, **policy)), memory)

    return make
