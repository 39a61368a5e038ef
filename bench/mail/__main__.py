"""How fast a mailbox becomes cases, against the floor in the same run, and whether everything arrived.

python -m bench.mail 1000 [--runs 3]
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from sqlmodel import Session, col, select

from bench.mail.mails import Sent, mails
from store.engine import open_engine, reading
from store.tables import Attachment, Deadline, Direction, Incoming, IncomingState, Message, Outgoing
from tests.borders.imap import DOVECOT, DovecotServer, ImapServer, MailServer


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("count", type=int)
    words.add_argument("--runs", type=int, default=3)
    wanted = words.parse_args()
    sent = list(mails(wanted.count))
    with DovecotServer() if DOVECOT else ImapServer() as server:
        server.append_many(mail.raw for mail in sent)
        print(f"{wanted.count} mails in {type(server).__name__}, {wanted.runs} runs in turn")
        ratios = [_pair(server, sent) for _ in range(wanted.runs)]
    print(f"mails per second, ours / floor: median {median(ratios):.2f}")


def _pair(server: MailServer, sent: list[Sent]) -> float:
    """One run of the floor and one of ours, right after each other."""
    floor = _run(["bench.mail.floor", server.url], {})
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/huiyin.db"
        settings = {
            "HUIYIN_DATABASE_URL": url,
            "HUIYIN_DATA_DIR": folder,
            "HUIYIN_MAILBOXES": json.dumps([{"url": server.url}]),
        }
        ours = _run(["bench.mail.ours"], settings)
        with reading(open_engine(url)) as session:
            found = _check(session, sent, Path(folder) / "files")
    count = len(sent)
    for name, result in (("floor", floor), ("ours", ours)):
        print(
            f"{name:6} {count / result['seconds']:7.0f} mails/s  "
            f"{result['cpu'] / count * 1000:6.2f} ms CPU a mail  {result['peak_mb']:5.0f} MB"
        )
    print("      ", found)
    return float(floor["seconds"] / ours["seconds"])


def _run(module: list[str], settings: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", *module], env=os.environ | settings, check=True, capture_output=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _check(session: Session, sent: list[Sent], files: Path) -> str:
    """What became of the mails, in one line; the run fails if one is missing or there twice."""
    inbound = session.exec(select(Message).where(col(Message.direction) == Direction.IN)).all()
    case_of = {str(message.message_id): message.case_id for message in inbound}
    originals = [mail for mail in sent if not mail.is_duplicate]
    assert sorted(case_of) == sorted(mail.message_id for mail in originals), (
        "a mail is missing or there twice"
    )
    assert len(inbound) == len(originals)
    duplicates = session.exec(select(Incoming).where(col(Incoming.state) == IncomingState.DUPLICATE)).all()
    answers = [mail for mail in originals if mail.answers]
    joined = sum(case_of[mail.message_id] == case_of[mail.answers or ""] for mail in answers)
    kept = {file.sha256 for file in session.exec(select(Attachment))}
    wanted = {hashlib.sha256(mail.file).hexdigest() for mail in originals if mail.file}
    assert wanted <= kept, "a file is missing"
    assert all((files / digest[:2] / digest).exists() for digest in wanted)
    clocks, owed = len(session.exec(select(Deadline)).all()), len(session.exec(select(Outgoing)).all())
    return (
        f"{len(inbound)} messages, {len(duplicates)} duplicates recognised, "
        f"{joined} of {len(answers)} answers joined, {len(wanted)} files intact, {clocks} clocks, {owed} owed"
    )


if __name__ == "__main__":
    main()
