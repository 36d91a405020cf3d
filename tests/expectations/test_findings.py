from datetime import UTC, datetime, timedelta

import pytest

from expectations.corrections import curate, load_corrections
from expectations.detect import detect
from expectations.findings import fold, identity, judged, lived
from expectations.pool import Pool
from expectations.syndication import echoes
from tests.expectations.sample import figure, release, russian, uzbek

AT = datetime(2024, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def found(*figures):
    pool = Pool(figures=figures, fresh=frozenset(f.figure_id for f in figures))
    return detect(pool)[0]


def life(*nights, echo=False):
    """Let nights of figures pass; each sees all before it. Returns the events."""
    events, seen = [], []
    for n, figures in enumerate(nights):
        seen += figures
        known = fold(events).values()
        at = AT + n * DAY
        new = lived(found(*seen), known, run_id=str(n), at=at, echo=lambda new, old: echo)
        events += list(new)
    return events


PAIR = [uzbek(8e9), russian(9.8e9)]
WITNESS = [uzbek(8e9, source="daryo", url="https://daryo.uz/1")]


def test_a_finding_opens_once_and_gains_witnesses():
    events = life(PAIR, WITNESS, [])
    assert [e.event for e in events] == ["opened", "witness_added"]
    [finding] = fold(events).values()
    assert finding.state == "open"
    assert finding.ids == {f.figure_id for f in PAIR + WITNESS}


def test_two_runs_that_race_open_one_finding():
    one, other = (life(PAIR)[0] for _ in range(2))
    assert (one.event_id, one.finding_id) == (other.event_id, other.finding_id)


def test_identity_does_not_hang_on_the_order_of_ingestion():
    forth, back = found(*PAIR)[0], found(*reversed(PAIR))[0]
    assert identity(forth) == identity(back)


def test_resolved_reopens_by_new_evidence_and_not_by_an_echo():
    events = life(PAIR)
    [finding] = fold(events).values()
    events.append(judged(finding, "resolved", at=AT + DAY, actor="editor", reason="re-exports"))
    [finding] = fold(events).values()
    assert finding.state == "resolved"
    assert not finding.standing
    again = found(*PAIR, *WITNESS)
    for echo, state in ((True, "resolved"), (False, "open")):
        more = lived(again, [finding], run_id="2", at=AT + 2 * DAY, echo=lambda n, o, e=echo: e)
        [after] = fold([*events, *more]).values()
        assert after.state == state


def test_acknowledged_stays_so_when_witnesses_join():
    events = life(PAIR)
    [finding] = fold(events).values()
    events.append(judged(finding, "acknowledged", at=AT + DAY, actor="editor"))
    known = fold(events).values()
    at = AT + 2 * DAY
    more = lived(found(*PAIR, *WITNESS), known, run_id="2", at=at, echo=lambda n, o: False)
    [after] = fold([*events, *more]).values()
    assert (after.state, after.standing) == ("acknowledged", True)


def test_a_mirror_gap_goes_on_when_a_side_restates():
    later = uzbek(7.9e9, url="https://uza.uz/en/posts/x_700001", published=AT.date())
    events = life(PAIR, [later])
    assert [(e.event, e.type) for e in events if e.type == "mirror_gap"] == [
        ("opened", "mirror_gap"),
        ("witness_added", "mirror_gap"),
    ]


def test_one_disagreement_told_in_two_ways_is_one_finding():
    """A translation that differs, and an outlet that repeats one of its values."""
    stock = {"indicator": "investment.projects", "unit": "count", "time_period": None}
    twin = {"url": "https://uza.uz/ru/posts/t_500001", "language": "ru"}
    events = life(
        [uzbek(177, **stock), uzbek(144, **stock, **twin)],
        [uzbek(177, **stock, source="daryo", url="https://daryo.uz/2")],
    )
    assert [e.type for e in events if e.event == "opened"] == ["translation_mismatch"]


STORY = (
    "The Statistics Agency said on Monday that trade with Russia came to 8 billion dollars in the "
    "past year, with fuel, metals and timber prevailing among the goods that were brought in, and "
    "fruit, yarn and copper went the other way. Detailed tables will be posted later this month."
)
OTHER = (
    "Farmers of the valley have begun to harvest early cherries. Buyers from the northern regions "
    "ask for larger boxes, and the railway has promised refrigerated wagons for the whole season."
)


def test_reprints_are_echoes_of_the_first():
    first = release(STORY, url="https://a.uz/1", source="a")
    cut = release(STORY.replace("on Monday ", ""), url="https://b.uz/2", source="b")
    other = release(OTHER, url="https://c.uz/3", source="c")
    leader = echoes([other, cut, first])
    assert leader[cut.release_id] == leader[first.release_id] == first.release_id
    assert leader[other.release_id] == other.release_id


def test_translations_are_echoes_and_other_languages_are_not():
    first = release(STORY, url="https://a.uz/en/news/70001", source="a")
    twin = release("Совсем иной текст", url="https://a.uz/ru/news/70001", source="a", language="ru")
    stranger = release("Совсем иной текст", url="https://b.uz/ru/1", source="b", language="ru")
    leader = echoes([first, twin])
    assert leader[twin.release_id] == first.release_id
    assert echoes([first, stranger])[stranger.release_id] == stranger.release_id


CORRECTIONS = """
corrections:
  - {url: "https://uza.uz/1", quote: "8 bn", action: drop, reason: a joke, by: editor 2024-06-01}
  - {url: "https://uza.uz/2", quote: "8 mln", action: correct, set: {value: 8.0e9, low: 7.9e9,
     high: 8.1e9}, reason: a slip, by: editor 2024-06-01}
  - {url: "https://uza.uz/3", quote: "9 bn", action: accept, reason: known, by: editor 2024-06-01}
"""


@pytest.fixture
def corrections(tmp_path):
    path = tmp_path / "corrections.yml"
    path.write_text(CORRECTIONS)
    return load_corrections(path)


def test_curation_drops_corrects_and_accepts(corrections):
    dropped = figure(8e9, url="https://uza.uz/1/", quote="8 bn")
    slip = figure(8e6, url="http://www.uza.uz/2", quote="8 mln")
    known = figure(9e9, url="https://uza.uz/3", quote="9 bn")
    other = figure(8e9, url="https://uza.uz/9", quote="8 bn")
    curated = curate([dropped, slip, known, other], [], corrections, run_id="r")
    assert [f.value for f in curated.figures] == [8e9, 9e9, 8e9]
    assert "a slip" in curated.figures[0].rules
    assert curated.accepted_ids == {known.figure_id}
    [row] = curated.dropped
    assert "a joke" in row.reason
    assert not curated.expired


def test_a_guard_fails_once_the_source_no_longer_says_it(corrections):
    here = release("It was 8 bn.", url="https://uza.uz/1")
    gone = release("It was 9 bn.", url="https://uza.uz/1")
    assert not curate([], [here], corrections, run_id=None).expired
    [told] = curate([], [gone], corrections, run_id=None).expired
    assert "8 bn" in told and "https://uza.uz/1" in told


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{url: u, quote: q, action: forget, reason: r, by: b}", "action"),
        ("{url: u, quote: q, action: correct, reason: r, by: b}", "set"),
        ("{url: u, quote: q, action: correct, reason: r, by: b, set: {source: x}}", "source"),
        ("{url: u, quote: q, action: drop}", "entry 1"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, entry, told):
    path = tmp_path / "corrections.yml"
    path.write_text(f"corrections:\n  - {entry}\n")
    with pytest.raises(ValueError, match=told):
        load_corrections(path)


def test_the_corrections_in_git_are_well_formed():
    load_corrections()
