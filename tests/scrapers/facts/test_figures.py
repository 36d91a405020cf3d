"""What holds for the figures of any text at all."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.documents import release_of
from scrapers.facts.figures import extract_figures
from warehouse.fields import BOUNDS, INDICATORS, MEASURES, STATUSES

PIECES = """trade товарооборот $3.8 billion млрд долларов grew by на 12,5 % percent - – ( ) , . ; :
from от to до with с of из third треть doubled вдвое в 2,3 раза 2023 году last year прошлом Russia
Россия Казахстан Uzbekistan China Китай companies компаний students студентов more than более almost
почти 1 200 MW МВт тонн kWh № 5 14th 10-ти Putin: minus минус six in ten one and a half полтора
миллиарда January–May январь-май same period год назад"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\n\n", "Vladimir Putin:"])
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


def release(text, title="Russia and Kazakhstan", **fields):
    return release_of(
        {"id": "x", "source": "test", "lang": "en", "title": title, "published": "2024-10-09",
         "text": text} | fields
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.text(max_size=40), st.dates())
def test_any_text_gives_figures_that_are_whole(text, title, day):
    for figure in extract_figures(release(text, title, published=day.isoformat())):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.quote == text[figure.start : figure.end]
        assert figure.bound in BOUNDS
        assert figure.measure in MEASURES
        assert figure.status in STATUSES
        assert figure.indicator in INDICATORS
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        rules = json.loads(figure.rules)
        assert {"value", "unit", "bound", "measure", "indicator", "sides", "status"} <= set(rules)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_figures_whatever_was_read_before(text):
    first = extract_figures(release(text))
    extract_figures(release("Товарооборот составил 5 млрд долларов в 2020 году."))
    assert extract_figures(release(text)) == first


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join), st.integers(1, 9))
def test_empty_lines_before_a_text_shift_its_spans_and_nothing_else(text, lines):
    def told(figures, by):
        return [(f.start - by, f.end - by, f.value, f.unit, f.indicator) for f in figures]

    shift = 2 * lines
    plain, moved = release(text), release("\n" * shift + text)
    assert told(extract_figures(moved), shift) == told(extract_figures(plain), 0)


def test_the_quote_holds_number_unit_and_qualifier():
    text = "Trade has exceeded US$33 billion, or more than 3,000 per cent."
    assert extract_figures(release(text))[0].quote == "exceeded US$33 billion"


def test_two_releases_give_their_figures_different_ids():
    text = "Trade reached $5 billion and then $5 billion."
    ids = [f.figure_id for f in extract_figures(release(text))]
    other = [f.figure_id for f in extract_figures(release(text, "Another title"))]
    assert len(set(ids)) == 2
    assert not set(ids) & set(other)


def test_a_transcript_names_the_speaker_of_each_figure():
    text = (
        "Vladimir Putin: Last year our trade grew by 9 percent.\n\n"
        "Kassym-Jomart Tokayev: It reached $27 billion."
    )
    speakers = [f.speaker for f in extract_figures(release(text))]
    assert speakers == ["Vladimir Putin", "Kassym-Jomart Tokayev"]


def test_without_a_day_of_publication_relative_periods_stay_open():
    text = "Last year trade reached $5 billion; in 2021 it was $4 billion."
    figures = extract_figures(release(text, published=None))
    assert [f.time_period for f in figures] == [None, "2021"]
    assert figures[0].published == date.min


@pytest.mark.parametrize(
    ("text", "speaker_area"),
    [("Vladimir Putin: Our exports reached $5 billion.", "trade.imports"),
     ("Kassym-Jomart Tokayev: Our exports reached $5 billion.", "trade.exports")],
)  # fmt: skip
def test_our_exports_are_those_of_the_speaker(text, speaker_area):
    assert [f.indicator for f in extract_figures(release(text))] == [speaker_area]
