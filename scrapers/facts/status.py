"""Whether a figure is a fact, a goal, an expectation or a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from scrapers.facts.amounts import MONEY, Quantity
from scrapers.facts.base_period import is_base
from scrapers.facts.evidence import Passage, reach_of_verb
from scrapers.facts.lemmas import grammar
from scrapers.facts.lexicon import Hit, Phrases, phrases
from scrapers.facts.words import load

LEAST = 0.35  # a word of the future farther than this says nothing of the figure
LEAST_BUILT = 0.15  # … but of what is to be built and paid for, the whole sentence tells
# A goal is told with words of the plan ("the aim is to build"): the goal decides.
_FORCE = {"target": 1.35, "forecast": 1.15, "planned": 1.0}
ROW = 14  # tokens at most in one of a row of short sentences ("Kazakhstan: 5 percent.")
_PAST_ENDINGS = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись", "но")
_GOODS = MONEY | {"t", "m3", "kWh", "barrel"}
_DUE = frozenset(("должен", "должна", "должно", "должны"))
_DONE = 0.4  # what a word of the past between them leaves


@dataclass(frozen=True, slots=True)
class Last:
    """The status of the figure before, and its sentence."""

    status: str = "actual"
    indicator: str = ""
    sentence: int = -9


def status_of(
    passage: Passage, amount: Quantity, indicator: str, last: Last, sentence: int
) -> tuple[str, str]:
    """Return the status and the word that decided it."""
    if is_base(passage, amount):
        return "actual", "what the fact is compared with"
    if _listed("now").intersection(passage.forms[amount.last : amount.last + 2]):
        return "actual", "told of now"
    built = indicator in _listed("built")
    best, status, word = LEAST_BUILT if built else LEAST, "actual", "no word of the future"
    for hit in [*passage.find(forward()), *_future_verbs(passage)]:
        near = reach_of_verb(passage, hit.first, hit.last, amount) * _FORCE[hit.value]
        if hit.last <= amount.first and _past_between(passage, hit.last, amount.first):
            near *= _DONE
        if hit.last <= amount.first and _part_done(passage, hit, amount):
            near *= _DONE
        if hit.first >= amount.last and (
            _of_next(passage, hit, amount) or told_of_now(passage, amount)
        ):
            near *= _DONE
        if hit.entry in _listed_whole("building") and _past_between(
            passage, hit.last, min(amount.last + 4, len(passage.tokens))
        ):
            continue  # "the construction of five schools took 11 billion"
        if hit.value == "target" and _done(passage, hit):
            continue
        if hit.first and passage.forms[hit.first - 1] in ("не", "not"):
            continue
        if hit.entry in _listed("of_money") and amount.unit not in MONEY:
            continue  # "committed offences"
        if hit.entry in _listed("of_goods") and amount.unit not in _GOODS:
            continue  # "земли отведено 40 гектаров"
        if near > best:
            best, status, word = near, hit.value, hit.entry
    if status == "actual":
        status, word = _carried(passage, amount, indicator, last, sentence, word)
    return fitting(status, indicator), word


def _future_verbs(passage: Passage) -> list[Hit[str]]:
    """Return the Russian verbs of the future that no list names: what is done is planned."""
    if not passage.ctx.russian:
        may = [i for i, t in enumerate(passage.tokens) if t.text in ("may", "could", "might")]
        told = [i for i in may if i and passage.forms[i - 1] not in ("and", "or", "but", "who")]
        told = [i for i in told if passage.forms[i + 1 : i + 2] != ["not"]]
        return [Hit(i, i + 1, "forecast", passage.forms[i]) for i in told]
    known = {i for hit in passage.find(forward()) for i in range(hit.first, hit.last)}
    found = []
    for i, form in enumerate(passage.forms):
        able = form in ("может", "могут") and i + 1 < len(passage.forms)
        if able and i not in known and grammar(passage.forms[i + 1])[1] == "INFN":
            found.append(Hit(i, i + 2, "forecast", f"{form} {passage.forms[i + 1]}"))
        due = form in _DUE and passage.lemmas[i + 1 : i + 2]
        if due and i not in known and due[0] in _changing():
            found.append(Hit(i, i + 2, "forecast", f"{form} {due[0]}"))
        if i in known or not form.endswith(("т", "тся")) or grammar(form)[3] != "futr":
            continue
        grows = passage.lemmas[i] in _changing() or form.endswith("тся")
        status = "forecast" if grows else "planned"
        found.append(Hit(i, i + 1, status, f"{form}, future"))
    return found


def _of_next(passage: Passage, hit: Hit[str], amount: Quantity) -> bool:
    """Whether a word of the future after a comma speaks of a number that follows it."""
    if "," not in passage.forms[amount.last : hit.first]:
        return False
    return any(0 <= a.first - hit.last <= 8 for a in passage.amounts if a is not amount)


def told_of_now(passage: Passage, amount: Quantity) -> bool:
    """As "stood at 15 and is to reach", "к уже открытым пяти": a word of what is stands close."""
    close = passage.forms[max(0, amount.first - 4) : amount.first]
    behind = passage.forms[amount.last : amount.last + 2]
    now = _listed("now").intersection(close + behind)
    return bool(now) or any(map(_is_past, close))


def _done(passage: Passage, hit: Hit[str]) -> bool:
    """As "raised to", "вышла на": what was aimed at has been reached."""
    form = passage.forms[hit.first]
    if form in _listed("done_verbs"):
        return True
    return hit.entry.endswith((" на", " до")) and grammar(form)[3] == "past"


def _carried(
    passage: Passage, amount: Quantity, indicator: str, last: Last, sentence: int, word: str
) -> tuple[str, str]:
    """Return the status of the row or passage that a figure belongs to."""
    close = passage.forms[max(0, amount.first - 4) : amount.first]
    if _listed("now").intersection(close + passage.forms[amount.last : amount.last + 2]):
        return "actual", word
    alike = last.status != "actual" and last.indicator == indicator
    after = min(amount.last + 2, len(passage.tokens))
    past = _past_between(passage, 0, amount.first) or _past_between(passage, amount.last, after)
    if alike and last.sentence == sentence and not past:
        return last.status, "as the figure before"
    done = any(form.endswith("ed") for form in passage.forms)
    present = not done and not _past_between(passage, 0, len(passage.tokens))
    present = present and not _listed("present").intersection(passage.forms)
    row = alike and sentence - last.sentence == 1 and present and len(passage.tokens) <= ROW
    if row and (last.status == "forecast" or _is_line(passage)):
        return last.status, "as the figure before"
    near = last.status == "planned" and sentence - last.sentence <= 2
    if near and present and indicator in _listed("built"):
        return "planned", "as the figure before"
    earlier = passage.before
    if earlier is not None and not earlier.amounts:
        told = [h for h in earlier.find(forward()) if h.value == "forecast"]
        if told and present:
            return "forecast", f"{told[0].entry} before"
    return "actual", word


def _part_done(passage: Passage, hit: Hit[str], amount: Quantity) -> bool:
    """As "it will lend 90 million, of which 38 were given": a part that is a fact already."""
    between = " ".join(passage.forms[hit.last : amount.first])
    after = range(amount.last, min(amount.last + 4, len(passage.forms)))
    told = any(_is_past(passage.forms[i]) for i in after)
    return told and any(part in between for part in ("of which", "of them", "из которых", "из них"))


def tells_no_fact(passage: Passage) -> bool:
    """As "Выделено 250 тысяч тонн": no verb tells what was done, or goes on now."""
    if _listed("now").intersection(passage.forms) or _listed("present").intersection(passage.forms):
        return False
    return not any(_is_past(form) and not form.endswith("но") for form in passage.forms)


def _is_line(passage: Passage) -> bool:
    """As "- Samarkand – Omsk: 5 flights": a line of a list."""
    return passage.forms[0] in ("-", "•", "*", "·") or ":" in passage.forms[:8]


def tells_of_past(passage: Passage) -> bool:
    """Whether a verb of the sentence tells of the past."""
    ahead = {i for hit in passage.find(forward()) for i in range(hit.first, hit.last)}
    for i, form in enumerate(passage.forms):
        ended = form.endswith("ed") and passage.forms[max(0, i - 1)] not in ("is", "are", "be")
        if i not in ahead and (ended or _is_past(form)):
            return True
    return False


def _past_between(passage: Passage, start: int, end: int) -> bool:
    """Whether a verb tells of the past between two tokens."""
    return any(_is_past(passage.forms[i]) for i in range(start, end))


@cache
def _is_past(form: str) -> bool:
    if form in _listed("past"):
        return True
    if not form.endswith(_PAST_ENDINGS) or len(form) < 4:
        return False
    told = grammar(form)
    return told[3] == "past" and told[1] in ("VERB", "PRTS")


def is_ahead(iso: str | None, published: date | None) -> bool:
    """Whether a period begins after the year of publication."""
    return bool(iso and published) and str(iso)[:4] > str(published)[:4]


def status_ahead(passage: Passage, indicator: str) -> str:
    """Return the status of a figure whose own period lies ahead: it is no fact."""
    agreed = _listed("agreed").intersection(passage.lemmas)
    allotted = indicator.startswith(tuple(_listed("allotted")))
    return fitting("target" if agreed else "planned" if allotted else "forecast", indicator)


def fitting(status: str, indicator: str) -> str:
    """Flows that nobody builds are expected; things that somebody builds are planned."""
    if status == "planned" and indicator in _listed("expected"):
        return "forecast"
    if status == "forecast" and indicator in _listed("built"):
        return "planned"
    return status


@cache
def _listed_whole(name: str) -> frozenset[str]:
    return frozenset(entry.strip() for entry in load("status")[name].split("|"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("status")[name].split())


@cache
def _changing() -> frozenset[str]:
    told = (load(name)[key] for name, key in (("measures", "up"), ("measures", "down")))
    return frozenset(" ".join((*told, load("status")["changing"])).split())


@cache
def forward() -> Phrases[str]:
    """Words and phrases of the future, by the status that they give."""
    lexicon = load("status")
    return phrases(
        (" ".join(entry.split()), status)
        for status in ("target", "forecast", "planned")
        for entry in lexicon[status].split("|")
        if entry.strip()
    )
