"""Exports or imports of the Central Asian side, by the word beside each number."""

from datetime import date

import pytest

from scrapers.documents import document
from scrapers.facts.figures import extract_figures


def read(text, language):
    title = {"en": "Russia and Uzbekistan", "ru": "Россия и Узбекистан"}[language]
    fields = {"id": "x", "source": "tass", "lang": language, "title": title, "text": text}
    release = document({**fields, "published": date(2025, 10, 10).isoformat()}).release
    return [(f.value / 1e9, f.indicator.removeprefix("trade.")) for f in extract_figures(release)]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "Exports from Uzbekistan to Russia came to $3.6 billion, imports from Russia to "
            "Uzbekistan to $8.2 billion.",
            [(3.6, "exports"), (8.2, "imports")],
        ),
        (
            "en",
            "Russian exports to Uzbekistan rose to $7 billion, imports from it to $2.1 billion.",
            [(7.0, "imports"), (2.1, "exports")],
        ),
        (
            "en",
            "Trade with Russia: $9.9 billion (exports: $3.3 billion, imports: $6.6 billion).",
            [(9.9, "turnover"), (3.3, "exports"), (6.6, "imports")],
        ),
        (
            "ru",
            "Товарооборот Узбекистана с Россией достиг 9,9 млрд долларов: экспорт – 3,3 млрд, "
            "импорт – 6,6 млрд.",
            [(9.9, "turnover"), (3.3, "exports"), (6.6, "imports")],
        ),
        (
            "ru",
            "Узбекистан закупил российских товаров на 6 млрд долларов, а продал в Россию на "
            "2 млрд долларов.",
            [(6.0, "imports"), (2.0, "exports")],
        ),
    ],
)
def test_each_number_goes_with_its_own_word(language, text, told):
    assert read(text, language) == told


def test_a_decimal_keeps_its_digits_and_a_quote_its_end():
    assert read("Товарооборот достиг 4,1 миллиарда долларов.", "ru") == [(4.1, "turnover")]
