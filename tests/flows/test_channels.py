import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from pydantic import SecretStr

from flows.channels import channel_name, send


@contextmanager
def listening(status):
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield SecretStr(f"json://user:secret@127.0.0.1:{server.server_port}/"), taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_sent_means_that_the_channel_took_it():
    with listening(200) as (address, taken):
        assert send(address, title="Two sources disagree", body="**kremlin** and tass")
    assert taken[0]["title"] == "Two sources disagree"


def test_a_channel_that_answers_500_did_not_take_it():
    with listening(500) as (address, _):
        assert not send(address, title="t", body="b")


def test_no_address_is_no_channel_and_no_secret_is_shown():
    address = SecretStr("nonsense")
    assert not send(address, title="t", body="b")
    name = channel_name(SecretStr("json://user:secret@host"))
    assert name.startswith("json:")
    assert "secret" not in name
