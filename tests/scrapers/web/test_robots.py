"""robots.txt that rules, forbids, hangs, fails, or is something else altogether."""

import pytest

from scrapers.sources.base import Request, Unchanged
from scrapers.web.errors import Refused
from tests.scrapers.web.server import (
    CHALLENGE,
    endless,
    hang,
    page,
    redirect,
    status,
)

NEWS = Request(url="http://kremlin.ru/news")
TEXT = {"content_type": "text/plain"}
HOME = "<!DOCTYPE html><html><body>Disallow: /</body></html>"


@pytest.fixture
def news(server):
    server.on("/news", page("<p>news</p>"))
    return server


def rules_asked(server):
    return [asked for asked in server.whole_log if asked.path == "/robots.txt"]


def test_a_forbidden_path_is_a_refusal_and_never_asked(news, fetcher):
    news.on("/robots.txt", page("User-agent: *\nDisallow: /search\nAllow: /\n", **TEXT))
    fetch = fetcher()
    with pytest.raises(Refused, match=r"/search\?q=a: robots\.txt forbids it to Caravan"):
        fetch(Request(url="http://kremlin.ru/search?q=a"))
    assert fetch(NEWS)
    assert [asked.path for asked in news.log] == ["/news"]
    assert len(rules_asked(news)) == 1, "read once"


def test_our_own_group_comes_before_that_of_everybody(news, fetcher):
    news.on(
        "/robots.txt",
        page("User-agent: Caravan\nDisallow: /news\n\nUser-agent: *\nAllow: /\n", **TEXT),
    )
    with pytest.raises(Refused, match="forbids"):
        fetcher(user_agent="Mozilla/5.0")(NEWS)


def test_a_redirect_into_a_forbidden_path_is_not_followed(news, fetcher):
    news.on("/robots.txt", page("User-agent: *\nDisallow: /private\n", **TEXT))
    news.on("/news", redirect("/private"))
    with pytest.raises(Refused, match=r"/private: robots\.txt forbids"):
        fetcher()(NEWS)


def test_each_host_has_its_own_rules(news, fetcher):
    news.on("/robots.txt", page("User-agent: *\nDisallow: /news\n", **TEXT), status(404))
    fetch = fetcher()
    with pytest.raises(Refused):
        fetch(NEWS)
    assert fetch(Request(url="http://en.kremlin.ru/news"))


@pytest.mark.parametrize(
    "answer",
    [
        status(404),
        status(403),
        status(403, CHALLENGE),
        page(HOME),
        page(HOME, content_type="text/plain"),
        page("", **TEXT),
        page("\ufeffgarbage \x00 : : \n" * 50, **TEXT),
        redirect("http://elsewhere.example/robots.txt"),
        status(204),
    ],
)
def test_what_is_no_rules_forbids_nothing(news, fetcher, answer):
    news.on("/robots.txt", answer)
    assert fetcher()(NEWS)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (status(500), "500"),
        (status(429), "429"),
        (page(CHALLENGE), "challenge"),
        (hang(), "ReadTimeout"),
        (endless, "more than"),
    ],
)
def test_rules_that_are_not_to_be_had_keep_us_away(news, fetcher, answer, says):
    news.on("/robots.txt", answer)
    fetch = fetcher(timeout_s=0.4, total_s=10, max_bytes=200_000, breaker_after=9)
    for _ in range(2):
        with pytest.raises(Refused, match=rf"robots\.txt is not to be had.*{says}"):
            fetch(NEWS)
    assert news.log == []
    assert len(rules_asked(news)) <= 2, "not asked again for every page"


def test_rules_that_hang_are_asked_for_again_later(news, fetcher, clock):
    news.on("/robots.txt", hang(), hang(), page("", **TEXT))
    fetch = fetcher(timeout_s=0.6)
    with pytest.raises(Refused):
        fetch(NEWS)
    clock.sleep(601)
    assert fetch(NEWS)


def test_rules_that_we_hold_serve_when_the_site_fails(news, fetcher, clock):
    news.on("/robots.txt", page("User-agent: *\nDisallow: /search\n", **TEXT), status(500))
    fetch = fetcher()
    fetch(NEWS)
    clock.sleep(2 * 86400)
    assert isinstance(fetch(NEWS), Unchanged)
    with pytest.raises(Refused, match="forbids"):
        fetch(Request(url="http://kremlin.ru/search"))


def test_rules_of_yesterday_are_asked_for_conditionally(news, fetcher, clock):
    news.on("/robots.txt", page("User-agent: *\nDisallow: /search\n", etag='"r"', **TEXT))
    fetch = fetcher()
    fetch(NEWS)
    clock.sleep(86401)
    fetch(NEWS)
    assert [asked.conditional for asked in rules_asked(news)] == [False, True]
    with pytest.raises(Refused, match="forbids"):
        fetch(Request(url="http://kremlin.ru/search"))


def test_rules_are_kept_with_the_captures(news, fetcher, memory):
    fetcher()(NEWS)
    assert set(memory.captures) == {NEWS.url, "http://kremlin.ru/robots.txt"}


@pytest.mark.parametrize(
    ("rule", "seconds"),
    [("Crawl-delay: 20", 20), ("Request-rate: 1/30", 30), ("Crawl-delay: 9999", 60)],
)
def test_a_crawl_delay_widens_the_spacing(news, fetcher, rule, seconds):
    news.on("/robots.txt", page(f"User-agent: *\n{rule}\nDisallow:\n", **TEXT))
    fetch = fetcher(spacing_s=3)
    fetch(NEWS), fetch(NEWS)
    assert news.gaps()[1] == pytest.approx(seconds, abs=1)


@pytest.mark.parametrize("delay", ["-5", "nan", "inf", "1e999", "soon"])
def test_an_absurd_crawl_delay_breaks_nothing(news, fetcher, delay):
    news.on("/robots.txt", page(f"User-agent: *\nCrawl-delay: {delay}\nDisallow:\n", **TEXT))
    fetch = fetcher(spacing_s=3)
    fetch(NEWS), fetch(NEWS)
    assert 3 <= news.gaps()[1] <= 61


def test_a_site_whose_yaml_says_so_is_not_asked_for_rules(news, fetcher):
    news.on("/robots.txt", page("User-agent: *\nDisallow: /\n", **TEXT))
    assert fetcher(respect_robots=False)(NEWS)
    assert rules_asked(news) == []
