"""Whose figure it is: the side whose statistics a sentence tells.

The text's attribution decides first (an institution that tells, here or just before), then the
speaker of a transcript, then the publisher's home. Data is `lexicon/attribution.yml`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from scrapers.facts import cached_re as re
from scrapers.facts.lemmas import fold
from scrapers.facts.sentences import sentences
from scrapers.facts.speakers import Turn
from scrapers.facts.words import load
from warehouse.fields import CENTRAL_ASIA, Release

LOOK_BACK = 3  # sentences that an attribution reaches forward


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose figure it is, and what decided: text, speaker, official or publisher."""

    reporter: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Telling:
    """An institution that tells, in one sentence; ``side`` is None where it is of no side."""

    side: str | None
    word: str


def attribute(release: Release, start: int, ref_area: str, turn: Turn | None) -> Attribution:
    """Return whose figure it is that stands at ``start``, on the area ``ref_area``.

    ``turn`` is the speaker's turn in a transcript that holds the place, if any.
    """
    told = telling_near(release, start, ref_area, spoken=turn is not None)
    if told is not None:
        return Attribution(told.side, f"text: {told.word}")
    if turn is not None and turn.area:
        return Attribution(turn.area, "speaker")
    home, official = publisher(release.source, release.url)
    return Attribution(home, "official" if official else "publisher")


@lru_cache(maxsize=8)
def spans(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return start, end and paragraph of each sentence."""
    return tuple((s.start, s.end, s.paragraph) for s in sentences(text))


def telling_near(release: Release, start: int, ref_area: str, *, spoken: bool) -> Telling | None:
    """Return the institution that tells in a sentence, else the nearest shortly before it."""
    places = spans(release.text)
    here = max(0, bisect_right(places, (start, len(release.text) + 1, 0)) - 1)
    here = here if places and places[here][0] <= start < places[here][1] else 0
    home = publisher(release.source, release.url)[0]
    for back, (begin, end, _) in enumerate(reversed(places[max(0, here - LOOK_BACK) : here + 1])):
        sentence = fold(release.text[begin:end])
        if told := telling(sentence, ref_area, home):
            return told
        if back == 0 and (spoken or pattern("own").search(sentence)):
            return None  # a speaker speaks for himself
    return None


@lru_cache(maxsize=256)  # the figures of a sentence look back at the same ones
def telling(sentence: str, ref_area: str, home: str | None) -> Telling | None:
    """Return who tells in one folded sentence, or None where nobody is named.

    Of several, the one nearest to a word of telling counts.
    """
    cues = [m.start() for m in pattern("telling").finditer(sentence)]
    if not cues or pattern("own").search(sentence):
        return None
    named = list(institutions(sentence, ref_area, home))
    if not named:
        return None
    return min(named, key=lambda n: (min(abs(n[0] - cue) for cue in cues), n[0]))[1]


def institutions(sentence: str, ref_area: str, home: str | None) -> list[tuple[int, Telling]]:
    found = []
    for area, words in inherent().items():
        found += [(m.start(), Telling(area, m[0])) for m in words.finditer(sentence)]
    found += [(m.start(), Telling(None, m[0])) for m in pattern("of_no_one").finditer(sentence)]
    if not found:
        for match in pattern("generic").finditer(sentence):
            side = side_beside(sentence, match, ref_area)
            side = side or default_side(ref_area, home, match[0])
            found.append((match.start(), Telling(side, match[0])))
    return found


def side_beside(sentence: str, match: re.Match[str], ref_area: str) -> str | None:
    """Return the side of the country, or capital, that stands nearest to an institution.

    Only within one stretch between commas: "studies in Russia, the minister said" says nothing.
    """
    left = re.split(STOP, sentence[: match.start()])[-1][-CLOSE:]
    right = re.split(STOP, sentence[match.end() :])[0][:CLOSE]
    near: list[tuple[int, str]] = []
    groups = [*by_area("states").items(), *by_area("capitals").items()]
    for area, words in [*groups, (ref_area, pattern("of_area"))]:
        near += [(len(left) - hit.end(), area) for hit in words.finditer(left)]
        near += [(hit.start(), area) for hit in words.finditer(right)]
    return min(near)[1] if near else None


STOP = r"[,;:()–—]"
CLOSE = 30  # characters between an institution and its country: "of the Republic of"


def default_side(ref_area: str, home: str | None, word: str) -> str | None:
    """Return the side of an institution without country: that of the publisher's home.

    Abroad, "the National Bank" is that of the state the release is about.
    """
    if home in ("RU", ref_area, "EAEU"):
        return home
    return ref_area if home is None and word.startswith(("national", "нац")) else None


@lru_cache(maxsize=4096)
def publisher(source: str, url: str) -> tuple[str | None, bool]:
    """Return the side that a publisher is at home in, and whether it speaks for its state."""
    lexicon = load("attribution")
    host = urlsplit(url).netloc.lower()
    names = {source.lower(), *(part for part in re.split(r"[/\s]+", source.lower()) if part)}
    for group, official in (("official", True), ("press", False)):
        for area, known in lexicon[group].items():
            if names & set(known) or any(host == k or host.endswith("." + k) for k in known):
                return str(area), official
    if names & set(lexicon["of_no_side"]) or any(k in host for k in lexicon["of_no_side"]):
        return None, False
    ending = (host or source.lower()).rsplit(".", 1)[-1]
    return lexicon["domains"].get(ending), False


@cache
def pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(fold, load("attribution")[name])) + ")")


@cache
def inherent() -> dict[str, re.Pattern[str]]:
    return by_area("inherent")


@cache
def by_area(group: str) -> dict[str, re.Pattern[str]]:
    areas = load("attribution")[group]
    unknown = set(areas) - {"RU", "EAEU", *CENTRAL_ASIA}
    if unknown:
        raise ValueError(f"lexicon/attribution.yml: {group}: no side {sorted(unknown)}")
    return {
        str(area): re.compile(r"\b(?:" + "|".join(map(fold, words)) + ")")
        for area, words in areas.items()
    }
