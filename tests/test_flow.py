"""The whole story on both databases: a mail comes in, is acknowledged, chased, answered, and joined again."""

from dataclasses import replace

from bot.clock import rings
from store.tables import (
    Case,
    CaseStatus,
    Deadline,
    Direction,
    Incoming,
    IncomingState,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from tests.office import Office, mail


def reminders(office: Office) -> int:
    return rings(office.engine, office.policy, office.clock)["reminders"]()


def test_it_keeps_reads_acknowledges_chases_and_answers_a_mail(office: Office) -> None:
    sales = office.hire()
    office.mail_arrives(mail())

    case = office.the_case()
    assert (case.kind, case.status, case.subject) == ("inquiry", CaseStatus.OPEN, "询价：轴承座")
    assert case.due_at is not None
    assert (case.due_at - office.now).total_seconds() == 24 * 3600

    office.deliverer().deliver_all()
    (receipt,) = office.sender.letters
    assert receipt.recipient == "limin@kaimai.example"
    assert case.number in receipt.subject
    assert "2026-11-21 09:00" in receipt.text
    assert receipt.automatic

    office.pass_time(hours=12)
    assert reminders(office) == 1
    assert reminders(office) == 0
    office.pass_time(hours=12)
    assert reminders(office) == 1
    office.deliverer().deliver_all()
    notices = [letter for letter in office.sender.letters if letter.kind == OutgoingKind.REMINDER]
    assert [("超时" in notice.subject) for notice in notices] == [False, True]

    office.answer(case, sales, "李工您好，单价 12.5 元，交期 15 天。")
    office.pass_time(days=3)
    assert reminders(office) == 0
    office.deliverer().deliver_all()
    answer = office.sender.letters[-1]
    assert answer.kind == OutgoingKind.REPLY
    assert answer.references == ("<1@kaimai.example>",)
    assert not answer.automatic
    assert office.the_case().status == CaseStatus.REPLIED

    follow_up = f"In-Reply-To: {answer.message_id}\r\nReferences: <1@kaimai.example> {answer.message_id}\r\n"
    office.mail_arrives(
        mail(
            subject="Re: 询价",
            text="可以便宜一点吗？请再报价。",
            message_id="<2@kaimai.example>",
            headers=follow_up,
        )
    )
    case = office.the_case()
    assert case.status == CaseStatus.OPEN
    assert case.due_at is not None
    assert len(office.all(Message)) == 4  # two in, receipt, reply
    assert len([row for row in office.all(Outgoing) if row.kind == OutgoingKind.ACKNOWLEDGEMENT]) == 1


def test_it_gives_a_stranger_who_quotes_a_number_a_case_of_his_own(office: Office) -> None:
    office.mail_arrives(mail())
    case = office.the_case()
    office.mail_arrives(
        mail(
            sender="Mallory <m@elsewhere.example>",
            subject=f"Re: [{case.number}] price",
            text="Please send me all quotations.",
            message_id="<evil@elsewhere.example>",
            headers="In-Reply-To: <1@kaimai.example>\r\n",
        )
    )
    first, second = office.all(Case)
    assert first.customer_id != second.customer_id
    (_, note) = [message.note for message in office.all(Message) if message.direction == Direction.IN]
    assert note is not None
    assert case.number in note


def test_it_files_history_without_clock_or_acknowledgement(office: Office) -> None:
    office.mail_arrives(mail(), history=True)
    assert office.the_case().status == CaseStatus.FILED
    assert office.the_case().kind == "inquiry"
    assert office.all(Deadline) == []
    assert office.all(Outgoing) == []


def test_it_joins_no_sender_whom_our_own_server_refutes(office: Office) -> None:
    office.policy = replace(office.policy, mail_servers=("mx.factory.example",))
    office.mail_arrives(mail())
    (case,) = office.all(Case)
    for place, finding in enumerate(("dmarc=fail", "dmarc=pass")):
        office.mail_arrives(
            mail(
                subject=f"Re: 询价：轴承座 [{case.number}]",
                message_id=f"<answer{place}@kaimai.example>",
                headers=f"Authentication-Results: mx.factory.example; {finding}\r\n",
            )
        )
    refuted, trusted = [row for row in office.all(Message) if row.direction == Direction.IN][1:]
    assert refuted.case_id != case.id
    assert "forged" in (refuted.note or "")
    assert trusted.case_id == case.id


def test_it_keeps_auto_mail_and_never_answers_it(office: Office) -> None:
    office.mail_arrives(
        mail(subject="Out of Office: PO 771", text="I am away.", headers="Auto-Submitted: auto-replied\r\n")
    )
    assert office.the_case().status == CaseStatus.FILED
    assert office.all(Outgoing) == []
    assert office.all(Deadline) == []


def test_it_recognises_the_same_mail_by_another_way(office: Office) -> None:
    office.mail_arrives(mail(headers="Received: by a.example; Fri, 20 Nov 2026 09:00:01 +0800\r\n"))
    office.mail_arrives(mail(headers="Received: by b.example; Fri, 20 Nov 2026 09:05:01 +0800\r\n"))
    assert len(office.all(Message)) == 2  # the mail and its receipt
    assert [row.state for row in office.all(Incoming)] == [IncomingState.RECEIVED, IncomingState.DUPLICATE]


def test_it_keeps_two_different_mails_that_claim_one_id(office: Office) -> None:
    office.mail_arrives(mail(text="请报价轴承座 500 件。"))
    office.mail_arrives(mail(text="请报价法兰 20 件。"))
    first, second = (row for row in office.all(Message) if row.direction == Direction.IN)
    assert first.note is None
    assert "same Message-ID" in (second.note or "")


def test_it_quarantines_a_mail_it_cannot_read_and_goes_on(office: Office) -> None:
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(200)
    )
    office.mail_arrives(f"From: x@y.example\r\nSubject: deep\r\n{nested}".encode())
    office.mail_arrives(mail())
    poison, good = office.all(Incoming)
    assert poison.state == IncomingState.QUARANTINED
    assert poison.reason
    assert office.files.get(poison.raw or "").startswith(b"From: x@y.example")
    assert good.state == IncomingState.RECEIVED


def test_it_joins_chat_lines_into_one_case_and_ignores_replays(office: Office) -> None:
    assert office.customer_says("你们的轴承座 500 件能做吗？请报价", number=1)
    assert office.customer_says("还有，要 RoHS 报告", number=2)
    assert not office.customer_says("还有，要 RoHS 报告", number=2)
    case = office.the_case()
    assert case.conversation == "chat-1"
    assert len([row for row in office.all(Message) if row.direction == Direction.IN]) == 2
    office.deliverer().deliver_all()
    assert [letter.kind for letter in office.sender.letters] == [OutgoingKind.ACKNOWLEDGEMENT]


def test_it_lets_a_case_grow_from_inquiry_to_order_to_complaint_and_never_back(office: Office) -> None:
    kinds = []
    for line in ("轴承座 500 件多少钱？", "好，下单 500 件", "收到的货有划伤，要求退货", "多少钱一件？"):
        office.customer_says(line)
        kinds.append(office.the_case().kind)
    assert kinds == ["inquiry", "order", "complaint", "complaint"]
    assert office.the_case().severity == "moderate"


def test_it_falls_silent_towards_a_robot(office: Office) -> None:
    for number in range(8):
        office.mail_arrives(mail(subject=f"请报价 {number}", message_id=f"<{number}@kaimai.example>"))
    owed = [row for row in office.all(Outgoing) if row.kind == OutgoingKind.ACKNOWLEDGEMENT]
    assert len(owed) == 3
    assert len(office.all(Case)) == 8


def test_it_withdraws_a_reminder_that_was_not_sent_before_the_answer(office: Office) -> None:
    sales = office.hire()
    office.mail_arrives(mail())
    office.pass_time(hours=20)
    reminders(office)
    office.answer(office.the_case(), sales, "已报价。")
    states = {row.state for row in office.all(Outgoing) if row.kind == OutgoingKind.REMINDER}
    assert states == {OutgoingState.CANCELLED}
