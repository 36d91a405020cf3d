"""Which addresses a source may ask for, and where they really are.

Addresses come from pages that others wrote: each is checked before every request, redirects
included. What a name resolves to is checked once more where we connect (`network`).
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from scrapers.web.errors import Forbidden, Misconfigured
from scrapers.web.policy import Site

NAT64 = ip_network("64:ff9b::/96")
ODD = re.compile(r"[\x00-\x20\x7f\\]")  # readers of addresses disagree about these
LONGEST = 8192


class Addresses:
    """The addresses of one site: real ones, and where its mirror keeps them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._base = None if site.at is None else mirror(site)

    @property
    def endpoint(self) -> tuple[str, int] | None:
        """Host and port of the mirror, the only place that may be private."""
        if self._base is None:
            return None
        return self._base.raw_host.decode(), port_of(self._base)

    def real(self, url: str, *, seen_at: str | None = None) -> str:
        """Return the address as the source publishes it, without a fragment.

        A mirror's own address becomes one of the host of ``seen_at`` (default: the main one).
        Raises Forbidden where the address is none of this source's.
        """
        url = url.strip().replace(" ", "%20")  # as browsers read a link
        parsed = parse(url)
        if self._base is not None and origin(parsed) == origin(self._base):
            return self._from_mirror(parsed, seen_at)
        host = parsed.raw_host.decode()
        if host not in self._site.hosts:
            raise Forbidden(
                f"{url}: {host} is no host of {self._site.id}; "
                "if it is the site's own, add it to `hosts` in its YAML"
            )
        if parsed.port is not None:
            raise Forbidden(f"{url}: port {parsed.port} is not the web's; we ask 80 and 443 only")
        return url.partition("#")[0]

    def ask(self, real: str) -> httpx.URL:
        """Return where to send the request for a real address."""
        parsed = httpx.URL(real)
        if self._base is None:
            return parsed
        at = str(self._base).replace("%7Bhost%7D", parsed.host).rstrip("/")
        return httpx.URL(at + parsed.raw_path.decode())

    def _from_mirror(self, parsed: httpx.URL, seen_at: str | None) -> str:
        near = httpx.URL(seen_at or f"http://{self._site.hosts[0]}")
        for host in (near.host, *self._site.hosts):
            prefix = self.ask(f"{near.scheme}://{host}/").raw_path
            if parsed.raw_path.startswith(prefix):
                path = parsed.raw_path[len(prefix) - 1 :].decode()
                return f"{near.scheme}://{host}{path}"
        raise Forbidden(f"{parsed}: outside {self._site.at}, the mirror of {self._site.id}")


def mirror(site: Site) -> httpx.URL:
    try:
        return parse(site.at or "")
    except Forbidden as error:
        raise Misconfigured(f"--at {site.id}={site.at}: no address to ask ({error})") from error


def parse(url: str) -> httpx.URL:
    """Return the parsed address. Raises Forbidden unless it is plain, absolute http or https."""
    if ODD.search(url) or len(url) > LONGEST:
        raise Forbidden(f"{url[:200]!r}: an address that readers would take differently")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise Forbidden(f"{url}: no valid address ({error})") from error
    if parsed.scheme not in ("http", "https") or not parsed.raw_host:
        raise Forbidden(f"{url}: only absolute http and https addresses are fetched")
    if "@" in re.split("[/?#]", url.partition("//")[2], maxsplit=1)[0]:
        raise Forbidden(f"{url}: holds a user name; such addresses hide their host")
    return parsed


def origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.raw_host.decode(), port_of(url)


def port_of(url: httpx.URL) -> int:
    return url.port or {"http": 80, "https": 443}[url.scheme]


def is_public(address: str) -> bool:
    """Tell whether an IP address, and any IPv4 address within it, is one of the public web."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (inner := embedded(ip)) is not None:
        return is_public(str(inner))
    odd = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast
    return ip.is_global and not (odd or ip.is_reserved or ip.is_unspecified)


def embedded(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, as gateways would reach it."""
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour
