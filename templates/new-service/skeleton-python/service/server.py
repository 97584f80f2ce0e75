"""The routes, and the server that counts and logs each request."""

import json
import threading
import time
from collections import Counter
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Service(ThreadingHTTPServer):
    """The service without its process."""

    # Open requests are finished before server_close() returns.
    daemon_threads = False
    block_on_close = True

    def __init__(self, address, name, version, log):
        super().__init__(address, Handler)
        self.name = name
        self.version = version
        self.log = log
        self._ready = threading.Event()
        self._ready.set()
        self._requests = Counter()
        self._lock = threading.Lock()

    @property
    def ready(self):
        """Whether /readyz answers 200."""
        return self._ready.is_set()

    def stop_taking_traffic(self):
        """Makes /readyz answer 503; everything else goes on."""
        self._ready.clear()

    def count(self, status):
        """Counts one answered request."""
        with self._lock:
            self._requests[int(status)] += 1

    def metrics(self):
        """The counters in the Prometheus text format."""
        with self._lock:
            counted = sorted(self._requests.items())
        lines = [
            "# HELP http_requests_total Requests answered, by status.",
            "# TYPE http_requests_total counter",
            *(f'http_requests_total{{status="{status}"}} {count}' for status, count in counted),
        ]
        return "\n".join(lines) + "\n"


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    # A connection that says nothing does not hold up the end of the process.
    timeout = 10

    def parse_request(self):
        self._started = time.monotonic()
        return super().parse_request()

    def do_GET(self):
        self._answer(*self._route())

    do_HEAD = do_GET

    def do_POST(self):
        self.close_connection = True
        self._json(HTTPStatus.METHOD_NOT_ALLOWED, {"error": "Only GET is served here."})

    do_PUT = do_PATCH = do_DELETE = do_POST

    def _route(self):
        path = self.path.split("?", 1)[0]
        if path == "/":
            return HTTPStatus.OK, {"name": self.server.name, "version": self.server.version}
        if path == "/healthz":
            return HTTPStatus.OK, {"status": "alive"}
        if path == "/readyz":
            if self.server.ready:
                return HTTPStatus.OK, {"status": "ready"}
            return HTTPStatus.SERVICE_UNAVAILABLE, {"status": "stopping"}
        if path == "/metrics":
            return HTTPStatus.OK, self.server.metrics()
        return HTTPStatus.NOT_FOUND, {"error": "There is nothing at this path."}

    def _answer(self, status, body):
        if isinstance(body, str):
            self._send(status, "text/plain; version=0.0.4", body)
        else:
            self._json(status, body)

    def _json(self, status, body):
        self._send(status, "application/json", json.dumps(body))

    def _send(self, status, content_type, text):
        body = text.encode()
        # Counted and logged first: who has the answer may rely on both.
        self.server.count(status)
        self.server.log(
            "info",
            "request",
            method=self.command,
            path=self.path,
            status=int(status),
            milliseconds=round((time.monotonic() - self._started) * 1000),
        )
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        """The base class writes plain text; requests are logged as JSON instead."""
