"""Connections: only to public addresses, and never longer than allowed.

A name is resolved here and the connection made to the very address that was checked, so that a
name server that answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpcore
import httpx
from h2.exceptions import H2Error

from scrapers.web.addresses import is_public
from scrapers.web.clock import Clock
from scrapers.web.errors import Forbidden, Misconfigured

Resolve = Any  # socket.getaddrinfo, or a stand-in with its signature
Endpoint = tuple[str, int]


class Deadline(threading.local):
    """The moment by which the request of this thread must be over.

    Time-outs of httpx start anew with every piece that arrives, headers byte by byte included.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: float | None = None

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        self._at = self._clock.monotonic() + seconds
        try:
            yield
        finally:
            self._at = None

    def is_over(self) -> bool:
        return self._at is not None and self._clock.monotonic() >= self._at

    def cap(self, timeout: float | None) -> float | None:
        """Return the time-out of one step. Raises httpcore.ReadTimeout once time is up."""
        if self._at is None:
            return timeout
        left = self._at - self._clock.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("time for the whole answer is up")
        return left if timeout is None else min(timeout, left)


class BoundedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline of the thread that waits."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        timeout = self._deadline.cap(timeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return BoundedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class PinnedBackend(httpcore.NetworkBackend):
    """Resolves names itself and connects to public addresses only; ``mirror`` is exempt."""

    def __init__(
        self, deadline: Deadline, *, mirror: Endpoint | None, resolve: Resolve = socket.getaddrinfo
    ) -> None:
        self._deadline = deadline
        self._mirror = mirror
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._deadline.cap(timeout), local_address, socket_options
                )
                return BoundedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} does not resolve: {error}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if (host, port) == self._mirror:
            return addresses
        private = [address for address in addresses if not is_public(address)]
        if private:
            raise Forbidden(
                f"{host} resolves to {', '.join(private)}, which is no public address; "
                "name a mirror with --at ID=URL if that is meant"
            )
        return addresses


class PinnedTransport(httpx.BaseTransport):
    """An httpx transport over a pool of such connections, HTTP/2 where the site speaks it."""

    def __init__(self, backend: httpcore.NetworkBackend, context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=100,
            keepalive_expiry=60,  # longer than the spacing of most hosts
            http2=True,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        with as_httpx_errors():
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    url,
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=AnswerStream(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class AnswerStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with as_httpx_errors():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def as_httpx_errors() -> Iterator[None]:
    """Turn httpcore's errors into those of httpx, which bear the same names."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        kind = getattr(httpx, type(error).__name__, httpx.TransportError)
        raise kind(str(error)) from error
    except H2Error as error:  # httpcore lets some of them through
        raise httpx.RemoteProtocolError(str(error) or type(error).__name__) from error


def tls_context(*, verify: bool, ca: Path | None) -> ssl.SSLContext:
    """Return the TLS options of a site. Raises Misconfigured for a CA file that is none."""
    context = httpx.create_ssl_context(verify=verify, trust_env=False)
    if ca is not None:
        try:
            context.load_verify_locations(cafile=ca)
        except (OSError, ssl.SSLError) as error:
            raise Misconfigured(f"ca: {ca} is no readable PEM file of certificates") from error
    return context
