"""White space, invisible characters, paragraphs, languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text.language import language_of
from scrapers.text.normalise import join, line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u00a0b", "a b"),
        (" a \t\r\n b ", "a b"),
        ("co\u00adoperation", "cooperation"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("e\u0301", "é"),
        ("и\u0306", "й"),
        ("\x00\x07", ""),
        ("1\u202f000", "1 000"),
        ("\u202edesrever\u202c", "desrever"),
    ],
)
def test_a_line_has_plain_spaces_only(raw, clean):
    assert line(raw) == clean


@given(st.text())
def test_a_line_is_as_clean_as_it_gets(text):
    assert line(line(text)) == line(text)
    assert not {"\n", "\u00a0", "\ufeff"} & set(line(text))
    line(text).encode()


def test_paragraphs_are_joined_by_blank_lines_and_empty_ones_are_lost():
    assert join(map(line, ["one\ntwo", "", "\u00a0", "three"])) == "one two\n\nthree"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The presidents discussed trade and the supply of gas to the region.", "en"),
        ("Президенты обсудили торговлю и поставки газа в регион.", "ru"),
        ("Президентҳо оид ба тиҷорат ва интиқоли газ гуфтугӯ карданд.", None),
        ("Президенттер сауда мен газ жеткізілімін талқылады, әңгіме өтті.", None),
        ("Prezidentlar savdo va gaz yetkazib berishni muhokama qildilar.", None),
        ("", None),
    ],
)
def test_a_language_of_ours_is_told_from_others(text, language):
    assert language_of(text) == language
