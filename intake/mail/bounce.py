"""Which mail of ours came back, from whom, and whether it is for good."""

import re

from intake.mail.charset import decode
from intake.mail.headers import find_address, read_addresses, read_ids
from intake.mail.mime import Part
from intake.mail.parsed import Bounce

_RECIPIENT = re.compile(
    r"^(?:final|original)-recipient:\s*(?:rfc822;)?\s*(\S+)", re.IGNORECASE | re.MULTILINE
)
_STATUS = re.compile(r"^status:\s*([245])\.\d{1,3}\.\d{1,3}", re.IGNORECASE | re.MULTILINE)
_ACTION = re.compile(r"^action:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
_WRITTEN_STATUS = re.compile(r"(?<![\d.])([45])\.\d{1,2}\.\d{1,3}(?![\d.])|(?<!\d)([45])[0-5]\d[ -](?=\S)")
_WRITTEN_ADDRESS = re.compile(r"<([^\s<>@]{1,64}@[^\s<>@]{1,255})>")
_RETURNED_MAIL = re.compile(r"^(?:received|message-id|return-path)\s?:", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(
    rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\r\n]{1,998}>)", re.IGNORECASE | re.MULTILINE
)
_ARRIVED = frozenset(("delivered", "relayed", "expanded"))
_LONGEST_REPORT = 100_000


def read_bounce(mail: Part, text: str) -> Bounce:
    """What a bounce says: first its machine-readable part (RFC 3464), else the words that servers write."""
    report = _report(mail)
    text = text[:_LONGEST_REPORT]
    return Bounce(_original_id(mail), _recipient(mail, report, text), _is_permanent(report, text))


def tells_arrival(mail: Part) -> bool:
    """Whether a delivery report has only good news: it is a receipt."""
    actions = {action.lower() for action in _ACTION.findall(_report(mail))}
    return bool(actions) and actions <= _ARRIVED


def _report(mail: Part) -> str:
    parts = (part.content() for part in mail.walk() if part.type == "message/delivery-status")
    return decode(b"\n".join(parts)[:_LONGEST_REPORT]).replace("\r\n", "\n")


def _original_id(mail: Part) -> str | None:
    for part in mail.walk():
        if part is not mail and part.type == "message/rfc822":
            found = read_ids(part.children[0].header.all(b"message-id"))
        elif part.type == "text/rfc822-headers" or (not part.children and part.type == "text/plain"):
            found = read_ids(_MESSAGE_ID.findall(part.content()[:_LONGEST_REPORT])[:1])
        else:
            continue
        if found:
            return found[0]
    return next(iter(read_ids(mail.header.all(b"in-reply-to"))), None)


def _recipient(mail: Part, report: str, text: str) -> str | None:
    if (found := _RECIPIENT.search(report)) and (address := find_address(found[1].removeprefix("mailto:"))):
        return address
    if failed := read_addresses(mail.header.all(b"x-failed-recipients")):
        return failed[0].address
    # what follows in the text is the mail that came back, whose own header is full of addresses
    words = _RETURNED_MAIL.split(text, maxsplit=1)[0]
    written = _WRITTEN_ADDRESS.search(words)
    return find_address(written[1].removeprefix("mailto:")) if written else None


def _is_permanent(report: str, text: str) -> bool:
    if action := _ACTION.search(report):
        if action[1].lower() in ("delayed", *_ARRIVED):
            return False
        status = _STATUS.search(report)
        return status is None or status[1] == "5"
    written = _WRITTEN_STATUS.search(text)
    return written is None or "5" in (written[1], written[2])
