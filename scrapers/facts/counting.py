"""Which events a line tells for their own sake, and which only in passing."""

from __future__ import annotations

from datetime import date

from scrapers.facts.mentions import Mention, one_of_words, words
from scrapers.facts.outcome import OF_RESULTS
from scrapers.facts.proposals import proposed_before
from scrapers.facts.reading import Line
from scrapers.facts.told import Told
from scrapers.facts.when import When

_QUOTES = frozenset(("«", "“", '"'))


def counts(told: Told) -> bool:
    """Whether an event is told for its own sake, and not in passing."""
    mention, line = told.mention, told.mention.line
    if line.has(one_of_words("passing"), max(0, mention.first - 2), mention.head + 1):
        return told.when is not None and told.named
    if line.has(one_of_words("audiences"), mention.head, min(len(line.tokens), mention.last + 4)):
        return False
    if _wished(mention) or (mention.rule in words("openings") and not _is_occasion(mention)):
        return False
    if mention.how == "verb":
        return _verb_counts(told)
    if told.rules["status"] == OF_RESULTS and mention.ordinal:
        return True
    if told.lead or told.when is not None or is_thanked(mention):
        return True
    if mention.type in ("talks", "visit", "call"):
        named = told.rules["areas"] != "topic of the release"
        both = told.rules["areas"] in _BOTH
        if both and line.turn is None and (has_been(mention) or _paid(mention)):
            return True
        return told.definite or (_realised(mention) and (named or line.turn is not None))
    return told.definite or _comes_about(told)


def _verb_counts(told: Told) -> bool:
    """A verb counts where it leads the release, or is dated and names both sides itself."""
    rule = told.mention.rule
    if told.lead or told.mention.type == "ceremony" or rule in words("telling"):
        return True
    line = told.mention.line
    if told.rules["areas"] in _BOTH and line.turn is None and told.status == "held":
        return True
    near = told.when is not None and _is_near(told.when, line)
    completed = told.rules["areas"] in ("its line and the release", "topic of the release")
    completed = completed and not (near and _names_a_side(told.mention))
    alone = completed and told.mention.type != "visit" and not rule.startswith("we ")
    return told.when is not None and not alone


def _names_a_side(mention: Mention) -> bool:
    """Whether a verb's object speaks for one of our states: "met with the premier of Russia"."""
    return any(mention.first <= m.first < mention.last for m in mention.line.parties)


_BOTH = ("its own words", "its line")


_DAYS = 10


def _is_near(when: When, line: Line) -> bool:
    """Whether a date is a day of the days before the release."""
    if len(when.iso) != 10 or line.published is None:
        return False
    return 0 <= (line.published - date.fromisoformat(when.iso)).days <= _DAYS


def _wished(mention: Mention) -> bool:
    """Whether an event is only proposed: that is an initiative."""
    cue = proposed_before(mention.line, mention.head)
    if cue is None:
        return False
    held = mention.line.has(one_of_words("holding"), cue.first, mention.first + 1)
    return held is not None or mention.first - cue.last <= 2


def _is_occasion(mention: Mention) -> bool:
    """Whether a line tells of an opening as of an event, and not of a thing that opens."""
    line = mention.line
    return (
        line.has(one_of_words("occasions"), max(0, mention.first - 10), mention.first) is not None
    )


def is_thanked(mention: Mention) -> bool:
    return mention.line.has(one_of_words("thanks"), 0, mention.last) is not None


def _realised(mention: Mention) -> bool:
    """Whether somebody is told to have had it: "had a very detailed conversation"."""
    line = mention.line
    return line.has(one_of_words("having"), max(0, mention.first - 4), mention.first) is not None


def _paid(mention: Mention) -> bool:
    """Whether a visit is told by who pays it, and of what rank: "Rahmon’s state visit to"."""
    keys = mention.line.keys[max(0, mention.first - 2) : mention.last]
    return mention.type == "visit" and any(key in words("ranks") for key in keys)


def has_been(mention: Mention) -> bool:
    """Whether a verb beside an event says that it took place."""
    line = mention.line
    low, high = max(0, mention.first - 4), min(len(line.tokens), mention.last + 5)
    return line.has(one_of_words("happened"), low, high) is not None


def _comes_about(told: Told) -> bool:
    """Whether a verb beside an event says that it takes place, and its phrase says which it is."""
    mention, line = told.mention, told.mention.line
    low, high = max(0, mention.first - 8), min(len(line.tokens), mention.last + 12)
    if line.has(one_of_words("listing"), 0, mention.first) and mention.last - mention.head > 1:
        return True
    verb = line.has(one_of_words("happened"), low, high) or line.has(
        one_of_words("future"), low, high
    )
    quoted = any(line.tokens[i].text in _QUOTES for i in range(mention.first, mention.last))
    if told.named and (quoted or mention.ordinal):
        return True
    if told.rules["areas"].startswith("body") and mention.type == "summit":
        return True
    which = mention.ordinal or told.named or mention.last - mention.first > 2
    return bool(verb and which)
