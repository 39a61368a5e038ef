"""A mail becomes a message: is it new, whose is it, which case does it join, what does it say."""

from datetime import datetime

from sqlmodel import Session

from casework.cases import open_case, take_in
from casework.policy import Policy
from casework.replies import StoredFile, attach
from casework.signing import is_ours
from casework.undelivered import came_back
from intake.known import Known, answers, is_bounce, numbers_in, references_of, sender_of
from intake.mail.authentication import is_forged
from intake.mail.parsed import Address, ForwardedMail, ParsedMail
from intake.opening import OpenedMail
from store.adding import append_numbered
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Contact,
    Direction,
    Incoming,
    IncomingState,
    Message,
    case_number,
)

REASON_LENGTH = 300


def take_mail(
    session: Session, known: Known, row: Incoming, opened: OpenedMail, policy: Policy, now: datetime
) -> None:
    """Let the mail take effect; the row says afterwards what became of it."""
    mail, reading = opened.mail, opened.reading
    row.fingerprint = opened.fingerprint
    if opened.fingerprint in known.received:
        row.state, row.reason = IncomingState.DUPLICATE, "The same mail was received before."
        return
    if mail.message_id and is_ours(policy, mail.message_id):
        row.state, row.reason = IncomingState.IGNORED, "A copy of a mail that we sent ourselves."
        return
    row.state, row.reason = IncomingState.RECEIVED, None
    known.received.add(opened.fingerprint)
    forged = is_forged(mail.authentication_results, policy.mail_servers)
    message = _message(row, opened, now, forged=forged)
    address = message.sender_address
    contact = known.contacts.get((Channel.EMAIL, address))
    case, note = _case_it_joins(known, mail, contact, policy, forged=forged)
    if mail.message_id in known.message_ids:
        note = note or "Another mail with the same Message-ID was received before; both are kept."
    message.note = note or mail.note
    joined = case is not None
    if case is None:
        silent = row.history or message.auto_generated is not None
        name = mail.from_.name if mail.from_ else ""
        contact = known.meet(session, Channel.EMAIL, address, name, reading.language, now)
        if not silent:
            contact.language = reading.language
        case = open_case(
            session,
            contact,
            message,
            owner_id=known.owners.get(contact.customer_id),
            conversation=None,
            status=CaseStatus.FILED if silent else CaseStatus.OPEN,
        )
    message.case_id = case.id or 0
    append_numbered(session, message)
    attach(session, message, _files(mail))
    may_answer = mail.may_answer and message.auto_generated is None
    if take_in(
        session,
        case,
        message,
        reading,
        policy,
        history=row.history,
        may_answer=may_answer and known.may_acknowledge(address, policy),
        first=not joined,
    ):
        known.acknowledged[address] += 1
    known.add(case, message)
    if is_bounce(mail) and mail.bounce and mail.bounce.permanent and mail.bounce.original_message_id:
        session.flush()  # what follows reads and changes what stands here
        came_back(session, mail.bounce.original_message_id, _reason(mail), now, policy)


def _reason(mail: ParsedMail) -> str:
    """What the server that sent the letter back says, in one line."""
    return " ".join(mail.new_text.split())[:REASON_LENGTH]


def _message(row: Incoming, opened: OpenedMail, now: datetime, *, forged: bool) -> Message:
    mail = opened.mail
    return Message(
        case_id=0,  # set once the case is known
        direction=Direction.IN,
        channel=Channel.EMAIL,
        incoming_id=row.id,
        sender_name=mail.from_.name if mail.from_ else "",
        sender_address=sender_of(mail),
        message_id=mail.message_id,
        references=[] if forged else references_of(mail),  # they speak for the sender (colleagues)
        cc=[person.address for person in mail.cc],
        subject=mail.subject,
        text=mail.text,
        new_text=mail.new_text,
        html=opened.html,
        forwarded=[_as_evidence(inner) for inner in mail.forwarded] or None,
        auto_generated=mail.auto_generated or opened.reading.auto_generated,
        at=row.arrived_at,
        created_at=now,
    )


def _as_evidence(inner: ForwardedMail) -> dict[str, str]:
    sender = inner.from_ or Address("", "")
    return {"name": sender.name, "address": sender.address, "subject": inner.subject, "text": inner.text}


def _case_it_joins(
    known: Known, mail: ParsedMail, contact: Contact | None, policy: Policy, *, forged: bool
) -> tuple[Case | None, str | None]:
    """The case this mail belongs to, or None with a hint for staff.

    Identity is earned: From must be a contact of the case's customer, our own mail server must not refute it,
    *and* the mail must name a message that we hold of it, or bear its number. A stranger who quotes either
    opens a case of his own. A letter of ours that came back needs no sender: only we can have signed its
    Message-ID.
    """
    note = None
    for case_id in _named_cases(known, mail, policy):
        case = known.cases.get(case_id)
        if case is not None and is_bounce(mail):
            return case, None
        if forged:
            note = f"Names {case_number(case_id)}, but our mail server says that the sender is forged."
        elif case is None or contact is None or contact.customer_id != case.customer_id:
            note = f"Names {case_number(case_id)}, but its sender is no contact of that case."
        elif case.status == CaseStatus.CLOSED:
            note = f"Follows {case.number}, which is closed."
        else:
            return case, None
    return None, note


def _named_cases(known: Known, mail: ParsedMail, policy: Policy) -> list[int]:
    """The cases whose messages this mail answers, newest first, then those whose numbers it bears."""
    answered = {case_id for name in answers(mail, policy) for case_id in known.answered.get(name, ())}
    numbered = [number for number in numbers_in(mail) if number in known.numbered]
    return [*sorted(answered, reverse=True), *numbered]


def _files(mail: ParsedMail) -> tuple[StoredFile, ...]:
    return tuple(
        StoredFile(part.name, part.type, part.size, part.sha256, part.inline)
        for part in (*mail.attachments, *mail.inline)
    )
