"""The worker opens what arrived: words, files and a reading come back, and the files are kept."""

import base64
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.company_words import CompanyWords
from intake.mail.parsed import UnreadableMail
from intake.opening import OpenedMail, Opener, SealedMail, SealedWords, keep_content
from intake.worker import Worker
from nlp.reading import Reading
from store.files import FileStore
from tests.intake.mail.letters import multipart

DAY = date(2026, 11, 20)
LARGEST = 18_000_000  # bytes of one file, as large as a mail of 25 MB can carry it

Opening = Worker[SealedMail | SealedWords, OpenedMail | Reading]


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def worker(files: FileStore, tmp_path: Path) -> Iterator[Opening]:
    with Worker(Opener(files, CompanyWords(tmp_path / "lexicon").reader)) as worker:
        yield worker


def test_it_opens_the_largest_mail_within_its_memory(worker: Opening, files: FileStore) -> None:
    content = bytes(range(200)) * (LARGEST // 200)
    encoded = base64.encodebytes(content)
    raw = multipart(b"\nhello", b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + encoded)
    opened = worker.do(SealedMail(files.put(raw), DAY))
    assert isinstance(opened, OpenedMail)
    (file,) = keep_content(opened, files).mail.attachments
    assert (file.content, file.size) == (b"", LARGEST)
    assert files.get(file.sha256) == content


def test_it_reads_what_was_said_against_its_day(worker: Opening) -> None:
    read = worker.do(SealedWords("请报价轴承座 500 件，明天交货", None, "telegram", DAY))
    assert isinstance(read, Reading)
    assert (read.entities.quantity, read.entities.due_date) == (500, date(2026, 11, 21))


def test_it_says_which_mail_is_missing(worker: Opening) -> None:
    with pytest.raises(UnreadableMail, match="missing from the file store"):
        worker.do(SealedMail("0" * 64, DAY))
