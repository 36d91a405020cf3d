"""Every entry of the word lists is found where it stands in a text."""

import re
from datetime import date

import pytest

from scrapers.facts.amounts import Context
from scrapers.facts.cues import cues, heads
from scrapers.facts.flow_lexicon import flows, investing
from scrapers.facts.lemmas import fold, lemma
from scrapers.facts.lexicon import Phrases
from scrapers.facts.numbers import numbers
from scrapers.facts.parties import both_sides, mentions, region
from scrapers.facts.periods import periods
from scrapers.facts.quantities import quantities
from scrapers.facts.sentences import sentences
from scrapers.facts.status import forward
from scrapers.facts.tokens import tokenize
from scrapers.facts.words import load

PUBLISHED = date(2024, 10, 9)


def amounts(text):
    [sentence] = sentences(text)
    return quantities(Context(sentence), periods(text, PUBLISHED))


def entries(node, path=()):
    """Yield the phrases that a set finds, as lemmas."""
    for word, below in node.items():
        if word:
            yield from entries(below, (*path, word))
        else:
            yield path


@pytest.mark.parametrize("phrases", [cues, heads, forward, both_sides, region, flows, investing])
def test_every_phrase_is_found_alone(phrases):
    found: Phrases = phrases()
    lost = []
    for path in entries(found.tree):
        words = ["x" if word == "*" else word for word in path]
        hit = found.at(words, 0)
        if hit is None or hit.last != len(words):
            lost.append(path)
    assert not lost


@pytest.mark.parametrize("name", ["indicators", "heads"])
def test_russian_entries_are_lemmas(name):
    """A cue that is no lemma would be found in one case only."""
    lexicon = load(name) if name == "indicators" else load(name)["heads"]
    odd = []
    for lists in lexicon.values():
        for weight, listed in lists.items():
            if weight == "units":
                continue
            for word in re.split(r"[|/\s?]+", str(listed)):
                if re.search("[а-я]", word) and "-" not in word and lemma(fold(word)) != word:
                    odd.append((word, lemma(fold(word))))
    assert len(odd) <= KNOWN_ODD[name], odd


# Words that pymorphy3 reads otherwise than we mean; they match in this form alone.
KNOWN_ODD = {"indicators": 60, "heads": 30}


@pytest.mark.parametrize(
    ("form", "value"),
    [(form, float(value)) for value, forms in load("numbers")["cardinals"].items()
     for form in str(forms).split()],
)  # fmt: skip
def test_every_number_word(form, value):
    [number] = numbers(tokenize(f"{form} x"), russian=not form.isascii())
    assert number.value == value


@pytest.mark.parametrize(
    ("form", "scale"),
    [(form, float(scale)) for scale, forms in load("numbers")["scales"].items()
     for form in str(forms).split()],
)  # fmt: skip
def test_every_scale(form, scale):
    [number] = numbers(tokenize(f"5 {form} x"), russian=not form.isascii())
    assert number.value == 5 * scale


@pytest.mark.parametrize(
    ("form", "value"),
    [(form, float(value)) for value, forms in load("numbers")["multiples"].items()
     for form in str(forms).split() if form not in ("twice", "thrice")],
)  # fmt: skip
def test_every_multiple(form, value):
    [number] = numbers(tokenize(f"x {form} x"), russian=not form.isascii())
    assert (number.value, number.form) == (value, "multiple")


SAMPLES = {
    "USD": "$5 million,US$5 million,USD 5 mln,5 million dollars,5 million US dollars,"
    "5 млн долларов США,5 млн долл.",
    "EUR": "€5 million,5 million euros,5 млн евро",
    "RUB": "RUB 5 million,5 million rubles,5 million roubles,5 млн рублей,5 млн руб.,₽5 млн",
    "KZT": "5 million tenge,5 млн тенге,KZT 5 million,₸5 млн",
    "UZS": "5 million sums,5 million soums,5 млн сумов,UZS 5 mn",
    "KGS": "5 million soms,5 млн сомов,KGS 5 million",
    "TJS": "5 million somoni,5 млн сомони,TJS 5 million",
    "TMT": "5 million manats,5 млн манатов,TMT 5 million",
    "CNY": "5 million yuan,5 млн юаней,CNY 5 million",
    "GBP": "5 million pounds sterling,5 млн фунтов стерлингов",
    "percent_points": "5 percentage points,5 процентных пунктов,5 п.п.",
    "percent": "5%,5 percent,5 per cent,5 процентов",
    "times": "rose 5 times,в 5 раз",
    "kWh": "5 kWh,5 кВт·ч,5 киловатт-часов",
    "W": "5 MW,5 МВт,5 мегаватт,5 kW,5 кВт,5 GW,5 ГВт",
    "m3": "5 cubic metres,5 bcm,5 куб. м,5 кубометров,5 mcm,5 млн кубов",
    "m2": "5 square metres,5 кв. м",
    "km2": "5 sq km,5 квадратных километров",
    "km": "5 km,5 kilometres,5 км,5 километров,5 miles",
    "m": "5 metres,5 метров",
    "ha": "5 hectares,5 га,5 гектаров",
    "t": "5 tonnes,5 tons,5 metric tons,5 тонн,5 т,5 кг,5 kg,5 центнеров,5 kt",
    "TEU": "5 TEU,5 TEUs,5 ДФЭ",
    "barrel": "5 barrels,5 баррелей",
    "l": "5 litres,5 литров",
    "Gcal": "5 Gcal,5 Гкал",
}


@pytest.mark.parametrize(
    ("unit", "text"),
    [(u, t) for u, texts in SAMPLES.items() for t in texts.split(",")],
)
def test_every_unit(unit, text):
    [amount] = amounts(f"It was {text} there")
    assert amount.unit == unit


def test_no_unit_goes_without_a_sample():
    known = set(load("units")["money"]) | {e["unit"] for e in load("units")["physical"]}
    assert known == set(SAMPLES)


def plain(listed):
    """Return the entries of an alternation that are words as they stand."""
    outside = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "\0", listed)
    return [w for w in outside.split("|") if re.fullmatch(r"[a-zа-я' ~≈-]+", w)]


@pytest.mark.parametrize(
    ("bound", "words"),
    [(bound, words) for bound, listed in load("qualifiers")["before"].items()
     for words in plain(listed) if words not in ("from", "от", "до")],
)  # fmt: skip
def test_every_qualifier_before_a_number(bound, words):
    [amount] = amounts(f"it was {words} 5 billion dollars")
    assert amount.bound == bound


@pytest.mark.parametrize(
    ("bound", "words"),
    [(bound, words) for bound, listed in load("qualifiers")["after"].items()
     for words in plain(listed)],
)  # fmt: skip
def test_every_qualifier_after_a_number(bound, words):
    [amount] = amounts(f"it was 5 billion dollars {words}")
    assert amount.bound == bound


PERIODS = {
    "same_last_year": "the same period of last year", "a_year_before": "a year earlier",
    "years_ago": "five years ago", "months_of_year": "January–April 2023",
    "days_of_month": "22–24 апреля 2024 года", "day": "27 мая 2024 года",
    "first_months": "за семь месяцев", "quarters": "third quarter of 2023", "half": "H1 2023",
    "year_span": "2018–2023 годы", "last_years": "over the past four years",
    "decade": "over the past decade", "since_start": "since the beginning of the year",
    "since": "since 2012", "since_when": "since 2012, when", "by_year": "by 2030",
    "end_of_year": "by the end of the year",
    "end_next_year": "by the end of next year", "in_years": "через три года",
    "season": "last spring", "month": "last April", "in_may": "in May", "this_month": "this month",
    "last_month": "last month", "last_year": "last year", "this_year": "в этом году",
    "next_year": "next year", "today": "today", "yesterday": "вчера", "tomorrow": "завтра",
    "months_short": "in 9M 2024", "new_academic_year": "в новом учебном году",
    "last_academic_year": "в прошлом учебном году",
    "last_quarter": "за квартал", "by_decade": "by the end of the decade",
    "year_before_last": "the year before last", "last_quarter_of": "the last quarter of 2023",
    "months_to": "the twelve months to June 2024", "months_of_adjective": "девятимесячный экспорт",
    "next_month": "next month", "next_months": "in the next three months",
    "fiscal_year": "in fiscal year 2023",
    "results_of_year": "итоги года", "last_season": "in the last season",
    "recent_years": "за последние годы",
    "by_academic_year": "к новому учебному году",
    "year_and_a_half": "за последние полтора года",
    "year": "in 2021", "academic_year": "this academic year", "whole_year": "за весь год",
}  # fmt: skip


def test_every_rule_of_periods_reads_its_sample():
    rules = {entry["rule"] for entry in load("periods")["patterns"]}
    assert rules <= set(PERIODS), rules - set(PERIODS)
    for rule in rules:
        found = {p.rule for p in periods(f"so {PERIODS[rule]}, it is", PUBLISHED)}
        assert rule in found, (rule, found)


@pytest.mark.parametrize(
    ("code", "name"),
    [(code, stem) for code, lists in load("parties")["states"].items()
     for kind in ("stems", "cities", "people", "firms") for stem in lists.get(kind, ())],
)  # fmt: skip
def test_every_name_of_a_party(code, name):
    assert code in [m.code for m in mentions(tokenize(f"so {name.capitalize()} is"))]
