"""What a pattern cannot match without, and that a search is never saved wrongly."""

import re

import pytest

from scrapers.facts.needed import needed
from scrapers.facts.period_rules import period_rules
from scrapers.facts.periods import periods


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bthe quarter\b", ("the quarter",)),
        (r"(?:in\s+)?(?:month|месяц)\w*", ("month", "месяц")),
        (r"(?:last\s+)?\d+", ()),
        (r"year|", ()),
        (r"(?:a|b)?year\s", ("year",)),
        (r"(?=year)\w+", ()),
        (r"(?:go)+e", ("go",)),
        (r"\bh(?P<half>[12])\b", ("h1", "h2")),
        (r"q[0-9]", ("q",)),
        (r"ma(?:y|rch)", ("march", "may")),
        (r"years?", ("year",)),
        (r"week(?:ly|)", ("week", "weekly")),
    ],
)
def test_what_a_pattern_needs(pattern, words):
    assert next(iter(needed(pattern)), ()) == words


def test_a_pattern_needs_a_word_of_each_of_its_parts():
    assert needed(r"(?:since|from)\s+(?:early\s+)?(?:19|20)\d\d") == (
        ("from", "since"),
        ("19", "20"),
    )


def test_whatever_a_rule_matches_holds_one_of_its_words():
    texts = [
        "in the first nine months of 2024, up from a year earlier",
        "за семь месяцев прошлого года и в третьем квартале",
        "by the end of 2030, over the past two decades, yesterday and in H1 2023",
        "к концу года, в мае, в 2023/24 учебном году, за последние пять лет",
    ]
    for rule in period_rules():
        for match in (m for text in texts for m in re.finditer(rule.pattern, text)):
            for words in rule.words:
                assert any(word in match[0] for word in words), rule.name


def test_periods_are_still_found_where_rules_are_passed_over():
    assert [p.rule for p in periods("in the third quarter of 2024", None)] == ["quarters"]
