"""The HTTP API; see api/openapi.yaml."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import environ

PRODUCTS = {
    "TNT-2P-GRN": {
        "sku": "TNT-2P-GRN",
        "name": "Two-person tent, green",
        "category": "tents",
        "price": {"amount": 18900, "currency": "EUR"},
        "weightGrams": 2140,
    },
    "STV-GAS": {
        "sku": "STV-GAS",
        "name": "Gas stove",
        "category": "cooking",
        "price": {"amount": 3450, "currency": "EUR"},
        "weightGrams": 310,
    },
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in ("/healthz", "/readyz"):
            return self._reply(200, {"status": "ok"})
        sku = self.path.removeprefix("/v1/products/")
        if sku != self.path:
            product = PRODUCTS.get(sku)
            return self._reply(200 if product else 404, product or {"title": "No such product"})
        if self.path.startswith("/v1/products"):
            return self._reply(200, {"items": list(PRODUCTS.values())})
        return self._reply(404, {"title": "Not found"})

    def _reply(self, status: int, body: dict) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


if __name__ == "__main__":
    ThreadingHTTPServer(("", int(environ.get("PORT", "8080"))), Handler).serve_forever()
