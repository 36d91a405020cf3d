"""The sample sites: what they show each night, and that they answer as real sites do."""

import httpx
import pytest

from flows.demo.server import serving
from flows.demo.sites import sample_sites


@pytest.fixture(scope="module")
def server():
    with serving(sample_sites()) as running:
        yield running


@pytest.fixture(scope="module")
def ask():
    with httpx.Client(verify=False, timeout=5) as client:

        def get(server, host, path, timeout=5, **headers):
            address = server.address.format(host=host) + path
            return client.get(address, headers=headers, timeout=timeout)

        yield get


def texts(night):
    return {
        (site.source, r.url): r.paragraphs for site in sample_sites() for r in site.releases(night)
    }


def test_night_1_fills_night_2_adds_and_edits_one_page_night_3_is_still():
    first, second, third = texts(1), texts(2), texts(3)
    assert len(first) >= 40
    assert len(second) > len(first)
    assert [url for (_, url) in first if first[_, url] != second[_, url]] == [
        "https://www.gazeta.uz/en/2025/10/09/tourists/"
    ]
    assert third == second


@pytest.mark.parametrize("site", sample_sites(), ids=lambda site: site.source)
def test_every_site_has_three_pages_and_one_without_digits(site):
    releases = site.releases(3)
    assert len(releases) >= 3
    assert any(not any(c.isdigit() for c in r.raw) for r in releases)


@pytest.mark.parametrize("site", sample_sites(), ids=lambda site: site.source)
def test_every_page_answers_conditional_requests(server, ask, site):
    for host, path in site.pages(1):
        answer = ask(server, host, path)
        assert answer.status_code == 200, path
        assert (
            ask(server, host, path, **{"If-None-Match": answer.headers["etag"]}).status_code == 304
        )
        since = {"If-Modified-Since": answer.headers["last-modified"]}
        assert ask(server, host, path, **since).status_code == 304


def test_an_edit_changes_etag_and_last_modified(server, ask):
    page = "www.gazeta.uz", "/en/2025/10/09/tourists/"
    before = ask(server, *page)
    server.night = 2
    try:
        after = ask(server, *page, **{"If-None-Match": before.headers["etag"]})
    finally:
        server.night = 1
    assert after.status_code == 200
    assert after.headers["last-modified"] != before.headers["last-modified"]


def test_what_is_not_there_is_404(server, ask):
    assert ask(server, "en.kremlin.ru", "/events/president/news/1").status_code == 404
    assert ask(server, "president.uz", "/en/lists/news?page=2").status_code == 404
    assert ask(server, "elsewhere.example", "/").status_code == 404


def test_trouble_is_played_and_ends_with_the_server(ask):
    with serving(sample_sites()) as server:
        server.trouble = {"akorda": "error", "daryo": "hang", "gazeta.uz": "garbage"}
        assert ask(server, "www.akorda.kz", "/en/events").status_code == 500
        assert b"<html" not in ask(server, "www.gazeta.uz", "/en/rss/").content
        with pytest.raises(httpx.ReadTimeout):
            ask(server, "daryo.uz", "/en/feed", timeout=0.1)
        assert ask(server, "kremlin.ru", "/events/president/news").status_code == 200


def test_the_inbox_keeps_what_is_posted_to_it():
    with serving(sample_sites()) as server, httpx.Client(verify=False) as client:
        base = f"http://127.0.0.1:{server.server_port}"
        assert client.post(f"{base}/inbox", json={"title": "one"}).status_code == 200
        assert client.post(f"{base}/www.gazeta.uz/en/rss/", json={}).status_code == 405
        assert server.inbox == [{"title": "one"}]
