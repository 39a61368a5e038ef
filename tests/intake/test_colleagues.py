"""A stranger who answers a letter of ours joins nothing, until a person knows a colleague in him (P10)."""

from dataclasses import replace

from casework.colleagues import add_colleague, answered_case
from store.engine import reading, writing
from store.tables import Case, Contact, Customer, CustomerStatus, Direction, Message, User
from tests.office import Office, mail


def answered(office: Office) -> str:
    """A customer asks and we answer; the Message-ID of our letter."""
    office.mail_arrives(mail())
    office.answer(office.the_case(), office.hire(), "单价 12.5 元")
    office.deliverer().deliver_all()
    return office.sender.letters[-1].message_id or ""


def colleague_writes(office: Office, letter: str, *, number: int = 1, headers: str = "") -> None:
    office.mail_arrives(
        mail(
            sender="王工 <wang@kaimai.example>",
            subject="Re: 询价",
            text="请再报 2000 件的价格。",
            message_id=f"<w{number}@kaimai.example>",
            headers=f"In-Reply-To: {letter}\r\n{headers}",
        )
    )


def offered(office: Office) -> Case | None:
    """The case whose customer the newest case's sender may work for."""
    with reading(office.engine) as session:
        return answered_case(session, office.all(Case)[-1], office.policy)


def test_it_joins_nothing_until_a_person_says_who_it_is(office: Office) -> None:
    letter = answered(office)
    colleague_writes(office, letter)
    first, own = office.all(Case)
    assert first.customer_id != own.customer_id
    offer = offered(office)
    assert offer is not None
    assert offer.id == first.id
    with writing(office.engine) as session:
        case, there = session.get_one(Case, own.id), session.get_one(Case, first.id)
        add_colleague(session, case, there, session.get_one(User, 1), office.now)
    assert {case.customer_id for case in office.all(Case)} == {first.customer_id}
    assert {contact.customer_id for contact in office.all(Contact)} == {first.customer_id}
    assert offered(office) is None  # nothing is left to ask
    colleague_writes(office, letter, number=2)
    assert [row.case_id for row in office.all(Message) if row.direction == Direction.IN][-1] == first.id


def test_it_asks_nobody_about_a_letter_that_we_did_not_sign(office: Office) -> None:
    letter = answered(office)
    colleague_writes(office, "<1@kaimai.example>")  # the customer's own mail, which anybody may have
    assert offered(office) is None
    colleague_writes(office, letter.replace("<message.", "<message.0"), number=2)
    assert offered(office) is None


def test_it_asks_nobody_about_a_sender_whom_our_own_server_refutes(office: Office) -> None:
    office.policy = replace(office.policy, mail_servers=("mx.factory.example",))
    letter = answered(office)
    colleague_writes(office, letter, headers="Authentication-Results: mx.factory.example; dmarc=fail\r\n")
    assert offered(office) is None
    assert "forged" in (office.all(Message)[-2].note or "")


def test_it_asks_nobody_about_another_customer(office: Office) -> None:
    letter = answered(office)
    colleague_writes(office, letter)
    with writing(office.engine) as session:
        session.get_one(Customer, office.all(Case)[-1].customer_id).status = CustomerStatus.EXISTING
    assert offered(office) is None
