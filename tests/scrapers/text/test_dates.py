"""Dates and clock times as the sites print them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.sources.stamp import Stamp, read_stamp
from scrapers.text.dates import find_date, find_time, months

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 августа 2026 года, 16:30", date(2026, 8, 12)),
        ("October 9, 2025", date(2025, 10, 9)),
        ("December 31, 2021, 23:55", date(2021, 12, 31)),
        ("01-05-2026", date(2026, 5, 1)),  # the first of May, never the fifth of January
        ("24.07.2020", date(2020, 7, 24)),
        ("21 марта 2026 года", date(2026, 3, 21)),
        ("15 march 2024 year", date(2024, 3, 15)),
        ("4 June 2013", date(2013, 6, 4)),
        ("31.07.2026", date(2026, 7, 31)),
        ("27.03.26", date(2026, 3, 27)),
        ("2026年04月21日", date(2026, 4, 21)),
        ("2026-03-31 10:00:00", date(2026, 3, 31)),
        ("2025-07-21T13:43:59.481", date(2025, 7, 21)),
        ("27 сентября 2012 г.", date(2012, 9, 27)),
        ("7 July 2021, 20:27", date(2021, 7, 7)),
        ("19:12, 16 April 2024 | GMT +6", date(2024, 4, 16)),
        ("13:51, 15 Август 2025", date(2025, 8, 15)),
        ("09:16, 04 Май 2026", date(2026, 5, 4)),
        ("Society | 13:45 / 21.09.2026", date(2026, 9, 21)),
        ("Society | 21.09.2026 … / 13:45", date(2026, 9, 21)),
        ("Январ 5, 2026 10:00", date(2026, 1, 5)),
        ("20.08.2026", date(2026, 8, 20)),
        ("23\u00a0февраля\u00a02022", date(2022, 2, 23)),
        ("23 Февраля 2022", date(2022, 2, 23)),
        ("/20240705/", date(2024, 7, 5)),
        ("17 қыркүйек 2025", date(2025, 9, 17)),
        ("Sept. 18, 2026", date(2026, 9, 18)),
        ("1st of nothing; May 2nd, 2024", date(2024, 5, 2)),
        ("5 yanvar 2026", date(2026, 1, 5)),
        # and what is none
        ("31.02.2026", None),
        ("29 февраля 2023 года", None),
        ("13:45", None),
        ("2026", None),
        ("в марте 2026 года", None),
        ("192.168.10.12", None),
        ("1.2.345", None),
        ("Marching 5, 2026", None),
        ("12345678901", None),
        ("", None),
    ],
)
def test_a_printed_date_is_read_day_first(text, day):
    assert find_date(text) == day


@pytest.mark.parametrize("language", ["en", "ru", "tg", "kk", "uz", "ky"])
def test_every_month_of_every_language_is_read(language):
    import importlib.resources

    import yaml

    file = importlib.resources.files("scrapers.text") / "months.yml"
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))[language]
    for number, forms in enumerate(rows, 1):
        for form in forms:
            assert find_date(f"3 {form} 2025") == date(2025, number, 3), form
            assert find_date(f"{form.capitalize()} 3, 2025") == date(2025, number, 3), form


def test_the_first_of_two_dates_counts():
    assert find_date("5 мая 2024 – 6 мая 2024") == date(2024, 5, 5)
    assert find_date("2024-05-05, updated 01.02.2025") == date(2024, 5, 5)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("16:30", time(16, 30)),
        ("9:05", time(9, 5)),
        ("2026-03-31T10:07:59+04:00", time(10, 7)),
        ("20.08.2026 14:05", time(14, 5)),
        ("25:61", None),
        ("12:345", None),
        ("ratio 1:2", None),
        ("", None),
    ],
)
def test_a_clock_time_is_read_to_the_minute(text, clock):
    assert find_time(text) == clock


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_date_survives_every_way_of_writing_it(day):
    names = {number: name for name, number in reversed(months().items())}
    for text in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        f"{day.day} {names[day.month]} {day.year}",
        f"{names[day.month].capitalize()} {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert find_date(f"Published: {text} (Moscow)") == day, text


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail(text):
    find_date(text)
    find_time(text)
    read_stamp(text, MOSCOW, trust_offset=True)


@pytest.mark.parametrize(
    ("text", "trusted", "moment"),
    [
        # the stale offset of government.ru and of kremlin's feed: the wall clock is Moscow's
        ("2026-08-12T10:00:00+04:00", False, datetime(2026, 8, 12, 7, tzinfo=UTC)),
        ("2026-08-12T10:00:00+03:00", True, datetime(2026, 8, 12, 7, tzinfo=UTC)),
        ("2026-08-12T22:30:00Z", True, datetime(2026, 8, 12, 22, 30, tzinfo=UTC)),
        ("Wed, 12 Aug 2026 10:00:00 +0300", True, datetime(2026, 8, 12, 7, tzinfo=UTC)),
        ("Wed, 12 Aug 2026 07:00:00 GMT", True, datetime(2026, 8, 12, 7, tzinfo=UTC)),
        ("2026-08-12 10:00:00", True, datetime(2026, 8, 12, 7, tzinfo=UTC)),
        ("2026-08-12", True, None),
        ("2026-08-12T00:00:00+03:00", True, None),  # midnight sharp: no clock was known
        ("1786518000", True, datetime(2026, 8, 12, 7, tzinfo=UTC)),
    ],
)
def test_a_moment_is_that_of_the_publishers_clock(text, trusted, moment):
    stamp = read_stamp(text, MOSCOW, trust_offset=trusted)
    assert stamp.moment(MOSCOW) == moment


def test_a_moment_of_late_evening_in_utc_is_the_next_day_of_the_publisher():
    stamp = read_stamp("2026-08-12T22:30:00Z", MOSCOW, trust_offset=True)
    assert stamp == Stamp(date(2026, 8, 13), time(1, 30))
