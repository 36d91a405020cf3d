"""Addresses come from pages that others wrote."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.sources.base import Request
from scrapers.web.addresses import Addresses, is_public
from scrapers.web.client import Client
from scrapers.web.errors import Forbidden, Misconfigured, Unreachable
from scrapers.web.policy import Policy, Site
from tests.scrapers.web.server import page

SITE = Site(id="kremlin", hosts=("kremlin.ru", "en.kremlin.ru"))


def mirrored(at):
    return Addresses(Site(id="kremlin", hosts=("kremlin.ru", "en.kremlin.ru"), at=at))


@pytest.mark.parametrize(
    "url",
    [
        "http://kremlin.ru/events/president/news/1",
        "https://en.kremlin.ru/",
        "http://kremlin.ru:80/a",
        "https://kremlin.ru:443/a",
        "HTTP://KREMLIN.RU/a",
        "http://kremlin.ru/поиск?q=а",
    ],
)
def test_addresses_of_the_sources_own_hosts_are_asked_as_they_are(url):
    addresses = Addresses(SITE)
    assert addresses.real(url) == url
    assert addresses.ask(url).host in SITE.hosts
    assert addresses.ask(url).scheme == url.split(":")[0].lower(), "http is never made https"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/events",
        "kremlin.ru/events",
        "//kremlin.ru/events",
        "http:/kremlin.ru",
        "http://",
        "file:///etc/passwd",
        "ftp://kremlin.ru/",
        "gopher://kremlin.ru/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://mid.ru/",
        "http://www.kremlin.ru/",
        "http://kremlin.ru.evil.example/",
        "http://evil.example/kremlin.ru",
        "http://evil.example#kremlin.ru",
        "http://evil.example?kremlin.ru",
        "http://user:secret@kremlin.ru/",
        "http://kremlin.ru@evil.example/",
        "http://@kremlin.ru/",
        "http://kremlin.ru\\@evil.example/",
        "http://evil.example\\.kremlin.ru/",
        "http://kremlin.ru\t.evil.example/",
        "http://kremlin.ru\r\nHost: evil.example/",
        "http://kremlin.ru:22/",
        "http://kremlin.ru:8080/",
        "http://kremlin.ru:443/",
        "http://kremlin.ru:99999/",
        "http://kremlin.ru./",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "http://ｋremlin.ru.evil.example/",
        "http://kremlin.ru/" + "a" * 9000,
    ],
)
def test_other_addresses_are_forbidden(url):
    with pytest.raises(Forbidden):
        Addresses(SITE).real(url)


def test_blanks_in_a_link_are_read_as_browsers_read_them():
    assert Addresses(SITE).real(" http://kremlin.ru/a b\n") == "http://kremlin.ru/a%20b"


@given(st.text())
def test_any_text_is_an_address_of_the_source_or_forbidden(text):
    for url in (text, f"http://{text}", f"http://kremlin.ru{text}", f"http://{text}kremlin.ru/"):
        try:
            asked = Addresses(SITE).ask(Addresses(SITE).real(url))
        except Forbidden:
            continue
        assert asked.host in SITE.hosts


PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.9.9
192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255
:: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:c0a8:101::
2001:0:7f00:1:0:0:80ff:fefe
"""
PUBLIC = """
8.8.8.8 95.173.136.70 91.212.89.1 172.32.0.1 100.128.0.1 192.169.0.1 2a00:1450::1 ::ffff:8.8.8.8
64:ff9b::808:808
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_known(address):
    assert is_public(address)


def resolving(*answers):
    """A resolver whose nth call gives the nth answer, the last one for ever."""
    calls = []

    def resolve(host, port, **_):
        calls.append(host)
        addresses = answers[min(len(calls), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    resolve.calls = calls
    return resolve


def ask_resolving(clock, resolve):
    policy = Policy(respect_robots=False, spacing_s=0, retries=0, timeout_s=0.2)
    site = Site(id="kremlin", hosts=("kremlin.ru",), policy=policy)
    with Client(clock=clock, resolve=resolve) as client:
        client.fetcher(site)(Request(url="http://kremlin.ru/"))


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["8.8.8.8", "192.168.0.1"]]
)
def test_a_name_that_resolves_to_a_private_address_is_forbidden(clock, answer):
    with pytest.raises(Forbidden, match=f"resolves to .*{answer[-1]}.*--at"):
        ask_resolving(clock, resolving(answer))


def test_a_name_that_changes_its_mind_gains_nothing(server, clock):
    """DNS rebinding: what was checked is what is connected to, and each connection is checked."""
    resolve = resolving(["192.0.2.1"], ["127.0.0.1"])
    for _ in range(2):
        with pytest.raises(Forbidden):
            ask_resolving(clock, resolve)
    assert server.whole_log == []
    assert len(resolve.calls) == 2, "one look-up for one connection"


def test_a_name_without_an_address_is_unreachable(clock):
    def resolve(host, port, **_):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unreachable, match=r"kremlin\.ru does not resolve"):
        ask_resolving(clock, resolve)


@pytest.mark.parametrize(
    ("at", "real", "asked"),
    [
        ("http://127.0.0.1:8080", "http://kremlin.ru/a?b=1", "http://127.0.0.1:8080/a?b=1"),
        ("http://127.0.0.1:8080/", "https://en.kremlin.ru/a", "http://127.0.0.1:8080/a"),
        ("http://127.0.0.1:8080/k", "http://kremlin.ru/a", "http://127.0.0.1:8080/k/a"),
        ("http://[::1]:8080", "http://kremlin.ru/", "http://[::1]:8080/"),
        (
            "http://127.0.0.1:8080/{host}",
            "http://en.kremlin.ru/a",
            "http://127.0.0.1:8080/en.kremlin.ru/a",
        ),
    ],
)
def test_a_mirror_stands_in_for_every_host(at, real, asked):
    addresses = mirrored(at)
    assert str(addresses.ask(addresses.real(real))) == asked


def test_a_mirrors_own_address_becomes_the_sources():
    addresses = mirrored("http://127.0.0.1:8080")
    assert addresses.real("http://127.0.0.1:8080/a") == "http://kremlin.ru/a"
    near = "https://en.kremlin.ru/b"
    assert addresses.real("http://127.0.0.1:8080/a", seen_at=near) == "https://en.kremlin.ru/a"
    hosts = mirrored("http://127.0.0.1:8080/{host}")
    assert hosts.real("http://127.0.0.1:8080/en.kremlin.ru/a") == "http://en.kremlin.ru/a"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8081/a", "http://127.0.0.1/a", "https://127.0.0.1:8080/a"]
)
def test_a_mirror_opens_no_other_port_or_scheme(url):
    with pytest.raises(Forbidden):
        mirrored("http://127.0.0.1:8080").real(url)


def test_a_mirror_with_a_folder_opens_no_other_folder():
    with pytest.raises(Forbidden, match="outside"):
        mirrored("http://127.0.0.1:8080/k").real("http://127.0.0.1:8080/other")


@pytest.mark.parametrize("at", ["", "127.0.0.1:8080", "file:///tmp", "http://u:p@127.0.0.1/"])
def test_a_mirror_that_is_no_address_is_misconfigured(at):
    with pytest.raises(Misconfigured, match="--at kremlin"):
        mirrored(at)


def test_a_mirror_may_be_local_by_name(server, clock):
    """The exemption is for its host and port; what other names resolve to stays checked."""
    server.on("/a", page("<p>here</p>"))
    port = server.url.rsplit(":", 1)[1]
    site = Site(id="kremlin", hosts=("kremlin.ru",), at=f"http://localhost:{port}")
    with Client(clock=clock) as client:
        assert client.fetcher(site)(Request(url="http://kremlin.ru/a")).status == 200


@pytest.mark.parametrize("hosts", [(), ("",), ("Kremlin.ru",), ("http://kremlin.ru",), ("a:80",)])
def test_hosts_are_bare_lower_case_names(hosts):
    with pytest.raises(Misconfigured, match="kremlin"):
        Site(id="kremlin", hosts=hosts)


@pytest.mark.parametrize("change", [{"concurrency": 0}, {"timeout_s": 0}, {"spacing_s": -1}])
def test_a_policy_that_cannot_work_is_misconfigured(change):
    with pytest.raises(Misconfigured, match=next(iter(change))):
        Policy(**change)


def test_a_ca_file_that_is_none_is_misconfigured(tmp_path):
    site = Site(id="akorda", hosts=("akorda.kz",), policy=Policy(ca=tmp_path / "none.pem"))
    with Client() as client, pytest.raises(Misconfigured, match=r"none\.pem"):
        client.fetcher(site)
