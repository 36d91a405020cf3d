from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.web.bodies import pack
from scrapers.web.errors import BadPage
from scrapers.web.mojibake import mojibake
from scrapers.web.pages import cut_off, decode, page_text
from warehouse.fields import Capture

TEXT = (
    "Товарооборот России и Узбекистана достиг 11,3 миллиарда долларов. Её объём вырос на треть, "
    "сказал посол; «это рекорд». Қазақстан мен Ресей. Ҳамкорӣ миёни Тоҷикистон ва Русия."
)
RUSSIAN = "Товарооборот вырос. Стороны обсудили торговлю, энергетику и образование. Встреча прошла."
PAGE = "<!doctype html><html><head>{}</head><body><div><p>{}</p></div></body></html>"


def capture(body: bytes, content_type: str | None = "text/html") -> Capture:
    return Capture(
        capture_id="c",
        source="kremlin",
        url="http://kremlin.ru/1",
        final_url="http://kremlin.ru/1",
        status=200,
        content_type=content_type,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        body=pack(body),
        body_sha256="",
    )


@pytest.mark.parametrize(
    ("charset", "content_type", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=windows-1251", ""),  # the header is wrong
        ("utf-8", "text/html", '<meta charset="windows-1251">'),  # the page is wrong
        ("cp1251", "text/html; charset=windows-1251", ""),
        ("cp1251", "text/html", '<meta charset="windows-1251">'),
        (
            "cp1251",
            "text/html",
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        ),
        ("cp1251", "text/html; charset=utf-8", ""),  # wrong again
        ("cp1251", "text/html; charset=iso-8859-1", ""),
        ("cp1251", "text/html; charset=nonsense", ""),
        ("cp1251", "text/html; charset=hex", ""),
        ("cp1251", None, ""),
        ("koi8-r", "text/html; charset=koi8-r", ""),
        ("koi8-r", "text/html", ""),
        ("utf-16", "text/html", ""),
        ("utf-8-sig", "text/html; charset=windows-1251", ""),
        ("utf-16-le", "text/html; charset=utf-16le", ""),
    ],
)
def test_charset_is_found_whatever_is_said_of_it(charset, content_type, meta):
    page = PAGE.format(meta, RUSSIAN)
    assert page_text(capture(page.encode(charset), content_type)) == page


def test_the_charset_of_the_yaml_counts_where_nothing_else_is_said():
    page = PAGE.format("", RUSSIAN)
    assert decode(capture(page.encode("cp866")), charset="cp866") == page


def test_a_few_broken_characters_do_not_change_the_charset():
    body = PAGE.format("", RUSSIAN * 10).encode() + b"\xd0 \xff"
    assert RUSSIAN in decode(capture(body))


def test_an_xml_declaration_names_the_charset():
    feed = '<?xml version="1.0" encoding="windows-1251"?><rss><title>' + RUSSIAN + "</title></rss>"
    assert page_text(capture(feed.encode("cp1251"), "text/xml")) == feed


@pytest.mark.parametrize(
    "garbage",
    [
        RUSSIAN.encode().decode("cp1251", "replace"),
        RUSSIAN.encode().decode("latin-1"),
        RUSSIAN.encode("cp1251").decode("latin-1"),
        RUSSIAN.encode("cp1251").decode("utf-8", "replace"),
        RUSSIAN.encode("koi8-r").decode("cp1251"),
        RUSSIAN.encode("ascii", "replace").decode(),
    ],
)
def test_garbage_is_told_from_text(garbage):
    assert mojibake(garbage)
    assert mojibake(TEXT * 5 + "\n" + garbage), "a paragraph among right ones"
    with pytest.raises(BadPage, match="wrong charset"):
        page_text(capture(PAGE.format("", garbage).encode()))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        "Türkmenistanyň Prezidenti özara söwda dolanyşygyny ýokarlandyrmagy teklip etdi. Ýaş.",
        "Ўзбекистон Республикаси Президенти. O‘zbekiston Respublikasi Prezidenti — «rasmiy».",
        "Кыргыз Республикасынын өкмөтү. Ёлка, её, Рёрих, трёх, ещё; 5 м³ — №7.",
        "Café crème brûlée, à bientôt: São Tomé, Müller & Søn.",
        "Что это??? Кто там??? Где???",
        "二〇二六年 4 月 21 日",
        "",
    ],
)
def test_text_is_not_taken_for_garbage(text):
    assert mojibake(text) is None


WHOLE = [
    "",
    "plain text",
    '{"rows": [{"title": "<p>a'[:-3] + '"}]}',
    PAGE.format("", TEXT),
    PAGE.format("", TEXT) + "\n<!-- cached in 0.1 s -->\n",
    "<!doctype html><title>No optional tags</title><p>One<p>Two",
    "<html><body><div><p>Optional tags omitted</div>",
    "<html><body><div><div><p>Sloppy, but whole</p></div></body></html>",
    '<?xml version="1.0"?><rss><channel></channel></rss>',
    '<?xml version="1.0"?><urlset/>',
    "<div>a fragment<p>of an interface",
]


@pytest.mark.parametrize("page", WHOLE)
def test_whole_pages_are_whole(page):
    assert cut_off(page) is None


LONG = PAGE.format('<meta charset="utf-8"><script>var a = "</p>";</script>', TEXT)


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8, 0.93])
def test_a_cut_page_is_cut_off_wherever_the_cut_is(share):
    cut = LONG[: int(len(LONG) * share)]
    assert cut_off(cut)
    with pytest.raises(BadPage, match="cut off"):
        page_text(capture(cut.encode()))


@pytest.mark.parametrize("end", ["</channel", "</channel><!-- ", "<item><title>a"])
def test_a_cut_feed_is_cut_off(end):
    assert cut_off('<?xml version="1.0"?><rss version="2.0"><channel><item>' + end)


@given(st.text())
def test_any_text_is_judged(text):
    mojibake(text), cut_off(text), cut_off("<html>" + text)


@given(st.binary(), st.text(max_size=20))
def test_any_bytes_become_text(body, label):
    assert isinstance(decode(capture(body, f"text/html; charset={label}")), str)


@pytest.mark.parametrize("tags", [("<div>", "</div>"), ("<b><i>", "</i></b>"), ("<Span a=b>", "")])
def test_tags_nested_beyond_reason_are_refused_before_any_parser_sees_them(tags):
    deep = tags[0] * 200_000 + "deep" + tags[1] * 200_000
    with pytest.raises(BadPage, match="nested more than 1000 deep"):
        page_text(capture(PAGE.format("", deep).encode()))


def test_many_tags_are_not_deep_ones():
    many = "<div><p>One<br><li>Two<img src=a></div>" * 20_000
    assert page_text(capture(PAGE.format("", many).encode()))
