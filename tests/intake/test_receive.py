"""What arrived becomes messages whatever happens at the same moment; nothing is stuck or overwritten."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from itertools import permutations, product
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

import intake.receive
from casework.handling import close, reopen
from intake.arrive import ArrivedMail, Said, keep_mails
from intake.known import Known
from intake.opening import OpenedMail
from intake.receive import ATTEMPTS, Opened, Sealed
from intake.take_mail import take_mail
from intake.take_said import take_said
from intake.worker import Worker
from store.engine import writing
from store.listeners import this_process
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Complaint,
    Customer,
    Deadline,
    DeadlineKind,
    Direction,
    Incoming,
    IncomingState,
    Message,
    Outgoing,
    OutgoingKind,
    SpecialRequirement,
)
from tests.office import Office, mail

ANSWER = "In-Reply-To: <1@kaimai.example>\r\n"


def the_row(office: Office) -> Incoming:
    (row,) = office.all(Incoming)
    return row


def inbound(office: Office) -> list[Message]:
    return [message for message in office.all(Message) if message.direction == Direction.IN]


def test_it_asks_for_an_answer_when_the_customer_writes_again(office: Office) -> None:
    sales = office.hire()
    office.mail_arrives(mail())
    office.answer(office.the_case(), sales, "已报价")
    office.mail_arrives(mail(message_id="<2@kaimai.example>", headers=ANSWER))
    case = office.the_case()
    assert case.status == CaseStatus.OPEN
    assert case.due_at == office.now + timedelta(hours=24)
    running = [row.kind for row in office.all(Deadline) if row.ended_at is None]
    assert running == [DeadlineKind.FIRST_REPLY, DeadlineKind.SOLUTION]


def test_it_opens_a_new_case_when_the_old_one_is_closed(office: Office) -> None:
    sales = office.hire()
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        close(session, session.get_one(Case, 1), sales, office.now)
    office.mail_arrives(mail(message_id="<2@kaimai.example>", headers=ANSWER))
    assert [case.status for case in office.all(Case)] == [CaseStatus.CLOSED, CaseStatus.OPEN]


def test_it_runs_the_clock_again_when_an_unanswered_case_is_reopened(office: Office) -> None:
    sales = office.hire()
    office.mail_arrives(mail())  # and a receipt, which is no answer
    with writing(office.engine) as session:
        close(session, session.get_one(Case, 1), sales, office.now)
        reopen(session, session.get_one(Case, 1), sales, office.now, office.policy)
    case = office.the_case()
    assert (case.status, case.due_at) == (CaseStatus.OPEN, office.now + timedelta(hours=24))


@pytest.mark.parametrize("subject", ["关于HY-000001的补充", "re: hy-000001", "【HY000001】图纸"])
def test_it_finds_the_number_as_people_write_it(office: Office, subject: str) -> None:
    office.mail_arrives(mail())
    office.mail_arrives(mail(subject=subject, message_id="<2@kaimai.example>"))
    assert len(office.all(Case)) == 1


@pytest.mark.parametrize(
    "odd",
    [
        mail(subject="[HY-999999999999] price"),
        mail(subject="HY-999999999"),
        mail(sender=f"<{'x' * 400}@k.example>"),
    ],
    ids=["no number", "no such case", "endless address"],
)
def test_it_takes_values_that_no_column_holds(office: Office, odd: bytes) -> None:
    office.mail_arrives(odd)
    assert the_row(office).state == IncomingState.RECEIVED


def test_it_leaves_alone_what_another_process_received_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = office.receiver(), office.receiver()
    write = type(slow)._write

    def write_late(_: object, ids: list[list[int]], opened: dict[int, Opened]) -> bool:
        monkeypatch.undo()
        office.pass_time(minutes=3)  # the claim runs out
        quick.receive_all()
        return write(slow, ids, opened)

    monkeypatch.setattr(type(slow), "_write", write_late)
    office.mail_arrives(mail())
    assert the_row(office).state == IncomingState.RECEIVED
    assert len(office.all(Case)) == 1


def test_it_lets_go_of_its_rows_when_a_batch_cannot_be_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object, tasks: list[Sealed]) -> list[Opened]:
        monkeypatch.undo()
        raise OSError("disk full")

    monkeypatch.setattr(Worker, "do_all", fail)
    with pytest.raises(OSError, match="disk full"):
        office.mail_arrives(mail())
    assert (the_row(office).claimed_by, the_row(office).attempts) == (None, 0)
    assert list(office.receiver().receive_waiting()) == [1]
    assert the_row(office).state == IncomingState.RECEIVED


def test_it_lets_go_of_its_rows_when_a_file_cannot_be_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> OpenedMail:
        monkeypatch.undo()
        raise OSError("disk full")

    monkeypatch.setattr(intake.receive, "keep_content", fail)
    with pytest.raises(OSError, match="disk full"):
        office.mails_arrive([mail(), mail(message_id="<2@kaimai.example>")])
    assert {(row.claimed_by, row.attempts) for row in office.all(Incoming)} == {(None, 0)}
    assert list(office.receiver().receive_waiting()) == [2]
    assert len(inbound(office)) == 2


def test_it_lets_go_of_its_rows_when_the_database_is_disturbed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        monkeypatch.undo()
        raise OperationalError("", {}, Exception("deadlock detected"))

    monkeypatch.setattr(intake.receive, "take_mail", fail)
    office.mail_arrives(mail())
    assert (the_row(office).state, the_row(office).attempts) == (IncomingState.RECEIVED, 1)


def test_one_message_that_fails_holds_up_none_of_its_batch(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(session: Session, known: Known, row: Incoming, opened: OpenedMail, *rest: Any) -> None:
        take_mail(session, known, row, opened, *rest)
        if opened.mail.subject == "3":
            raise ZeroDivisionError

    monkeypatch.setattr(intake.receive, "take_mail", stumble)
    office.mails_arrive([mail(subject=str(n), message_id=f"<{n}@kaimai.example>") for n in range(8)])
    set_aside = [row.state == IncomingState.QUARANTINED for row in office.all(Incoming)]
    assert set_aside == [n == 3 for n in range(8)]
    assert [message.subject for message in inbound(office)] == [str(n) for n in range(8) if n != 3]


def test_mails_of_one_batch_find_each_other(office: Office) -> None:
    again = mail(headers="Received: by b.example; Fri, 20 Nov 2026 09:05:01 +0800\r\n")
    office.mails_arrive([mail(), mail(message_id="<2@kaimai.example>", headers=ANSWER), again])
    assert [row.state for row in office.all(Incoming)] == [
        IncomingState.RECEIVED,
        IncomingState.RECEIVED,
        IncomingState.DUPLICATE,
    ]
    assert office.the_case().last_message_at == office.now
    assert len(office.all(Customer)) == 1


LINES = ("请报价", "急用", "订购 5000 套，订单号 PO-771", "轴承全部生锈，产线停了，要求索赔")


def of_chat(office: Office, chat: str) -> tuple[Case, Callable[[type[Any]], list[Any]]]:
    (case,) = [case for case in office.all(Case) if case.conversation == chat]
    return case, lambda table: [row for row in office.all(table) if row.case_id == case.id]


def what_became_of(office: Office, chat: str) -> object:
    case, of_case = of_chat(office, chat)
    return (
        (case.kind, case.severity, case.claim, case.due_at, case.due_clock, case.summary),
        sorted((clock.kind, clock.due_at, clock.remind_at) for clock in of_case(Deadline)),
        [(form.defect, form.demand) for form in of_case(Complaint)],
        sorted((one.category, one.sentence) for one in of_case(SpecialRequirement)),
        [message.text for message in of_case(Message) if message.direction == Direction.IN],
        sorted(letter.kind for letter in of_case(Outgoing)),
    )


def test_messages_of_one_batch_leave_what_they_leave_one_by_one(office: Office) -> None:
    given_up: list[Connection] = []
    event.listen(office.engine, "rollback", given_up.append)
    for number, lines in enumerate([*permutations(LINES[1:]), *product(LINES, repeat=2)]):
        for line in lines:
            office.customer_says(line, chat=f"single-{number}")
        parted = [word for line in lines for word in (line, "/help")]  # or the lines are one message
        office.customer_says_all(parted, chat=f"batch-{number}")
        assert what_became_of(office, f"batch-{number}") == what_became_of(office, f"single-{number}")
    assert [one for one in given_up if not one.get_execution_options().get("huiyin_reading")] == []


def weight_of(office: Office, chat: str) -> object:
    case, of_case = of_chat(office, chat)
    is_complaint = case.kind == "complaint"
    return (
        (is_complaint, case.severity, case.claim, case.due_at if is_complaint else None),
        sorted((clock.kind, clock.due_at) for clock in of_case(Deadline) if is_complaint),
        [(form.defect, form.demand) for form in of_case(Complaint)],
        "\n".join(message.text for message in of_case(Message) if message.direction == Direction.IN),
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_complaint_in_one_of_the_lines_of_a_message_weighs_what_it_weighs_alone(office: Office) -> None:
    for number, lines in enumerate([LINES, *product(LINES[1:], repeat=2)]):
        for line in lines:
            office.customer_says(line, chat=f"single-{number}")
        office.customer_says_all([*lines], chat=f"batch-{number}")
        assert weight_of(office, f"batch-{number}") == weight_of(office, f"single-{number}")


def test_a_batch_asks_the_database_as_often_as_one_mail(office: Office) -> None:
    asked: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    counts = []
    for many in (2, 40):
        names = [f"<{many}.{n}@k.example>" for n in range(many)]
        office.mails_arrive([mail(sender=name, message_id=name) for name in names])
        counts.append(len(asked))
        asked.clear()
    assert counts[1] <= counts[0] + 20  # PostgreSQL hands out ids in growing portions


def test_a_chat_line_that_fails_is_not_overtaken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(session: Session, known: Known, rows: list[Incoming], what: Said, *rest: Any) -> None:
        if what.text == "一" and rows[0].attempts < ATTEMPTS:
            raise ZeroDivisionError
        take_said(session, known, rows, what, *rest)

    monkeypatch.setattr(intake.receive, "take_said", stumble)
    office.customer_says_all(["一", "/help", "二", "三"])
    assert [message.text for message in inbound(office)] == ["一", "二\n三"]


def test_it_sets_a_poisonous_message_aside_after_three_attempts(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("李敏 wrote this")

    monkeypatch.setattr(intake.receive, "take_mail", stumble)
    office.mail_arrives(mail())
    row = the_row(office)
    assert (row.state, row.attempts) == (IncomingState.QUARANTINED, ATTEMPTS)
    assert row.reason == "The program stumbled over this message (ZeroDivisionError)."


def test_it_promises_no_time_that_is_over(office: Office) -> None:
    arrived = office.now
    digest = office.files.put(mail())
    office.pass_time(hours=40)
    with writing(office.engine) as session:
        keep_mails(session, "mail:x", [ArrivedMail("1", digest, arrived, history=False)], office.now)
    office.receiver().receive_all()
    (receipt,) = [row for row in office.all(Outgoing) if row.kind == OutgoingKind.ACKNOWLEDGEMENT]
    assert "之前" not in receipt.text
    assert office.the_case().due_at == arrived + timedelta(hours=24)


def test_it_keeps_the_mail_that_somebody_passes_on_as_evidence(office: Office) -> None:
    passed_on = EmailMessage()
    passed_on["From"], passed_on["To"], passed_on["Subject"] = (
        "chen@kaimai.example",
        "sales@f.example",
        "短少",
    )
    passed_on.set_content("请跟进")
    passed_on.add_attachment(BytesParser(policy=SMTP).parsebytes(mail(subject="货不对", text="少了十二件。")))
    office.mail_arrives(passed_on.as_bytes())
    (message,) = [row for row in office.all(Message) if row.direction == Direction.IN]
    assert message.new_text == "请跟进"
    assert message.forwarded == [
        {"name": "李敏", "address": "limin@kaimai.example", "subject": "货不对", "text": "少了十二件。"}
    ]


def test_it_calls_a_mail_a_letter_and_a_line_in_a_chat_a_message(office: Office) -> None:
    office.mail_arrives(mail())
    office.customer_says("你好，12W 筒灯什么价")
    by_mail, in_chat = [row.text for row in office.all(Outgoing)]
    assert "您的来信已收到" in by_mail
    assert "您的消息收到了" in in_chat
    assert "来信" not in in_chat


def test_it_takes_over_at_once_what_a_dead_process_held(office: Office) -> None:
    gone = this_process().rpartition(":")[0] + ":1"  # this process number, started at another time
    held = Incoming(
        channel=Channel.EMAIL,
        source="mail:x",
        external_id="1",
        conversation="mail:x",
        raw=office.files.put(mail()),
        arrived_at=office.now,
        stored_at=office.now,
        claimed_by=gone,
        claimed_until=office.now + timedelta(minutes=2),
    )
    with writing(office.engine) as session:
        session.add(held)
    assert list(office.receiver().receive_waiting()) == [1]
    assert the_row(office).state == IncomingState.RECEIVED
