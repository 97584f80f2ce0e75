"""One JSON object a line."""

import json
import sys
from datetime import datetime, timezone


def log(level, message, **fields):
    """Writes one line to standard output."""
    line = {
        "time": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
        "level": level,
        "message": message,
        **fields,
    }
    print(json.dumps(line), file=sys.stdout, flush=True)
