import pytest

from scrapers.facts.attribution import attribute, publisher
from scrapers.facts.speakers import turn_at, turns
from tests.expectations.sample import release

CASES = [  # text with the figure at "#", source, url, area of the figure, side, what decided
    ("Trade reached #4 bn, the Federal Customs Service said.", "uza", "UZ", "RU", "text"),
    ("Товарооборот составил #4 млрд, сообщили в ФТС.", "uza", "UZ", "RU", "text"),
    ("По данным Росстата, поставки достигли #4 млрд.", "24.kg", "KG", "RU", "text"),
    ("По данным Нацстаткома, поставки достигли #4 млрд.", "tass", "KG", "KG", "text"),
    ("Trade was #4 bn, Uzbekistan's Statistics Agency reported.", "tass", "UZ", "UZ", "text"),
    ("Торговля составила #4 млрд, сообщило Минэкономики Казахстана.", "tass", "KZ", "KZ", "text"),
    ("The republic's statistics committee reported. Trade was #4 bn.", "tass", "KG", "KG", "text"),
    (
        "Агентство статистики республики сообщило. По его данным, #4 млрд.",
        "ria",
        "TJ",
        "TJ",
        "text",
    ),
    (
        "There are #640 firms in Russia, the Chamber of Commerce told us.",
        "kun.uz",
        "UZ",
        "UZ",
        "text",
    ),
    ("Turnover was #4 bn, officials in Moscow say.", "timesca", "KG", "RU", "text"),
    ("Transfers fell to #4 bn, the National Bank says.", "timesca", "TJ", "TJ", "text"),
    ("Growth will be #4 percent, the World Bank estimates.", "uza", "UZ", None, "text"),
    ("По оценке аналитиков ЕАБР, рост составит #4 процента.", "24.kg", "KG", None, "text"),
    ("По данным Евразийской экономической комиссии, #4 млрд.", "tass", "KZ", "EAEU", "text"),
    ("Trade came to #4 bn last year.", "kremlin", "UZ", "RU", "official"),
    ("Trade came to #4 bn last year.", "gazeta.uz", "UZ", "UZ", "publisher"),
    ("Trade came to #4 bn last year.", "timesca", "UZ", None, "publisher"),
    ("По нашим данным, товарооборот составил #4 млрд.", "kremlin", "TJ", "RU", "official"),
]


@pytest.mark.parametrize(("text", "source", "area", "side", "rule"), CASES)
def test_the_side_whose_statistics_a_figure_is(text, source, area, side, rule):
    told = attribute(
        release(text.replace("#", ""), source=source, url=f"https://{source}/1"),
        text.index("#"),
        area,
        None,
    )
    assert (told.reporter, told.rule.split(":")[0]) == (side, rule)


def test_a_speaker_speaks_for_his_state_on_any_site():
    text = (
        "President of Russia Vladimir Putin: Welcome. The agencies reported much.\n\n"
        "President of Tajikistan Emomali Rahmon: Thank you. Investment stands at 2 bn."
    )
    place = text.index("2 bn")
    said = release(text, source="kremlin", url="http://en.kremlin.ru/events/1")
    told = attribute(said, place, "TJ", turn_at(turns(text), place))
    assert (told.reporter, told.rule) == ("TJ", "speaker")


@pytest.mark.parametrize(
    ("source", "url", "home"),
    [
        ("nobody", "https://news.example.kz/1", ("KZ", False)),
        ("nobody", "https://stat.gov.kz/1", ("KZ", True)),
        ("timesca", "https://timesca.com/1", (None, False)),
        ("nobody", "https://example.org/1", (None, False)),
        ("nobody", "", (None, False)),
    ],
)
def test_a_publisher_is_at_home_where_its_address_ends(source, url, home):
    assert publisher(source, url) == home
