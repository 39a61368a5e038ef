"""How fast a mailbox becomes cases, against the floor in the same run, and whether everything arrived.

python -m bench.mail 1000 5000 20000 [--runs 3]
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

from sqlmodel import Session, col, func, select

from bench.mail.mails import Sent, mails
from store.engine import open_engine, reading
from store.files import FileStore
from store.tables import Attachment, Deadline, Direction, Incoming, IncomingState, Message, Outgoing
from tests.borders.imap import DOVECOT, DovecotServer, ImapServer, MailServer


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("counts", type=int, nargs="+", help="mails in the mailbox")
    words.add_argument("--runs", type=int, default=3)
    wanted = words.parse_args()
    print(f"{'mails':>6}  {'':5}  {'mails/s':>7}  {'ms CPU a mail':>13}  peak MB (program + worker)")
    ratios = {count: _mailbox(count, wanted.runs) for count in wanted.counts}
    for count, ratio in ratios.items():
        print(f"{count} mails, ours / floor in mails per second: median {median(ratio):.2f} of {wanted.runs}")


def _mailbox(count: int, runs: int) -> list[float]:
    sent = list(mails(count))
    with DovecotServer() if DOVECOT else ImapServer() as server:
        server.append_many(mail.raw for mail in sent)
        _run(["bench.mail.floor", server.url], {})  # the server has read everything once
        return [_pair(server, sent) for _ in range(runs)]


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
            found = _check(session, sent, FileStore(Path(folder) / "files"))
    count = len(sent)
    for name, result in (("floor", floor), ("ours", ours)):
        assert result["mails"] == count
        peaks = " + ".join(f"{peak:.0f}" for peak in result["peak_mb"])
        speed, cpu = count / result["seconds"], result["cpu"] / count * 1000
        print(f"{count:6}  {name:5}  {speed:7.0f}  {cpu:13.2f}  {peaks}")
    print(f"        {found}")
    return float(floor["seconds"] / ours["seconds"])


def _run(module: list[str], settings: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", *module], env=os.environ | settings, check=True, capture_output=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _check(session: Session, sent: list[Sent], files: FileStore) -> str:
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
    assert all(hashlib.sha256(files.get(digest)).hexdigest() == digest for digest in wanted)
    clocks, owed = (
        session.exec(select(func.count()).select_from(table)).one() for table in (Deadline, Outgoing)
    )
    return (
        f"{len(inbound)} messages, {len(duplicates)} duplicates recognised, "
        f"{joined} of {len(answers)} answers joined, {len(wanted)} files intact, {clocks} clocks, {owed} owed"
    )


if __name__ == "__main__":
    main()
