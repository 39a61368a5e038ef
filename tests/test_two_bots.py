"""Two programs that answer every mail by themselves meet: they soon fall silent (P9)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.mail.compose import as_bytes
from bot.sending import Letter
from store.engine import open_engine
from store.files import FileStore
from store.tables import OutgoingKind
from tests.office import Office, mail

ROUNDS = 30


@pytest.fixture
def other_office(sqlite_template: bytes, tmp_path: Path) -> Iterator[Office]:
    """A second installation of ours, of another company."""
    path = tmp_path / "other.db"
    path.write_bytes(sqlite_template)
    engine: Engine = open_engine(f"sqlite:///{path}")
    office = Office(engine, tmp_path / "other files")
    office.policy = replace(office.policy, mail_from="info@other.example", secret_key=b"another key")
    yield office
    office.close()
    engine.dispose()


def new_letters(office: Office, seen: int) -> list[Letter]:
    office.deliverer().deliver_all()
    return office.sender.letters[seen:]


def test_two_of_us_exchange_one_receipt(office: Office, other_office: Office, tmp_path: Path) -> None:
    """The first mail looks like a person's; what follows is written by programs only."""
    office.mail_arrives(mail(sender="info@other.example", text="请报价轴承座 500 件"))
    offices, seen = (office, other_office), [0, 0]
    for turn in range(ROUNDS):
        here, there = offices[turn % 2], offices[1 - turn % 2]
        letters = new_letters(here, seen[turn % 2])
        seen[turn % 2] += len(letters)
        for letter in letters:
            there.mail_arrives(as_bytes(letter, here.policy.mail_from, "公司", FileStore(tmp_path)))
    assert [len(one.sender.letters) for one in offices] == [1, 0]


def test_a_robot_that_looks_like_a_person_gets_three_receipts_an_hour_at_most(office: Office) -> None:
    """It answers each of our mails at once, under a new subject and id and without a telling header."""
    office.mail_arrives(mail(sender="robot@other.example", message_id="<r0@other.example>"))
    seen = 0
    for turn in range(1, ROUNDS):
        letters = new_letters(office, seen)
        seen += len(letters)
        for number, _ in enumerate(letters):
            answer = mail(
                sender="robot@other.example",
                subject=f"询价 {turn}",
                text=f"请报价第 {turn} 种轴承座，谢谢。",
                message_id=f"<r{turn}.{number}@other.example>",
            )
            office.mail_arrives(answer)
    receipts = [letter for letter in office.sender.letters if letter.kind == OutgoingKind.ACKNOWLEDGEMENT]
    assert len(receipts) == 3
