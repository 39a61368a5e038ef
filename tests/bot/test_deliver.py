"""What we owe is sent: receipts at most once, the rest at least once; each row ends in a known state."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, update

from bot.clock import rings
from bot.deliver import GIVE_UP_AFTER
from bot.sending import SendError
from casework.customers import add_contact
from casework.replies import note_reply
from store.engine import writing
from store.listeners import this_process
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    ContactAddress,
    Customer,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    User,
)
from tests.office import Office, mail, noticed

GONE = this_process().rpartition(":")[0] + ":1"  # this process number, started at another time
BUSY = SendError("450 try later", permanent=False)
NO_SUCH = SendError("550 no such user", permanent=True, no_such_address=True)
CUT = SendError("cut after the final dot", permanent=False, uncertain=True)


def owed(office: Office, kind: OutgoingKind) -> Outgoing:
    (row,) = [row for row in office.all(Outgoing) if row.kind == kind]
    return row


def test_it_tries_again_later_what_the_server_puts_off(office: Office) -> None:
    office.mail_arrives(mail())
    office.sender.failures = [BUSY]
    assert office.deliverer().deliver_next()
    row = owed(office, OutgoingKind.ACKNOWLEDGEMENT)
    assert (row.state, row.error) == (OutgoingState.DUE, "450 try later")
    assert not office.deliverer().deliver_next()
    office.pass_time(minutes=2)
    assert office.deliverer().deliver_next()
    assert owed(office, OutgoingKind.ACKNOWLEDGEMENT).state == OutgoingState.SENT


def test_it_gives_up_what_is_refused_for_good_or_for_too_long(office: Office) -> None:
    office.mail_arrives(mail())
    office.sender.failures = [NO_SUCH]
    office.deliverer().deliver_next()
    assert owed(office, OutgoingKind.ACKNOWLEDGEMENT).state == OutgoingState.FAILED

    sales = office.hire()
    office.answer(office.the_case(), sales, "单价 12.5 元")
    office.sender.failures = [BUSY] * 40
    while owed(office, OutgoingKind.REPLY).state == OutgoingState.DUE:
        office.pass_time(hours=8)
        office.deliverer().deliver_next()
    assert owed(office, OutgoingKind.REPLY).state == OutgoingState.FAILED
    lasted = office.now - owed(office, OutgoingKind.REPLY).created_at
    assert GIVE_UP_AFTER < lasted < GIVE_UP_AFTER + timedelta(hours=24)


def test_it_asks_a_person_when_it_cannot_know_whether_a_receipt_left(office: Office) -> None:
    office.mail_arrives(mail())
    office.sender.failures = [CUT]
    office.deliverer().deliver_next()
    assert owed(office, OutgoingKind.ACKNOWLEDGEMENT).state == OutgoingState.UNCERTAIN
    office.pass_time(days=1)
    assert not office.deliverer().deliver_next()


def test_it_sends_a_reply_again_under_the_same_id_when_it_cannot_know(office: Office) -> None:
    office.mail_arrives(mail())
    office.deliverer().deliver_all()
    office.answer(office.the_case(), office.hire(), "单价 12.5 元")
    office.sender.failures = [CUT]
    office.deliverer().deliver_next()
    first = owed(office, OutgoingKind.REPLY)
    assert first.state == OutgoingState.DUE
    office.pass_time(minutes=2)
    office.deliverer().deliver_all()
    _, attempt, repeat = office.sender.tried
    assert attempt == repeat
    assert office.sender.letters[-1] == repeat


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (OutgoingKind.ACKNOWLEDGEMENT, OutgoingState.UNCERTAIN),
        (OutgoingKind.REPLY, OutgoingState.SENT),
    ],
)
def test_it_settles_at_once_what_a_dead_process_was_sending(
    office: Office, kind: OutgoingKind, state: OutgoingState
) -> None:
    office.mail_arrives(mail())
    office.answer(office.the_case(), office.hire(), "单价 12.5 元")
    with writing(office.engine) as session:
        session.exec(
            update(Outgoing)
            .where(col(Outgoing.kind) == kind)
            .values(
                state=OutgoingState.SENDING, claimed_by=GONE, claimed_until=office.now + timedelta(minutes=5)
            )
        )
    office.deliverer().deliver_all()
    assert owed(office, kind).state == state


def test_it_leaves_alone_what_a_living_process_is_sending(office: Office) -> None:
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        session.exec(
            update(Outgoing).values(
                state=OutgoingState.SENDING,
                claimed_by=this_process(),
                claimed_until=office.now + timedelta(minutes=5),
            )
        )
    assert not office.deliverer().deliver_next()
    assert owed(office, OutgoingKind.ACKNOWLEDGEMENT).state == OutgoingState.SENDING


def test_it_sends_each_row_once_when_several_deliver_at_once(office: Office) -> None:
    for number in range(30):
        office.mail_arrives(
            mail(
                sender=f"<c{number}@k.example>", message_id=f"<{number}@k.example>", subject=f"询价 {number}"
            )
        )
    with ThreadPoolExecutor(4) as pool:
        tried = sum(pool.map(lambda _: office.deliverer().deliver_all(), range(4)))
    assert tried == 30
    recipients = [letter.recipient for letter in office.sender.letters]
    assert len(recipients) == len(set(recipients)) == 30


def test_what_goes_together_goes_to_different_people_in_order(office: Office) -> None:
    office.sender.at_once = 4
    for text in ("/help", "/status"):
        for chat in range(1, 4):
            office.customer_says(text, chat=f"chat-{chat}")
    deliverer = office.deliverer()
    office.sender.failures = [BUSY]
    assert [deliverer.deliver_next() for _ in range(3)] == [3, 3, 0]
    tried = [letter.recipient for letter in office.sender.tried]
    assert tried == ["chat-1", "chat-2", "chat-3"] * 2
    states = [row.state for row in office.all(Outgoing)]
    assert states == [OutgoingState.DUE] + [OutgoingState.SENT] * 5


def test_it_lets_rows_wait_for_a_channel_without_settings(office: Office) -> None:
    office.mail_arrives(mail())
    deliverer = office.deliverer()
    assert not type(deliverer)(deliverer.engine, {}, deliverer.policy, deliverer.clock).deliver_next()
    assert owed(office, OutgoingKind.ACKNOWLEDGEMENT).state == OutgoingState.DUE


def test_it_shows_a_letter_that_cannot_even_be_made(office: Office) -> None:
    office.mail_arrives(mail())
    office.sender.failures = [ValueError("李敏")]
    office.deliverer().deliver_next()
    row = owed(office, OutgoingKind.ACKNOWLEDGEMENT)
    assert (row.state, row.error) == (OutgoingState.FAILED, "This cannot be sent as it is (ValueError).")


def test_it_sends_no_reminder_once_the_customer_was_answered(office: Office) -> None:
    sales = office.hire()
    office.mail_arrives(mail())
    office.deliverer().deliver_all()
    office.pass_time(hours=12)
    rings(office.engine, office.policy, office.clock)["reminders"]()
    office.answer(office.the_case(), sales, "已报价")
    with writing(office.engine) as session:  # as if it had been on its way at that moment, and put off
        of_reminder = col(Outgoing.kind) == OutgoingKind.REMINDER
        session.exec(update(Outgoing).where(of_reminder).values(state=OutgoingState.DUE))
    office.deliverer().deliver_all()
    assert owed(office, OutgoingKind.REMINDER).state == OutgoingState.CANCELLED


def test_it_lets_receipts_beyond_their_share_of_a_minute_wait(office: Office) -> None:
    office.policy = replace(office.policy, acknowledgements_per_minute=2)
    for number in range(5):
        office.mail_arrives(mail(sender=f"<c{number}@k.example>", message_id=f"<{number}@k.example>"))
    sent = []
    for _ in range(3):
        sent.append(office.deliverer().deliver_all())
        office.pass_time(minutes=1, seconds=1)
    assert sent == [2, 2, 1]


def test_it_answers_the_colleague_who_asked(office: Office) -> None:
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        customer = session.get_one(Customer, office.the_case().customer_id)
        add_contact(session, customer, Channel.EMAIL, "wang@kaimai.example", "王工", "zh", office.now)
    threaded = "In-Reply-To: <1@kaimai.example>\r\n"
    office.mail_arrives(mail(sender="<wang@kaimai.example>", message_id="<2@k.example>", headers=threaded))
    office.answer(office.the_case(), office.hire(), "已报价")
    assert owed(office, OutgoingKind.REPLY).recipient == "wang@kaimai.example"


def test_an_answer_that_never_arrived_is_no_answer(office: Office) -> None:
    office.mail_arrives(mail())
    office.deliverer().deliver_all()
    asked = office.the_case().due_at
    sales = office.hire(email="lin@factory.example")
    office.answer(office.the_case(), sales, "单价 12.5 元")
    assert office.the_case().due_at is None
    office.sender.failures = [NO_SUCH]
    office.deliverer().deliver_all()
    case = office.the_case()
    assert (case.status, case.due_at) == (CaseStatus.OPEN, asked)
    notices = [row for row in office.all(Outgoing) if row.kind == OutgoingKind.NOTICE]
    assert {row.channel for row in notices} == {Channel.DESK, Channel.EMAIL}
    assert {row.user_id for row in notices} == {sales.id}
    assert case.number in noticed(notices[0]).text
    assert "550 no such user" in noticed(notices[0]).text
    assert office.all(ContactAddress)[0].undeliverable_at == office.now


def test_it_words_a_notice_in_the_language_that_its_reader_has_chosen_by_then(office: Office) -> None:
    office.mail_arrives(mail())
    office.sender.failures = [NO_SUCH]
    sales = office.hire(email="lin@factory.example")
    office.deliverer().deliver_next()
    with writing(office.engine) as session:
        session.get_one(User, sales.id).language = "en"
    office.deliverer().deliver_all()
    on_desk, by_mail = office.sender.letters
    assert on_desk.subject == by_mail.subject == "Not delivered: HY-000001 C-00001"
    assert f"{office.policy.public_url}/desk/cases/HY-000001" in by_mail.text


def test_a_letter_refused_for_its_content_blames_no_address(office: Office) -> None:
    office.mail_arrives(mail())
    office.sender.failures = [SendError("554 looks like spam", permanent=True)]
    office.hire()
    office.deliverer().deliver_all()
    assert office.all(ContactAddress)[0].undeliverable_at is None
    assert [row.kind for row in office.all(Outgoing)] == [OutgoingKind.ACKNOWLEDGEMENT, OutgoingKind.NOTICE]


def test_a_later_answer_by_telephone_stands_when_the_mail_is_refused(office: Office) -> None:
    office.mail_arrives(mail())
    office.deliverer().deliver_all()
    sales = office.hire()
    office.answer(office.the_case(), sales, "单价 12.5 元")
    with writing(office.engine) as session:
        note_reply(session, session.get_one(Case, office.the_case().id), sales, "电话里答复了", office.now)
    office.sender.failures = [NO_SUCH]
    office.deliverer().deliver_all()
    assert (office.the_case().status, office.the_case().due_at) == (CaseStatus.REPLIED, None)
