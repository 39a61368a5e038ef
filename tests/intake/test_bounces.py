"""A letter of ours comes back: its address is spared, and an answer that never arrived is asked for again."""

from store.tables import CaseStatus, ContactAddress, Message, Outgoing, OutgoingKind, OutgoingState
from tests.office import Office, mail, noticed

CUSTOMER = "limin@kaimai.example"


def bounce(original: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """As Postfix sends it (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mx.kaimai.example\r\nTo: sales@factory.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <b{status}{action}@mx.kaimai.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nHost mx.kaimai.example said: 550 no such user.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.kaimai.example\r\n\r\n"
        f"Final-Recipient: rfc822; {CUSTOMER}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original}\r\n\r\n--b--\r\n"
    ).encode()


def answered(office: Office) -> str:
    """A case that was answered; the Message-ID of the answer."""
    office.mail_arrives(mail())
    office.deliverer().deliver_all()
    office.answer(office.the_case(), office.hire(), "单价 12.5 元")
    office.deliverer().deliver_all()
    return office.sender.letters[-1].message_id or ""


def state_of_answer(office: Office) -> OutgoingState:
    return next(row.state for row in office.all(Outgoing) if row.kind == OutgoingKind.REPLY)


def undeliverable(office: Office) -> bool:
    return office.all(ContactAddress)[0].undeliverable_at is not None


def test_an_answer_that_comes_back_is_asked_for_again(office: Office) -> None:
    original = answered(office)
    office.pass_time(hours=1)
    office.mail_arrives(bounce(original))
    case = office.the_case()
    assert case.status == CaseStatus.OPEN
    assert case.due_at is not None
    assert undeliverable(office)
    (notice,) = [row for row in office.all(Outgoing) if row.kind == OutgoingKind.NOTICE]
    assert "550 no such user" in noticed(notice).text
    assert state_of_answer(office) == OutgoingState.FAILED
    assert [message.auto_generated for message in office.all(Message)][-1] == "bounce"


def test_a_second_report_of_the_same_letter_changes_nothing(office: Office) -> None:
    original = answered(office)
    office.mail_arrives(bounce(original))
    office.mail_arrives(bounce(original, status="5.4.7"))
    assert len([row for row in office.all(Outgoing) if row.kind == OutgoingKind.NOTICE]) == 1


def test_a_letter_that_is_only_late_is_no_failure(office: Office) -> None:
    original = answered(office)
    office.mail_arrives(bounce(original, status="4.4.1", action="delayed"))
    assert office.the_case().status == CaseStatus.REPLIED
    assert not undeliverable(office)


def test_nobody_can_report_a_letter_that_we_did_not_sign(office: Office) -> None:
    original = answered(office)
    office.mail_arrives(bounce(original.replace("message.", "message.0")))
    assert not undeliverable(office)
    assert (
        next(row for row in office.all(Outgoing) if row.kind == OutgoingKind.REPLY).state
        == OutgoingState.SENT
    )


def test_whoever_writes_from_an_address_is_reachable_there(office: Office) -> None:
    office.mail_arrives(bounce(answered(office)))
    assert undeliverable(office)
    office.mail_arrives(mail(message_id="<2@kaimai.example>", text="还在等报价"))
    assert not undeliverable(office)
