"""Initiatives in sentences of our own: the thing, how far it is, its field, and who proposed it."""

import pytest

from scrapers.facts.other import extract_facts
from tests.scrapers.facts.other_samples import facts, only, release


@pytest.mark.parametrize(
    ("text", "status", "domain"),
    [
        ("Shavkat Mirziyoyev proposed a joint seed bank with Russia.", "proposed", "finance"),
        ("The sides agreed to open a branch of the Russian Conservatory.", "agreed", "education"),
        ("A plant of pumps is being built with Russian partners.", "launched", "industry"),
        ("The creation of a climate laboratory was proposed by Russia.", "proposed", "environment"),
        ("A Russian cultural centre will be opened in Nukus.", "agreed", "culture"),
        ("The two countries decided to set up a joint airline.", "agreed", "transport"),
        ("Шавкат Мирзиёев предложил России создать медицинский центр.", "proposed", "health"),
        ("Стороны договорились открыть филиал консерватории России.", "agreed", "education"),
        ("В Навои строится завод насосов с участием России.", "launched", "industry"),
        ("В Нукусе откроют русский культурный центр.", "agreed", "culture"),
        ("Стороны решили запустить туристический поезд из России.", "agreed", "transport"),
    ],
)  # fmt: skip
def test_things(text, status, domain):
    fact = only("initiative", text)
    assert fact["status"] == status
    assert fact["domain"] == domain


@pytest.mark.parametrize(
    ("text", "name", "area"),
    [
        ("Vladimir Putin suggested building a school in Khiva.", "Putin", "RU"),
        ("The President of Uzbekistan proposed an annual book fair.", "Mirziyoyev", "UZ"),
        ("The Uzbek side proposed opening a trade house in Kazan.", None, "UZ"),
        ("Participants recommended creating a joint leasing company with Russia.", None, None),
        ("Russia and Uzbekistan agreed to open a school in Khiva.", None, None),
        ("Владимир Путин предложил построить школу в Хиве.", "Putin", "RU"),
        ("Российская сторона предложила открыть торговый дом в Хиве.", None, "RU"),
    ],
)  # fmt: skip
def test_proposers(text, name, area):
    fact = only("initiative", text)
    assert (fact["proposer"], fact["proposer_area"]) == (name, area)


def test_a_list_is_several_initiatives_of_one_proposer():
    text = (
        "Shavkat Mirziyoyev proposed creating a joint seed bank with Russia, as well as opening "
        "a solar energy institute and launching an annual festival of folk songs."
    )
    told = facts("initiative", text)
    assert [f["proposer"] for f in told] == ["Mirziyoyev"] * 3


def test_in_talk_the_speaker_proposes():
    text = "President of Russia Vladimir Putin: I propose to open a joint film school in Tashkent."
    assert only("initiative", text)["proposer"] == "Putin"


def test_it_was_proposed_by_whoever_spoke():
    text = (
        "Shavkat Mirziyoyev noted the growth of ties with Russia.\n\n"
        "It was proposed to create a council of young engineers."
    )
    assert only("initiative", text)["proposer"] == "Mirziyoyev"


@pytest.mark.parametrize(
    "text",
    [
        "The leaders agreed to strengthen cooperation with Russia.",
        "The importance of further deepening the dialogue with Russia was noted.",
        "Uzbekistan and China agreed to build a solar plant.",
        "A Russian school was opened in Khiva in 2021.",
        "The parties proposed to increase trade with Russia.",
        "Стороны договорились укреплять сотрудничество с Россией.",
        "Узбекистан и Китай договорились построить электростанцию.",
        "Отмечена важность дальнейшего развития диалога с Россией.",
    ],
)
def test_none(text):
    assert facts("initiative", text) == []


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("a joint grain terminal in Aktau", "в Актау совместный зерновой терминал"),
        ("a nuclear medicine centre in Tashkent", "в Ташкенте центр ядерной медицины"),
        ("a solar power station", "солнечную электростанцию"),
        ("a fund for young scientists", "фонд молодых учёных"),
        ("a cotton textile cluster", "хлопково-текстильный кластер"),
    ],
)
def test_terms_are_the_same_in_both_languages(english, russian):
    told = [
        next(iter(extract_facts(release(text)).initiatives)).terms
        for text in (f"Vladimir Putin proposed building {english}.",
                     f"Владимир Путин предложил построить {russian}.")
    ]  # fmt: skip
    terms = [{t for t in (one or "").split() if not t.startswith("@")} for one in told]
    assert terms[0] == terms[1] != set()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Putin proposed a project to build a cement plant in Osh.", ["cement plant"]),
        ("Putin proposed measures to fight locusts.", ["measures to fight locusts"]),
        ("Putin proposed linking roads into a single network.", []),
        ("It was proposed to hold a forum on glass, paper, and leather production.",
         ["forum on glass, paper, and leather production"]),
    ],
)  # fmt: skip
def test_names_tell_which_thing(text, quote):
    assert [f["quote"] for f in facts("initiative", text)] == quote


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The agenda includes the creation of a Russian–Uzbek reinsurance company.",
         "Russian–Uzbek reinsurance company"),
        ("Vladimir Putin expressed readiness to increase the quota for nurses from Uzbekistan.",
         "quota for nurses"),
        ("Стороны заложили фундамент русской школы в Навои.", "русской школы"),
    ],
)  # fmt: skip
def test_more_beginnings(text, quote):
    assert quote in only("initiative", text)["quote"]


def test_who_proposed_to_discuss_a_thing_proposed_it():
    fact = only("initiative", "Шавкат Мирзиёев предложил обсудить с Россией строительство ГЭС.")
    assert (fact["proposer"], fact["status"]) == ("Mirziyoyev", "proposed")


@pytest.mark.parametrize(
    "text",
    [
        "Обсуждались проекты двустороннего сотрудничества с Россией.",
        "Министры рассмотрят проекты документов с Россией.",
        "Запланированы встречи с министрами России.",
    ],
)
def test_no_things(text):
    assert facts("initiative", text) == []


@pytest.mark.parametrize(
    ("thing", "domain"),
    [
        ("wholesale distribution centre", "trade"),
        ("veterinary laboratory", "agriculture"),
        ("air defence centre", "security"),
        ("cotton cluster", "agriculture"),
        ("shipyard complex", "industry"),
        ("register of pensions", "migration"),
        ("national park", "environment"),
        ("container terminal", "transport"),
        ("cloud data centre", "digital"),
        ("cancer hospital", "health"),
        ("centre for young musicians", "culture"),
        ("truck factory", "industry"),
    ],
)
def test_fields(thing, domain):
    told = only("initiative", f"Vladimir Putin proposed building a new {thing} with Uzbekistan.")
    assert told["domain"] == domain
