"""Hides what an earlier mail said below the new words, so that only the new words are read.

Mail is cut by the mail parser already; this is for text that comes raw. Hidden characters become
line breaks, so that every place stays the same.
"""

import re

_HEAD = re.compile(
    r"^(?:on .{4,80} wrote:|.{4,60}写道[:：]|-{2,} ?(?:original message|原始邮件|原邮件).*)$", re.MULTILINE
)
_QUOTED_LINE = re.compile(r"^[>＞].*$", re.MULTILINE)


def hide_quoted(folded: str, start: int = 0) -> str:
    """The folded text with quoted history hidden from `start` on; all of it if nothing else would be left."""
    if ">" not in folded and "wrote" not in folded and "写道" not in folded and "--" not in folded:
        return folded
    text = folded[start:]
    found = _HEAD.search(text)
    cut = text[: found.start()] + "\n" * (len(text) - found.start()) if found else text
    cut = _QUOTED_LINE.sub(lambda line: "\n" * len(line[0]), cut)
    return folded[:start] + cut if cut.strip() else folded
