"""What is open for whoever writes in this chat: their own matters, and nobody else's."""

from datetime import datetime

from sqlmodel import Session, col, select

from bot.dialogue.phrases import phrase
from bot.dialogue.times import spoken, zone
from casework.policy import Policy
from store.tables import Case, CaseStatus, Channel, ContactAddress

SHOWN = 10


def status(
    session: Session, channel: Channel, address: str, policy: Policy, now: datetime, language: str
) -> str:
    """Number, kind and state of each open matter of the contact at this address, and when it is due."""
    contact = select(ContactAddress.contact_id).where(
        col(ContactAddress.channel) == channel, col(ContactAddress.address) == address
    )
    cases = session.exec(
        select(Case)
        .where(col(Case.contact_id).in_(contact), col(Case.status).in_((CaseStatus.OPEN, CaseStatus.REPLIED)))
        .order_by(col(Case.id).desc())
        .limit(SHOWN)
    ).all()
    if not cases:
        return phrase("no_status", language)
    heading = phrase("status", language, zone=zone(policy, language))
    return "\n".join((heading, *(_line(case, policy, now, language) for case in cases)))


def _line(case: Case, policy: Policy, now: datetime, language: str) -> str:
    values = {"number": case.number, "kind": phrase(f"kinds.{case.kind}", language)}
    if case.status == CaseStatus.REPLIED:
        return phrase("status_replied", language, **values)
    if case.due_at is None:
        return phrase("status_open", language, **values)
    if case.due_at <= now:
        return phrase("status_overdue", language, **values)
    return phrase("status_due", language, **values, at=spoken(case.due_at, now, policy, language))
