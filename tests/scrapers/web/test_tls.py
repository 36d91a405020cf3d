"""TLS: a chain that does not hold, the two mends for it, and HTTP/2."""

import socket
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from scrapers.sources.base import Request
from scrapers.web.bodies import unpack
from scrapers.web.errors import Unreachable
from scrapers.web.policy import Policy, Site

HOME = Request(url="https://akorda.kz/")
QUICK = Policy(spacing_s=0, timeout_s=2, respect_robots=False)
PAGE = b"<p>" + b"h2 " * 1000


@pytest.fixture(scope="session")
def pem(tmp_path_factory):
    """A certificate for localhost that nobody but us has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    form = serialization.Encoding.PEM
    traditional, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(certificate.public_bytes(form) + key.private_bytes(form, traditional, plain))
    return path


def garble(garbage):
    """Return a way to speak to one client that begins as HTTP/2 does, if at all."""

    def speak(connection):
        connection.recv(65536)
        connection.sendall(garbage)
        connection.recv(65536)  # what it says to the beginning
        connection.sendall(LATER)

    return speak


def answer(connection):
    """Speak HTTP/2 with one client until it leaves."""
    h2 = H2Connection(config=H2Configuration(client_side=False))
    h2.initiate_connection()
    connection.sendall(h2.data_to_send())
    while data := connection.recv(65536):
        for event in h2.receive_data(data):
            if isinstance(event, RequestReceived):
                h2.send_headers(event.stream_id, [(":status", "200"), ("etag", '"h2"')])
                h2.send_data(event.stream_id, PAGE, end_stream=True)
        connection.sendall(h2.data_to_send())


@pytest.fixture
def secure(pem, request):
    """The address of an HTTPS server that speaks HTTP/2 only, or garbage."""
    speak = getattr(request, "param", answer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return  # the test is over
                try:
                    with context.wrap_socket(connection, server_side=True) as secured:
                        speak(secured)
                except OSError:
                    connection.close()  # the client did not trust us

        threading.Thread(target=serve, daemon=True).start()
        yield f"https://localhost:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def fetch_with(client, secure):
    def make(**policy):
        site = Site(id="akorda", hosts=("akorda.kz",), policy=replace(QUICK, **policy), at=secure)
        return client.fetcher(site)

    return make


def test_a_chain_that_does_not_hold_says_so_and_how_to_mend_it(fetch_with):
    with pytest.raises(Unreachable, match=r"CERTIFICATE_VERIFY_FAILED.*`ca`.*`verify: false`"):
        fetch_with()(HOME)


@pytest.mark.parametrize("mend", ["ca", "verify"])
def test_either_mend_helps_and_the_site_is_asked_by_http2(fetch_with, pem, mend):
    fetch = fetch_with(ca=pem) if mend == "ca" else fetch_with(verify=False)
    capture = fetch(HOME)
    assert unpack(capture) == PAGE
    assert capture.etag == '"h2"'
    assert fetch.tally.requests == 1


LATER = bytes.fromhex("000001000800000001ff")  # data whose padding is longer than itself
SETTINGS = bytes.fromhex("000000040000000000")
FRAMES = [
    b"HTTP/1.1 200 OK\r\n\r\nno HTTP/2",
    SETTINGS + bytes.fromhex("000001000100000001ff"),  # data for a stream without headers
    SETTINGS + bytes.fromhex("0000040105000000018882ffff"),  # headers that do not unpack
    SETTINGS + bytes.fromhex("000004080000000000ffffffff"),  # a window beyond all bounds
    SETTINGS + bytes.fromhex("00000403000000000100000008"),  # the stream is reset
    SETTINGS + bytes.fromhex("0000080700000000000000000100000002"),  # the server goes away
    SETTINGS + bytes.fromhex("0000050502000000010000000488"),  # a push that nobody wants
    SETTINGS + bytes.fromhex("000005040000000000") + b"short",
    SETTINGS + bytes.fromhex("00000101040000000188"),  # a good beginning
    bytes(500),
    b"",
]


@pytest.mark.parametrize("secure", [garble(frames) for frames in FRAMES], indirect=True)
def test_garbled_http2_is_unreachable(fetch_with):
    with pytest.raises(Unreachable, match=r"akorda\.kz"):
        fetch_with(verify=False, retries=0, timeout_s=0.3)(HOME)
