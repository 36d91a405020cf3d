"""Documents in sentences of our own: type, what was done, day, period, and what is none."""

import pytest

from tests.scrapers.facts.other_samples import facts, only


@pytest.mark.parametrize(
    ("text", "type", "action"),
    [
        ("The presidents signed a Joint Statement on friendship.", "statement", "signed"),
        ("A roadmap on tourism was adopted by the two ministries.", "roadmap", "adopted"),
        ("The ministers initialled an agreement on pensions.", "agreement", "initialled"),
        ("The parliament ratified the treaty on extradition with Russia.", "treaty", "ratified"),
        ("An agreement on customs data will be signed in autumn.", "agreement", "prepared"),
        ("A programme of youth exchanges is being prepared.", "programme", "prepared"),
        ("Over 20 documents were signed by the regions.", "package", "signed"),
        ("A package of agreements was signed after the talks.", "package", "signed"),
        ("Президенты подписали совместное заявление о дружбе.", "statement", "signed"),
        ("Министерства утвердили дорожную карту по туризму.", "roadmap", "adopted"),
        ("Парафировано соглашение о пенсиях.", "agreement", "initialled"),
        ("Парламент ратифицировал договор о выдаче с Россией.", "treaty", "ratified"),
        ("Соглашение о таможенных данных будет подписано осенью.", "agreement", "prepared"),
        ("Подготовлен проект меморандума о музеях.", "memorandum", "prepared"),
        ("Регионы подписали 15 соглашений.", "package", "signed"),
        ("Подписан пакет документов.", "package", "signed"),
    ],
)
def test_kinds(text, type, action):
    fact = only("agreement", text)
    assert (fact["type"], fact["action"]) == (type, action)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("The ministers signed a protocol on museums on June 12.", "2025-06-12"),
        ("The Treaty on Friendship of 14 June 2022 is the basis of our ties.", "2022-06-14"),
        ("The 1993 treaty with Russia is still in force.", "1993"),
        ("The ministers signed a protocol on museums.", "2025-06-18"),
        ("A protocol on museums will be signed.", None),
        ("Министры подписали протокол о музеях 12 июня.", "2025-06-12"),
        ("Договор о дружбе от 14 июня 2022 года действует.", "2022-06-14"),
    ],
)
def test_days(text, iso):
    assert only("agreement", text)["date"] == iso


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("A plan of cultural ties for 2026–2028 was signed.", "2026/2028"),
        ("A programme for 2026 was adopted by Russia and Uzbekistan.", "2026"),
        ("The five-year contract of 2019 was signed with Gazprom.", "2019/2024"),
        ("Подписан план культурных связей на 2026–2028 годы.", "2026/2028"),
        ("The ministers signed a protocol on museums.", None),
    ],
)
def test_periods(text, period):
    assert only("agreement", text)["period"] == period


@pytest.mark.parametrize(
    "text",
    [
        "Agreements were reached on trade with Russia.",
        "The leaders made statements for the press.",
        "The plan was good.",
        "The minister said in a statement that trade with Russia grew.",
        "Uzbekistan signed an agreement with China on railways.",
        "It was proposed to adopt a programme of child health with Russia.",
        "Достигнуты договорённости о торговле с Россией.",
        "Президенты сделали заявления для прессы.",
        "Узбекистан подписал соглашение с Китаем о дорогах.",
        "Предложено принять программу детского здоровья с Россией.",
    ],
)
def test_none(text):
    assert facts("agreement", text) == []


def test_the_paper_is_the_last_one_told():
    text = "Russia and Uzbekistan have signed a contract for gas supplies. It was inked on June 11."
    assert only("agreement", text)["date"] == "2025-06-11"


def test_a_period_belongs_to_the_document_before_it():
    text = "A communiqué and a plan for 2026–2028 were adopted by Russia and Uzbekistan."
    told = {f["type"]: f["period"] for f in facts("agreement", text)}
    assert told == {"communique": None, "plan": "2026/2028"}


def test_a_document_told_twice_is_one_at_its_fullest():
    text = (
        "Russia and Uzbekistan signed a memorandum. The memorandum on museum exchanges was signed "
        "by the ministers of culture."
    )
    assert only("agreement", text)["quote"] == "memorandum on museum exchanges"


def test_a_document_named_after_a_gathering_is_of_its_day():
    text = (
        "On June 10, the Russia – Central Asia summit took place in Osh. On June 17, ministers "
        "met in Tashkent with their Russian colleagues. They welcomed the communiqué of the "
        "Russia – Central Asia summit."
    )
    assert only("agreement", text)["date"] == "2025-06-10"


def test_what_an_undated_gathering_adopted_is_undated():
    text = (
        "Trade with Russia grew. It is good. We know it well. At the Intergovernmental Council "
        "in Minsk the premiers adopted nine documents."
    )
    assert only("agreement", text, title="The Eurasian Economic Union")["date"] is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("A programme of youth ties with Russia is to be signed during this visit.", "2025-06"),
        ("President of Russia Vladimir Putin: We will also sign a youth plan.", "2025-06-18"),
        ("A programme of youth ties with Russia is to be signed.", None),
    ],
)  # fmt: skip
def test_what_is_to_be_signed_here(text, iso):
    fact = only("agreement", text)
    assert (fact["action"], fact["date"]) == ("prepared", iso)


@pytest.mark.parametrize(
    "text",
    [
        "After the talks with Russia, the following papers and documents were signed:\n"
        "- Agreement between the Ministry of Energy of Uzbekistan and the Ministry of Energy of "
        "Russia on transformers;\n"
        "- Agreement between the Ministry of Culture of Uzbekistan and the Ministry of Culture of "
        "Russia on archives;\n"
        "- Memorandum on glaciers.",
        "С Россией подписано три документа: соглашение о трансформаторах, договор об архивах и "
        "меморандум о ледниках.",
    ],
)
def test_lists_of_documents(text):
    found = [f for f in facts("agreement", text) if f["type"] != "package"]
    assert [f["action"] for f in found] == ["signed"] * 3
    assert {f["date"] for f in found} == {"2025-06-18"}


def test_what_the_forum_told_before_adopted_is_of_its_day():
    text = (
        "In March 2024, the second Russian–Uzbek forum of rectors was held in Ufa. "
        "Following the forum, a number of documents were signed."
    )
    assert only("agreement", text)["date"] == "2024-03"


def test_back_then_leads_to_the_date_before():
    text = (
        "The ministers of Russia and Uzbekistan last met on 3 April. "
        "Back then, they signed a programme of consultations in 2026–2027."
    )
    fact = only("agreement", text)
    assert (fact["date"], fact["period"]) == ("2025-04-03", "2026/2027")


def test_a_year_to_come_is_no_day_of_signing():
    fact = only("agreement", "Russia and Uzbekistan are implementing the 2030 transport programme.")
    assert (fact["action"], fact["date"]) == ("adopted", None)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Agreements were signed on gas supplies to Uzbekistan during the talks.",
            "Agreements were signed on gas supplies to Uzbekistan",
        ),
        ("A memorandum was signed between the two museums.",
         "memorandum was signed between the two museums"),
        ("An agreement on museums was signed.", "agreement on museums"),
    ],
)  # fmt: skip
def test_names_tell_which_document(text, quote):
    assert only("agreement", text)["quote"] == quote


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The signing of a pact on glaciers with Russia is planned for May.",
         ("treaty", "prepared", "2026-05")),
        ("Подписание соглашения с Россией о ледниках намечено на май.",
         ("agreement", "prepared", "2026-05")),
        ("Подписание соглашения с Россией о ледниках состоялось в мае.",
         ("agreement", "signed", "2025-05")),
        ("The Senate adopted a law ratifying the accord on glaciers with Russia.",
         ("agreement", "ratified", "2025-06-18")),
        ("Соглашение с Россией о ледниках вступает в силу 1 июля.", ("agreement", "signed", None)),
        ("Nine memorandums and contracts were signed with Russia.",
         ("package", "signed", "2025-06-18")),
        ("С Россией подписано девять меморандумов и контрактов.",
         ("package", "signed", "2025-06-18")),
        ("The ministers put their signatures to a treaty on glaciers with Russia.",
         ("treaty", "signed", "2025-06-18")),
    ],
)  # fmt: skip
def test_more_deeds(text, told):
    fact = only("agreement", text)
    assert (fact["type"], fact["action"], fact["date"]) == told


def test_a_publisher_at_home_speaks_for_its_state():
    text = "An accord on glaciers was signed with Russia."
    assert only("agreement", text, title="An accord", source="uza")["areas"] == ["RU", "UZ"]
    assert facts("agreement", text, title="An accord", source="daily") == []


def test_a_jubilee_of_signing_dates_nothing():
    text = "Last year we kept the 20th anniversary of signing the Treaty on Alliance with Russia."
    assert only("agreement", text)["date"] is None


def test_a_year_that_a_document_is_for():
    text = "Министры подпишут программу связей между МИД России и Узбекистана на 2027 год."
    assert only("agreement", text)["period"] == "2027"
