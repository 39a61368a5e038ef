"""An e-mail left in the chat: answers not read go there, and nobody becomes anybody by claiming one."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import DatabaseError

from casework.colleagues import answered_case
from casework.replies import StoredFile
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Case,
    Channel,
    ChatMail,
    ContactAddress,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from tests.office import Office, mail
from tests.survey.people import add_customer
from tests.web.public.test_chat import SCRIPT, key_of, say


def leave(client: httpx.Client, address: str) -> httpx.Response:
    return client.post("/chat/mail", data={"mail": address}, headers=SCRIPT)


def copies(office: Office) -> list[Outgoing]:
    return [row for row in office.all(Outgoing) if row.kind == OutgoingKind.CHAT_COPY]


def asked(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "请问交期？")
    office.receiver().receive_all()


def test_it_mails_an_answer_that_was_not_read_in_time(visitor: httpx.Client, office: Office) -> None:
    asked(visitor, office)
    assert "10 分钟内" in leave(visitor, " Chen@Kaimai.example ").json()["notice"]
    user, case = office.hire("小林"), office.the_case()
    first = office.answer(case, user, "两周。")
    office.deliverer().deliver_all()
    (copy,) = copies(office)
    assert (copy.state, copy.due_at - office.now, copy.text) == (OutgoingState.DUE, timedelta(minutes=10), "")
    # Read in the chat, it does not go out; the next one, unread, does.
    assert visitor.post("/chat/seen", data={"line": str(first.id)}).status_code == 204
    plan = StoredFile("计划.pdf", "application/pdf", 4, office.files.put(b"%PDF"))
    second = office.answer(case, user, "改为十天。", plan)
    office.pass_time(minutes=11)
    office.deliverer().deliver_all()
    assert [row.state for row in copies(office)] == [OutgoingState.CANCELLED, OutgoingState.SENT]
    (letter,) = [one for one in office.sender.letters if one.kind == OutgoingKind.CHAT_COPY]
    assert (letter.recipient, letter.channel, letter.automatic) == (
        "chen@kaimai.example",
        Channel.EMAIL,
        False,
    )
    assert (letter.text.startswith("改为十天。"), letter.files) == (True, (plan,))
    assert letter.references[-1] == second.message_id
    assert letter.message_id != second.message_id  # a bounce of the copy is no bounce of the answer
    # An address that was taken back gets nothing more.
    office.answer(case, user, "已发货。")
    leave(visitor, "")
    office.pass_time(minutes=11)
    office.deliverer().deliver_all()
    assert copies(office)[-1].state == OutgoingState.CANCELLED
    said = [row.action for row in office.all(AuditLog) if row.action.startswith("chat_")]
    assert said == ["chat_mail_left", "chat_mail_removed"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_makes_nobody_of_a_claimed_address(visitor: httpx.Client, office: Office) -> None:
    with writing(office.engine) as session:
        victim = add_customer(session, "凯迈", (Channel.EMAIL, "boss@kaimai.example"))
        session.flush()
        victim_id = victim.id
    asked(visitor, office)
    before = office.all(ContactAddress)
    assert leave(visitor, "boss@kaimai.example").status_code == 200
    leave(visitor, "boss@kaimai.example")
    assert office.all(ContactAddress) == before
    assert office.the_case().customer_id != victim_id
    # The true owner writes: it stays his, and the chat's stays the stranger's.
    office.mail_arrives(mail(sender="boss@kaimai.example"))
    assert [case.customer_id == victim_id for case in office.all(Case)] == [False, True]
    # Who answers the copy from an address that nobody has opens a case of his own, with a hint to sales.
    leave(visitor, "new@kaimai.example")
    office.answer(office.all(Case)[0], office.hire(), "两周。")
    office.pass_time(minutes=11)
    office.deliverer().deliver_all()
    (letter,) = [one for one in office.sender.letters if one.kind == OutgoingKind.CHAT_COPY]
    references = f"In-Reply-To: {letter.message_id}\r\nReferences: {' '.join(letter.references)}\r\n"
    office.mail_arrives(mail(sender="new@kaimai.example", message_id="<2@k.example>", headers=references))
    cases = office.all(Case)
    assert cases[2].customer_id not in (cases[0].customer_id, victim_id)
    with reading(office.engine) as session:
        hinted = answered_case(session, cases[2], office.policy)
        assert hinted is not None
        assert hinted.id == cases[0].id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_takes_no_address_that_cannot_be_one(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    wrong = ("x", "a@b", "a@b.example\r\nBcc: c@d.example", "x" * 400 + "@b.example", office.policy.mail_from)
    for address in wrong:
        refused = leave(visitor, address)
        assert (refused.status_code, "邮箱" in refused.json()["problem"]) == (422, True)
    assert office.all(ChatMail) == []
    assert leave(visitor, "a@b.example").status_code == 200
    assert 'value="a@b.example"' in visitor.get("/chat").text
    assert "a@b.example" not in other.get("/chat").text
    assert [row.conversation for row in office.all(ChatMail)] == [key_of(visitor)]
    asked(visitor, office)
    for line in ("", "x", "0", "999", "9" * 30, "١"):
        assert visitor.post("/chat/seen", data={"line": line}).status_code in {404, 422}
    number = office.answer(office.the_case(), office.hire(), "好").id
    assert other.post("/chat/seen", data={"line": str(number)}).status_code == 404
    for _ in range(20):
        leave(other, "a@b.example")
    assert leave(other, "a@b.example").status_code == 429


def test_it_lets_the_database_refuse_a_copy_of_nothing(office: Office) -> None:
    values: dict[str, Any] = {
        "kind": OutgoingKind.CHAT_COPY,
        "key": "message:1",
        "channel": Channel.EMAIL,
        "recipient": "a@b.example",
        "due_at": office.now,
        "created_at": office.now,
    }
    for text in ("", "anything"):
        with pytest.raises(DatabaseError, match="copy"), writing(office.engine) as session:
            session.add(Outgoing(**values, text=text))
