"""Whom a note mentions, and how a canned answer is filled in."""

import pytest

from casework.canned import filled
from casework.notes import mentioned
from store.tables import CannedAnswer, Case, CaseStatus, Channel, Contact, Customer, Role, User
from tests.web.filled import NOW


def test_it_takes_the_longest_name() -> None:
    people = [
        User(name=name, role=Role.SALES, password_hash="-", created_at=NOW) for name in ("王", "王芳", "李")
    ]
    assert [person.name for person in mentioned("请@王芳看", people)] == ["王芳"]
    assert mentioned("wang@李", people)[0].name == "李"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{客户} {编号} {姓名}", "{编号} 公司 HY-000007 {客户}"),
        ("{{客户}} {x} {", "{{编号} 公司} {x} {"),
        ("没有", "没有"),
    ],
)
def test_it_fills_in_each_variable_once(words: str, said: str) -> None:
    case = Case(
        id=7,
        customer_id=1,
        contact_id=1,
        channel=Channel.EMAIL,
        status=CaseStatus.OPEN,
        kind="inquiry",
        subject="",
        opened_at=NOW,
        last_message_at=NOW,
    )
    customer, contact = (
        Customer(name="{编号} 公司", created_at=NOW),
        Contact(customer_id=1, name="{客户}", created_at=NOW),
    )
    one = CannedAnswer(user_id=1, name="", zh=words, created_at=NOW)
    assert filled(one, case, customer, contact, "en") == said
