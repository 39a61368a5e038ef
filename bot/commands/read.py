"""`huiyin read`: what the reader sees in a message. No database, no settings."""

import sys

from bot.commands.show import show
from nlp.jsonl import read_lines
from nlp.reader import load_reader


def read(*, jsonl: bool) -> int:
    """Read standard input: JSON lines one by one, or all of it as one message."""
    reader = load_reader()
    if jsonl:
        for line in read_lines(sys.stdin.buffer, reader):
            show(line)
    else:
        show(reader.read(sys.stdin.buffer.read().decode("utf-8", "replace")).as_json())
    return 0
