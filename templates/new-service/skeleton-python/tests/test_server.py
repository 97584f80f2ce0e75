"""The service over real HTTP."""

import json
import threading
import unittest
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from service.server import Service


class ServiceTest(unittest.TestCase):
    """Each test has a server of its own on a free port."""

    def setUp(self):
        self.lines = []
        self.server = Service(
            ("127.0.0.1", 0),
            "example",
            "1.2.3",
            lambda level, message, **fields: self.lines.append(fields),
        )
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def request(self, path, method="GET"):
        """Answers status and body."""
        url = f"http://127.0.0.1:{self.server.server_port}{path}"
        try:
            with urlopen(Request(url, method=method), timeout=5) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def test_says_its_name_and_version(self):
        status, body = self.request("/")
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body), {"name": "example", "version": "1.2.3"})

    def test_is_alive_and_ready(self):
        self.assertEqual(self.request("/healthz")[0], 200)
        self.assertEqual(self.request("/readyz")[0], 200)
        self.assertEqual(self.request("/readyz", "HEAD"), (200, ""))

    def test_answers_404_for_what_it_does_not_serve(self):
        self.assertEqual(self.request("/nothing")[0], 404)

    def test_answers_405_to_anything_but_get(self):
        self.assertEqual(self.request("/", "POST")[0], 405)
        self.assertEqual(self.request("/", "DELETE")[0], 405)

    def test_is_not_ready_while_it_stops_and_still_alive(self):
        self.server.stop_taking_traffic()
        self.assertEqual(self.request("/readyz")[0], 503)
        self.assertEqual(self.request("/healthz")[0], 200)

    def test_counts_and_logs_requests(self):
        self.request("/healthz")
        self.request("/nothing")
        metrics = self.request("/metrics")[1]
        self.assertIn('http_requests_total{status="200"} 1\n', metrics)
        self.assertIn('http_requests_total{status="404"} 1\n', metrics)
        self.assertEqual([line["status"] for line in self.lines], [200, 404, 200])


if __name__ == "__main__":
    unittest.main()
