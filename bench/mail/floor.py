"""The floor: the same bytes fetched by imapclient and read by the standard library, nothing stored."""

import email
import email.policy
import json
import os
import sys
import time
from email.message import EmailMessage
from urllib.parse import urlsplit

from imapclient import IMAPClient

from bench.mail.process import cpu_seconds, peak_mb
from intake.mailbox import AT_ONCE


def main(url: str) -> None:
    address = urlsplit(url)
    count, before, started = 0, cpu_seconds(os.getpid()), time.perf_counter()
    with IMAPClient(address.hostname, address.port, ssl=False) as client:
        client.login(address.username, address.password)
        client.select_folder("INBOX", readonly=True)
        uids = client.search("ALL")
        for start in range(0, len(uids), AT_ONCE):
            for parts in client.fetch(
                uids[start : start + AT_ONCE], ["BODY.PEEK[]", "INTERNALDATE"]
            ).values():
                _read(parts[b"BODY[]"])
                count += 1
    seconds = time.perf_counter() - started
    result = {
        "mails": count,
        "seconds": seconds,
        "cpu": cpu_seconds(os.getpid()) - before,
        "peak_mb": [peak_mb(os.getpid())],
    }
    sys.stdout.write(json.dumps(result))


def _read(raw: bytes) -> None:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    for name in ("From", "To", "Subject", "Message-ID", "Date"):
        str(mail[name])
    for part in mail.walk():
        if not part.is_multipart():
            try:
                part.get_content()
            except (LookupError, ValueError):
                part.get_payload(decode=True)


if __name__ == "__main__":
    main(sys.argv[1])
