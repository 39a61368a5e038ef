"""An office for talking in chats, whose reading is done by one process for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.company_words import CompanyWords
from intake.opening import OpenedMail, Opener
from intake.receive import Sealed
from intake.worker import Worker
from nlp.reading import Reading
from store.files import FileStore
from tests.office import Office

Reads = Worker[Sealed, OpenedMail | Reading]


@pytest.fixture(scope="session")
def reads_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reads]:
    """Starting the process takes longer than a conversation. It finds no mails: their files lie elsewhere."""
    folder = tmp_path_factory.mktemp("reading")
    worker: Reads = Worker(Opener(FileStore(folder), CompanyWords(folder).reader, "factory.example"))
    yield worker
    worker.close()


@pytest.fixture
def talking_office(engine: Engine, tmp_path: Path, reads_words: Reads) -> Office:
    """An office that leaves its reading to that process."""
    office = Office(engine, tmp_path / "files")
    office._worker = reads_words
    return office
