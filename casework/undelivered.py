"""What we sent did not arrive and never will: the address is spared, and whoever owns the case is told."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select, update

from casework import clocks
from casework.cases import hold
from casework.owing import owe_colleague
from casework.policy import Policy
from casework.reminding import Matter, reminded
from casework.replies import last_inbound
from casework.signing import signed_name
from casework.wording import Notice
from store.history import DESK, log, tell
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    ContactAddress,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    User,
    customer_code,
)

ANSWERING = (OutgoingKind.REPLY, OutgoingKind.INTERIM)


def came_back(session: Session, mail_id: str, reason: str, now: datetime, policy: Policy) -> None:
    """Let the bounce of a letter of ours take effect, told by the Message-ID of the letter.

    Only an id that we signed counts; a second report of the same letter changes nothing.
    """
    name = signed_name(policy, mail_id)
    if name is None:
        return
    sort, _, number = name.partition(".")
    of_letter = (
        select(Outgoing).where(col(Outgoing.id) == int(number))
        if sort == "outgoing"
        else select(Outgoing)
        .join(Message, col(Message.id) == col(Outgoing.message_id))
        .where(col(Message.message_id) == mail_id)
    )
    outgoing = session.exec(of_letter.limit(1)).first()
    if outgoing is not None and outgoing.state != OutgoingState.FAILED:
        not_delivered(session, outgoing, reason, now, policy, no_such_address=True)


def reachable_again(session: Session, addresses: Collection[str], channel: Channel = Channel.EMAIL) -> None:
    """Somebody writes from these addresses, so letters may be sent there again."""
    alive = (
        col(ContactAddress.channel) == channel,
        col(ContactAddress.address).in_(addresses),
        col(ContactAddress.undeliverable_at).is_not(None),
    )
    session.exec(update(ContactAddress).where(*alive).values(undeliverable_at=None))


def shut(
    session: Session, channel: Channel, address: str, reason: str, now: datetime, policy: Policy
) -> None:
    """Nothing gets there any more: what is owed there is not delivered, and whoever owns it is told."""
    _spare(session, channel, address, now)
    owed = select(Outgoing).where(
        col(Outgoing.recipient) == address,
        col(Outgoing.channel) == channel,
        col(Outgoing.state) == OutgoingState.DUE,
    )
    for outgoing in session.exec(owed.with_for_update()).all():
        not_delivered(session, outgoing, reason, now, policy, no_such_address=False)


def not_delivered(
    session: Session, outgoing: Outgoing, reason: str, now: datetime, policy: Policy, *, no_such_address: bool
) -> None:
    """Let a refusal for good, or a bounce, take effect; told twice it is the same as once.

    A reply that did not arrive is no reply: the case is open again and its clock runs from the customer's
    words. Notices to colleagues end here; their desk shows them all the same.
    """
    outgoing.state, outgoing.error = OutgoingState.FAILED, reason
    if no_such_address:
        _spare(session, outgoing.channel, outgoing.recipient, now)
    if outgoing.user_id is None and outgoing.case_id is not None and outgoing.kind != OutgoingKind.SURVEY:
        case = hold(session, {outgoing.case_id})[outgoing.case_id]
        if outgoing.kind in ANSWERING and case.status != CaseStatus.CLOSED:
            _reopen(session, case, outgoing, policy)
        _tell_people(session, case, outgoing, reason, now)
        log(session, "not_delivered", now, case_id=case.id, details={"outgoing": outgoing.id})
    tell(session, DESK, now)


def _spare(session: Session, channel: Channel, recipient: str, now: datetime) -> None:
    """Nothing more goes to this address by itself, until somebody writes from it."""
    address = (
        col(ContactAddress.channel) == channel,
        col(ContactAddress.address) == recipient.lower(),
    )
    session.exec(update(ContactAddress).where(*address).values(undeliverable_at=now))
    waiting = (
        col(Outgoing.recipient) == recipient,
        col(Outgoing.channel) == channel,
        col(Outgoing.kind).in_((OutgoingKind.SURVEY, OutgoingKind.REMINDER)),
        col(Outgoing.state) == OutgoingState.DUE,
    )
    session.exec(update(Outgoing).where(*waiting).values(state=OutgoingState.CANCELLED))


def _reopen(session: Session, case: Case, outgoing: Outgoing, policy: Policy) -> None:
    """Only if nobody has written since: a later answer by another way stands."""
    said = col(Message.case_id) == case.id, col(Message.auto_generated).is_(None)
    replied_last = session.exec(
        select(Message.id).where(*said).order_by(col(Message.id).desc()).limit(1)
    ).first()
    asked = last_inbound(session, case)
    if asked is not None and replied_last == outgoing.message_id:
        case.status = CaseStatus.OPEN
        clocks.start_first_reply(session, case, asked.at, policy)


def _tell_people(session: Session, case: Case, outgoing: Outgoing, reason: str, now: datetime) -> None:
    values = {
        "number": case.number,
        "customer_code": customer_code(case.customer_id),
        "reply": outgoing.kind in ANSWERING,
        "reason": reason,
    }
    notice, key = Notice("undelivered", values), f"undelivered:{outgoing.id}"
    people = session.exec(select(User).where(col(User.active)).order_by(col(User.id))).all()
    for person in reminded(people, Matter(case.owner_id, overdue=False, repeated=False)):
        owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=case.id)
