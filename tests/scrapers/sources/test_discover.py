"""Finding links: nights, gaps, backfills, and listings that misbehave."""

import re
from datetime import date, timedelta

import pytest

from scrapers.sources import load_sources
from scrapers.sources.base import Request
from scrapers.web.errors import (
    CaravanError,
    LayoutChanged,
    Misconfigured,
    Missing,
    Refused,
    Unreachable,
)
from tests.scrapers.sources.captured import NOW, Served

SOURCES = load_sources()
UZ = "https://president.uz/en/lists/news"
UZ_RU = "https://president.uz/ru/lists/news"
KREMLIN = "http://en.kremlin.ru/events/president/news"
KREMLIN_RU = "http://kremlin.ru/events/president/news"


def box(number, day, *, host="", language="en"):
    return (
        f'<div class="news_box"><div class="text_box">'
        f'<a href="{host}/{language}/lists/view/{number}">News {number}</a>'
        f'<span class="date_text">{day:%d-%m-%Y}</span></div></div>'
    )


def listing(*numbers, start=date(2026, 11, 20)):
    """Return a listing of president.uz, newest first: each number is a day older."""
    return "<html><body>" + "".join(
        box(number, start - timedelta(days=n)) for n, number in enumerate(numbers)
    )


def russian(page):
    return page.replace('"/en/', '"/ru/')


def found(source, fetch, **options):
    """Return the English links, the error at the end if there is one, and what was asked."""
    links, error = [], None
    try:
        for link in SOURCES[source].discover(fetch, **options):
            if link.language == "en":
                links.append(link)
    except CaravanError as raised:
        error = raised
    return links, error


def ids(links):
    return [link.native_id for link in links]


def test_a_night_asks_for_the_front_of_each_listing_and_no_more():
    page = listing(9524, 9523, 9522)
    fetch = Served("president.uz", {UZ: page, UZ_RU: russian(page)})
    links = list(SOURCES["president.uz"].discover(fetch))
    assert [link.url for link in links] == [
        f"https://president.uz/{language}/lists/view/{n}"
        for language in ("en", "ru")
        for n in (9524, 9523, 9522)
    ]
    assert fetch.asked == [Request(url=UZ), Request(url=UZ_RU)]


def test_a_gap_is_bridged_until_something_known_shows():
    pages = {
        UZ: listing(9, 8, 7),
        f"{UZ}?page=2": listing(6, 5, 4),
        f"{UZ}?page=3": listing(3, 2, 1),
        UZ_RU: russian(listing(9, 8)),
    }
    fetch = Served("president.uz", pages)
    links, _ = found(
        "president.uz",
        fetch,
        reaches=lambda links: (
            any(int(link.native_id) <= 5 for link in links) or links[0].language == "ru"
        ),
    )
    assert ids(links) == list("987654")
    assert [r.url for r in fetch.asked] == [UZ, f"{UZ}?page=2", UZ_RU]


def test_a_gap_is_bridged_no_deeper_than_the_spec_says():
    pages = {UZ: listing(*range(1000, 997, -1)), UZ_RU: russian(listing(1))}
    for n in range(2, 40):
        first = 1000 - 3 * (n - 1)
        pages[f"{UZ}?page={n}"] = listing(*range(first, first - 3, -1))
    fetch = Served("president.uz", pages)
    links, _ = found("president.uz", fetch, reaches=lambda links: False)
    depth = SOURCES["president.uz"].spec.depth
    assert len(links) == 3 * depth


def test_a_page_that_repeats_ends_the_list():
    page = listing(3, 2, 1)
    pages = {UZ: page, UZ_RU: russian(page)} | {f"{UZ}?page={n}": page for n in range(2, 9)}
    fetch = Served("president.uz", pages)
    links, error = found("president.uz", fetch, since=date(2020, 1, 1), until=date(2026, 11, 20))
    assert ids(links) == ["3", "2", "1"]
    assert [r.url for r in fetch.asked[:2]] == [UZ, f"{UZ}?page=2"]
    assert error is None  # 404 behind the end is the end


def test_a_backfill_stops_behind_its_first_day_and_keeps_to_its_range():
    pages = {
        UZ: listing(9, 8, 7),
        f"{UZ}?page=2": listing(6, 5, 4, start=date(2026, 11, 17)),
        f"{UZ}?page=3": listing(3, 2, 1, start=date(2026, 11, 14)),
        f"{UZ}?page=4": listing(0, start=date(2026, 11, 11)),
        UZ_RU: russian(listing(1)),
    }
    fetch = Served("president.uz", pages)
    links, _ = found("president.uz", fetch, since=date(2026, 11, 16), until=date(2026, 11, 18))
    assert [link.published for link in links] == ["2026-11-18", "2026-11-17", "2026-11-16"]
    assert f"{UZ}?page=3" in [r.url for r in fetch.asked]
    assert f"{UZ}?page=4" not in [r.url for r in fetch.asked]


def entry(number, day, clock="12:00"):
    return (
        f'<div class="hentry h-entry hentry_event" data-id="{number}"><h3 class="hentry__title">'
        f'<a href="/events/president/news/{number}" itemprop="url">'
        f'<span class="entry-title p-name">News {number}</span>'
        f'<span class="hentry__meta"><time class="published" datetime="{day}">'
        f"{day}, {clock}</time></span></a></h3></div>"
    )


def test_kremlin_seeks_its_day_and_follows_older_pages():
    older = '<a class="button more more-next" href="/events/president/news/page/287">Previous</a>'
    pages = {
        f"{KREMLIN}/by-date/11.03.2016": entry(51511, "2016-03-14")
        + entry(51490, "2016-03-11")
        + older,
        f"{KREMLIN}/page/287": entry(51480, "2016-03-10") + entry(51470, "2016-03-09"),
    }
    fetch = Served("kremlin", pages)
    links, error = found("kremlin", fetch, since=date(2016, 3, 10), until=date(2016, 3, 11))
    assert ids(links) == ["51490", "51480"]
    assert isinstance(error, Missing)  # of the Russian edition, which nobody served


def test_a_day_archive_is_read_day_by_day_and_quiet_days_are_no_error():
    day = "https://www.interfax.ru/news/2026/10/{:02}"
    item = (
        '<div class="an"><div data-id="9"><span>13:15</span>'
        '<a href="/business/{0}"><h3>Title</h3></a></div></div>'
    )
    pages = {
        day.format(20): item.format(985412),
        day.format(19): "<html><body>nothing</body></html>",
        day.format(18): item.format(985001),
    }
    source = SOURCES["interfax"]
    fetch = Served("interfax", pages)
    links = []
    with pytest.raises(Missing):  # interfax.com is not served
        for link in source.discover(fetch, since=date(2026, 10, 18), until=date(2026, 10, 20)):
            links.append(link)
    assert ids(links) == ["985412", "985001"]


def test_a_backfill_needs_both_ends():
    with pytest.raises(Misconfigured, match="both ends"):
        list(SOURCES["kremlin"].discover(Served("kremlin", {}), since=date(2026, 1, 1)))


# -- listings that misbehave -------------------------------------------------------------------


def test_an_empty_listing_is_a_changed_layout_and_never_a_quiet_day():
    fetch = Served("president.uz", {UZ: "<html><body>Nothing</body></html>", UZ_RU: listing(1)})
    _, error = found("president.uz", fetch)
    assert isinstance(error, LayoutChanged)
    assert UZ in str(error)
    assert "president.uz.yml" in str(error)


def test_what_one_listing_gives_is_kept_when_another_fails():
    fetch = Served("president.uz", {UZ: listing(2, 1), UZ_RU: Refused("403")})
    links, error = found("president.uz", fetch)
    assert ids(links) == ["2", "1"]
    assert isinstance(error, Refused)


def test_all_that_went_wrong_is_said():
    fetch = Served("president.uz", {UZ: Unreachable("no answer"), UZ_RU: Refused("status 403")})
    _, error = found("president.uz", fetch)
    assert isinstance(error, Unreachable)
    assert "no answer" in str(error)
    assert "status 403" in str(error)


def test_of_ten_thousand_links_the_first_are_taken_and_the_rest_is_said():
    page = "".join(box(n, date(2026, 11, 20)) for n in range(10_000))
    fetch = Served("president.uz", {UZ: page, UZ_RU: russian(listing(1))})
    links, error = found("president.uz", fetch)
    assert ids(links) == [str(n) for n in range(SOURCES["president.uz"].spec.volume[1])]
    assert isinstance(error, LayoutChanged)
    assert "10000 links" in str(error)


def test_each_address_is_named_once():
    page = listing(2, 1) + box(2, date(2026, 11, 20)) + box("2#comments", date(2026, 11, 20))
    fetch = Served("president.uz", {UZ: page, UZ_RU: russian(page)})
    links, _ = found("president.uz", fetch)
    assert ids(links) == ["2", "1"]


def test_links_to_other_hosts_and_to_what_is_no_release_are_left_out():
    page = (
        box(7, date(2026, 11, 20), host="https://elsewhere.example")
        + box(6, date(2026, 11, 20), host="http://127.0.0.1:8080")
        + '<div class="news_box"><a href="/en/pages/view/about">About</a></div>'
        + '<div class="news_box"><a href="javascript:void(0)">Script</a></div>'
        + '<div class="news_box"><a href="http://[broken/en/lists/view/1">Broken</a></div>'
        + '<div class="news_box"><a href="file:///etc/passwd">File</a></div>'
        + listing(5)
    )
    fetch = Served("president.uz", {UZ: page, UZ_RU: russian(page)})
    links, error = found("president.uz", fetch)
    assert ids(links) == ["5"]
    assert error is None


def test_a_listing_of_other_hosts_only_is_a_changed_layout():
    page = box(7, date(2026, 11, 20), host="https://elsewhere.example")
    fetch = Served("president.uz", {UZ: page, UZ_RU: russian(listing(1))})
    links, error = found("president.uz", fetch)
    assert links == []
    assert isinstance(error, LayoutChanged)


def test_a_listed_date_in_the_future_is_none():
    fetch = Served("president.uz", {UZ: box(7, date(2099, 1, 1)), UZ_RU: russian(listing(1))})
    links, error = found("president.uz", fetch)
    assert [link.published for link in links] == [None]
    assert error is None


def test_tomorrow_is_no_future_for_a_site_east_of_us():
    tomorrow = (NOW + timedelta(days=1)).date()
    fetch = Served("president.uz", {UZ: box(7, tomorrow), UZ_RU: russian(listing(1))})
    links, _ = found("president.uz", fetch)
    assert links[0].published == tomorrow.isoformat()


@pytest.mark.parametrize(
    ("source", "url", "body"),
    [
        ("gazeta.uz", "https://www.gazeta.uz/en/rss/", "<html><body>Sorry</body></html>"),
        ("gazeta.uz", "https://www.gazeta.uz/en/rss/", ""),
        ("gazeta.uz", "https://www.gazeta.uz/en/rss/", '<rss version="2.0"><channel/></rss>'),
        ("uza", SOURCES["uza"].spec.editions["en"].front[0].url.format(language="en"), "<html>"),
        ("uza", SOURCES["uza"].spec.editions["en"].front[0].url.format(language="en"), "[]"),
        (
            "uza",
            SOURCES["uza"].spec.editions["en"].front[0].url.format(language="en"),
            '{"data":{"x":1}}',
        ),
    ],
)
def test_what_is_no_feed_and_no_interface_is_said_to_be_none(source, url, body):
    links, error = found(source, Served(source, {url: body}))
    assert links == []
    assert isinstance(error, LayoutChanged)
    assert re.search(rf"{re.escape(source)}: ", str(error))


def test_clock_times_alone_are_counted_back_from_today_on_the_front_page():
    rows = "".join(
        f'<div class="one"><div class="time">{clock}</div>'
        f'<div class="title"><a href="/english/{n}_Title/">Title</a></div></div>'
        for n, clock in [(5, "08:50"), (4, "00:10"), (3, "23:40"), (2, "09:00"), (1, "21:30")]
    )
    fetch = Served("24.kg", {"https://24.kg/english/": rows})  # it is 09:00 in Bishkek
    links, _ = found("24.kg", fetch)
    assert [link.published for link in links] == [
        "2026-11-21T08:50+06:00",
        "2026-11-21T00:10+06:00",
        "2026-11-20T23:40+06:00",
        "2026-11-20T09:00+06:00",
        "2026-11-19T21:30+06:00",
    ]


def test_behind_the_front_page_a_clock_time_alone_tells_no_day():
    row = (
        '<div class="one"><div class="time">08:50</div><div class="title">'
        '<a href="/english/{}_Title/">Title</a></div></div>'
    )
    pages = {
        "https://24.kg/english/": row.format(2),
        "https://24.kg/english/page_2/": row.format(1),
    }
    links, _ = found("24.kg", Served("24.kg", pages), reaches=lambda links: False)
    assert [link.published for link in links] == ["2026-11-21T08:50+06:00", None]


def test_a_release_in_two_sections_is_listed_once():
    category = "https://turkmenistan.gov.tm/en/category"
    page = '<a href="/en/post/109148/contract">Contract</a>'
    fetch = Served(
        "turkmenistan.gov.tm",
        {f"{category}/{name}": page for name in ("official", "cooperation", "economy")},
    )
    links, _ = found("turkmenistan.gov.tm", fetch)
    assert ids(links) == ["109148"]


def test_the_search_of_president_kg_is_asked_again_for_a_release():
    source = SOURCES["president.kg"]
    rows = '{"content":[{"id":1,"titleRu":"Заголовок","publishedAt":"2025-07-21T13:43:59.481"}]}'
    way = source.spec.editions["ru"].front[0]
    fetch = Served("president.kg", {way.url: rows})
    link = next(link for link in source.discover(fetch) if link.language == "ru")
    request = source.page(link)
    assert (request.url, request.method, request.link) == (way.url, "POST", link)
    assert '"page":0' in request.body
    assert '"categories":[21]' in request.body
    again = source.page(type(link)(url=link.url, language="ru", native_id="1"))
    assert again.body == request.body
