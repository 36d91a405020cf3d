"""Whose figure it is: the side whose statistics a sentence tells, and who speaks.

The text's attribution decides first (an institution that tells, here or just before), then the
speaker of a transcript, then the publisher's home. Data is `lexicon/attribution.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from scrapers.facts.tokens import fold, sentences
from scrapers.facts.words import load
from warehouse.fields import CENTRAL_ASIA, Release

LOOK_BACK = 3  # sentences that an attribution reaches forward
LABEL = re.compile(
    r"^(?P<label>(?:[A-ZА-ЯЁ][^:.!?\n]{1,70}|[А-ЯЁA-Z]\.\s?[А-ЯЁA-Z][^:.!?\n]{1,40}))"
    r"(?:\s*\((?:retranslated|как переведено|в переводе)\))?:\s+\S"
)
NO_SPEAKER = re.compile(
    r"(?i)^(question|вопрос|из стенограммы|ответ|answer|beginning|начало|p\.?s)"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, whose figure it is, and what decided: text, speaker, official or publisher."""

    speaker: str | None
    reporter: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Telling:
    """An institution that tells, in one sentence; ``side`` is None where it is of no side."""

    side: str | None
    word: str


def attribute(release: Release, start: int, ref_area: str) -> Attribution:
    """Return whose figure it is that stands at ``start``, on the area ``ref_area``.

    >>> attribute(release, text.index("$1.5 billion"), "TJ").reporter  # doctest: +SKIP
    'TJ'
    """
    places = spans(release.text)
    here = next((i for i, s in enumerate(places) if s[0] <= start < s[1]), None)
    speaker = speaker_at(release.text, start)
    if here is not None:
        told = telling_near(release, places, here, ref_area, spoken=speaker is not None)
        if told is not None:
            return Attribution(speaker, told.side, f"text: {told.word}")
    if speaker is not None and (side := side_of_speaker(speaker)):
        return Attribution(speaker, side, "speaker")
    home, official = publisher(release.source, release.url)
    return Attribution(speaker, home, "official" if official else "publisher")


@lru_cache(maxsize=8)
def spans(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return start, end and paragraph of each sentence."""
    return tuple((s.start, s.end, s.paragraph) for s in sentences(text))


def telling_near(
    release: Release,
    places: Sequence[tuple[int, int, int]],
    here: int,
    ref_area: str,
    *,
    spoken: bool,
) -> Telling | None:
    """Return the institution that tells in this sentence, else the nearest before it."""
    text = fold(release.text)
    own = text[places[here][0] : places[here][1]]
    home = publisher(release.source, release.url)[0]
    if told := telling(own, ref_area, home):
        return told
    if spoken or pattern("own").search(own):
        return None  # a speaker speaks for himself
    for before in range(here - 1, max(-1, here - 1 - LOOK_BACK), -1):
        sentence = text[places[before][0] : places[before][1]]
        if told := telling(sentence, ref_area, home):
            return told
    return None


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
            side = side_beside(sentence, match, ref_area) or default_side(ref_area, home)
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


def default_side(ref_area: str, home: str | None) -> str | None:
    """Return the side of an institution without country: that of the publisher's home."""
    return home if home in ("RU", ref_area, "EAEU") else None


def speaker_at(text: str, start: int) -> str | None:
    """Return the label of the speaker whose words stand at ``start`` of a transcript."""
    speaker = None
    for paragraph in re.split(r"\n\s*\n", text[: start + 1]):
        label = LABEL.match(paragraph)
        if label and is_person(label["label"]):
            speaker = label["label"].strip()
        elif NO_SPEAKER.match(paragraph):
            speaker = None
    return speaker


def is_person(label: str) -> bool:
    """Whether a label before a colon is a name, with or without a title: capitals throughout."""
    words = [w for w in re.findall(r"[\w'’-]+", label) if len(w) > 3]
    named = 1 <= len(words) <= 9 and all(w[0].isupper() for w in words)
    return named and (len(words) > 1 or bool(side_of_speaker(label)))


def side_of_speaker(label: str) -> str | None:
    folded = fold(label)
    for group in ("people", "states"):
        for area, words in by_area(group).items():
            if words.search(folded):
                return area
    return None


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
