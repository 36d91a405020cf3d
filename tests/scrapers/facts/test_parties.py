import pytest

from scrapers.facts.parties import mentions, state_of_publisher
from scrapers.facts.tokens import tokenize


def codes(text):
    return [m.code for m in mentions(tokenize(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian-Kazakh trade", ["RU", "KZ"]),
        ("Россия и Киргизия", ["RU", "KG"]),
        ("Кыргызстаном, Туркмении, узбекскими, таджиков", ["KG", "TM", "UZ", "TJ"]),
        ("Uzbekistan's exports to the Russian Federation", ["UZ", "RU"]),
        ("the Central Asian states", ["C5"]),
        ("страны Центральной Азии", ["C5"]),
        ("в рамках ЕАЭС и СНГ", ["EAEU", "CIS"]),
        ("Shanghai Cooperation Organisation", ["SCO"]),
        ("товаров РФ в Китай", ["RU", "XX"]),
        ("Мирзиёев встретился с Путиным в Ташкенте", ["UZ", "RU", "UZ"]),
        ("российско-казахстанский форум в Астане", ["RU", "KZ", "KZ"]),
    ],
)
def test_parties_in_either_language(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    ["кубометров газа для 22 тыс. семей", "1 млн долларов США", "US$5 billion", "tell us more",
     "индивидуальный план", "эстакада", "русский язык"],
)  # fmt: skip
def test_words_that_only_look_like_parties(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("source", "code"),
    [("lobsterbush/kremlin-speeches", "RU"), ("president.uz", "UZ"), ("24.kg", "KG"),
     ("khovar", "TJ"), ("tvbrics", None),
     ("uzstat", "UZ"), ("kazanforum", None),
     ("mintrans.gov.ru", "RU"), ("eurasian economic commission", "EAEU")],
)  # fmt: skip
def test_publishers(source, code):
    assert state_of_publisher(source) == code
