"""A long answer becomes several messages, cut where a reader would pause."""

import re
import unicodedata

_JOINER = "\u200d"
_SKIN = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))
_LONGEST_CHARACTER = 40  # what goes on joining for longer is no writing
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
        end = start + len(room)
        if end < len(text):
            end = start + _last_border(room, text[start : end + 1])
        parts.append(text[start:end].strip())
        start = end
    return [part for part in parts if part]


def _last_border(room: str, text: str) -> int:
    """Where to cut: the last pause of the best sort that leaves at least half the room used."""
    for border in _BORDERS:
        ends = [match.end() for match in border.finditer(room)]
        if ends and ends[-1] >= len(room) // 2:
            return ends[-1]
    return _between_characters(text, len(room))


def _between_characters(text: str, end: int) -> int:
    """The last place up to `end` that is not inside what a reader sees as one: 👨‍👩‍👧, 👍🏽, 🇨🇳, é."""
    for place in range(end, max(0, end - _LONGEST_CHARACTER), -1):
        before, after = text[place - 1], text[place]
        flags = _leading_flags(text, place)
        if not (before == _JOINER or _is_joined(after) or (flags % 2 and after in _FLAGS)):
            return place
    return end


def _is_joined(character: str) -> bool:
    """Whether it belongs to what stands before it: accents, variations, colours of skin, tags, joiners."""
    marks = unicodedata.category(character) in ("Mn", "Mc", "Me")
    return marks or character == _JOINER or character in _SKIN or character in _TAGS


def _leading_flags(text: str, place: int) -> int:
    """How many letters of flags stand in a row before the place; two are one flag."""
    start = place
    while start > 0 and text[start - 1] in _FLAGS:
        start -= 1
    return place - start
