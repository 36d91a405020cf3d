"""Two nights over all 26 sources on loopback: everything is read, then nothing is asked again."""

from datetime import UTC, datetime

import pytest

from flows.stages import collect, reaching, settle
from scrapers.sources import load_sources
from scrapers.web.client import Client
from tests.scrapers.sources.mirror import pages_of, serving
from warehouse.tables import Warehouse

NIGHT = datetime(2026, 11, 21, 3, tzinfo=UTC)


def night(sources, mirror, warehouse, number):
    run_id, hauls = str(number), []
    with Client() as client:
        for source in sources.values():
            fetch = client.fetcher(source.site.stood_in_by(mirror.at, hurry=True))
            links = source.discover(fetch, reaches=reaching(warehouse, source.id, now=NIGHT))
            haul = collect(source, fetch, warehouse, links, run_id=run_id, now=lambda: NIGHT)
            hauls.append(haul)
    settle(hauls, warehouse, run_id=run_id, at=NIGHT)
    return {haul.run.source: haul.run for haul in hauls}


@pytest.mark.slow
def test_the_first_night_reads_all_and_the_second_asks_for_listings_only(tmp_path):
    sources = load_sources()
    warehouse = Warehouse(tmp_path)
    pages = {k: v for source in sources.values() for k, v in pages_of(source).items()}
    with serving(pages) as mirror:
        first = night(sources, mirror, warehouse, 1)
        mirror.answered()
        second = night(sources, mirror, warehouse, 2)
        asked = mirror.answered()

    assert [run.note for run in first.values() if run.note] == []
    assert {(run.verdict, run.new, run.parsed) for run in first.values()} == {("ok", 3, 3)}
    assert {(run.verdict, run.new, run.fetched) for run in second.values()} <= {("quiet", 0, 0)}
    fronts = [
        way.url.format(**edition.values, **way.values).split("://")[1]
        for source in sources.values()
        for edition in source.spec.editions.values()
        for way in edition.front
    ]
    assert sorted(asked) == sorted(fronts)
