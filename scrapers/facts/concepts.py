"""What a phrase is made of, the same in both languages: "grain terminal", "зерновой терминал"."""

from __future__ import annotations

from functools import cache, lru_cache

from scrapers.facts.reading import Line
from scrapers.facts.words import load


def terms_of(line: Line, first: int, last: int) -> str | None:
    """Return the concepts and cities of tokens ``first`` to ``last``, sorted; cities bear a mark.

    None where the phrase holds no concept.
    """
    forms = [line.forms[i] for i in range(first, last) if line.tokens[i].kind == "word"]
    named = {part for form in forms for part in form.split("-")}
    found = {concept for form in named if (concept := _concept(form))}
    cities = {f"@{p.name}" for p in line.places if first <= p.first < last}
    return " ".join(sorted(found | {c.replace(" ", "_") for c in cities})) if found else None


@lru_cache(maxsize=20_000)
def _concept(form: str) -> str | None:
    """Return the concept whose stem is the longest beginning of a word."""
    whole = _stems().get(form + "$")
    if whole is not None:
        return whole
    ends = range(len(form), 2, -1)
    return next((_stems()[form[:end]] for end in ends if form[:end] in _stems()), None)


@cache
def _stems() -> dict[str, str]:
    lexicon = load("concepts")
    return {stem: str(concept) for concept, stems in lexicon.items() for stem in stems}
