"""Words, scales, drawings and plots of the report: values in, what is shown out."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.report import drawing, lists, plots, scale, words
from flows.report.health import SIGNS, health
from flows.report.views import spread, statement
from tests.warehouse.samples import figure, night, release, run
from warehouse.fields import AREAS, FINDING_TYPES, INDICATORS, VERDICTS


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (14.6e9, "USD", "$14.6 billion"),
        (538_000, "count", "538,000"),
        (1_234_567, "count", "1.2346 million"),
        (12.5, "percent", "12.5%"),
        (-4, "percent", "−4%"),
        (2.3, "times", "2.3 times"),
        (3.6e9, "RUB", "3.6 billion RUB"),
        (1.1e12, "RUB", "1.1 trillion RUB"),
        (0, "count", "0"),
        (0.00004, "t", "0.00004 t"),
    ],
)
def test_amounts_are_said_as_people_say_them(value, unit, said):
    assert words.amount(value, unit) == said


@given(st.floats(-1e15, 1e15), st.sampled_from(["USD", "percent", "count", "t"]))
def test_an_amount_is_never_more_than_a_hundredth_of_a_percent_off(value, unit):
    said = words.amount(value, unit, short=True).strip("$%").replace("−", "-").replace("$", "")
    number, _, rest = said.partition(" ")
    size = {"tn": 1e12, "bn": 1e9, "m": 1e6}.get(rest.split(" ")[0], 1)
    assert float(number.replace(",", "")) * size == pytest.approx(value, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2024", "2024"),
        ("2024-05", "May 2024"),
        ("2024-05-27", "27 May 2024"),
        ("2024-01/2024-04", "January–April 2024"),
        ("2012/2017", "2012–2017"),
        ("2023-11/2024-02", "November 2023 – February 2024"),
        ("2024-13", "13 2024"),
        ("whenever", "whenever"),
        (None, "undated"),
    ],
)
def test_periods_are_said_in_words(code, said):
    assert words.period(code) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (14.55e9, 14.65e9, "$14.55–14.65 bn"),
        (9.5e8, 1.05e9, "$950 m to $1.05 bn"),
        (3e9, None, "$3 bn or more"),
        (None, 10e9, "$10 bn or less"),
        (5e9, 5e9, "exactly $5 bn"),
        (-2.0, 3.0, "−$2 to $3"),
    ],
)
def test_intervals_are_said_in_words(low, high, said):
    assert words.interval(low, high, "USD", short=True) == said


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil", "http:"),
        *("file:///etc/passwd", "ftp://a/b", "http://[broken", "", None),
    ],
)
def test_only_http_is_made_a_link(address):
    assert words.web_address(address) is None


@given(st.text())
def test_no_text_breaks_out_of_its_folder(text):
    name = words.file_name(text)
    assert name
    assert not set(name) & set("/\\\0?#%:")
    assert name.strip(".") == name
    assert len(name) <= 61


def test_every_code_has_a_label():
    assert set(words.LABELS["indicators"]) == set(INDICATORS)
    assert set(words.LABELS["findings"]) == set(FINDING_TYPES)
    assert set(words.LABELS["mends"]) == set(VERDICTS) - {"ok", "quiet"}
    assert set(words.LABELS["areas"]) <= set(AREAS)
    assert set(SIGNS) == set(VERDICTS)
    assert len({sign for _, sign in SIGNS.values()}) == len(SIGNS)


@given(st.lists(st.floats(0, 1e13) | st.floats(-1e6, 1e6), min_size=1, max_size=8), st.booleans())
@example(values=[2.2250738585e-313, 2.225073858507203e-309], from_zero=False)
def test_a_scale_keeps_the_order_of_values_and_holds_them_all(values, from_zero):
    made = scale.scale_for(values, from_zero=from_zero)
    places = [made.at(v) for v in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= p <= 100 for p in places)
    assert len(made.ticks()) < 15


def test_values_magnitudes_apart_are_drawn_on_a_logarithmic_scale():
    made = scale.scale_for([2.5e9, 3e12])
    assert made.logarithmic
    assert made.ticks() == [1e10, 1e11, 1e12]


def test_open_intervals_reach_the_edge_and_say_so():
    least = replace(figure(value=3e9, low=3e9), high=None)
    (made,) = drawing.drawings([figure(value=2e9)], [least])
    bar = made.bars[1]
    assert bar.open_right
    assert bar.left + bar.width == pytest.approx(drawing.END)
    assert "$3 billion or more" in bar.said
    assert made.gap is not None


def test_intervals_that_meet_have_no_gap():
    (made,) = drawing.drawings([figure(value=2e9)], [figure(value=2.05e9)])
    assert made.gap is None


def test_growth_and_levels_are_drawn_apart():
    growth = figure(value=12.0, low=11.5, high=12.5, unit="percent", measure="growth")
    made = drawing.drawings([figure(value=2e9), figure(value=4e9)], [growth])
    assert [d.unit for d in made] == ["USD", "percent"]


def row_of(series_id, period, **other):
    values = {
        "series_id": series_id,
        "indicator": "trade.turnover",
        "measure": "level",
        "ref_area": "TJ",
        "counterpart_area": "RU",
        "time_period": period,
        "stated_in": None,
        "status": "actual",
        "scope": None,
        "unit": "USD",
        "agreement": "agreed",
        "low": 3.75e9,
        "high": 3.85e9,
        "value": 3.8e9,
        "statements": 2,
        "first_stated": date(2026, 1, 1),
        "last_stated": date(2026, 1, 1),
    }
    return values | other


def said_by(source, value=3.8e9, **other):
    values = {
        "source": source,
        "value": value,
        "value_high": None,
        "low": value - 5e7,
        "high": value + 5e7,
        "figure_id": f"of-{source}",
        "quote": "$3.8 billion",
        "published": date(2026, 1, 1),
    }
    return values | other


def plotted(rows, told):
    look = plots.looks(s["source"] for said in told.values() for s in said)
    return plots.plot(rows, told, look=look, linked={"of-tass": "releases/a.html#f-of-tass"})


def test_a_part_of_a_year_is_drawn_as_narrow_as_it_is():
    rows = [row_of("a", "2024"), row_of("b", "2024-01/2024-03")]
    made = plotted(rows, {"a": [said_by("tass")], "b": [said_by("kremlin", 1e9)]})
    year, quarter = made.marks
    assert quarter.width / year.width == pytest.approx(91 / 366, rel=0.02)
    assert quarter.left == year.left
    assert year.y < quarter.y  # more is higher


def test_marks_of_one_period_stand_side_by_side_each_source_in_its_own_shape_and_colour():
    told = {"a": [said_by("tass"), said_by("kremlin"), said_by("daryo")]}
    made = plotted([row_of("a", "2024")], told)
    assert [m.aside for m in made.marks] == [-11, 0, 11]
    assert len({(m.colour, m.shape) for m in made.marks}) == 3
    assert [m.href for m in made.marks] == ["releases/a.html#f-of-tass", None, None]


def test_fifty_sources_are_told_apart():
    assert len(set(plots.looks(f"s{n}" for n in range(50)).values())) == 50


def test_targets_are_hollow_and_disputes_are_boxed():
    rows = [
        row_of("a", "2024", agreement="disputed", low=3e9, high=5e9),
        row_of("b", "2030", status="target", statements=1),
    ]
    made = plotted(rows, {"a": [said_by("tass")], "b": [said_by("tass", 9e9)]})
    assert [m.to_come for m in made.marks] == [False, True]
    assert [b.disputed for b in made.bands] == [True]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2024", "2024-01/2024-03", "2030", None, "nonsense"]),
            st.none() | st.floats(-1e3, 1e12),
            st.none() | st.floats(-1e3, 1e12),
            st.floats(-1e3, 1e12),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_row_can_be_plotted_within_the_plot(cases):
    rows, told = [], {}
    for n, (period, low, high, value) in enumerate(cases):
        rows.append(row_of(str(n), period, low=low, high=high, value=value))
        told[str(n)] = [said_by("tass", value, low=low, high=high)]
    made = plotted(rows, told)
    for mark in made.marks:
        assert 0 <= mark.left <= 100
        assert plots.TOP <= mark.y <= plots.BOTTOM
        assert mark.height >= 1


def test_health_puts_the_unwell_first_and_shows_each_night():
    runs = [run(at=night(n), run_id=f"n{n}") for n in range(3)]
    runs += [run("tass", at=night(2), verdict="refused")]
    first, second = health(runs)
    assert (first.source, second.source) == ("tass", "kremlin")
    assert [c.verdict for c in second.strip[-4:]] == [None, "ok", "ok", "ok"]
    assert [name for name, _ in second.months] == ["November 2026"]


def test_a_side_shows_what_differs_before_what_repeats():
    english, russian = figure(), figure(language="ru", value=3.8e9, start=1)
    other = figure(value=4e9)
    assert [f.value for f in spread([russian, english, other])][-1:] == [3.8e9]


def test_a_sentence_of_a_page_is_cut_at_words():
    text = "So " * 300 + "trade reached $3.8 billion" + " and more" * 200 + "."
    of = release(text=text)
    made = statement(figure(of), of, None)
    assert made.before.startswith("… So ")
    assert made.after.endswith((" and …", " more …"))
    assert len(made.before) < 300


def test_a_list_takes_what_its_rows_have():
    event = {"quote": "the forum", "type": "forum", "areas": ["RU", "UZ"], "source": "tass"}
    made = lists.fact(event | {"date": "2026-11", "status": "held", "place": None})
    assert (made.what, made.kind, made.parties) == ("the forum", "forum", "Russia, Uzbekistan")
    assert [t.source for t in made.told] == ["tass"]
    joined = {"thing_id": "t", "title": "форум", "action": "signed", "statements": 9}
    made = lists.fact(joined, [{"source": "uza", "quote": "форум", "language": "ru"}])
    assert (made.language, made.status, made.statements) == ("ru", "signed", 9)
    assert lists.fact({}).what == ""
