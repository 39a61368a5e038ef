"""What the writer of a mail wrote now, apart from the history below it; nothing is deleted, `text` keeps it all."""

import re

from intake.mail.footers import without_footers
from intake.mail.history import (
    attribution_start,
    begins_leaked_blockquote,
    is_forward_line,
    is_forward_subject,
    is_quoted,
    is_tightly_quoted,
    separator_length,
)

_LEAKED_TAG = re.compile(r"\s*</?(?:br|p|div|span)\s*/?>\s*$", re.I)


def new_words(text: str, *, subject: str = "", answers: bool = True) -> str:
    """The new words of a mail. `answers` says that its header names an earlier mail.

    A forward keeps everything: what is passed on is what the writer wants us to read.
    """
    lines = [line.rstrip() for line in text.replace("\xa0", " ").split("\n")]
    forward = is_forward_subject(subject)
    letter: list[str] = []
    at = 0
    while at < len(lines):
        if is_forward_line(lines[at]):
            return _tidy(without_footers(letter) + [""] + lines[at:])
        if begins_leaked_blockquote(lines[at]):
            break
        if separator_length(lines, at):
            if forward or not (answers or any(map(str.strip, letter))):
                return _tidy(without_footers(letter) + lines[at:])
            break
        if (start := attribution_start(lines, at)) is not None and not is_quoted(lines[at]):
            del letter[len(letter) - (at - start) :]
            after = _behind_quote(lines, at + 1)
            if after is None:
                if forward:
                    return _tidy(without_footers(letter) + lines[start:])
                break
            at = after
            continue
        if is_quoted(lines[at]) or _is_tight_block(lines, at):
            at = _behind_quote(lines, at) or len(lines)
            continue
        letter.append(lines[at])
        at += 1
    return _tidy(without_footers(letter))


def _behind_quote(lines: list[str], at: int) -> int | None:
    """The first line behind the `>` block that begins at or soon after `at`; None when there is no such block."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    if at < len(lines) and not is_tightly_quoted(lines[at]):
        return None
    while at < len(lines) and is_tightly_quoted(lines[at]):
        at += 1
    return at


def _is_tight_block(lines: list[str], at: int) -> bool:
    """Two lines in a row behind `>` are a quotation also without a space; one may be a limit (`>5 mm`)."""
    return is_tightly_quoted(lines[at]) and at + 1 < len(lines) and is_tightly_quoted(lines[at + 1])


def _tidy(lines: list[str]) -> str:
    return "\n".join(_LEAKED_TAG.sub("", line) if "<" in line else line for line in lines).strip("\n").rstrip()
