"""A long answer becomes several messages, cut where a reader would pause."""

import re

_BORDERS = (
    re.compile(r"\n\s*\n"),  # best between paragraphs
    re.compile(r"\n"),
    re.compile(r"(?<=[。！？；…])|(?<=[.!?;])\s"),
    re.compile(r"\s|(?<=[，、：])"),
)


def cut_into(text: str, most: int, encoding: str) -> list[str]:
    """The parts in order, none blank, none longer than so many bytes in this encoding."""
    parts, start = [], 0
    while start < len(text):
        room = text[start : start + most].encode(encoding, "replace")[:most].decode(encoding, "ignore")
        end = start + (len(room) if start + len(room) == len(text) else _last_border(room))
        parts.append(text[start:end].strip())
        start = end
    return [part for part in parts if part]


def _last_border(text: str) -> int:
    """Where to cut: the last pause of the best sort that leaves at least half the room used."""
    for border in _BORDERS:
        ends = [match.end() for match in border.finditer(text)]
        if ends and ends[-1] >= len(text) // 2:
            return ends[-1]
    return len(text)
