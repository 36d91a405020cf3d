"""What narrows a figure by its wording: a part, an average, another partner, one project."""

from __future__ import annotations

from collections.abc import Iterator

from scrapers.facts import cached_re as re
from scrapers.facts.parties import STRONG, THIRD, mentions, named_in
from scrapers.facts.scope_lists import UPTO, Clause
from scrapers.facts.tokens import WORD, tokenize


def of_which(clause: Clause) -> Iterator[str]:
    """A part of the total before it: "including 600", "из них 600"."""
    lead = (
        r"(?:including|of them|of these|of whom|of which|among them|в том числе|из них|из которых)"
    )
    if re.search(rf"\b{lead}\s+{UPTO % 4}$", clause.before):
        yield "a part"


def averages(clause: Clause) -> Iterator[str]:
    """One of many: "the average transfer", "per capita"."""
    each = (
        r"\b(?:средн(?:ий|яя|ее|его|ей|ем)\b|в среднем|на душу|an? average|the average|average \w+)"
    )
    if re.search(each, clause.before[-60:]) or re.match(r"\s*(?:на душу|per capita)", clause.after):
        yield "average"


def travellers(clause: Clause) -> Iterator[str]:
    """Trips out to Russia, and visitors from everywhere: not those whom Russia sends."""
    said = f"{clause.before} {clause.quote} {clause.after}"
    if re.search(r"\b(?:(?:to|visit\w*) russia\b|в (?:россию|рф\b)|посети\w+ россию)", said):
        yield "to Russia"
    elif re.search(r"\b(?:foreign|иностран)", said) and not re.search(r"\b(?:росси|russia)", said):
        yield "all partners"
    if not re.search(r"\b(?:росси|russian)", clause.quote):
        yield from of_which(clause)


def peaks(clause: Clause) -> Iterator[str]:
    """What it was at its height, which is not what it is: "at its peak", "до пандемии"."""
    height = r"\b(?:at (?:its|the|their) (?:peak|height)|the peak|peaked|в пик\w*|на пике|пиков\w+"
    height += r"|до (?:пандеми|кризис|докризис)\w*|докризисн\w+|pre-(?:pandemic|crisis|covid)"
    height += r"|before the (?:pandemic|crisis))"
    if re.search(height, clause.whole):
        yield "at its height"


def newcomers(clause: Clause) -> Iterator[str]:
    """Those that were added, beside all that there are: "300 new ones were opened"."""
    things = r"(?:\w+ )?(?:compan|enterpr|firm|joint|ventur|branch"
    things += r"|предприят|компан|фирм|совместн|филиал)"
    added = (
        r"(?:открыл|открыт|появил|зарегистрир|создан|создал|opened|registered|set up|created|added)"
    )
    within = r"(?:за (?:\w+ ){0,2}(?:год|лет|полугод|квартал|месяц)\w*"
    within += r"|(?:last|this|over the) year|in \w+ years)"
    for pattern in (rf"\b(?:нов[а-я]+|new) {things}", rf"\b{within} {UPTO % 2}{added}"):
        if re.search(pattern, clause.before[-60:] + clause.after[:60]):
            yield "new ones"
            return
    if re.search(rf"\b{added}\w* {UPTO % 2}{within}", clause.after[:60]):
        yield "new ones"


def at_an_event(clause: Clause) -> Iterator[str]:
    took = r"\b(?:(?:take|takes|took|taken|taking) part|attend\w*|exhibit\w*"
    took += r"|прин[ия]\w+ участие|участву\w+|участвова\w+|съехал\w+|собрал\w+|экспонент\w*)"
    if re.search(took, clause.whole):
        yield "at an event"


def yearly(clause: Clause) -> Iterator[str]:
    """What is added each year, beside what there is."""
    if re.search(
        r"\b(?:every year|each year|annually|a year\b|ежегодно|каждый год|в год\b)", clause.whole
    ):
        yield "a year"


def pupils(clause: Clause) -> Iterator[str]:
    """Children at school, who are no students of universities."""
    near = f"{clause.before[-40:]} {clause.quote} {clause.after[:40]}"
    if re.search(r"\b(?:child|schoolchild|pupils?\b|школьник|дет(?:ей|и|ям)\b|ученик)", near):
        yield "at school"


def all_partners(clause: Clause) -> Iterator[str]:
    """The whole world's, where no partner is named in the clause: "from abroad".

    Or where the words go on about all of it: "Russia's share of what came from abroad, in all".
    """
    abroad = r"\b(?:from abroad|from all (?:countries|over)|из-за (?:рубежа|границы)|со всеми)\b"
    wholly = rf"{abroad},? (?:котор\w+|всего|which (?:came|amounted|totall?ed)|in all)\b"
    named = re.search(r"\b(?:росси|russia|рф\b)", clause.whole)
    if re.search(wholly if named else abroad, clause.whole):
        yield "all partners"


def other_partner(clause: Clause) -> Iterator[str]:
    """A third country's, where the clause names one and not Russia: "Germany has invested"."""
    known = named_in(WORD.findall(clause.whole))
    if known is None:
        known = [(m.code, m.kind) for m in mentions(tokenize(clause.whole))]
    named = {code for code, kind in known if kind in STRONG}
    if THIRD in named and not named & {"RU", "EAEU", "CIS"}:
        yield "another partner"


PRONOUN = r"\b(?:с (?:ним|ней|нею|ними)|with (?:it|them))\b"


def pronoun_partner(clause: Clause, sentence: str) -> list[str]:
    """A pronoun's, where the sentence before names several states and Russia is none of them."""
    if not re.search(PRONOUN, clause.before[-80:]):
        return []
    states = {m.code for m in mentions(tokenize(sentence)) if m.kind in STRONG}
    return ["another partner"] if len(states) > 1 and not states & {"RU", "EAEU"} else []


def stage(clause: Clause) -> Iterator[str]:
    """Projects that are done, beside those of today: "114 projects have been completed"."""
    done = r"\b(?:(?<!being )completed"
    done += r"|(?:have|has|had|were|was) (?:already )?(?:been )?(?:implemented|carried out)"
    done += r"|завершен[оы]?\b|завершили|реализован[оы]?\b|реализовали|введен[оы]\b)"
    if re.search(done, f"{clause.before[-60:]} {clause.quote} {clause.after[:40]}"):
        yield "completed"


def one_project(clause: Clause) -> Iterator[str]:
    this = r"(?:in|into) (?:(?:this|that|the) (?:project|plant|facility)|them\b)"
    this += r"|в (?:этот|данный|этом) проект|в них\b"
    if re.search(rf"\b(?:{this})", clause.whole):
        yield "one project"


def contracts(clause: Clause) -> Iterator[str]:
    if re.search(r"\b(?:contract|deal\b|deals\b|контракт|сделк)", clause.whole):
        yield "contracts"
