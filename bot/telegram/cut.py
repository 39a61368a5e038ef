"""A long answer becomes several messages, cut where a reader would pause."""

import re

LONGEST = 4096  # UTF-16 units in one Telegram message
_BORDERS = (
    re.compile(r"\n\s*\n"),  # best between paragraphs
    re.compile(r"\n"),
    re.compile(r"(?<=[。！？；…])|(?<=[.!?;])\s"),
    re.compile(r"\s|(?<=[，、：])"),
)


def cut(text: str, longest: int = LONGEST) -> list[str]:
    """The parts in order, none blank, none longer than Telegram takes."""
    parts, start = [], 0
    while start < len(text):
        room = _what_fits(text[start : start + longest], longest)
        end = start + (len(room) if start + len(room) == len(text) else _last_border(room))
        parts.append(text[start:end].strip())
        start = end
    return [part for part in parts if part]


def _what_fits(text: str, longest: int) -> str:
    """As much of the beginning as fits; a character outside the basic plane counts as two."""
    return text.encode("utf-16-le", "replace")[: 2 * longest].decode("utf-16-le", "ignore")


def _last_border(text: str) -> int:
    """Where to cut: the last pause of the best sort that leaves at least half the room used."""
    for border in _BORDERS:
        ends = [match.end() for match in border.finditer(text)]
        if ends and ends[-1] >= len(text) // 2:
            return ends[-1]
    return len(text)
