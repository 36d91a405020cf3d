"""Whatever a server sends, what comes out is a capture or an error of the tree."""

import socket
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.sources.base import Request
from scrapers.web.client import Client
from scrapers.web.errors import CaravanError
from scrapers.web.policy import Policy, Site
from tests.scrapers.web.server import FakeClock

POLICY = Policy(
    spacing_s=0,
    retries=0,
    timeout_s=1,
    total_s=2,
    max_bytes=9999,
    breaker_after=10**9,
    redirects=2,
    respect_robots=False,
)
OK = b"HTTP/1.1 200 OK\r\n"
FOUND = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "


@pytest.fixture(scope="module")
def says():
    """A server that sends one thing to everybody; set `says.what`."""

    class Says:
        what = b""
        url = ""

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return  # the test is over
                with connection:
                    connection.recv(65536)
                    connection.sendall(Says.what)

        threading.Thread(target=serve, daemon=True).start()
        Says.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        yield Says
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def fetch(says):
    site = Site(id="kremlin", hosts=("kremlin.ru",), policy=POLICY, at=says.url)
    with Client(clock=FakeClock()) as client:
        yield client.fetcher(site)


def outcome(fetch):
    try:
        return fetch(Request(url="http://kremlin.ru/a")).status
    except CaravanError as error:
        return error


ODD = [
    b"",
    b"\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.2\r\n",
    b"HTTP/1.1 999 Odd\r\n\r\n",
    b"HTTP/1.1 200\r\n\r\nbody",
    OK + b"Content-Length: -1\r\n\r\n",
    OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nbody",
    OK + b"Content-Length: 99999999999999999999\r\n\r\nbody",
    OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    OK + b"Content-Encoding: gzip\r\n\r\nbody",
    OK + b"Content-Encoding: \xff\xfe\r\n\r\nbody",
    OK + b"Content-Type: \xd0\xb0; charset=\xff\r\nETag: \xff\r\n\r\nbody",
    OK + b"Set-Cookie: \xff=;;;=\xd0; expires=never; domain=..\r\n\r\nbody",
    OK + b"X: " + b"y" * 200_000,
    b"HTTP/1.1 429 Slow\r\nRetry-After: \xd9\xa3\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: Fri, 99 Nov 99999999 99:99:99 GMT\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: 99999999999999999999999\r\n\r\n",
    FOUND + b"http://\xff\xfe/\r\n\r\n",
    FOUND + b"http://xn--/\r\n\r\n",
    FOUND + b"http://[::1\r\n\r\n",
    FOUND + b"http://a:b:c/\r\n\r\n",
    FOUND + b"\x01\x02\r\n\r\n",
    FOUND + b"////\r\n\r\n",
    FOUND + b"?" + b"a" * 70_000 + b"\r\n\r\n",
]


@pytest.mark.parametrize("what", ODD, ids=lambda what: repr(what[:60]))
def test_odd_answers_end_as_captures_or_errors_of_ours(says, fetch, what):
    says.what = what
    assert outcome(fetch)


HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Location", "Content-Encoding", "Content-Type", "Retry-After", "Set-Cookie", "ETag"]
        ),
        st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=30),
    ),
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([200, 302, 304, 429, 503]), HEADERS, st.binary(max_size=60))
def test_any_headers_do(says, fetch, status, headers, body):
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    says.what = f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body
    assert outcome(fetch)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_do(says, fetch, what):
    says.what = what
    assert outcome(fetch)
