"""A word to its lemma: the script of a word decides how it is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from scrapers.facts.words import load

CYRILLIC = re.compile("[а-яё]")


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return the word in lower case, ё as е, one kind of hyphen and apostrophe."""
    word = word.lower().replace("ё", "е").replace("e\u0308", "e")
    return word.replace("\u2011", "-").replace("\u2010", "-").replace("’", "'")


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """Return the lemma of a folded word: pymorphy3's for Cyrillic, a light stem for Latin."""
    if CYRILLIC.search(word):
        return _russian(word)
    return _english(word)


def _russian(word: str) -> str:
    return grammar(word)[0]


@lru_cache(maxsize=200_000)
def grammar(word: str) -> tuple[str, str, str, str, str]:
    """Return lemma, part of speech, case, tense and number of a Russian word ("" for none)."""
    parses = _parses(word)
    if not parses:
        return word, "", "", "", ""
    tag = parses[0].tag
    normal = _likelier().get(word) or str(parses[0].normal_form).replace("ё", "е")
    told = (str(part or "") for part in (tag.POS, tag.case, tag.tense, tag.number))
    speech, case, tense, number = told
    return normal, speech, case, tense, number


@lru_cache(maxsize=20_000)
def animate(word: str) -> bool:
    """Return whether a folded Russian noun names a living being."""
    return any("anim" in p.tag for p in _parses(word)[:2])


def _parses(word: str) -> Sequence[Any]:
    """Return the analyses of a Russian word, the likeliest first; none where there is none."""
    if not CYRILLIC.search(word):
        return ()
    try:
        return _analyser().parse(word)  # type: ignore[no-any-return]
    except ValueError:
        return ()  # it asks for the name of each letter, and rare scripts have none


@cache
def _analyser() -> Any:
    """One a process: it takes 0.15 s and 27 MB."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def _english(word: str) -> str:
    word = _irregular().get(word, word)
    if word in token_words("kept") or len(word) < 4:
        return word
    for ending, put in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return word[: -len(ending)] + put
    if word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
        word = _irregular().get(word, word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] in "bgmnprt":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word


@cache
def token_words(name: str) -> frozenset[str]:
    return frozenset(load("tokens")[name].split())


@cache
def _likelier() -> dict[str, str]:
    table = load("tokens")["russian"]
    return {form: base for base, forms in table.items() for form in forms.split()}


@cache
def _irregular() -> dict[str, str]:
    table = load("tokens")["irregular"]
    return {form: base for base, forms in table.items() for form in forms.split()}
