"""What was done with a document: signed, adopted, initialled, ratified, or only prepared."""

from __future__ import annotations

from collections.abc import Sequence

from scrapers.facts.lemmas import grammar
from scrapers.facts.lexicon import Hit
from scrapers.facts.paper_dates import date_near, own_date
from scrapers.facts.papers import actions, is_item, listed, nouns
from scrapers.facts.reading import Line, Story, is_russian
from scrapers.facts.signing import JUBILEE
from scrapers.facts.when import When
from scrapers.facts.words import load

_REACH = 22  # tokens between a document and the verb that tells its fate


Deed = tuple[str, str, When | None]  # what was done, the word that says so, and when


def action_of(story: Story, line: Line, first: int, last: int, hit: Hit[str]) -> Deed | None:
    """Return what was done with a document; None if nothing."""
    when = own_date(line, first, last)
    drafts = load("agreements")["drafts"]
    if any(form in drafts for form in line.keys[max(0, first - 1) : hit.first]):
        return "prepared", "a draft", None
    if (best := _verb(line, first, last)) is not None:
        return _by_verb(line, best[0], when, last)
    if (deed := _of_its_list(line, hit)) is not None:
        return deed
    if when is not None and hit.value != "package":
        return "signed", "its date", when
    return _in_force(line, hit) or _heading(story, line, first, last, hit)


def _by_verb(line: Line, verb: Hit[str], when: When | None, last: int = 0) -> Deed:
    if line.has(listed("jubilees"), max(0, verb.first - 4), verb.first):
        return verb.value, JUBILEE, None
    coming = _coming(line, verb) or (last > verb.last and _slated(line, verb, last))
    if verb.value in ("signed", "adopted") and coming:
        return "prepared", f"to come: {verb.entry}", when or date_near(line, verb)
    if verb.value == "prepared":
        return verb.value, verb.entry, None
    if verb.value == "ratified":
        return verb.value, verb.entry, date_near(line, verb)
    return verb.value, verb.entry, when or date_near(line, verb)


def _of_its_list(line: Line, hit: Hit[str]) -> Deed | None:
    """Return what the line that opens a list says of all its members: "were signed: - …"."""
    if hit.first > _ITEM or not is_item(line):
        return None
    opener = line.before
    for _ in range(_MEMBERS):
        if opener is None or not is_item(opener):
            break
        opener = opener.before
    if opener is None or not opener.forms or opener.forms[-1] != ":":
        return None
    if not opener.find(nouns()) or not opener.find(actions()):
        return None
    verb = opener.find(actions())[-1]
    return _by_verb(opener, verb, None) if verb.value != "prepared" else None


_ITEM = 6  # tokens before the noun of a member of a list
_MEMBERS = 40


def _in_force(line: Line, hit: Hit[str]) -> Deed | None:
    if not line.has(listed("in_force")):
        return None
    if hit.value in ("plan", "programme", "roadmap"):
        return "adopted", "in force", None
    if hit.value not in ("agreement", "treaty", "contract"):
        return None
    if line.has(listed("enters")):  # the day it came into force is not that of its signing
        return "signed", "in force", None
    since = next((w for w in line.dates if w.kind in ("since", "at", "day")), None)
    return "signed", "in force", since


def _heading(story: Story, line: Line, first: int, last: int, hit: Hit[str]) -> Deed | None:
    """Return that a text is a document itself, where its first lines name one."""
    headed = hit.value in load("agreements")["headed"]
    if first != 0 or line.number >= 4 or last >= 9 or not headed:
        return None
    drafts = load("agreements")["drafts"]
    drafted = any(f in drafts for e in story.lines[:2] for f in e.keys[:2])
    dates = [w for line in story.lines[:4] for w in line.dates if w.kind == "day"]
    action = "prepared" if drafted else "adopted"
    return action, "heads the text", dates[0] if dates else None


def _verb(line: Line, first: int, last: int) -> tuple[Hit[str], int] | None:
    """Return the nearest word of signing or adopting, and how far it is."""
    best: tuple[Hit[str], int] | None = None
    for hit in line.find(actions()):
        gap = _gap(line, hit, first, last)
        if gap is not None and (best is None or gap < best[1]):
            best = (hit, gap)
    return best


def _gap(line: Line, hit: Hit[str], first: int, last: int) -> int | None:
    if first <= hit.first < last:
        return 0
    low, high = (hit.last, first) if hit.last <= first else (last, hit.first)
    stretch = line.forms[low:high]
    if hit.last <= first and _opens_list(stretch):
        return _REACH
    if len(stretch) > _REACH or any(f in (";", "while", "who", "whose") for f in stretch):
        return None
    if hit.last <= first and len(stretch) > 8 and not any(f in (",", "and", "и") for f in stretch):
        return None
    return len(stretch)


def _opens_list(stretch: Sequence[str]) -> bool:
    """Whether a colon leads from a verb to a list: "were signed: an agreement …, a protocol …"."""
    return ":" in stretch and stretch.index(":") <= _TO_LIST


_TO_LIST = 6  # tokens from a verb to the colon that opens its list


def _coming(line: Line, verb: Hit[str]) -> bool:
    """Whether a verb of signing is still to come true."""
    near = [h for h in line.find(listed("coming")) if 0 <= verb.first - h.last <= 3]
    if near:
        return any(_is_coming(line, hit) for hit in near)
    if any(0 <= verb.first - h.last <= 1 for h in line.find(listed("undertaken"))):
        return True
    i = verb.first
    return is_russian(line.tokens[i]) and grammar(line.forms[i])[3] == "futr"


def _slated(line: Line, verb: Hit[str], last: int) -> bool:
    """Whether the signing of a document is told to be planned: "the signing of … is planned"."""
    if line.keys[verb.first] not in _DEEDS:
        return False
    hits = [h for h in line.find(listed("slated")) if 0 <= h.first - last <= _SLATED]
    return any(_is_coming(line, hit) for hit in hits)


_DEEDS = frozenset(("signing", "adoption", "conclusion", "подписание", "принятие", "заключение"))
_SLATED = 8  # tokens from a document to what is planned of its signing


def _is_coming(line: Line, hit: Hit[str]) -> bool:
    if not is_russian(line.tokens[hit.first]):
        return True
    _, speech, _, tense, _ = grammar(line.forms[hit.first])
    return speech == "PRTS" or tense != "past"


def is_passive(line: Line, last: int) -> bool:
    """Whether what was done with a document stands right behind it: "… was signed"."""
    return any(0 <= h.first - last <= 5 for h in line.find(actions()))
