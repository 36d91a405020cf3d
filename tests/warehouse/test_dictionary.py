import json
import re
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.warehouse.samples import event, facts_of, figure, night, release, run
from warehouse.dictionary import examples, html, markdown
from warehouse.fields import columns
from warehouse.parquet import UNBOUNDED
from warehouse.products import PRODUCTS
from warehouse.publish import publish
from warehouse.query import query
from warehouse.tables import Warehouse


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    warehouse = Warehouse(folder / "warehouse")
    common = {"ref_area": "UZ"}
    releases = [release(name, source=source) for name, source in ("ak", "bk", "cg")]
    told = [
        figure(releases[0], time_period="2022", **common),
        figure(releases[0], time_period="2023", start=1, **common),
        figure(releases[1], time_period="2023", value=9.8e9, start=2, reporter="RU", **common),
        figure(releases[2], time_period="2023", value=9.1e9, start=3, reporter="UZ", **common),
        figure(releases[2], time_period="2030", status="target", start=4, **common),
        figure(releases[1], indicator="business.russian_capital", unit="count", value=3000,
               low=3000, high=3000, time_period=None, start=5, **common),
    ]  # fmt: skip
    finding = event(figure_ids=[told[2].figure_id], against_ids=[told[3].figure_id])
    others = facts_of(releases[0])
    for rows in (told, *others, [finding], releases, [run("k"), run("g")]):
        warehouse.append(rows, recorded_at=night(0))
    publish(warehouse, folder / "out")
    return folder / "out"


def test_there_are_ten_questions():
    assert len(examples()) >= 10
    assert len({example.question for example in examples()}) == len(examples())


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.question)
def test_each_question_is_answered(example, published):
    assert query(example.sql, published).height > 0


def test_the_data_package_describes_the_files_as_they_are(published):
    package = json.loads((published / "datapackage.json").read_text())
    assert [r["name"] for r in package["resources"]] == list(PRODUCTS)
    for resource in package["resources"]:
        path = published / resource["path"]
        assert resource["hash"] == "sha256:" + sha256(path.read_bytes()).hexdigest()
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == pq.read_schema(path).names
        required = {
            f["name"]
            for f in resource["schema"]["fields"]
            if f.get("constraints", {}).get("required")
        }
        assert required == {f.name for f in pq.read_schema(path) if not f.nullable}


def test_parquet_carries_descriptions_and_units(published):
    schema = pq.read_schema(published / "series.parquet")
    assert schema.field("change").metadata[b"unit"] == b"percent"
    for name, product in PRODUCTS.items():
        for field in pq.read_schema(published / f"{name}.parquet"):
            assert field.metadata[b"description"], field.name
        group = pq.read_metadata(published / f"{name}.parquet").row_group(0)
        assert next(c.name for c in columns(product.row)) == group.column(0).path_in_schema
        bounded = {group.column(n).path_in_schema for n in range(group.num_columns)
                   if group.column(n).statistics is not None}  # fmt: skip
        assert set(product.order) - UNBOUNDED <= bounded
        assert len(group.sorting_columns) == len(product.order)


def test_every_column_is_in_the_dictionary():
    for written in (markdown(), html()):
        for product in PRODUCTS.values():
            for c in columns(product.row):
                assert c.name in written
                assert c.description.split("|")[0].split("'")[0] in written


def test_the_page_loads_nothing():
    assert not re.search(r"(src|href)=.?(?!#)\w", html()) and "<script" not in html()


def test_the_answers_over_the_demo_are_to_questions_of_the_dictionary():
    told = (Path(__file__).parents[2] / "docs" / "questions.md").read_text()
    asked = dict(re.findall(r"## \d+\. ([^\n]*)\n\n```sql\n(.*?)\n```", told, re.DOTALL))
    current = {example.question: example.sql.rstrip() for example in examples()}
    assert len(asked) >= 10
    assert asked.items() <= current.items()
