"""The thing that a number without a unit counts, and the numbers that count none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from scrapers.facts.amounts import Context, Quantity
from scrapers.facts.lemmas import CYRILLIC, fold, grammar
from scrapers.facts.lexicon import lemma_of_entry
from scrapers.facts.number import Number
from scrapers.facts.number_words import is_number_word
from scrapers.facts.words import load

_WEEKLY = re.compile(
    r"(?:times?|раза?)\s+(?:a|per|each|every|в)\s+(?:week|month|day|недел|месяц|день|сутки)"
)

_A_WEEK = re.compile(
    r"(?:(?:за|в)\s+(?:неделю|сутки|день)|еженедельно|ежедневно|a\s+week|weekly)\W+(?:\w+\W+){0,4}$"
)
_A_YEAR_AGO = re.compile(r"(?:год|месяц|квартал|полугоди)\w*\s+(?:ранее|назад|раньше|тому)(?!\w)")


def counted_thing(ctx: Context, quantity: Quantity, number: Number) -> Quantity | None:
    """Give a quantity the phrase that it counts; None where that is no thing."""
    i = number.last
    if i < len(ctx.tokens) and _hyphenated(ctx, i):
        return None
    if _after_first(ctx, number) or _ordinal_follows(ctx, number):
        return None
    i = max(i, quantity.last)  # past "or so", "с лишним"
    noun = () if _A_YEAR_AGO.match(_after(ctx, i)) else counted_phrase(ctx, i)
    if len(noun) == 1 and fold(ctx.tokens[noun[0]].text) in _listed("participles"):
        noun = ()  # "4,100 more than a year earlier"
    lemmas = [ctx.tokens[k].lemma for k in noun]
    if any(word in _not_things() for word in lemmas[:2]) or (
        lemmas and lemmas[-1] in _not_things() and ctx.russian is False
    ):
        return None
    runs = not _listed("running").isdisjoint(lemmas)  # "four weekly services"
    if number.scale == 1 and number.value <= 6 and _parties_meant(lemmas) and not runs:
        return None
    if number.value <= 12 and number.scale == 1 and lemmas and lemmas[-1] in _children():
        return None  # somebody's family
    if number.value == 1 and number.scale == 1 and number.form == "words":
        return quantity if _opens_range(ctx, number, i) else None
    if lemmas and lemmas[0] in ("раз", "tim") and not _each_week(ctx, number.last):
        return _trips(ctx, quantity, noun[0]) if number.scale >= 1000 else None
    if fold(ctx.tokens[number.first].text) in ("twice", "thrice", "дважды", "трижды"):
        noun = (number.first,) if _WEEKLY.match("times " + _after(ctx, i)) else ()
        if not noun:
            return None
    if not noun:
        return quantity
    rules = quantity.rules | {"unit": f"counted {' '.join(lemmas)}"}
    last = noun[-1] + 1
    return replace(
        quantity,
        unit="count",
        last=last,
        end=max(quantity.end, ctx.tokens[noun[-1]].end),
        noun=noun,
        rules=rules,
    )


def counts_time(ctx: Context, i: int) -> bool:
    """Whether what is counted from ``i`` on is time, or of the other things that make no figure."""
    noun = counted_phrase(ctx, i)
    return any(ctx.tokens[k].lemma in _not_things() for k in noun[:2])


def _opens_range(ctx: Context, number: Number, i: int) -> bool:
    """As "от одного до двух миллиардов": one, where a range begins with it."""
    before = fold(ctx.tokens[number.first - 1].text) if number.first else ""
    after = fold(ctx.tokens[i].text) if i < len(ctx.tokens) else ""
    return before in ("от", "from") and after in ("до", "to")


def _trips(ctx: Context, quantity: Quantity, word: int) -> Quantity:
    """As "въезжали 1,2 миллиона раз": how often people came, whoever they were."""
    rules = quantity.rules | {"unit": "so many times"}
    end = ctx.tokens[word].end
    return replace(
        quantity, unit="count", last=word + 1, end=end, like="tourism.visitors", rules=rules
    )


def _each_week(ctx: Context, i: int) -> bool:
    """As "three times a week", "семь раз в неделю": how often a service runs."""
    before = ctx.folded[: ctx.at(ctx.tokens[i - 1].start)][-60:] if i else ""
    return bool(_WEEKLY.match(_after(ctx, i)) or _A_WEEK.search(before))


def _after(ctx: Context, i: int) -> str:
    return ctx.folded[ctx.at(ctx.tokens[i].start) :] if i < len(ctx.tokens) else ""


def _after_first(ctx: Context, number: Number) -> bool:
    """As "the first four suspects", "первые две станции": some of them, and no count."""
    before = fold(ctx.tokens[number.first - 1].text) if number.first else ""
    return number.scale == 1 and number.value <= 10 and before in _listed("firsts")


def _ordinal_follows(ctx: Context, number: Number) -> bool:
    """As "пятьдесят четвёртом заседании": the last word of a compound is an ordinal."""
    if number.form != "words" or number.last >= len(ctx.tokens):
        return False
    return ctx.tokens[number.last].lemma in _listed("ordinals")


def _parties_meant(lemmas: Sequence[str]) -> bool:
    """As "two countries", "the five heads of state": the parties, and no number of things."""
    return any(word in _party_things() for word in lemmas)


def _hyphenated(ctx: Context, i: int) -> bool:
    """As "a 100-volume collection": an adjective made with a number."""
    glued = ctx.tokens[i].start == ctx.tokens[i - 1].end
    return (
        glued
        and ctx.tokens[i].text in ("-", "\u2011")
        and i + 1 < len(ctx.tokens)
        and (ctx.tokens[i + 1].kind == "word" and ctx.tokens[i + 1].start == ctx.tokens[i].end)
    )


def counted_phrase(ctx: Context, i: int) -> tuple[int, ...]:
    """Return the tokens from ``i`` that may name the thing counted, up to a word that ends it."""
    i = _after_owner(ctx, i)
    found: list[int] = []
    for k in range(i, min(i + 7, len(ctx.tokens))):
        token, form = ctx.tokens[k], fold(ctx.tokens[k].text)
        opening = token.text in ('"', "«", "“") and not found
        joining = len(found) == 1 and form in ("and", "и") and not ctx.russian
        if _tells(ctx, k, first=not found) or is_number_word(form):
            break
        if token.kind == "word" and (
            form not in stops()
            or (k == i and (form in _listed("participles") or _compound(ctx, k)))
        ):
            found.append(k)
            if ctx.russian and len(found) >= 4:
                break
        elif not opening and not joining:
            break
    return tuple(found)


def _compound(ctx: Context, k: int) -> bool:
    """As "850,000 work patents": a noun, and no verb of those counted."""
    following = [t.lemma for t in ctx.tokens[k + 1 : k + 2]]
    return not _listed("papers").isdisjoint(following)


def _tells(ctx: Context, k: int, *, first: bool) -> bool:
    """As "596,000 Kyrgyz stayed in Russia", "ещё 40 зачислены": a verb, and no part of a phrase."""
    form = fold(ctx.tokens[k].text)
    if CYRILLIC.search(form):
        return grammar(form)[1] in ("VERB", "PRTS", "INFN") and form not in _listed("participles")
    if not form.endswith("ed") or k + 1 >= len(ctx.tokens) or form in _listed("participles"):
        return False
    after = ctx.tokens[k + 1]
    return after.kind != "word" or fold(after.text) in stops()


def _after_owner(ctx: Context, i: int) -> int:
    """As "1.2 million of your citizens": skip to the thing; "two of the five" has none."""
    if i + 2 >= len(ctx.tokens) or fold(ctx.tokens[i].text) not in ("of", "из"):
        return i
    words = [fold(t.text) for t in ctx.tokens[i + 1 : i + 4]]
    skipped = 1 + (2 if words[1:2] == ["'s"] else words[0] in _listed("owners"))
    skipped += len(words) > skipped - 1 and is_number_word(words[skipped - 1])
    return i + skipped if skipped > 1 else i


@cache
def stops() -> frozenset[str]:
    return frozenset(load("heads")["stops"].split())


@cache
def _not_things() -> frozenset[str]:
    return frozenset(map(lemma_of_entry, load("numbers")["not_things"].split()))


@cache
def _party_things() -> frozenset[str]:
    return frozenset(map(lemma_of_entry, load("numbers")["party_things"].split()))


@cache
def _children() -> frozenset[str]:
    return _listed("children")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("heads")[name].split())
