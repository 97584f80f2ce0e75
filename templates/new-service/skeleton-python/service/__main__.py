"""Runs the server until it is told to stop."""

import os
import signal
import threading
import time

from service import NAME, VERSION
from service.log import log
from service.server import Service

# Kubernetes removes the pod from its Service and sends SIGTERM at the same time:
# going on for a moment answers the requests that are still on their way.
DRAIN_SECONDS = 3


def main():
    """Serves until SIGTERM or SIGINT."""
    port = int(os.environ.get("PORT", "8080"))
    server = Service(("", port), NAME, os.environ.get("VERSION", VERSION), log)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    log("info", "listening", port=port)

    stop.wait()
    log("info", "stopping")
    server.stop_taking_traffic()
    time.sleep(DRAIN_SECONDS)
    server.shutdown()
    server.server_close()
    thread.join()
    log("info", "stopped")


if __name__ == "__main__":
    main()
