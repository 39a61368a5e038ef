"""What the writer of a mail wrote now, apart from the history below; nothing is lost, `text` keeps all."""

import re

from intake.mail.footers import without_footers
from intake.mail.history import (
    attribution_above,
    attribution_start,
    head_length,
    is_forward_line,
    is_forward_subject,
    is_leaked_quote,
    is_quoted,
    is_tightly_quoted,
)

_LONGEST_LETTER = 1_000_000  # characters; what is longer is a file, not a letter
_PGP = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash:[^\n]*\n)*+\n?+(.*?)\n-----BEGIN PGP SIGNATURE-----.*",
    re.DOTALL,
)
_LEAKED_TAG = re.compile(r"\s*</?(?:br|p|div|span)\s*/?>\s*$", re.IGNORECASE)


def new_words(text: str, *, subject: str = "", answers: bool = True) -> str:
    """The new words of a mail. `answers` says that its header names an earlier mail.

    A forward keeps everything: what is passed on is what the writer wants us to read.
    """
    text = text[:_LONGEST_LETTER].replace("\xa0", " ")
    if signed := _PGP.match(text):
        text = signed[1].replace("\n- ", "\n")  # what begins with a dash was escaped (RFC 9580)
    lines = [line.rstrip() for line in text.split("\n")]
    is_forward = is_forward_subject(subject)
    letter: list[str] = []
    passed_on: list[str] = []
    at = 0
    while at < len(lines):
        if is_forward_line(lines[at]):
            passed_on = lines[at:]
            break
        if is_leaked_quote(lines[at]):
            break
        if head_length(lines, at):
            # a mail's head with nothing above, in no answer to us, is a forward whose subject does not say so
            if is_forward or not (answers or any(letter)):
                passed_on = lines[at:]
            break
        if (start := attribution_start(lines, at)) is not None:
            del letter[len(letter) - (at - start) :]
            below = _below_quotation(lines, at + 1)
            if below is None:
                passed_on = lines[start:] if is_forward else []
                break
            at = below
        elif _is_quotation(lines, at):
            if (start := attribution_above(letter)) is not None:
                del letter[start:]
            at = _below_quotation(lines, at) or len(lines)
        else:
            letter.append(lines[at])
            at += 1
    letter = without_footers(letter)
    return _tidy([*letter, "", *passed_on] if passed_on else letter)


def _is_quotation(lines: list[str], at: int) -> bool:
    """Two lines in a row behind `>` are a quotation also without a space; one may be a limit (`>5 mm`)."""
    return is_quoted(lines[at]) or (
        is_tightly_quoted(lines[at]) and any(map(is_tightly_quoted, lines[at + 1 : at + 2]))
    )


def _below_quotation(lines: list[str], at: int) -> int | None:
    """The first line below the `>` lines that begin at or soon after `at`; None when there are none."""
    while at < len(lines) and not lines[at]:
        at += 1
    if at < len(lines) and not is_tightly_quoted(lines[at]):
        return None
    while at < len(lines) and is_tightly_quoted(lines[at]):
        at += 1
    return at


def _tidy(lines: list[str]) -> str:
    return "\n".join(_LEAKED_TAG.sub("", line) if "<" in line else line for line in lines).strip("\n")
