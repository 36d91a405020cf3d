"""A channel on loopback that keeps what is posted to it."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Taker(BaseHTTPRequestHandler):
    """Takes what Apprise posts as JSON, at its own pace."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.server.slow_s)
        self.server.taken.append(json.loads(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def taker():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taker, bind_and_activate=False)
    server.server_bind()  # bound, and not listening: connections are refused
    server.taken, server.slow_s = [], 0.0
    thread = threading.Thread(target=server.serve_forever)

    def up(slow_s=0.0):
        server.slow_s = slow_s
        server.server_activate()
        thread.start()

    server.up = up
    yield server
    if thread.ident:
        server.shutdown()
        thread.join()
    server.server_close()
