"""When, where, in which field and by whom: slots of facts in sentences of our own."""

from datetime import date

import pytest

from scrapers.facts.when import whens
from tests.scrapers.facts.other_samples import facts, only

WEDNESDAY = date(2025, 6, 18)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("They signed it three days ago.", "2025-06-15"),
        ("They signed it two months ago.", "2025-04"),
        ("They signed it a year ago.", "2024"),
        ("They signed it the day before yesterday.", "2025-06-16"),
        ("They signed it three weeks earlier, on 28 May.", "2025-05-28"),
        ("They signed it in late May.", "2025-05"),
        ("They signed it at the end of May.", "2025-05"),
        ("They will sign it next month.", "2025-07"),
        ("They will sign it next Friday.", "2025-06-20"),
        ("They met from June 30 to July 2.", "2025-06-30/2025-07-02"),
        ("Подписали 12.05.2025 в Казани.", "2025-05-12"),
        ("Подписали два месяца назад.", "2025-04"),
        ("Подписали год назад.", "2024"),
        ("Подписали позавчера.", "2025-06-16"),
        ("Подпишут на следующей неделе.", "2025-06"),
        ("Подпишут в следующую среду.", "2025-06-25"),
    ],
)
def test_words_of_time(text, iso):
    assert [w.iso for w in whens(text, WEDNESDAY)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "Trade is larger than a year ago.",
        "Подпишут до конца месяца.",
        "Версия 40.15.2024 программы.",
        "The work will end by the end of May.",
    ],
)
def test_no_day_is_made_of_these(text):
    assert not [w for w in whens(text, WEDNESDAY) if w.kind in ("day", "at")]


def test_no_calendar_reaches_past_its_end():
    assert whens("They will sign it next week.", date.max) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Russian guests visited Tashkent on June 10–12. After the visit, a memorandum on tourism "
         "was signed.", "2025-06"),
        ("Делегация России посетила Ташкент 10–12 июня. По итогам визита подписан меморандум о "
         "туризме.", "2025-06"),
        ("Russian guests visited Tashkent on June 10. During the trip, a memorandum on tourism "
         "was signed.", "2025-06-10"),
        ("Last week the Russian energy minister visited Tashkent. A protocol was signed after the "
         "talks.", "2025-06"),
        ("На прошлой неделе министр энергетики России посетил Ташкент. По итогам "
         "подписан протокол.", "2025-06"),
        ("Earlier, Russia and Uzbekistan signed an agreement on a plant.", None),
        ("Ранее Россия и Узбекистан подписали соглашение о строительстве завода.", None),
        ("Today Russia and Uzbekistan signed an agreement on a plant.", "2025-06-18"),
        ("The Senate ratified the agreement of Uzbekistan and Russia on prisoners, signed in "
         "Moscow on March 3, 2025.", "2025-06-18"),
        ("Соглашение России и Узбекистана о дипломах вступило в силу 1 июня.", None),
        ("Russia and Uzbekistan agreed to sign a memorandum on tourism in October.", "2025-10"),
        ("Россия и Узбекистан договорились подписать меморандум о туризме в октябре.", "2025-10"),
        ("Russia and Uzbekistan signed a memorandum on tourism in October.", "2024-10"),
        ("Россия и Узбекистан подписали меморандум о туризме в октябре.", "2024-10"),
        ("Соглашение России и Узбекистана о дипломах действует с 1 июня.", "2025-06-01"),
    ],
)  # fmt: skip
def test_days_of_documents(text, iso):
    assert only("agreement", text)["date"] == iso


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A Russian–Uzbek business forum was held in the Uzbek capital.", "Tashkent"),
        ("The capital of Uzbekistan hosted a Russian–Uzbek forum.", "Tashkent"),
        ("The Russian–Uzbek forum took place in the Russian capital.", "Moscow"),
        ("В столице Узбекистана прошёл российско-узбекский форум.", "Tashkent"),
        ("В российской столице прошёл российско-узбекский форум.", "Moscow"),
        ("The Russian–Uzbek forum was held in St. Petersburg.", "St Petersburg"),
        ("The Russian–Uzbek forum was held in the resort town of Yalta.", "Yalta"),
        ("Osh. June 18. The ministers of Russia and Uzbekistan held talks.", "Osh"),
        ("В Самаркандском университете прошёл российско-узбекский форум.", "Samarkand"),
        ("В Самаркандской области прошёл российско-узбекский форум.", None),
        ("Российско-узбекский форум пройдёт в Нижнем Новгороде.", "Nizhny Novgorod"),
        ("The Moscow–Tashkent talks of Russia and Uzbekistan were held.", None),
        ("The Russian–Uzbek forum spoke of share capital of Uzbekistan.", None),
        ("Российско-узбекский форум обсудил уставный капитал Узбекистана.", None),
    ],
)
def test_places(text, place):
    assert [e["place"] for e in facts("event", text)] == [place]


@pytest.mark.parametrize(
    ("text", "iso", "status"),
    [
        ("The next meeting of the commission of Russia and Uzbekistan is planned for the second "
         "half of the year.", "2025-07/2025-12", "scheduled"),
        ("Следующее заседание комиссии России и Узбекистана запланировано на второе полугодие.",
         "2025-07/2025-12", "scheduled"),
        ("The forum of Russia and Uzbekistan spoke of trade in the first half of the year.",
         "2025-06-18", "held"),
        ("Выставка российских товаров в Ташкенте продлится до 20 июня.", "2025-06-18", "held"),
        ("Выставка российских товаров в Ташкенте откроется 20 июня.", "2025-06-20", "scheduled"),
    ],
)  # fmt: skip
def test_what_is_planned_and_what_goes_on(text, iso, status):
    (event,) = facts("event", text)
    assert (event["date"], event["status"]) == (iso, status)


@pytest.mark.parametrize(
    "text",
    [
        "Preparations for the visit of the President of Russia to Uzbekistan were discussed.",
        "Обсуждена подготовка визита президента России в Узбекистан.",
    ],
)
def test_what_is_prepared_is_to_come(text):
    assert only("event", text)["status"] == "scheduled"


def test_where_a_visit_goes_no_dateline_tells():
    text = "Москва. 18 июня. Глава Роскосмоса посетил рудник в Узбекистане."
    assert [e["place"] for e in facts("event", text)] == [None]


@pytest.mark.parametrize(
    ("thing", "domain"),
    [
        ("a museum of astronautics", "culture"),
        ("a training centre for power engineers", "education"),
        ("a network of agricultural research stations", "agriculture"),
        ("a centre for data processing", "digital"),
        ("a tourist train to Samarkand", "transport"),
        ("a power station for a college town", "energy"),
        ("учебный центр для энергетиков", "education"),
        ("музей космонавтики", "culture"),
        ("газохимический комплекс", "industry"),
        ("антинаркотический центр", "security"),
        ("a waste processing plant", "environment"),
        ("a desalination plant", "water"),
        ("мусороперерабатывающий завод", "environment"),
        ("визовый центр", "migration"),
        ("a hub for food aid", "agriculture"),
    ],
)
def test_the_thing_tells_its_field(thing, domain):
    begin = "Russia and Uzbekistan agreed to build"
    if thing[0] > "z":
        begin = "Россия и Узбекистан решили создать"
    assert only("initiative", f"{begin} {thing}.")["domain"] == domain


@pytest.mark.parametrize(
    ("text", "name", "area"),
    [
        ("Moscow proposed building a joint plant in Tashkent.", None, "RU"),
        ("Kazakhstan suggested setting up a joint hydrological centre with Russia.", None, "KZ"),
        ("Rosatom proposed building a research reactor in Uzbekistan.", None, "RU"),
        ("Russia and Uzbekistan proposed creating a joint leasing company.", None, None),
        ("The rector of Kazan University proposed opening a branch in Tashkent.", None, "RU"),
        ("The idea of a Russian–Uzbek university came from the Uzbek side.", None, "UZ"),
        ("Узбекская сторона предложила создать с Россией центр водных технологий.", None, "UZ"),
        ("Российская сторона предложила построить в Ташкенте завод.", None, "RU"),
        ("Ташкент предложил создать с Россией центр водных технологий.", None, "UZ"),
        ("Хоким предложил создать с Россией центр водных технологий.", None, "UZ"),
        ("Глава нашего государства предложил создать с Россией центр кино.", "Mirziyoyev", "UZ"),
        ("Minister Ilhom Mahkamov suggested a joint corridor to Russia.", "Mahkamov", "UZ"),
        ("Kazakh entrepreneurs proposed opening a joint trading house in Omsk.", None, "KZ"),
        ("Российские компании предложили создать в Узбекистане сервисный центр.", None, "RU"),
        ("Участники из России предложили создать в Ташкенте центр кино.", None, None),
    ],
)  # fmt: skip
def test_who_proposes(text, name, area):
    fact = only("initiative", text)
    assert (fact["proposer"], fact["proposer_area"]) == (name, area)
