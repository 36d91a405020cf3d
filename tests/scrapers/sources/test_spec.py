"""What a YAML may say, and what is said where it is wrong."""

from dataclasses import fields
from pathlib import Path

import pytest
import yaml

import scrapers.sources
from scrapers.sources import load_sources
from scrapers.sources.load import load_spec
from scrapers.sources.registry import load_site
from scrapers.sources.spec import Manners
from scrapers.web.errors import Misconfigured
from scrapers.web.policy import Policy

FOLDER = Path(scrapers.sources.__file__).parent
IDS = """kremlin government.ru mid.ru tass interfax tvbrics president.uz uza gazeta.uz daryo kun.uz
    akorda qazinform astanatimes president.kg kabar 24.kg akipress president.tj khovar asiaplus
    turkmenistan.gov.tm tdh timesca eabr eec"""
ENGLISH_ONLY = {"astanatimes", "timesca"}


def test_the_26_sources_are_there_with_their_editions():
    sources = load_sources()
    assert set(sources) == set(IDS.split())
    assert len(sources) == 26
    for name, source in sources.items():
        wanted = {"en"} if name in ENGLISH_ONLY else {"en", "ru"}
        assert set(source.spec.editions) == wanted, name
        assert source.site.id == name


def test_every_address_of_ours_is_on_a_host_of_its_source():
    for source in load_sources().values():
        for edition in source.spec.editions.values():
            for way in (*edition.front, *edition.archive):
                assert way.url.split("/")[2] in source.site.hosts, way.url


def test_a_yaml_can_say_all_that_the_client_minds():
    assert set(Manners.model_fields) == {field.name for field in fields(Policy)}


def test_a_certificate_stands_beside_the_yaml():
    assert Manners(ca=Path("akorda.pem")).policy().ca == FOLDER / "akorda.pem"


@pytest.mark.parametrize(("key", "value"), [("policy.spacing_s", -1), ("hosts", ["Akorda.kz"])])
def test_a_policy_or_host_that_cannot_work_names_its_file(tmp_path, key, value):
    with pytest.raises(Misconfigured, match=r"akorda\.yml: .*(spacing_s|Akorda)"):
        load_spec(change(tmp_path, key, value))


def change(tmp_path, key, value, source="akorda"):
    data = yaml.safe_load((FOLDER / f"{source}.yml").read_text(encoding="utf-8"))
    *path, last = key.split(".")
    place = data
    for step in path:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    file = tmp_path / f"{source}.yml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("timezone", "Asia/Astana2", "timezone"),
        ("country", "XX", "country"),
        ("licence", None, "licence"),
        ("article.title", ["h1[["], "article.title.0"),
        ("article.body", ["ld:articleBody"], "article.body.0"),
        ("article.drop", ["a@href"], "article.drop.0"),
        ("article.address", "(", "article.address"),
        ("article.titel", ["h1"], "article.titel"),
        ("evidence.listing", "surely", "evidence.listing"),
        ("editions.de", {}, "editions.de"),
        ("editions.en.front", [], "editions.en.front"),
        ("rhythm.per_week", 0, "rhythm.per_week"),
        ("listing", None, "listing"),
        ("id", "akorda2", "id"),
        ("policy.spacing", 3, "policy.spacing"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path, key, value, said):
    with pytest.raises(Misconfigured, match=r"akorda\.yml: .*" + said.replace(".", r"\.")):
        load_spec(change(tmp_path, key, value))


def test_what_is_no_yaml_is_said_to_be_none(tmp_path):
    file = tmp_path / "x.yml"
    file.write_text("id: [", encoding="utf-8")
    with pytest.raises(Misconfigured, match="not YAML"):
        load_site(file)
