"""The process that reads mails: long-lived, replaced when a mail hurts it, gone with its parent."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from intake.mail.parse import parse_mail
from intake.mail.parsed import ParsedMail, UnreadableMail
from intake.worker import Worker
from tests.intake.mail.letters import letter, multipart

Mails = Worker[bytes, ParsedMail]
MAIL = letter("请报价", Subject="询价")


@pytest.fixture
def worker() -> Iterator[Mails]:
    with Worker(parse_mail) as worker:
        yield worker


def test_it_sees_what_we_see(worker: Mails) -> None:
    raw = multipart(b"\nhello", b"Content-Type: application/pdf; name=a.pdf\n\n%PDF")
    assert worker.do(raw) == parse_mail(raw)


def test_one_child_reads_many_mails(worker: Mails) -> None:
    assert worker.pid is None
    worker.do(MAIL)
    first = worker.pid
    worker.do(MAIL)
    assert worker.pid == first


def test_it_passes_the_reason_on(worker: Mails) -> None:
    with pytest.raises(UnreadableMail, match="64 KB"):
        worker.do(letter(Subject="x" * 70_000))
    assert worker.do(MAIL).subject == "询价"


def test_it_knows_our_domain() -> None:
    with Worker(partial(parse_mail, own_domain="factory.example")) as worker:
        raw = letter(Auto_Submitted="auto-replied", Message_ID="<1@factory.example>")
        assert worker.do(raw).auto_generated == "loop"


def test_a_mail_that_kills_the_child_is_unreadable_and_the_next_one_is_read(
    worker: Mails,
) -> None:
    worker.do(MAIL)
    assert worker.pid
    os.kill(worker.pid, signal.SIGKILL)
    os.waitid(os.P_PID, worker.pid, os.WEXITED | os.WNOWAIT)
    assert worker.do(MAIL).subject == "询价"


def test_a_mail_that_takes_too_long_is_given_up_and_the_child_replaced() -> None:
    with Worker(parse_mail, seconds=0.2) as worker:
        worker.do(MAIL)
        stopped = worker.pid
        assert stopped
        os.kill(stopped, signal.SIGSTOP)  # a child that does not answer, whatever the reason
        with pytest.raises(UnreadableMail, match="longer than"):
            worker.do(MAIL)
        assert worker.pid is None


def test_a_mail_that_needs_too_much_memory_is_given_up() -> None:
    content = base64.encodebytes(bytes(12_000_000))
    raw = multipart(b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + content)
    with Worker(parse_mail, memory=90_000_000) as worker:
        with pytest.raises(UnreadableMail, match="memory"):
            worker.do(raw)
        assert worker.do(MAIL).subject == "询价"


def test_the_largest_mail_fits_into_its_memory(worker: Mails) -> None:
    content = base64.encodebytes(bytes(18_000_000))
    raw = multipart(b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + content)
    assert worker.do(raw).attachments[0].size == 18_000_000


def test_it_answers_many_in_order_and_goes_on_after_one_that_fails(worker: Mails) -> None:
    mails = [letter(Subject=f"number {at}") for at in range(500)]  # more than the pipe holds
    mails[7] = letter(Subject="x" * 70_000)
    answers = list(worker.do_all(mails))
    assert isinstance(answers[7], UnreadableMail)
    assert [answer.subject for answer in answers if isinstance(answer, ParsedMail)] == [
        f"number {at}" for at in range(500) if at != 7
    ]


def break_on(task: str) -> str:
    if task == "break":
        os._exit(1)
    if task == "disk full":
        raise OSError(task)
    return task


def test_it_blames_the_one_that_broke_the_child_and_answers_the_others() -> None:
    with Worker(break_on) as worker:
        before, broken, after = worker.do_all(["before", "break", "after"])
    assert (before, after) == ("before", "after")
    assert isinstance(broken, UnreadableMail)


def test_a_full_disk_is_no_fault_of_the_mail() -> None:
    with Worker(break_on) as worker:
        with pytest.raises(OSError, match="disk full"):
            list(worker.do_all(["disk full", "handed ahead"]))
        assert worker.do("after") == "after"


def test_threads_may_share_it(worker: Mails) -> None:
    mails = [letter(Subject=f"number {at}") for at in range(60)]
    with ThreadPoolExecutor(4) as threads:
        assert [mail.subject for mail in threads.map(worker.do, mails)] == [
            f"number {at}" for at in range(60)
        ]


def test_ctrl_c_is_the_parents_business(worker: Mails) -> None:
    worker.do(MAIL)
    first = worker.pid
    assert first
    os.kill(first, signal.SIGINT)
    os.kill(first, signal.SIGTERM)
    assert worker.do(MAIL).subject == "询价"
    assert worker.pid == first


def test_a_forked_process_starts_a_child_of_its_own(worker: Mails) -> None:
    worker.do(MAIL)
    ours = worker.pid
    if (fork := os.fork()) == 0:
        try:
            mine = worker.do(MAIL).subject == "询价" and worker.pid != ours
            worker.close()
            os._exit(0 if mine else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) == 0
    assert worker.do(MAIL).subject == "询价"
    assert worker.pid == ours


def test_close_ends_the_child() -> None:
    worker = Worker(parse_mail)
    worker.do(MAIL)
    child = worker.pid
    assert child
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_child_is_gone_when_its_parent_is() -> None:
    program = (
        "import os, signal; from intake.mail.parse import parse_mail; from intake.worker import Worker;"
        "worker = Worker(parse_mail);"
        "worker.do(b'Subject: x'); print(worker.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    # the child holds the other end of standard error, too: reading it ends only when both are gone
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, b"")
