import pytest

from scrapers.facts.lemmas import animate, grammar, lemma
from scrapers.facts.sentences import sentences
from scrapers.facts.tokens import tokenize


def split(text):
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Trade reached $1.5 bn. in 2023.",
        "Mr. Putin and St. Petersburg met.",
        "Товарооборот составил 1 млрд. 800 млн. долларов США.",
        "Завезено 1,5 млн\nтонн зерна.",
        "It came to 15.5\nbillion dollars.",
        "В 2023 г. торговля выросла.",
        "Посол А. Блохин сообщил об этом.",
    ],
)
def test_one_sentence(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Trade grew. It fell later!", 2),
        ("Осело в 2022 г. Товарооборот вырос.", 2),
        ("Title line\nFirst sentence here.", 2),
        ("One paragraph\n\nAnother paragraph", 2),
        ("The visit ended.The talks began.", 2),
        ("", 0),
        (" \n ", 0),
    ],
)
def test_several_sentences(text, count):
    assert len(split(text)) == count


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("12.01.2022", ["date"]),
        ("21:00", ["time"]),
        ("+7 (495) 237-44-81", ["phone"]),
        ("1 200 МВт", ["number", "word"]),
        ("$3.8bn", ["punct", "number", "word"]),
        ("2020-го", ["number"]),
        ("14th", ["number"]),
        ("Russia's trade", ["word", "poss", "word"]),
    ],
)
def test_kinds_of_tokens(text, kinds):
    assert [t.kind for t in tokenize(text)] == kinds


@pytest.mark.parametrize(
    ("word", "base"),
    [("companies", "company"), ("grew", "grow"), ("exceeded", "exceed"), ("people", "person"),
     ("вузов", "вуз"), ("выросли", "вырасти"), ("счётов", "счет")],
)  # fmt: skip
def test_lemma(word, base):
    assert lemma(word.replace("ё", "е")) == base


@pytest.mark.parametrize("word", ["0\U00017000", "\U00017000в", "17", "ii"])
def test_a_word_of_no_grammar_is_its_own_lemma(word):
    assert grammar(word)[:2] == (word, "")
    assert not animate(word)
