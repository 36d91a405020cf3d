from datetime import date

import pytest

from scrapers.documents import release_of
from scrapers.facts.figures import extract_figures
from scrapers.facts.reference import reference_day


def undated(text, url=None):
    fields = {"id": "t", "source": "test", "lang": "en", "url": url, "title": "",
              "published": None, "text": text}  # fmt: skip
    return release_of(fields)


@pytest.mark.parametrize(
    ("text", "url", "day"),
    [
        ("Trade grew.", "https://example.org/2023/08/17/trade", date(2023, 8, 17)),
        ("Trade grew.", "https://example.org/20230817-trade", date(2023, 8, 17)),
        ("Trade grew.", "https://example.org/2023/45/17/trade", None),
        ("ASTANA, 5 June 2023. Trade grew.", None, date(2023, 6, 5)),
        ("Trade with Russia was $3 billion in January–May 2023.", None, date(2023, 6, 20)),
        ("Trade was $9 billion in January–December 2023.", None, date(2024, 1, 20)),
        ("Trade was $9 billion in 2023.", None, None),
    ],
)
def test_the_day_that_an_undated_release_counts_from(text, url, day):
    assert reference_day(undated(text, url)) == day


def test_last_year_in_an_undated_release_is_that_of_its_address():
    told = "Last year trade between Russia and Tajikistan came to $1.5 billion."
    [figure] = extract_figures(undated(told, "https://example.org/2024/05/17/trade"))
    assert figure.time_period == "2023"
    [figure] = extract_figures(undated(told))
    assert figure.time_period is None
