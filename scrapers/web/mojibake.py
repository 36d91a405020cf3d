"""Telling text from text that was decoded wrongly, here or at the source.

Words are judged one by one, so that a wrongly decoded paragraph shows in a page that is otherwise
right. Only words of four letters or more with something beyond ASCII count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

WORD = re.compile(r"[^\x00-\x20<>\"'=/&;]{4,64}")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
LATIN_LETTERS = re.compile(r"[À-ÿ]")
INSIDE_OUT = re.compile(r"[а-яё][А-ЯЁ]{3,}[.,:;!?»)]*\Z")
LOST = re.compile(r"(?<![?\w/=&])\?{4,}(?![?\w=&])")
ASCII = re.compile("[\x00-\x7f]+")
CONTROLS = re.compile("[\x80-\x9f]")
FEW = 3  # words, or characters, that may be chance
SHARE = 0.02
LOOKED_AT = 20_000
CHARSETS = ("cp1251", "cp1252", "latin-1")


def mojibake(text: str) -> str | None:
    """Return what shows that a text was decoded wrongly, with an example, or None."""
    foreign = ASCII.sub("\n", text)  # a quarter of the time of finding what is not
    broken = foreign.count("\ufffd")
    if broken >= FEW and broken * 1000 > len(text):
        return f"{broken} characters that could not be read"
    controls = len(CONTROLS.findall(foreign))
    if controls >= FEW and controls * 1000 > len(text):
        return f"{controls} control characters where letters should be"
    if text.count("????") >= FEW and (why := question_marks(text)):
        return why
    return wrong_words(text) if suspect(foreign) else None


def question_marks(text: str) -> str | None:
    lost = LOST.findall(text)
    if len(lost) >= FEW and sum(map(len, lost)) * 20 > len(text):
        return f"letters were replaced by question marks, {lost[0]!r}"
    return None


def suspect(foreign: str) -> bool:
    """Tell whether letters beyond ASCII hold enough of any sign for words to be judged.

    Most pages hold none, and judging their words one by one costs more than parsing them.
    """
    return any(len(sign.findall(foreign)) >= FEW for sign in SIGNS)


def wrong_words(text: str) -> str | None:
    every = (match[0] for match in WORD.finditer(text) if NOT_ASCII.search(match[0]))
    words = list(islice(every, LOOKED_AT))
    for what, test in TESTS.items():
        wrong = [word for word in words if test(word)]
        if len(wrong) >= FEW and len(wrong) > SHARE * len(words):
            return f"{what}, as in {wrong[0]!r}"
    return None


def is_utf8_read_as(word: str, charset: str) -> bool:
    """Tell whether a word turns into other letters when its decoding is undone.

    Words of any living language do not: their bytes would have to be well-formed UTF-8.
    """
    try:
        return len(word.encode(charset).decode("utf-8")) < len(word)
    except UnicodeError:
        return False


def is_cyrillic_read_as_latin(word: str) -> bool:
    return len(LATIN_LETTERS.findall(word)) >= max(4, 0.8 * len(word))


TESTS: dict[str, Callable[[str], bool]] = {
    "UTF-8 read as windows-1251": lambda word: is_utf8_read_as(word, "cp1251"),
    "UTF-8 read as windows-1252": lambda word: is_utf8_read_as(word, "cp1252"),
    "UTF-8 read as Latin-1": lambda word: is_utf8_read_as(word, "latin-1"),
    "windows-1251 read as Latin": is_cyrillic_read_as_latin,
    "KOI8-R read as windows-1251": lambda word: INSIDE_OUT.match(word) is not None,
}
# What every word that fails a test holds: a lead byte of UTF-8 as a letter and its next byte, a
# few Latin letters, a small letter before capitals.
NEXT = "".join(bytes([b]).decode(name, "ignore") for b in range(128, 192) for name in CHARSETS)
LEAD = "".join(bytes([b]).decode(name, "ignore") for b in range(194, 245) for name in CHARSETS)
SIGNS = (
    re.compile(f"[{LEAD}][{re.escape(NEXT)}]"),
    re.compile("[À-ÿ]{2}"),
    re.compile("[а-яё][А-ЯЁ]{3}"),
)
