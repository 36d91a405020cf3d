"""An object store that speaks S3, on loopback: moto's server."""

from concurrent.futures import ThreadPoolExecutor

import boto3
import polars as pl
import pytest
from moto.server import ThreadedMotoServer

from tests.warehouse.samples import capture, figure, night, release
from warehouse.bucket import Bucket
from warehouse.errors import Misplaced
from warehouse.publish import publish
from warehouse.tables import Warehouse


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def address(endpoint, monkeypatch, tmp_path):
    variables = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "CARAVAN_CACHE": str(tmp_path / "cache"),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    bucket = "b" + tmp_path.name.replace("_", "-").lower()[-40:]
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket=bucket)
    return f"s3://{bucket}/house"


def test_rows_are_appended_once_scanned_and_published(address, tmp_path):
    warehouse = Warehouse(address)
    rows = [figure(release(name)) for name in ("a", "b")]
    assert warehouse.append(rows[:1], recorded_at=night(0)) == 1
    assert warehouse.append(rows, recorded_at=night(1)) == 1
    assert warehouse.append(rows, recorded_at=night(2)) == 0
    assert warehouse.scan("figures").collect().height == 2
    publish(warehouse, tmp_path / "out", only=["figures"])
    assert pl.read_parquet(tmp_path / "out" / "figures.parquet").height == 2


def test_publishing_does_not_fetch_the_pages(address, tmp_path):
    warehouse = Warehouse(address)
    for rows in ([capture("a")], [figure(release("a"))], [release("a")]):
        warehouse.append(rows, recorded_at=night(0))
    publish(warehouse, tmp_path / "out")
    assert not list((tmp_path / "cache").rglob("captures"))
    assert warehouse.scan("captures").collect()["body_sha256"].len() == 1


def test_a_machine_without_the_cache_knows_the_rows(address, tmp_path, monkeypatch):
    row = figure(release("a"))
    Warehouse(address).append([row], recorded_at=night(0))
    monkeypatch.setenv("CARAVAN_CACHE", str(tmp_path / "another"))
    assert Warehouse(address).append([row], recorded_at=night(0)) == 0


def test_of_writers_that_race_with_one_name_one_wins_and_none_is_cut(address):
    name = "figures/ingest_month=2026-11/same.parquet"

    def commit(number):
        bucket = Bucket(address)
        bucket.private = bucket.private / str(number)  # machines of their own
        bucket.private.mkdir()
        bucket.commit(name, lambda path: path.write_bytes(b"%d" % number * 1000))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(commit, range(8)))
    body = Bucket(address).local(name).read_bytes()
    assert body in [b"%d" % n * 1000 for n in range(8)]
    commit(9)
    assert Bucket(address).names("figures") == [name]


def test_batches_of_two_machines_that_overlap_are_read_once(address, tmp_path, monkeypatch):
    rows = [figure(release(name)) for name in "abc"]
    blind = Warehouse(address)
    monkeypatch.setattr(blind, "known", lambda table, ids: set())  # it looked before the other
    Warehouse(address).append(rows[:2], recorded_at=night(0))
    blind.append(rows[1:], recorded_at=night(0))
    assert len(blind.names("figures")) == 2
    assert blind.scan("figures").collect().height == 3
    publish(blind, tmp_path / "out", only=["figures"])
    assert pl.read_parquet(tmp_path / "out" / "figures.parquet").height == 3


def test_a_bucket_that_is_not_there_is_named(address):
    with pytest.raises(Misplaced, match="nowhere-at-all"):
        Warehouse("s3://nowhere-at-all/x").names("figures")
