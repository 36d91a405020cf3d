"""Events in sentences of our own: kind, day, place, parties, and what is no event."""

from datetime import date

import pytest

from tests.scrapers.facts.other_samples import facts, only


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("The second Uzbekistan–Russia Forum of Rectors took place in Kazan.", "forum"),
        ("Foreign ministers of Russia and Uzbekistan had a telephone conversation.", "call"),
        ("The President of Uzbekistan met with the Prime Minister of Russia.", "talks"),
        ("The joint commission of Uzbekistan and Russia held its 25th meeting.", "commission"),
        ("The sixth Innoprom exhibition opened in Tashkent with Russian companies.", "exhibition"),
        ("The President of Russia arrived in Samarkand.", "visit"),
        ("The leaders of Russia and Uzbekistan unveiled a monument to the poet.", "ceremony"),
        ("Days of Russian Culture opened in Khiva.", "other"),
        ("В Ташкенте прошли переговоры министров транспорта Узбекистана и России.", "talks"),
        ("Состоялся телефонный разговор президентов Узбекистана и России.", "call"),
        ("Делегация России прибыла в Самарканд с рабочим визитом.", "visit"),
        ("В Казани открылась выставка ремёсел Узбекистана и России.", "exhibition"),
        ("Прошло заседание межправительственной комиссии Узбекистана и России.", "commission"),
        ("Состоялась церемония открытия российской школы.", "ceremony"),
    ],
)  # fmt: skip
def test_kinds(text, type):
    assert type in [f["type"] for f in facts("event", text)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("The talks of the presidents were held on June 16.", "2025-06-16"),
        ("A Russian–Uzbek forum was held in Ufa on Monday.", "2025-06-16"),
        ("The Russian–Uzbek forum will be held in Ufa on Friday.", "2025-06-20"),
        ("The first Russian–Uzbek youth forum was held a month ago.", "2025-05"),
        ("On the eve of the visit, the ministers of Russia and Uzbekistan met.", "2025-06-17"),
        ("The second Russian–Uzbek youth forum will be held in March.", "2026-03"),
        ("Переговоры президентов состоялись 16 июня.", "2025-06-16"),
        ("Форум ректоров России и Узбекистана прошёл во вторник.", "2025-06-17"),
        ("Форум ректоров России и Узбекистана пройдёт в октябре.", "2025-10"),
        ("В Уфе с 2 по 4 июня прошёл форум ректоров России.", "2025-06-02/2025-06-04"),
        ("Форум ректоров России и Узбекистана пройдёт завтра.", "2025-06-19"),
    ],
)  # fmt: skip
def test_days(text, iso):
    assert iso in [f["date"] for f in facts("event", text)]


def test_the_releases_own_event_carries_its_day_and_city():
    text = "In Bukhara, the President of Uzbekistan received the Minister of Culture of Russia."
    event = only("event", text)
    assert (event["date"], event["status"]) == ("2025-06-18", "held")
    assert event["areas"] == ["RU", "UZ"]


def test_a_visit_without_days_carries_its_month():
    assert only("event", "The President of Russia visited Tashkent.")["date"] == "2025-06"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The third Russian–Uzbek forum will take place in Ufa.", "scheduled"),
        ("The third Russian–Uzbek forum took place in Ufa.", "held"),
        ("The third Russian–Uzbek forum is scheduled for October.", "scheduled"),
        ("Третий российско-узбекский форум пройдёт в Уфе.", "scheduled"),
        ("Третий российско-узбекский форум прошёл в Уфе.", "held"),
        ("Третий российско-узбекский форум запланирован на октябрь.", "scheduled"),
    ],
)
def test_status(text, status):
    assert only("event", text)["status"] == status


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("The CIS summit was held in Minsk on 3 June.", ["CIS"]),
        ("The CSTO summit was held in Minsk on 3 June.", ["KG", "KZ", "RU", "TJ"]),
        ("The second Central Asia – Russia summit was held in Dushanbe.", ["C5", "RU"]),
        ("Саммит ШОС состоялся в Минске 3 июня.", ["SCO"]),
        ("Presidents of Kazakhstan and Russia held talks in Omsk on 3 June.", ["KZ", "RU"]),
        ("Второй саммит «Центральная Азия – Россия» прошёл в Душанбе.", ["C5", "RU"]),
    ],
)
def test_parties(text, areas):
    assert only("event", text)["areas"] == areas


@pytest.mark.parametrize(
    "text",
    [
        "The minister met with the ambassador of China.",
        "Regular meetings of experts are useful.",
        "We should hold more forums of this kind.",
        "The forum hall was repainted.",
        "It was proposed to hold a festival of Russian and Uzbek songs in Bukhara.",
        "Министр встретился с послом Китая.",
        "Регулярные встречи полезны обеим сторонам.",
        "Предложено провести фестиваль песен России и Узбекистана.",
    ],
)
def test_none(text):
    before = "Trade with Russia grew. It is a good sign. We know it well. "
    if not text.isascii():
        before = "Торговля с Россией выросла. Это хорошо. Так и есть. "
    assert facts("event", before + text) == []


def test_one_event_told_twice_is_one():
    text = (
        "On June 17, the second Russian–Uzbek Forum of Rectors was held in Kazan.\n\n"
        "The forum gathered 300 guests. The Forum of Rectors ended with a concert."
    )
    event = only("event", text)
    assert (event["quote"], event["place"]) == ("second Russian–Uzbek Forum of Rectors", "Kazan")


def test_events_of_a_series_stay_apart():
    text = (
        "The second Central Asia – Russia summit was held in Dushanbe on June 17. "
        "The first Central Asia – Russia summit took place in Astana in October 2022."
    )
    told = [(e["date"], e["place"]) for e in facts("event", text)]
    assert told == [("2025-06-17", "Dushanbe"), ("2022-10", "Astana")]


def test_a_release_of_others_tells_no_event_of_ours():
    text = "The President of Uzbekistan met with the President of China in Samarkand."
    assert facts("event", text, title="Uzbekistan and China", published=date(2025, 6, 1)) == []


FILLER = "Trade with Russia grew. It is good. We know it well. "


@pytest.mark.parametrize(
    "text",
    [
        "Guests arrived in Kokshetau to take part in the Russia–Kazakhstan business forum.",
        "Делегации России и Узбекистана прибыли в Термез для участия в форуме строителей.",
    ],
)
def test_what_guests_have_come_for_is_to_begin(text):
    forum = next(f for f in facts("event", text) if f["type"] == "forum")
    assert (forum["status"], forum["date"]) == ("scheduled", "2025-06")


def test_what_goes_on_is_held():
    text = "The second Russian–Uzbek forum of miners, now taking place in Navoi, will last a week."
    assert only("event", text)["status"] == "held"


def test_what_has_opened_is_of_the_month():
    text = FILLER + "Another topic was the Days of Russian Cinema, which opened in Khiva."
    assert only("event", text)["date"] == "2025-06"


def test_a_list_of_occasions_goes_on_with_its_year():
    text = FILLER + (
        "Russia will hold a Year of Uzbek Culture next year. "
        "An exhibition of ceramics will be held too in Omsk."
    )
    assert [e["date"] for e in facts("event", text)] == ["2026", "2026"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("The Russian–Uzbek forum will be held from 8 to 10 July.", "2025-07-08/2025-07-10"),
        ("The Russian–Uzbek forum will be held on July 8–10.", "2025-07-08/2025-07-10"),
        ("The Russian–Uzbek forum will be held on the 9th of July.", "2025-07-09"),
        ("The Russian–Uzbek forum will be held this autumn.", "2025-09/2025-11"),
        ("The Russian–Uzbek forum will be held in the spring of next year.", "2026-03/2026-05"),
        ("The Russian–Uzbek forum will be held next spring.", "2026-03/2026-05"),
        ("The Russian–Uzbek forum will be held in late August.", "2025-08"),
        ("The Russian–Uzbek forum was held last autumn.", "2024-09/2024-11"),
        ("Форум ректоров России пройдёт с 30 июня по 2 июля.", "2025-06-30/2025-07-02"),
        ("Форум ректоров России и Узбекистана пройдёт осенью этого года.", "2025-09/2025-11"),
        ("Форум ректоров России и Узбекистана пройдёт весной следующего года.", "2026-03/2026-05"),
        ("Форум ректоров России и Узбекистана пройдёт в конце августа.", "2025-08"),
        ("Форум ректоров России и Узбекистана прошёл в октябре прошлого года.", "2024-10"),
        ("The Russian–Uzbek forum is being prepared. We agreed on October.", "2025-10"),
    ],
)  # fmt: skip
def test_ways_to_tell_a_date(text, iso):
    assert iso in [f["date"] for f in facts("event", text)]


def test_the_day_of_a_return_is_not_that_of_the_visit():
    text = "On June 17, the premier returned to Moscow after an official visit to Uzbekistan."
    event = only("event", text)
    assert (event["date"], event["place"]) == ("2025-06", None)


@pytest.mark.parametrize(
    "text",
    [
        "The third Russian–Uzbek forum of jurists in Navoi, set for June, has been postponed.",
        "Третий российско-узбекский форум юристов в Навои перенесён на более поздний срок.",
    ],
)
def test_what_is_put_off_is_to_come_and_undated(text):
    event = only("event", text)
    assert (event["status"], event["date"], event["place"]) == ("scheduled", None, "Navoi")


def test_talks_of_a_visit_are_in_its_city():
    text = (
        "The foreign minister of Uzbekistan went to Moscow for a working visit. "
        "He held talks with his Russian colleague."
    )
    talks = next(f for f in facts("event", text, title="Visit") if f["type"] == "talks")
    assert talks["place"] == "Moscow"


def test_a_call_and_a_meeting_after_it_are_two():
    text = FILLER + (
        "A telephone conversation took place between Vladimir Putin and Shavkat Mirziyoyev. "
        "Earlier, the Russian minister met with Shavkat Mirziyoyev."
    )
    assert sorted(f["type"] for f in facts("event", text)) == ["call", "talks"]


def test_on_the_eve_of_something_is_not_its_day():
    text = (
        "The summit of the SCO takes place today in Samarkand. "
        "On the eve of the summit, Shavkat Mirziyoyev met with Vladimir Putin."
    )
    told = {f["type"]: f["date"] for f in facts("event", text)}
    assert told == {"summit": "2025-06-18", "talks": "2025-06-17"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The visit of the Russian delegation to Nukus will contribute to trade.", "held"),
        ("The visit of the Russian delegation to Nukus will begin on Monday.", "scheduled"),
        ("The second Russian–Uzbek forum of cooks will be held as part of the fair.", "scheduled"),
        ("Второй российско-узбекский форум поваров придаст импульс торговле.", "held"),
        ("Второй российско-узбекский форум поваров состоится в Карши.", "scheduled"),
    ],
)
def test_what_an_event_will_do_tells_no_time(text, status):
    assert facts("event", text)[0]["status"] == status


@pytest.mark.parametrize(
    "text",
    [
        FILLER + "It was founded by decision of the 12th session of the Russian–Uzbek commission.",
        "Торговля с Россией растёт. Это хорошо. Так и есть. Он создан по решению 12-го заседания "
        "российско-узбекской комиссии и заработает в мае.",
    ],
)
def test_a_session_that_decided_has_been_held(text):
    event = next(e for e in facts("event", text) if e["type"] == "commission")
    assert (event["status"], event["date"]) == ("held", None)


def test_that_day_is_the_one_told_before():
    text = (
        "On June 11, Shavkat Mirziyoyev received the governor of the Omsk Region of Russia. "
        "Earlier that day, the guest attended the Uzbekistan–Omsk business forum, where accords "
        "were signed between two banks of Russia and Uzbekistan."
    )
    assert {e["date"] for e in facts("event", text)} == {"2025-06-11"}
    assert only("agreement", text)["date"] == "2025-06-11"


def test_talks_in_the_course_of_a_visit_told_before():
    text = FILLER + (
        "Shavkat Mirziyoyev had visited Kazan from 3 to 5 March. "
        "During the visit, he held talks with Vladimir Putin."
    )
    talks = next(e for e in facts("event", text) if e["type"] == "talks")
    assert talks["date"] == "2025-03-03/2025-03-05"


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Shavkat Mirziyoyev hosted the governor of the Omsk Region of Russia.", "talks"),
        ("Шавкат Мирзиёев и Владимир Путин переговорили по телефону.", "call"),
        ("В Навои прибыл премьер России.", "visit"),
        ("Владимир Путин находился в Ташкенте с 2 по 4 июня.", "visit"),
        ("В Карши прошла выставка-ярмарка российских книг.", "exhibition"),
    ],
)
def test_more_kinds(text, type):
    assert [e["type"] for e in facts("event", text)] == [type]


@pytest.mark.parametrize(
    "text",
    [
        "Российская компания находится в Ташкенте с 2010 года.",
    ],
)
def test_no_visits(text):
    assert facts("event", text) == []


def test_on_the_eve_in_russian_counts_from_what_follows():
    text = (
        "17 июня министры России и Узбекистана встретились в Термезе. "
        "Встреча прошла накануне второго саммита ШОС."
    )
    talks = next(e for e in facts("event", text) if e["type"] == "talks")
    assert talks["date"] == "2025-06-17"
    assert only("event", "Накануне министры России и Узбекистана встретились.")["date"] == (
        "2025-06-17"
    )


def test_talks_beside_a_summit_are_of_two():
    text = "At the CIS summit in Ashgabat, Shavkat Mirziyoyev held talks with Vladimir Putin."
    told = {e["type"]: e["areas"] for e in facts("event", text, title="The CIS summit")}
    assert told == {"summit": ["CIS"], "talks": ["RU", "UZ"]}


def test_its_meeting_is_of_the_body_told_before():
    text = FILLER + (
        "Trade is led by the Russian–Uzbek intergovernmental commission. "
        "Its 24th meeting is to take place in Perm in the autumn."
    )
    event = next(e for e in facts("event", text) if e["place"] == "Perm")
    assert (event["type"], event["date"]) == ("commission", "2025-09/2025-11")


def test_talks_in_a_third_capital_are_of_the_two():
    event = only("event", "The premiers of Russia and Uzbekistan held talks in Minsk.")
    assert (event["place"], event["areas"]) == ("Minsk", ["RU", "UZ"])


def test_a_conversation_beside_a_union_s_meeting_is_of_those_in_the_title():
    text = (
        "The conversation took place on the sidelines of the Eurasian Intergovernmental Council "
        "meeting in Minsk."
    )
    title = "Mikhail Mishustin meets with the Prime Minister of Kazakhstan"
    told = {e["type"]: e["areas"] for e in facts("event", text, title=title)}
    assert told == {"talks": ["KZ", "RU"], "summit": ["EAEU"]}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("TERMEZ, 18.06.2025 (UzA) – Yesterday, at the invitation of the Russian side, the "
         "transport minister of Uzbekistan paid a working visit to Russia.", "2025-06-17"),
        ("Talks between the ministers of Russia and Uzbekistan will be held tomorrow, says a "
         "statement released on June 11.", "2025-06-19"),
        ("The talks of the ministers of Russia and Uzbekistan will last from 20 to 22 June. On "
         "these dates the third forum of Russian and Uzbek cooks will be held in Karshi.",
         "2025-06-20/2025-06-22"),
    ],
)  # fmt: skip
def test_dates_of_the_telling_are_no_dates_of_events(text, iso):
    assert {e["date"] for e in facts("event", text)} == {iso}


def test_the_talks_of_a_lead_are_an_event():
    text = (
        "The energy minister of Uzbekistan paid a working visit to Moscow. "
        "The talks focused on gas."
    )
    assert [e["type"] for e in facts("event", text, title="Visit")] == ["visit", "talks"]


def test_one_head_of_government_is_no_summit():
    text = "Глава правительства России встретился с президентом Узбекистана."
    assert only("event", text)["type"] == "talks"


def test_what_is_long_past_is_not_where_the_release_is():
    text = (
        "In Navoi, the premiers of Russia and Uzbekistan met. "
        "The visit of Vladimir Putin to Uzbekistan in 2022 was recalled."
    )
    visit = next(e for e in facts("event", text) if e["type"] == "visit")
    assert (visit["date"], visit["place"]) == ("2022", None)
