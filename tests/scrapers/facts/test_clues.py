"""What the looks of words tell is never less than what reading them tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.facts.clues import NUMBER, PARTY, clues_of
from scrapers.facts.cues import cues, heads
from scrapers.facts.numbers import numbers
from scrapers.facts.parties import both_sides, mentions, region
from scrapers.facts.pieces import form_of, forms_of, lemma_of, lemmas_of
from scrapers.facts.status import forward
from scrapers.facts.tokens import tokenize

WORDS = st.sampled_from(
    [
        "our",
        "the",
        "both",
        "two",
        "countries",
        "trade",
        "between",
        "Kazakhstan",
        "Russia's",
        "US",
        "dollars",
        "«Восход»",
        "twice",
        "in",
        "Eurasian",
        "Economic",
        "Union",
        "of",
        "region",
        "пять",
        "стран",
        "наша",
        "торговля",
        "экспорт",
        "вдвое",
        "полтора",
        "тысячи",
        "США",
        "EAEU",
        ",",
        ".",
        "—",
        "-",
        "(",
        "five-fold",
        "country’s",
        "joint",
        "ventures",
        "will",
        "grow",
        "by",
        "third",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(WORDS, max_size=14).map(" ".join),
    st.lists(WORDS, max_size=6).map("".join),
)


def without_digits(text):
    return "".join(c for c in text if not c.isdecimal())


@given(TEXTS)
def test_forms_and_lemmas_by_piece_are_those_of_the_tokens(text):
    text = without_digits(text)
    assert forms_of(text.split()) == list(map(form_of, tokenize(text)))
    assert lemmas_of(text.split()) == list(map(lemma_of, tokenize(text)))


@given(TEXTS)
def test_without_a_clue_nothing_is_found(text):
    clues, tokens = clues_of(text.split()), tokenize(text)
    assert clues & NUMBER or not numbers(tokens, russian=False)
    assert clues & PARTY or not mentions(tokens)


@pytest.mark.parametrize("phrases", [both_sides, region, cues, heads, forward])
@given(text=TEXTS)
def test_a_phrase_is_among_the_pieces_of_a_text_that_holds_it(phrases, text):
    tokens = tokenize(text)
    found = phrases().find(list(map(lemma_of, tokens)), list(map(form_of, tokens)))
    assert phrases().among(text.split()) or not found
