"""What is stored, and what is said, when a site behaves and when it does not."""

import itertools
import threading
from dataclasses import replace

import pytest

from scrapers.sources.base import Link, Request, Unchanged
from scrapers.web.bodies import unpack
from scrapers.web.errors import (
    BadPage,
    Forbidden,
    LayoutChanged,
    Misconfigured,
    Missing,
    Refused,
    Unreachable,
)
from tests.scrapers.web.server import (
    CHALLENGE,
    cut,
    drip,
    drip_headers,
    endless,
    gzip_bomb,
    gzipped,
    hang,
    nested_tags,
    page,
    redirect,
    status,
)

NEWS = "http://kremlin.ru/events/president/news"
PATH = "/events/president/news"
ARTICLE = "<html><body><p>Товарооборот вырос на 12 процентов.</p></body></html>"


def ask(fetch, url=NEWS):
    return fetch(Request(url=url))


def refused_with(fetch, error, *words, url=NEWS):
    with pytest.raises(error) as caught:
        ask(fetch, url)
    assert type(caught.value) is error or error not in (Unreachable,)
    for word in words:
        assert word in str(caught.value)


def test_a_page_is_kept_as_sent_under_its_real_address(server, fetcher, memory):
    server.on(PATH, page(ARTICLE, etag='"1"', last_modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    fetch = fetcher()
    capture = ask(fetch)
    assert unpack(capture) == ARTICLE.encode()
    assert (capture.url, capture.final_url, capture.status) == (NEWS, NEWS, 200)
    assert (capture.source, capture.etag) == ("kremlin", '"1"')
    assert capture.fetched_at.year == 2026
    assert memory.captures[NEWS] is capture
    assert (fetch.tally.requests, fetch.tally.fetched) == (2, 1)  # robots.txt is one


def test_the_capture_says_what_the_listing_said(server, fetcher):
    server.on(PATH, page(ARTICLE))
    link = Link(url=NEWS, language="ru", native_id="7", title="Встреча", published="2026-11-20")
    capture = fetcher()(Request(url=NEWS, link=link))
    assert (capture.language, capture.native_id) == ("ru", "7")
    assert (capture.listed_title, capture.listed_published) == ("Встреча", "2026-11-20")


def test_each_second_visit_is_conditional_and_304_is_unchanged(server, fetcher):
    server.on(PATH, page(ARTICLE, etag='"1"'))
    fetch = fetcher()
    first, second = ask(fetch), ask(fetch)
    assert second == Unchanged(capture=first)
    assert [asked.conditional for asked in server.log] == [False, True]
    assert (fetch.tally.fetched, fetch.tally.unchanged) == (1, 1)


def test_last_modified_alone_serves_too(server, fetcher):
    server.on(PATH, page(ARTICLE, last_modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    fetch = fetcher()
    ask(fetch)
    assert isinstance(ask(fetch), Unchanged)


def test_without_validators_the_same_bytes_are_unchanged_and_an_edit_is_new(server, fetcher):
    server.on(PATH, page(ARTICLE), page(ARTICLE), page(ARTICLE.replace("12", "13")))
    fetch = fetcher()
    first = ask(fetch)
    assert isinstance(ask(fetch), Unchanged)
    third = ask(fetch)
    assert third.capture_id != first.capture_id
    assert "13" in unpack(third).decode()


def test_a_304_that_nobody_asked_for_is_no_answer(server, fetcher):
    server.on(PATH, status(304))
    refused_with(fetcher(), Unreachable, "304", "hold nothing")


def test_a_challenge_page_with_status_200_is_a_refusal_and_not_kept(server, fetcher, memory):
    server.on(PATH, page(CHALLENGE))
    fetch = fetcher()
    refused_with(fetch, Refused, NEWS, "challenge page", "bobcmn")
    assert NEWS not in memory.captures
    assert fetch.tally.refused == 1


def test_403_after_some_requests_is_a_refusal_and_the_host_is_left_alone(server, fetcher, clock):
    server.on(PATH, page(ARTICLE), page(ARTICLE + "!"), status(403, "Forbidden"))
    fetch = fetcher(breaker_after=2, breaker_s=1800)
    ask(fetch), ask(fetch)
    refused_with(fetch, Refused, "403")
    refused_with(fetch, Refused, "403")
    asked = len(server.log)
    refused_with(fetch, Refused, "left alone", "403")
    assert len(server.log) == asked == 4  # no retries of a refusal, then no request at all
    clock.sleep(1801)
    server.on(PATH, page(ARTICLE))
    assert ask(fetch)


def test_a_host_that_refuses_again_after_its_rest_is_left_alone_at_once(server, fetcher, clock):
    server.on(PATH, status(403))
    fetch = fetcher(breaker_after=2)
    refused_with(fetch, Refused, "403")
    refused_with(fetch, Refused, "403")
    clock.sleep(1801)
    refused_with(fetch, Refused, "403")
    refused_with(fetch, Refused, "left alone")


def test_429_waits_as_long_as_the_site_asks(server, fetcher):
    server.on(PATH, status(429, retry_after="40"), page(ARTICLE))
    assert unpack(ask(fetcher())) == ARTICLE.encode()
    first, second = server.log
    assert second.at - first.at >= 40


def test_429_with_a_date_waits_until_then(server, fetcher, clock):
    later = clock.now().replace(microsecond=0).strftime("%a, %d %b %Y %H:%M:%S GMT")
    server.on(PATH, status(429, retry_after=later.replace("22:00", "22:01")), page(ARTICLE))
    ask(fetcher())
    first, second = server.log
    assert second.at - first.at >= 50


def test_429_that_asks_for_too_long_a_rest_is_a_refusal_and_shuts_the_host(server, fetcher):
    server.on(PATH, status(429, retry_after="7200"))
    fetch = fetcher()
    refused_with(fetch, Refused, "429", "7200 s of rest")
    refused_with(fetch, Refused, "left alone")
    assert len(server.log) == 1


def test_429_for_ever_is_a_refusal_after_the_retries(server, fetcher):
    server.on(PATH, status(429))
    refused_with(fetcher(retries=2), Refused, "429")
    assert len(server.log) == 3


def test_500_then_200_is_a_page(server, fetcher):
    server.on(PATH, status(500), page(ARTICLE))
    fetch = fetcher()
    assert unpack(ask(fetch)) == ARTICLE.encode()
    assert fetch.tally.failed == 0


def test_500_for_ever_is_unreachable_with_growing_pauses(server, fetcher):
    server.on(PATH, status(500))
    refused_with(fetcher(retries=3, backoff_s=8), Unreachable, NEWS, "500")
    times = [asked.at for asked in server.log]
    pauses = [b - a for a, b in itertools.pairwise(times)]
    assert len(pauses) == 3
    for pause, backoff in zip(pauses, (8, 16, 32), strict=True):
        assert backoff * 0.5 <= pause <= backoff * 1.5 + 0.5


def test_503_with_a_challenge_is_a_refusal(server, fetcher):
    server.on(PATH, status(503, CHALLENGE))
    refused_with(fetcher(), Refused, "503", "challenge")


def test_an_endless_body_is_refused(server, fetcher, memory):
    server.on(PATH, endless)
    refused_with(fetcher(total_s=20), BadPage, NEWS, "more than 1000000 bytes", "max_bytes")
    assert NEWS not in memory.captures


def test_an_endless_error_is_an_error_all_the_same(server, fetcher):
    def behave(handler, _):
        handler.stream(403)
        while True:
            handler.wfile.write(b"go away " * 1000)

    server.on(PATH, behave)
    refused_with(fetcher(), Refused, "403")


@pytest.mark.parametrize("slow", [drip(), drip_headers()])
def test_a_slow_drip_is_cut_off_in_time_and_not_tried_again(server, fetcher, slow):
    server.on(PATH, slow)
    fetch = fetcher(total_s=0.8, respect_robots=False)
    refused_with(fetch, Unreachable, "not whole within 0.8 s", "total_s")
    assert len(server.log) == 1


def test_silence_is_unreachable_after_the_retries(server, fetcher):
    server.on(PATH, hang())
    refused_with(
        fetcher(retries=1, timeout_s=0.3, respect_robots=False), Unreachable, "ReadTimeout"
    )
    assert len(server.log) == 2


def test_a_gzip_bomb_is_refused_while_it_is_small(server, fetcher):
    server.on(PATH, gzip_bomb())
    refused_with(fetcher(total_s=20), BadPage, "more than 1000000 bytes")


def test_gzip_is_undone_and_a_cut_gzip_is_tried_again(server, fetcher):
    server.on(PATH, gzipped(ARTICLE, cut=40), gzipped(ARTICLE))
    assert unpack(ask(fetcher())) == ARTICLE.encode()


def test_an_encoding_that_we_did_not_ask_for_is_a_bad_page(server, fetcher):
    server.on(PATH, gzipped(ARTICLE, encoding="br"))
    refused_with(fetcher(), BadPage, "'br'")


def test_a_body_shorter_than_announced_is_tried_again_then_unreachable(server, fetcher):
    server.on(PATH, cut(ARTICLE, claims=9000))
    refused_with(fetcher(retries=1), Unreachable, "without sending complete")
    assert len(server.log) == 2


def test_an_empty_body_is_no_page(server, fetcher):
    server.on(PATH, page(""))
    refused_with(fetcher(), Unreachable, "empty body")


def test_a_redirect_loop_ends(server, fetcher):
    server.on(PATH, redirect("/a"))
    server.on("/a", redirect(PATH))
    refused_with(fetcher(redirects=4), Unreachable, "more than 4 times")
    assert len(server.log) == 5


def test_a_redirect_within_the_site_is_followed_and_told(server, fetcher):
    server.on(PATH, redirect("http://en.kremlin.ru/news", 301))
    server.on("/news", page(ARTICLE))
    capture = ask(fetcher())
    assert (capture.url, capture.final_url) == (NEWS, "http://en.kremlin.ru/news")
    assert [asked.host for asked in server.log] == ["kremlin.ru", "en.kremlin.ru"]


def test_a_redirected_page_is_asked_for_conditionally_where_it_is(server, fetcher):
    server.on(PATH, redirect("/news", 301))
    server.on("/news", page(ARTICLE, etag='"1"'))
    fetch = fetcher()
    ask(fetch)
    assert isinstance(ask(fetch), Unchanged)


def test_a_redirect_that_wants_its_cookie_back_gets_it(server, fetcher):
    def behave(handler, asked):
        if "pass=1" in asked.headers.get("cookie", ""):
            page(ARTICLE)(handler, asked)
        else:
            redirect(PATH, set_cookie="pass=1; Path=/")(handler, asked)

    server.on(PATH, behave)
    assert unpack(ask(fetcher())) == ARTICLE.encode()


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://2130706433/",
        "http://[::1]/",
        "file:///etc/passwd",
        "ftp://kremlin.ru/x",
        "//evil.example/",
        "http://kremlin.ru@evil.example/",
        "http://kremlin.ru:8080/",
        "http://kremlin.ru.evil.example/",
        "http://[",
    ],
)
def test_a_redirect_out_of_the_site_is_forbidden(server, fetcher, to):
    server.on(PATH, redirect(to))
    refused_with(fetcher(), Forbidden, NEWS, "redirects where we do not go")
    assert len(server.log) == 1


def test_a_link_to_another_host_is_never_asked(server, fetcher):
    fetch = fetcher()
    refused_with(fetch, Forbidden, "mid.ru", "kremlin", "hosts", url="https://mid.ru/news")
    assert server.whole_log == []
    assert fetch.tally.failed == 1


def test_404_is_missing_and_410_too_and_neither_opens_the_breaker(server, fetcher):
    server.on(PATH, status(404), status(410))
    fetch = fetcher(breaker_after=1)
    refused_with(fetch, Missing, "404 Not Found")
    refused_with(fetch, Missing, "410 Gone")
    assert fetch.tally.missing == 2


def test_400_is_our_mistake(server, fetcher):
    server.on(PATH, status(400))
    refused_with(fetcher(), Misconfigured, "400 Bad Request", "YAML")


def test_a_status_of_success_without_a_page_is_no_page(server, fetcher):
    server.on(PATH, status(204))
    refused_with(fetcher(), Unreachable, "204")


def test_five_megabytes_of_nested_tags_are_kept_as_they_are(server, fetcher):
    server.on(PATH, nested_tags())
    capture = ask(fetcher(max_bytes=10_000_000, total_s=20, timeout_s=5))
    assert unpack(capture).count(b"<div>") == 1_000_000


def test_bytes_in_a_wrong_charset_are_kept_as_sent(server, fetcher):
    sent = "<p>Узбекистан</p>".encode("cp1251")
    server.on(PATH, page(sent))
    assert unpack(ask(fetcher())) == sent


def test_post_sends_its_body_and_is_never_conditional(server, fetcher):
    server.on("/api", page('{"rows": []}', content_type="application/json", etag='"1"'))
    fetch = fetcher()
    request = Request(url="https://kremlin.ru/api", method="POST", body='{"page": 0}')
    fetch(request), fetch(request)
    for asked in server.log:
        assert (asked.method, asked.body) == ("POST", b'{"page": 0}')
        assert asked.headers["content-type"] == "application/json"
        assert not asked.conditional


def test_a_fragment_stays_at_home(server, fetcher):
    server.on("/a", page(ARTICLE))
    assert ask(fetcher(), "http://kremlin.ru/a#top").url == "http://kremlin.ru/a"


def test_the_user_agent_is_the_one_of_the_policy(server, fetcher):
    server.on(PATH, page(ARTICLE))
    ask(fetcher(user_agent="Mozilla/5.0 (for the sites that insist)"))
    assert server.log[0].headers["user-agent"].startswith("Mozilla/5.0")


def test_nobody_listening_is_unreachable(client, site):
    gone = replace(site, at="http://127.0.0.1:1", policy=replace(site.policy, respect_robots=False))
    refused_with(client.fetcher(gone), Unreachable, NEWS, "ConnectError")


def test_a_host_is_never_asked_faster_than_its_spacing(server, fetcher):
    """Redirects, retries, refusals and robots.txt are requests too."""
    server.on(PATH, status(500), redirect("/a"), page(ARTICLE))
    server.on("/a", page(ARTICLE), page(ARTICLE), status(403))
    fetch = fetcher(spacing_s=15, backoff_s=1)
    ask(fetch), ask(fetch)
    ask(fetch, "http://kremlin.ru/a#again")
    refused_with(fetch, Refused, "403", url="http://kremlin.ru/a")
    assert len(server.gaps()) >= 5
    assert min(server.gaps()) >= 15


def test_threads_share_the_pace_and_the_places_of_a_host(server, fetcher):
    now_in, most = [], []
    lock = threading.Lock()

    def behave(handler, asked):
        with lock:
            now_in.append(asked)
            most.append(len(now_in))
        handler.wait(0.02)
        with lock:
            now_in.remove(asked)
        page(ARTICLE + asked.path)(handler, asked)

    for number in range(8):
        server.on(f"/{number}", behave)
    fetch = fetcher(spacing_s=0, concurrency=2, total_s=30, timeout_s=10)
    run = [threading.Thread(target=ask, args=(fetch, f"http://kremlin.ru/{n}")) for n in range(8)]
    for thread in run:
        thread.start()
    for thread in run:
        thread.join()
    assert fetch.tally.fetched == 8
    assert max(most) == 2


def test_sources_at_one_server_keep_their_own_pace(server, client, site):
    """26 sources against one test server do not wait for each other."""
    server.on("/a", page(ARTICLE))
    slow = replace(site, policy=replace(site.policy, spacing_s=1000))
    for name in ("kremlin", "tass"):
        client.fetcher(replace(slow, id=name, hosts=(f"{name}.ru",)))(
            Request(url=f"http://{name}.ru/a")
        )
    first_of_each = [asked.at for asked in server.whole_log if asked.path == "/robots.txt"]
    assert len(first_of_each) == 2


def test_refusals_are_no_changed_layout():
    assert not issubclass(Refused, LayoutChanged)
