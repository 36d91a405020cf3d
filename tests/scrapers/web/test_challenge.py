import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.web.challenge import challenge, marks, visible_text
from tests.scrapers.web.server import CHALLENGE

ARTICLE = "Президенты обсудили торговлю и энергетику, сказано в сообщении. " * 20


def of(page: str, **headers: str) -> str | None:
    body = page.encode()
    return challenge(body[:65536], len(body), headers)


STUBS = [
    CHALLENGE,
    "<html><head><title>Just a moment...</title></head><body></body></html>",
    "<html><script src=/cdn-cgi/challenge-platform/h/b/orchestrate></script></html>",
    '<html><head><script src="https://servicepipe.ru/static/c.js"></script></head></html>',
    '<html><head><title>DDoS-Guard</title></head><body data-ddg-origin="true">'
    '<script src="/.well-known/ddos-guard/js-challenge/index.js"></script></body></html>',
    "<html><body><h1>Access Denied</h1>You don't have permission to access this.</body></html>",
    "<html><body>Проверка браузера. Пожалуйста, подождите…</body></html>",
    "<html><body><script>" + "var a=1;" * 5000 + "</script>Please, wait.</body></html>",
    '<html><script>document.cookie="pass=1";window.location.reload();</script></html>',
    '<html><head><meta http-equiv="refresh" content="1"></head>'
    '<script>document.cookie="t=1"</script><body>Loading</body></html>',
    "<html><body>Подтвердите, что&nbsp;вы не&nbsp;робот</body></html>",
]


@pytest.mark.parametrize("page", STUBS)
def test_pages_that_keep_robots_out_are_known(page):
    assert of(page)


def test_a_page_in_windows_1251_is_known_too():
    body = '<meta charset="windows-1251"><body>Доступ запрещен</body>'.encode("cp1251")
    assert challenge(body, len(body), {})


@pytest.mark.parametrize(
    "headers", [{"cf-mitigated": "challenge"}, {"x-amzn-waf-action": "captcha"}]
)
def test_a_header_says_it_outright(headers):
    body = ARTICLE.encode()
    assert challenge(body, len(body), headers)


WALLS_SCRIPT = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><p>{ARTICLE}</p>{WALLS_SCRIPT}</body></html>",
        f"<html><body><p>Please, wait, he said. {ARTICLE}</p></body></html>",
        f"<html><body><p>{ARTICLE}</p><div class=g-recaptcha></div></body></html>",
        '<html><body><div id="root"></div><noscript>You need to enable JavaScript to run this '
        "app.</noscript><script src=/main.js></script></body></html>",
        f"<html><body><p>{ARTICLE[:300]}</p><script>var a = document.cookie, b = location.href;"
        "</script></body></html>",
        '{"error": "access denied"}',
        "please, wait",
        '<?xml version="1.0"?><rss><channel><title>News</title></channel></rss>',
        "<p>Короткая новость: подписан меморандум.</p>",
        "<p>" + "Access denied " + "<i></i>" * 60000 + "</p>",
        "",
    ],
)
def test_other_pages_are_not(page):
    assert of(page) is None


@pytest.mark.parametrize("mark", marks().markup)
def test_every_mark_of_the_markup_counts(mark):
    assert of(f'<html><script src="{mark}"></script></html>')


@pytest.mark.parametrize("words", marks().text)
def test_every_wording_counts(words):
    assert of(f"<html><body><h1>{words.capitalize()}</h1></body></html>")


@given(st.text(alphabet="<>!-/scriptyle ab\"'="))
def test_any_markup_has_a_visible_text(text):
    visible_text(text)


def test_hostile_markup_takes_no_time():
    """Each would take minutes where patterns look back; a timeout of the suite would show it."""
    for piece in ("<script", "<!--", "<", "<script></scrip", "&lt;", "<style>"):
        visible_text(piece * 20000)
