"""How a case opens and what a customer's words do to it: reading, requirements, clock, receipt."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from casework import clocks
from casework.carrying import carry_by_themselves
from casework.complaints.registering import follow_complaint
from casework.policy import Policy
from casework.replies import owe_acknowledgement
from casework.turns import give_to_next
from nlp.reading import Kind, Reading, Severity, higher
from store.adding import append, number
from store.history import DESK, chat_topic, log, tell
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Contact,
    Message,
    MessageReading,
    SpecialRequirement,
)

SUMMARY_LENGTH = 160
# What a case is about when its messages differ: the rightmost of them.
WEIGHT = (Kind.OTHER, Kind.SUGGESTION, Kind.INQUIRY, Kind.ORDER, Kind.COMPLAINT)


def open_case(
    session: Session,
    contact: Contact,
    message: Message,
    *,
    owner_id: int | None,
    conversation: str | None,
    status: CaseStatus,
) -> Case:
    """A new case for the first message of a matter. Its kind and clocks come with `take_in`."""
    case = Case(
        customer_id=contact.customer_id,
        contact_id=contact.id or 0,
        owner_id=owner_id,
        channel=message.channel,
        conversation=conversation,
        status=status,
        kind=Kind.OTHER,
        language=contact.language,
        subject=(message.subject or _summary(message.new_text) or "—")[:200],
        opened_at=message.at,
        last_message_at=message.at,
    )
    session.add(number(session, case))
    return case


def hold(session: Session, case_ids: Iterable[int]) -> dict[int, Case]:
    """The cases of these ids as they are now, kept from other transactions until ours ends.

    A reply or a closing at the desk at this very moment must not be overwritten, or overlooked. They are held
    in the order of their ids, so that two batches that want the same ones take turns.
    """
    wanted = select(Case).where(col(Case.id).in_(case_ids)).order_by(col(Case.id)).with_for_update()
    held = session.exec(wanted, execution_options={"populate_existing": True})
    return {case.id or 0: case for case in held}


def take_in(
    session: Session,
    case: Case,
    message: Message,
    reading: Reading,
    policy: Policy,
    *,
    history: bool,
    may_answer: bool,
    first: bool,
) -> bool:
    """Let an inbound message take effect on its case: reading, requirements, clock, owed acknowledgement.

    Auto-mail and history are kept and read but start nothing. True if an acknowledgement is owed now.
    """
    now = message.created_at
    keep_reading(session, case, message, reading)
    case.last_message_at = max(case.last_message_at, message.at)
    silent = history or message.auto_generated is not None
    was_order = not first and case.kind == Kind.ORDER
    if first:
        case.kind, case.severity, case.claim = reading.kind, reading.severity, reading.claim
        case.language = reading.language
    if first and not silent and policy.round_robin and case.owner_id is None:
        give_to_next(session, case, now)
    acknowledged = first and may_answer and not silent
    if not silent:
        _follow(session, case, message, reading, policy, first=first)
    if reading.kind == Kind.COMPLAINT or reading.claim:
        follow_complaint(
            session,
            case,
            now,
            policy,
            reading=reading,
            complainant=message.sender_name,
            silent=silent,
        )
    if acknowledged:
        owe_acknowledgement(session, case, message, policy)
    if first or not silent:
        case.summary = _summary(message.new_text)
    details = {"message": message.id}
    if case.kind == Kind.ORDER and not was_order and not silent:
        said = frozenset((one.category, one.sentence) for one in reading.requirements)
        if carried := carry_by_themselves(session, case, now, policy, said=said):
            details["carried"] = carried
    log(session, "message_received", now, case_id=case.id, details=details)
    tell(session, DESK, now)
    if case.conversation is not None and case.channel == Channel.WEBCHAT:
        tell(session, chat_topic(case.conversation), now)
    return acknowledged


def _follow(
    session: Session, case: Case, message: Message, reading: Reading, policy: Policy, *, first: bool
) -> None:
    """A person has written: the case is open again, and anything but small talk wants an answer in time."""
    case.status = CaseStatus.OPEN
    if not first:
        # An inquiry becomes an order, anything may become a complaint or a worse one; only people go back.
        before = case.kind
        case.kind = max(Kind(case.kind), reading.kind, key=WEIGHT.index)
        clocks.change_kind(session, case, before, policy)
        case.severity = _graver(case.severity, reading.severity)
        case.claim = case.claim or reading.claim
    if reading.kind != Kind.OTHER:
        clocks.start_first_reply(session, case, message.at, policy)


def keep_reading(session: Session, case: Case, message: Message, reading: Reading) -> None:
    """Keep how the message was read, and each special requirement in it as a record of its own."""
    shape = reading.as_json()
    append(
        session,
        MessageReading,
        message_id=message.id or 0,
        language=reading.language,
        kind=reading.kind,
        confidence=reading.confidence,
        severity=reading.severity,
        auto_generated=reading.auto_generated,
        special_requirements=list(reading.special_requirements),
        entities=shape["entities"],
        evidence=shape["evidence"],
        created_at=message.created_at,
    )
    known = set(case.requirement_categories)
    for requirement in reading.requirements:
        append(
            session,
            SpecialRequirement,
            customer_id=case.customer_id,
            case_id=case.id or 0,
            message_id=message.id,
            category=requirement.category,
            source=requirement.source,
            sentence=requirement.sentence,
            deadline=requirement.deadline,
            created_at=message.created_at,
        )
        known.add(requirement.category)
    case.requirement_categories = sorted(known)


def _graver(known: str | None, read: Severity | None) -> str | None:
    if known is None or read is None:
        return known or read
    return higher(Severity(known), read)


def _summary(text: str) -> str:
    return " ".join(text.split())[:SUMMARY_LENGTH]
