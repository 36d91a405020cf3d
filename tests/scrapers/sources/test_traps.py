"""The traps of sites.md: what misled others, one test each."""

import json
from datetime import UTC, date, datetime

import pytest

from scrapers.sources import load_sources
from scrapers.sources.base import Link
from scrapers.web.errors import BadPage, LayoutChanged, Missing
from tests.scrapers.sources.captured import Served, capture_of

SOURCES = load_sources()
NEWS = "http://kremlin.ru/events/president/news"


def parse(source, url, html, **link):
    known = Link(url=url, **({"language": "en"} | link)) if link else None
    page = html if html.lstrip().startswith(("{", "[")) else f"{html}</body></html>"
    return SOURCES[source].parse(capture_of(source, url, page, link=known))


def kremlin(body="<p>Text.</p>", *, day="2026-08-12", clock="16:30", title="Title", number=80518):
    clock = f'<div class="read__time">{clock}</div>' if clock else ""
    return parse(
        "kremlin",
        f"{NEWS}/{number}",
        f'<h1 class="entry-title p-name">{title}</h1><div class="read__meta">'
        f'<time class="read__published" datetime="{day}">12 августа 2026 года</time>{clock}</div>'
        f'<div class="entry-content e-content read__internal_content">{body}</div>',
    )


# -- dates and clocks ----------------------------------------------------------------------------


def test_kremlin_prints_its_clock_outside_of_the_datetime():
    release = kremlin()
    assert release.published == date(2026, 8, 12)
    assert release.published_at == datetime(2026, 8, 12, 13, 30, tzinfo=UTC)


def test_a_page_without_a_clock_has_a_date_only():
    assert kremlin(clock=None).published_at is None


def test_moscow_was_at_four_hours_until_2014():
    assert kremlin(day="2013-02-28").published_at.hour == 12
    assert kremlin(day="2016-02-28").published_at.hour == 13


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>News</title><entry><title>T</title><id>{0}/1</id><link href="{0}/1"/>
<published>2026-08-12T16:30:00+04:00</published></entry></feed>"""


def test_the_stale_offset_of_kremlins_feed_is_ignored():
    from scrapers.sources.readers import read_page
    from scrapers.sources.spec import Way

    source = SOURCES["kremlin"]
    capture = capture_of("kremlin", "http://kremlin.ru/events/all/feed", ATOM.format(NEWS))
    way = Way(kind="feed", url="http://kremlin.ru/events/all/feed")
    page = read_page(source, "ru", source.spec.editions["ru"], way, capture)
    assert [link.published for link in page.links] == ["2026-08-12T16:30+03:00"]


def test_the_stale_offset_of_government_ru_is_ignored():
    listing = (
        '<div class="headline" data-id="5"><span class="headline_date">'
        '<time datetime="2026-08-19T10:00:00+04:00">19 августа 2026</time></span>'
        '<a class="headline__link" href="/news/5/"><span class="headline_title_link">T</span></a>'
    )
    fetch = Served("government.ru", {"http://government.ru/news/": listing})
    link = next(iter(SOURCES["government.ru"].discover(fetch)))
    assert link.published == "2026-08-19T10:00+03:00"


def akorda(html, **link):
    return parse("akorda", "https://www.akorda.kz/en/talks-164741", html, **link)


AKORDA = (
    "<title>Talks — Official website of the President of the Republic of Kazakhstan</title>"
    "<h1>Events</h1>{0}<article><p>Trade grew.</p></article>"
    '<aside><div class="date_main_block_small">21 november 2026 year</div></aside>'
)


def test_akordas_h1_is_a_banner_and_its_sidebar_has_the_date_of_today():
    release = akorda(AKORDA.format("<h2>Talks held</h2><p>15 march 2024 year</p>"))
    assert release.title == "Talks held"
    assert release.published == date(2024, 3, 15)


def test_akordas_title_without_h2_is_that_of_the_window_without_its_suffix():
    release = akorda(AKORDA.format(""), published="2026-07-27")
    assert release.title == "Talks"
    assert release.published == date(2026, 7, 27)


def test_akordas_sidebar_date_alone_is_none():
    with pytest.raises(BadPage, match="no date"):
        akorda(AKORDA.format("<h2>Talks held</h2>"))


@pytest.mark.parametrize(
    ("source", "printed", "day"),
    [
        ("tvbrics", "27.03.26", date(2026, 3, 27)),
        ("tvbrics", "27.03.2026", date(2026, 3, 27)),
        ("tvbrics", "2026年04月21日", date(2026, 4, 21)),
    ],
)
def test_tv_brics_years_have_two_digits_or_four(source, printed, day):
    release = parse(
        source,
        "https://tvbrics.com/en/news/slug/",
        f'<div class="news-detail"><h1 class="news-detail__name">T</h1>'
        f'<span class="data_row__date">{printed}</span>'
        f'<div class="news-detail__text"><p>Text.</p></div></div>',
    )
    assert release.published == day


def test_president_uz_has_hyphens_in_its_listing_and_dots_on_its_page():
    url = "https://president.uz/en/lists/view/9164"
    page = (
        "<title>T - President of Uzbekistan</title><div class='single-content'>{}<p>Text.</p></div>"
    )
    dotted = parse("president.uz", url, page.format("<p>01.05.2026</p>"))
    listed = parse("president.uz", url, page.format(""), published="2026-05-02")
    assert dotted.published == date(2026, 5, 1)
    assert dotted.text == "Text."
    assert listed.published == date(2026, 5, 2)


@pytest.mark.parametrize("stats", ["13:45 / 21.09.2026", "21.09.2026 / 13:45"])
def test_kun_uz_prints_day_and_clock_in_either_order(stats):
    release = parse(
        "kun.uz",
        "https://kun.uz/en/news/2026/09/21/slug",
        f'<h1 class="news-inner__content-title">T</h1><div class="news-inner__content-page">'
        f'<div class="news-inner__content-stats">Society | {stats}</div><p>Text.</p></div>',
    )
    assert release.published_at == datetime(2026, 9, 21, 8, 45, tzinfo=UTC)
    assert release.text == "Text."


def test_qazinforms_gmt_plus_six_is_words_and_the_clock_that_of_almaty():
    html = '<h1>T</h1><div class="article__time">{}</div><div class="article__body-text">A</div>'
    url = "https://qazinform.com/news/slug-189cf7/"
    now = parse("qazinform", url, html.format("19:12, 16 April 2026 | GMT +6"))
    then = parse("qazinform", url, html.format("19:12, 16 January 2024 | GMT +6"))
    assert now.published_at == datetime(2026, 4, 16, 14, 12, tzinfo=UTC)  # +05 since March 2024
    assert then.published_at == datetime(2024, 1, 16, 13, 12, tzinfo=UTC)


def test_khovar_prints_tajik_months_in_any_language():
    html = (
        '<h1>T</h1><div class="author"><span class="meta">{}</span></div>'
        '<div class="shortcode-content"><p>Text.</p></div>'
    )
    url = "https://khovar.tj/eng/2026/01/slug/"
    release = parse("khovar", url, html.format("Январ 5, 2026 10:00"))
    assert release.published_at == datetime(2026, 1, 5, 5, 0, tzinfo=UTC)


def test_turkmenistans_second_h1_and_its_dates_are_of_the_sidebar():
    release = parse(
        "turkmenistan.gov.tm",
        "https://turkmenistan.gov.tm/en/post/109148/slug",
        '<aside><h1 class="main_title">Latest</h1><div class="aside_news_date">21.11.2026</div>'
        '</aside><article class="content"><h1 class="post_title">Headline</h1>'
        '<time class="post_date">31.07.2026</time><div class="post_text">Text.</div></article>',
    )
    assert (release.title, release.published) == ("Headline", date(2026, 7, 31))


@pytest.mark.parametrize(
    ("source", "url", "html"),
    [
        (
            "24.kg",
            "https://24.kg/english/351166_Slug/",
            '<h1>T</h1><div class="cont"><p>Text.</p><span id="article-link">11:05</span></div>',
        ),
        (
            "akipress",
            "https://svodka.akipress.org/news:2255101",
            '<h1>T</h1><div class="article-text">Text.</div>',
        ),
    ],
)
def test_where_a_page_prints_no_day_it_comes_from_the_listing_or_the_page_is_refused(
    source, url, html
):
    release = parse(source, url, html, published="2026-11-20T11:05+06:00")
    assert release.published_at == datetime(2026, 11, 20, 5, 5, tzinfo=UTC)
    with pytest.raises(BadPage, match="no date of publication"):
        parse(source, url, html)


def test_a_page_dated_in_the_future_is_refused():
    with pytest.raises(BadPage, match=r"dated 2099-01-01, after it was fetched"):
        kremlin(day="2099-01-01")


# -- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Name Surname:</b> Words.", "Name Surname: Words."),
        ("<b>Name Surname</b>: Words.", "Name Surname: Words."),
        ("<b>Name Surname:</b>Words.", "Name Surname: Words."),
        ("<b>Name</b> <b>Surname</b><b>:</b> Words.", "Name Surname: Words."),
        ("<b>Ш.Мирзиёев </b>(<i>перевод</i>)<b>:</b> Слова.", "Ш.Мирзиёев (перевод): Слова."),
        ("<b>* * *</b>", "* * *"),
        ("Words with <b>weight:</b> and more.", "Words with weight: and more."),
    ],
)
def test_a_turn_of_speech_opens_with_the_name(html, text):
    assert kremlin(f"<p>{html}</p>").text == text


def test_a_turn_goes_on_in_paragraphs_of_its_own():
    release = kremlin("<p><b>Name:</b> One.</p><p>Two.</p><p><b>Other:</b> Three.</p>")
    assert release.text == "Name: One.\n\nTwo.\n\nOther: Three."


def test_tooltips_galleries_and_tails_are_no_text():
    release = kremlin(
        '<div class="slider masha-ignore"><p>Caption</p></div>'
        '<p><a class="person_tag">Name Surname<span class="read__tooltip masha-ignore">'
        '<span class="tooltip__text">Biography</span></span></a> spoke.</p>'
        '<div class="read__cut masha-ignore"><p>Additional</p></div>'
        '<div class="read__bottommeta hidden-copy"><p>Publication status</p></div>'
    )
    assert release.text == "Name Surname spoke."


def test_a_table_is_kept_row_by_row():
    release = kremlin(
        "<table><tr><th>Year</th><th>Trade</th></tr><tr><td>2025</td><td>$28bn</td></tr></table>"
    )
    assert release.text == "Year | Trade\n\n2025 | $28bn"


def test_text_between_double_breaks_is_paragraphs():
    release = kremlin("One<br>goes on.<br><br>Two.<p>Three.</p>Four.")
    assert release.text == "One goes on.\n\nTwo.\n\nThree.\n\nFour."


def test_a_note_of_a_lead_only_has_the_lead_as_its_text():
    release = parse(
        "kremlin",
        f"{NEWS}/1",
        '<h1 class="entry-title">T</h1><div class="read__lead"><p>All there is.</p></div>'
        '<time class="read__published" datetime="2026-01-02"></time>'
        '<div class="entry-content e-content read__internal_content"></div>',
    )
    assert (release.lead, release.text) == ("All there is.", "All there is.")


def test_interfax_is_in_windows_1251():
    html = (
        '<html><head><meta charset="windows-1251"></head><body><article itemprop="articleBody">'
        "<h1>Экспорт вырос</h1><p>Вывезено 300 тыс. тонн.</p></article></body></html>"
    )
    link = Link(
        url="https://www.interfax.ru/business/1", language="ru", published="2026-01-02T10:00+03:00"
    )
    capture = capture_of(
        "interfax", link.url, html.encode("cp1251"), link=link, content_type="text/html"
    )
    release = SOURCES["interfax"].parse(capture)
    assert (release.title, release.text) == ("Экспорт вырос", "Вывезено 300 тыс. тонн.")


def test_mids_contents_and_returns_to_them_are_no_text():
    release = parse(
        "mid.ru",
        "https://mid.ru/ru/press_service/spokesman/briefings/2039004/",
        '<h1 class="photo-content__title">Брифинг</h1><span class="photo-content__date">20.08.2026'
        '</span><div class="text article-content"><h2>Содержание</h2><p><a href="#1">Тема</a></p>'
        "<p>Встреча прошла.</p><p>Назад к оглавлению</p><p>Ответ дан.</p></div>",
    )
    assert release.text == "Встреча прошла.\n\nОтвет дан."


def test_advertisements_of_gazeta_are_no_text():
    release = parse(
        "gazeta.uz",
        "https://www.gazeta.uz/ru/2026/11/02/slug/",
        '<h1 id="article_title">T</h1><div class="js-mediator-article article-text"><p>Text.</p>'
        '<p>Реклама. Erid: 2Vtz</p><p>"Gazeta.uz"da reklama</p></div>',
    )
    assert (release.text, release.published) == ("Text.", date(2026, 11, 2))


# -- languages, ids, interfaces ------------------------------------------------------------------


def test_one_id_in_two_languages_pairs_a_translation():
    russian = kremlin(number=81240)
    english = parse(
        "kremlin",
        "http://en.kremlin.ru/events/president/news/81240",
        '<h1 class="entry-title">T</h1><time class="read__published" datetime="2026-08-12"></time>'
        '<div class="entry-content e-content read__internal_content"><p>Text.</p></div>',
    )
    assert (russian.language, english.language) == ("ru", "en")
    assert russian.native_id == english.native_id == "81240"
    assert russian.release_id != english.release_id


def test_ids_that_languages_do_not_share_pair_nothing():
    release = parse(
        "24.kg",
        "https://24.kg/english/351166_Slug/",
        '<h1>T</h1><div class="cont"><p>Text.</p></div>',
        published="2026-11-20",
    )
    assert release.native_id is None


def president_tj(**fields):
    row = {"title": "T", "text": "<p>Text.</p>", "publish_date": "2026-03-31 10:00:00"} | fields
    url = "https://www.president.tj/event/news/35771?lang_id=3"
    return parse("president.tj", url, json.dumps({"success": True, "data": row}))


def test_president_tj_is_read_from_its_interface():
    release = president_tj(text="<p>One&nbsp;of<p>Two<br><br>Three<script>x()</script>")
    assert release.text == "One of\n\nTwo\n\nThree"
    assert release.published_at == datetime(2026, 3, 31, 5, 0, tzinfo=UTC)
    assert (release.language, release.native_id) == ("en", "35771")


def test_president_tj_without_a_row_is_a_changed_layout():
    with pytest.raises(LayoutChanged, match=r"interface\.row in president\.tj\.yml"):
        parse("president.tj", "https://www.president.tj/event/news/1?lang_id=3", '{"data": null}')


def test_president_tj_asks_its_interface_for_a_release():
    source = SOURCES["president.tj"]
    link = Link(
        url="https://www.president.tj/event/news/35771?lang_id=3", language="en", native_id="35771"
    )
    assert source.page(link).url == (
        "https://controlpanel.president.tj/api/event/show?id=35771&lang_id=3"
    )


def test_president_kg_has_all_languages_in_one_row():
    row = {
        "id": 39423,
        "titleRu": "Встреча",
        "titleEn": "Meeting",
        "publishedAt": "2025-07-21T13:43:59.481",
        "content": {"titleRu": "<p>Текст.</p>", "titleEn": "<p>Text.</p>"},
    }
    answer = json.dumps({"content": [row]})
    url = "https://president.kg/{}/news/21/39423"
    russian = parse("president.kg", url.format("ru"), answer)
    english = parse("president.kg", url.format("en"), answer)
    assert (russian.title, russian.text) == ("Встреча", "Текст.")
    assert (english.title, english.text) == ("Meeting", "Text.")
    assert russian.native_id == english.native_id
    assert russian.published_at == datetime(2025, 7, 21, 7, 43, tzinfo=UTC)
    with pytest.raises(Missing):
        parse("president.kg", url.format("ru").replace("39423", "1"), answer)


@pytest.mark.parametrize(
    "shape", ["{}", '{{"data": {}}}', '{{"post": {}}}', '{{"data": {{"post": {}}}}}']
)
def test_uza_is_read_whatever_stands_around_its_row(shape):
    row = {"id": 7, "title": "T", "content": "<p>Text.</p>", "publish_time": "2026-09-11 14:20:00"}
    release = parse("uza", "https://uza.uz/en/posts/slug_7", shape.format(json.dumps(row)))
    assert (release.text, release.published) == ("Text.", date(2026, 9, 11))
    link = Link(url="https://uza.uz/en/posts/slug-of-it_7", language="en")
    assert SOURCES["uza"].page(link).url.startswith("https://api.uza.uz/api/v1/posts/slug-of-it")


# -- what is told apart --------------------------------------------------------------------------


def test_a_page_of_another_make_is_a_changed_layout_and_says_where_to_mend():
    with pytest.raises(LayoutChanged, match=r"article\.body in kremlin\.yml"):
        parse("kremlin", f"{NEWS}/1", "<h1>Site under reconstruction</h1>")


@pytest.mark.parametrize(
    ("change", "said"),
    [({"title": ""}, "no title"), ({"day": ""}, None), ({"body": "<p> </p>"}, "no text")],
)
def test_what_a_page_lacks_is_named(change, said):
    if said is None:  # the date is printed as words, too
        assert kremlin(**change).published == date(2026, 8, 12)
        return
    with pytest.raises((BadPage, LayoutChanged), match=said):
        kremlin(**change)


def test_the_generic_reader_is_named_in_the_release():
    body = "".join(
        f"<p>Sentence {n} of a text that is long enough to be one.</p>" for n in range(9)
    )
    release = parse(
        "timesca",
        "https://timesca.com/slug/",
        f"<h1>Headline</h1><main><div>{body}</div></main>",
        published="2026-09-09T08:00+06:00",
    )
    assert release.parser == "generic"
    assert release.text.count("\n\n") == 8


@pytest.mark.parametrize(
    "title", ["https://president.tj/news?a&b", "news.html", "A &amp; B", "1 < 2"]
)
def test_a_title_that_looks_like_something_else_is_a_title(title):
    assert president_tj(title=title).title == title.replace("&amp;", "&")


def test_an_old_page_with_an_xml_declaration_is_read():
    body = "".join(f"<p>Sentence {n} of a text that is long enough.</p>" for n in range(9))
    head = '<?xml version="1.0" encoding="utf-8"?><h1>T</h1><span class="date">01.02.2026</span>'
    release = parse("tdh", "https://tdh.gov.tm/en/post/1/slug", head + body)
    assert "Sentence 8" in release.text
