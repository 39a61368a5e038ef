"""Printing values as JSON lines."""

import json
import sys
from typing import Any


def show(value: dict[str, Any]) -> None:
    """One line on standard output, at once. A lone surrogate in a message must not end the stream."""
    line = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
