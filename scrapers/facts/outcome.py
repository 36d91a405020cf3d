"""Whether an event has been held or is still to come."""

from __future__ import annotations

from datetime import date

from scrapers.facts.lemmas import grammar
from scrapers.facts.lexicon import Hit
from scrapers.facts.mentions import Mention, one_of_words, words
from scrapers.facts.reading import Line, is_russian
from scrapers.facts.setting import is_half_ahead
from scrapers.facts.when import When

ARRIVED, PUT_OFF = "somebody has come for it", "it was put off"
OF_RESULTS = "its decision is told"
_REACH = 20  # tokens around an event in which its verb stands


def status_of(mention: Mention, when: When | None, published: date | None) -> tuple[str, str]:
    """Return the status of an event, and what decided it."""
    if mention.ordinal in words("leaning"):
        past = mention.ordinal in ("previous", "предыдущий", "прошлый")
        return ("held" if past else "scheduled"), f"word: {mention.ordinal}"
    here = any(key in words("here") for key in mention.before)
    if here and mention.type in ("visit", "talks"):
        return "held", "it is going on"
    if published is None:
        when = None
    today = published.isoformat() if published else ""
    if is_put_off(mention):
        return "scheduled", PUT_OFF
    if going_on(mention):
        return "held", "it is going on"
    if arrived_for(mention) and not (when and len(when.iso) == 10 and when.iso < today):
        return "scheduled", ARRIVED
    if when is not None and when.kind in ("day", "at") and when.said and when.iso[:10] > today:
        return "scheduled", "its date is to come"
    if when is not None and is_half_ahead(when, published):
        return "scheduled", "planned for a half"
    if when is not None and when.kind == "day" and when.iso[:10] != today:
        return ("scheduled" if when.iso[:10] > today else "held"), "its day"
    if when is not None and when.said and _ended(when.iso) < today[: len(_ended(when.iso))]:
        return "held", "its date is past"
    if mention.how == "verb" or (mention.how == "body" and ": " in mention.rule):
        return _by_its_verb(mention)
    if _after_one_of(mention, "decisions"):
        return "held", OF_RESULTS
    if _after_one_of(mention, "results"):
        return "held", "what came of it is told"
    coming, happened = _nearest(mention, "future"), _nearest(mention, "happened")
    if coming < happened:
        return "scheduled", "a word of the future"
    return "held", "nothing says that it is to come"


def _ended(iso: str) -> str:
    return iso.rpartition("/")[2]


def is_put_off(mention: Mention) -> bool:
    """Whether a line tells that an event was put off: when it will be is not known."""
    line = mention.line
    end = min(len(line.tokens), mention.last + 12)
    return line.has(one_of_words("put_off"), max(0, mention.first - 9), end) is not None


def going_on(mention: Mention) -> bool:
    """Whether a line says of an event that it goes on: "currently taking place"."""
    line = mention.line
    end = min(len(line.tokens), mention.last + 4)
    return line.has(one_of_words("ongoing"), mention.first, end) is not None


def arrived_for(mention: Mention) -> bool:
    """Whether somebody is told to have come for it: "arrived in Osh for the forum"."""
    line = mention.line
    if mention.type in ("visit", "talks", "call"):
        return False
    reach = line.has(one_of_words("arriving"), max(0, mention.first - 14), mention.first)
    aims = [h for h in line.find(one_of_words("aims")) if 0 <= mention.first - h.last <= 2]
    return reach is not None and bool(aims) and aims[-1].first >= reach.last - 1


def _after_one_of(mention: Mention, name: str) -> bool:
    """Whether what an event came to is told: "by decision of the 18th session"."""
    before = mention.line.keys[max(0, mention.first - 3) : mention.first]
    return any(key in words(name) for key in before)


def _by_its_verb(mention: Mention) -> tuple[str, str]:
    """A verb of meeting tells by its own form: "will meet", "соберётся"."""
    line = mention.line
    low = max(0, mention.first - 3)
    helpers = line.has(one_of_words("future"), low, mention.last)
    coming = any(_is_future(line, i) for i in range(mention.first, mention.last))
    if any(form in words("present") for form in line.forms[mention.first : mention.last]):
        helpers = helpers or line.has(one_of_words("future"))
    if coming or (helpers is not None and _fits(line, helpers.first, "future")):
        return "scheduled", "its verb"
    return "held", "its verb"


def _nearest(mention: Mention, name: str) -> int:
    """Return how far the nearest word of a list is, ``_REACH`` where there is none."""
    line = mention.line
    gaps = [
        _gap(mention, h.first, h.last)
        for h in line.find(one_of_words(name))
        if _fits(line, h.first, name) and not _tells_else(line, h, name)
    ]
    if name == "future":
        gaps += [_gap(mention, i, i + 1) for i in range(len(line.tokens)) if _is_future(line, i)]
    return min([g for g in gaps if g is not None], default=_REACH)


def _tells_else(line: Line, hit: Hit[str], name: str) -> bool:
    """Whether a word tells something else: "will be held" no past, "will contribute" no time."""
    if name == "happened":
        return hit.first > 0 and line.forms[hit.first - 1] in ("be", "to", "will")
    following = line.forms[hit.last : hit.last + 2]
    return hit.entry == "will" and any(form in words("effects") for form in following)


def _gap(mention: Mention, first: int, last: int) -> int | None:
    line = mention.line
    low, high = (last, mention.first) if last <= mention.first else (mention.last, first)
    if any(line.forms[i] in (";",) for i in range(low, max(low, high))):
        return None
    commas = sum(line.forms[i] == "," for i in range(low, max(low, high)))
    return min(_REACH, max(0, high - low) + 4 * commas)


def _fits(line: Line, i: int, name: str) -> bool:
    """Russian verbs tell by their tense; a lemma alone does not."""
    if not is_russian(line.tokens[i]):
        return True
    _, speech, _, tense, _ = grammar(line.forms[i])
    if speech == "PRTS":
        return True  # "запланирован": past in form alone
    return tense != ("past" if name == "future" else "futr")


def _is_future(line: Line, i: int) -> bool:
    if not is_russian(line.tokens[i]) or line.keys[i] in words("lasting") | words("effects"):
        return False
    return grammar(line.forms[i])[3] == "futr"
