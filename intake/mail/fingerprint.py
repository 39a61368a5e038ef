"""Two copies of one mail are the same mail: what the transport adds on the way does not count."""

import hashlib
import re

_TRANSPORT = re.compile(
    rb"^(?:return-path|delivered-to|x-original-to|received)[ \t]*:.*\n(?:[ \t].*\n)*",
    re.IGNORECASE | re.MULTILINE,
)


def fingerprint(raw: bytes) -> str:
    """Sha256 (hex) of a mail without Return-Path, Delivered-To, X-Original-To and Received (promise P3).

    Line ends are CRLF or LF depending on the server that hands the mail over, so they count as LF.
    """
    mail = raw.replace(b"\r\n", b"\n")
    end = mail.find(b"\n\n") + 1 or len(mail)
    header = mail[:end] if mail[:end].endswith(b"\n") else mail[:end] + b"\n"
    digest = hashlib.sha256(_TRANSPORT.sub(b"", header))
    digest.update(memoryview(mail)[end:])
    return digest.hexdigest()
