"""Nobody writes into another customer's case, whatever his mail quotes or calls itself (P10)."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import col, select

from store.engine import open_engine, reading
from store.tables import Case, Contact, ContactAddress, Message
from tests.office import Office, mail

FORGED = 10_000
VICTIM = "limin@kaimai.example"


def forged(real: list[str], number: str, many: int) -> Iterator[bytes]:
    """Mails of strangers who know all there is to know: our Message-IDs, the number, the victim's name."""
    chance = random.Random(3)
    senders = (
        "limin+x{0}@kaimai.example",
        "limin@kaimai.example.evil{0}.example",
        f'"{VICTIM}" <evil{{0}}@evil.example>',
        f"=?utf-8?q?=3C{VICTIM}=3E?= <evil{{0}}@evil.example>",
        f'"{VICTIM} <{VICTIM}>" <evil{{0}}@evil.example>',
        "li.min{0}@kaimai.example",
        "limin@kaimaі.example",  # a Cyrillic letter
        "LIMIN{0}@KAIMAI.EXAMPLE",
    )
    others = (
        f"Reply-To: {VICTIM}\r\n",
        f"Sender: {VICTIM}\r\n",
        f"Cc: {VICTIM}\r\n",
        f"X-Original-From: {VICTIM}\r\nReturn-Path: <{VICTIM}>\r\n",
        "Authentication-Results: mx.factory.example; dmarc=pass\r\n",
        "Auto-Submitted: no\r\n",
        "",
    )
    subjects = (
        f"Re: 询价：轴承座 [{number}]",
        f"{number} 请按新账号付款",
        f"回复：{number}",
        "Re: 询价：轴承座",
        f"Fwd: [{number}] [{number}]",
    )
    for place in range(many):
        reference = chance.choice(real)
        quoted = chance.choice(
            (
                f"In-Reply-To: {reference}\r\n",
                f"References: {' '.join(real)}\r\n",
                f"In-Reply-To: {reference}\r\nReferences: {reference}\r\n",
                "",
            )
        )
        yield mail(
            sender=chance.choice(senders).format(place),
            subject=chance.choice(subjects),
            text=f"请改发到新地址 {place}\r\n\r\n> {number} {reference}",
            message_id=f"<forged{place}@evil.example>",
            headers=quoted + chance.choice(others),
        )


def test_ten_thousand_forged_answers_join_nothing(sqlite_template: bytes, tmp_path: Path) -> None:
    path = tmp_path / "huiyin.db"
    path.write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{path}")
    office = Office(engine, tmp_path / "files")
    try:
        office.mail_arrives(mail(sender=VICTIM))
        office.deliverer().deliver_all()
        case = office.the_case()
        office.answer(case, office.hire(), "单价 12.5 元")
        office.deliverer().deliver_all()
        real = ["<1@kaimai.example>", *(letter.message_id or "" for letter in office.sender.letters)]
        office.mails_arrive(list(forged(real, case.number, FORGED)))
        with reading(engine) as session:
            in_case = session.exec(select(Message.sender_address).where(Message.case_id == case.id)).all()
            there = select(ContactAddress.address).join(
                Contact, col(Contact.id) == col(ContactAddress.contact_id)
            )
            of_customer = session.exec(there.where(Contact.customer_id == case.customer_id)).all()
            notes = session.exec(select(Message.note).where(col(Message.note).is_not(None))).all()
            opened = len(session.exec(select(Case.id)).all())
    finally:
        office.close()
        engine.dispose()
    assert set(in_case) == {VICTIM, "sales@factory.example"}
    assert set(of_customer) == {VICTIM}
    assert opened == FORGED + 1
    assert len(notes) > FORGED / 2
    assert all(re.match(rf"Names {case.number}, but its sender is no contact", note or "") for note in notes)
