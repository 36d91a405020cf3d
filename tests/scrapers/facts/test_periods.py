from datetime import date

import pytest

from scrapers.facts.periods import periods

PUBLISHED = date(2024, 10, 9)


def read(text, published=PUBLISHED):
    return [(p.iso, p.kind) for p in periods(text, published)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("in January-August deliveries rose", "2024-01/2024-08"),
        ("from January to April 2022.", "2022-01/2022-04"),
        ("over the first quarter [of 2022]", "2022-01/2022-03"),
        ("in the first nine months of 2021, it grew", "2021-01/2021-09"),
        ("in H1, of which", "2024-01/2024-06"),
        ("last year it increased", "2023"),
        ("over the past four years to", "2020/2024"),
        ("for the last ten years", "2014/2023"),
        ("over the seven years from 2017 through 2023", "2017/2023"),
        ("in 2018–2019 school year", "2018/2019"),
        ("they signed it in May with", "2024-05"),
        ("Last December they met", "2023-12"),
        ("за семь месяцев этого года", "2024-01/2024-07"),
        ("по итогам прошлого года", "2023"),
        ("С января по май", "2024-01/2024-05"),
        ("за одиннадцать месяцев 2022 года", "2022-01/2022-11"),
        ("За пять лет, с 2020-го по 2024-й", "2020/2024"),
        ("за один лишь первый квартал", "2024-01/2024-03"),
        ("за первые полгода этого", "2024-01/2024-06"),
        ("в I полугодии", "2024-01/2024-06"),
        ("Для 2024/2025 учебного года", "2024/2025"),
        ("22–24 апреля 2024 года", "2024-04-22/2024-04-24"),
        ("Весной, в разгар", "2024-03/2024-05"),
        ("в марте", "2024-03"),
        ("the year before last", "2022"),
        ("в позапрошлом году", "2022"),
        ("in the twelve months to June", "2023-07/2024-06"),
        ("in the last quarter of 2023", "2023-10/2023-12"),
        ("over the past 12 months", "2023-10/2024-09"),
        ("за последние два месяца", "2024-08/2024-09"),
        ("over the last year and a half", "2023-04/2024-10"),
        ("this December", "2024-12"),
        ("in fiscal 2023", "2023"),
        ("next month", "2024-11"),
        ("in mid-2023", "2023"),
        ("за последние два десятилетия", "2004/2023"),
        ("in 2Q 2024", "2024-04/2024-06"),
        ("in Jan.-July", "2024-01/2024-07"),
        ("a decade ago", "2014"),
        ("since January.", "2024"),
        ("в завершающемся году", "2024"),
    ],
)
def test_a_stretch_of_time_is_resolved(text, iso):
    assert (iso, "at") in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since 2012", ("2012/2024", "since")),
        ("С 2013 года", ("2013/2024", "since")),
        ("by the end of 2025", ("2025", "by")),
        ("к 2030 году", ("2030", "by")),
        ("через три года", ("2027", "by")),
        ("in five years' time", ("2029", "by")),
        ("from the beginning of 2023", ("2023/2024", "since")),
        ("К концу нынешнего года", ("2024", "by")),
        ("October 9, 2024", ("2024-10-09", "day")),
        ("вчера", ("2024-10-08", "day")),
        ("годом ранее", (None, "same")),
        ("in the same period in 2023 ($11.1 billion)", ("2023", "same")),
    ],
)
def test_what_a_period_is_for(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["compared with 2000.", "по сравнению с 2022 годом", "вдвое против 2019-го",
     "exceeded the level of 2019 by 18 percent", "short of the record of 2013",
     "не дотянули до рекорда 2013 года", "a 4-fold rise from 2022",
     "8 percent above last year's level"],
)  # fmt: skip
def test_a_base_of_comparison_is_known(text):
    assert [p.base for p in periods(text, PUBLISHED)] == [True]


@pytest.mark.parametrize("text", ["trade may grow", "2,021 students came", "they march on", ""])
def test_no_period(text):
    assert read(text) == []


def test_without_a_day_of_publication_only_full_dates_are_resolved():
    assert read("in January-April", None) == [(None, "at")]
    assert read("in January-April 2024", None) == [("2024-01/2024-04", "at")]
