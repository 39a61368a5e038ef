"""Making strangers' words harmless to look at: no control characters, nothing that turns a line around."""

import re

# Control characters except tab and line feed; what turns a line around ("exe.gpj" shown as a picture);
# the invisible space. Lone surrogates cannot be sent at all.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def inert(text: str | None) -> str:
    """The text without what the eye cannot see; its length is kept, so that offsets still fit."""
    return _UNSEEN.sub("�", (text or "").replace("\r", " "))


def clean_input(text: str) -> str:
    """What a person typed, without what no database and no mail can carry; line ends as \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").encode(errors="ignore").decode()


def readable_size(size: int) -> str:
    """A file's size as people write it: 3 KB, 1.4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
