"""What a search finds and what it does not, and that the index follows what is written."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text, update
from sqlmodel import Session, col, select

from store.adding import append, append_numbered
from store.engine import reading, writing
from store.search import file_customers, find_cases, forget_messages, make_index
from store.search_words import words_in
from store.tables import Case, CaseStatus, Channel, Contact, ContactAddress, Customer, Direction, Message

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
SAID = {
    1: ("KX-2208 端子镀层起泡", "产线停线，请尽快答复。\n合同号 PO-20261102-7"),
    2: (
        "Purchase order 4500018827",
        "120 servo brackets, part SB/120A. Complaints: qa@meridian.example",
    ),
    3: ("採購軸承座", "請報價軸承座 500 件，型號 KX 2209。图纸见附\n件"),
    4: ("询价", "您好，请报价，谢谢。ＡＢＣ１２３ 全角"),
}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with writing(engine) as session:
        for number, (subject, said) in SAID.items():
            customer = append_numbered(session, Customer(name=f"华东精密{number}厂", created_at=NOW))
            contact = append_numbered(
                session, Contact(customer_id=customer.id or 0, name=f"李敏{number}", created_at=NOW)
            )
            address = f"li.min{number}@huadong.example"
            append(session, ContactAddress, contact_id=contact.id, channel=Channel.EMAIL, address=address)
            case = append_numbered(session, a_case(contact, subject))
            session.add(a_message(case.id or 0, subject, said))
    return engine


def a_case(contact: Contact, subject: str) -> Case:
    return Case(
        customer_id=contact.customer_id,
        contact_id=contact.id or 0,
        channel=Channel.EMAIL,
        status=CaseStatus.OPEN,
        kind="inquiry",
        subject=subject,
        opened_at=NOW,
        last_message_at=NOW,
    )


def a_message(case_id: int, subject: str, said: str, *, sender: str = "") -> Message:
    return Message(
        case_id=case_id,
        direction=Direction.IN,
        channel=Channel.EMAIL,
        sender_address=sender,
        subject=subject,
        text=said,
        new_text=said,
        at=NOW,
        created_at=NOW,
    )


def found(engine: Engine, q: str) -> set[int]:
    with reading(engine) as session:
        cases = find_cases(session, q)
        matching = set(session.exec(select(Case.id).where(cases.condition(session))))
    assert matching == cases.cases
    return set(cases.cases)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("端子", {1}),
        ("子镀", {1}),  # any two neighbours: where Chinese words end is a matter of opinion
        ("镀层起泡", {1}),
        ("端子起泡", set()),  # 子起 are no neighbours
        ("端子 起泡", {1}),
        ("泡", {1}),  # the last one of a run
        ("报价", {3, 4}),
        ("報價", {3, 4}),  # traditional finds simplified
        ("采购轴承", {3}),  # and the other way round
        ("KX-2208", {1}),
        ("kx2208", {1}),
        ("KX 2208", {1}),
        ("kx-220", {1, 3}),
        ("KX220", {1, 3}),
        ("KX-2209", {3}),  # written KX 2209
        ("2208", {1}),
        ("208", set()),
        ("PO-20261102-7", {1}),
        ("20261102", {1}),
        ("4500018827", {2}),
        ("sb/120a", {2}),
        ("complaint", {2}),  # the beginning of a word
        ("plaints", set()),
        ("附件", {3}),  # over a line's end
        ("abc123", {4}),  # full-width
        ("华东精密2", {2}),
        ("华东", {1, 2, 3, 4}),
        ("C-00003", {3}),
        ("李敏4", {4}),
        ("li.min2@huadong.example", {2}),
        ("meridian", {2}),
        ("%", set()),
        ("_", set()),
        ("\"' * :* & |", set()),
        ("", set()),
        ("\U0001f4a9", set()),
    ],
)
def test_it_finds_what_is_said_and_nothing_else(filled: Engine, q: str, expected: set[int]) -> None:
    assert found(filled, q) == expected


def test_it_follows_a_customer_who_is_called_otherwise(filled: Engine) -> None:
    with writing(filled) as session:
        session.get_one(Customer, 1).name = "宁波海工阀门"
        append(session, ContactAddress, contact_id=2, channel=Channel.PHONE, address="13800138000")
        session.get_one(Contact, 3).name = "郑工"
    assert found(filled, "海工阀门") == {1}
    assert found(filled, "华东") == {2, 3, 4}
    assert found(filled, "13800138000") == {2}
    assert found(filled, "郑工") == {3}
    assert found(filled, "李敏3") == set()


def test_it_follows_a_contact_who_changes_the_customer(filled: Engine) -> None:
    with writing(filled) as session:
        session.exec(update(Contact).where(col(Contact.id) == 1).values(customer_id=2))
        file_customers(session.connection(), [1, 2])
    assert found(filled, "李敏1") == {2}


def test_it_finds_a_later_message_of_a_case(filled: Engine) -> None:
    with writing(filled) as session:
        append_numbered(session, a_message(1, "", "换货 2,000 只", sender="wu@else.example"))
    assert found(filled, "换货") == {1}
    assert found(filled, "wu@else.example") == {1}


def test_it_finds_nothing_of_what_was_taken_back(filled: Engine) -> None:
    with writing(filled) as session:
        append_numbered(session, a_message(1, "", "换货"))
        session.flush()
        session.rollback()
    assert found(filled, "换货") == set()


def test_it_forgets_what_is_deleted(filled: Engine) -> None:
    with writing(filled) as session:
        message = session.get_one(Message, 1)
        forget_messages(session.connection(), [message.values()])
        session.delete(message)
    assert found(filled, "停线") == set()
    assert found(filled, "kx-2208") == set()
    with reading(filled) as session:
        assert not says(session, "停线")


def says(session: Session, word: str) -> bool:
    """Whether the word stands in the index, whatever became of its message."""
    query = {
        "sqlite": "SELECT count(*) FROM search_messages WHERE search_messages MATCH :word",
        "postgresql": "SELECT count(*) FROM search_messages WHERE words @@ CAST(:word AS tsquery)",
    }[session.get_bind().dialect.name]
    return bool(session.connection().execute(text(query), {"word": word}).scalar())


def test_it_files_what_an_older_database_holds(filled: Engine) -> None:
    with filled.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER search_customers_forget"))
        connection.execute(text("DROP TABLE search_messages"))
        connection.execute(text("DROP TABLE search_customers"))
        make_index(connection)
    assert found(filled, "端子") == {1}
    assert found(filled, "华东精密2") == {2}


def test_it_keeps_words_short_and_few() -> None:
    assert max(map(len, words_in("x" * 1000 + " " + "1" * 1000))) <= 60
    assert len(words_in("".join(map(chr, range(0x4E00, 0x9FFF))))) <= 20_001
