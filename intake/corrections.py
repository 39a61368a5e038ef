"""A customer changes what was said: the version before it is found, and the case to which it belongs."""

from sqlmodel import Session, col, select

from casework.cases import hold
from intake.arrive import Said
from store.tables import Case, CaseStatus, Incoming, Message

LOOK_BACK = 300  # rows of a chat; what is older can hardly be changed any more


def version_before(session: Session, said: Said) -> Incoming | None:
    """The newest row of this chat that says the same message."""
    chat = col(Incoming.conversation) == f"{said.source}:{said.conversation}"
    newest_first = select(Incoming).where(chat).order_by(col(Incoming.id).desc()).limit(LOOK_BACK)
    rows = session.exec(newest_first)
    return next((row for row in rows if (row.payload or {}).get("reference") == said.reference), None)


def corrected_case(session: Session, said: Said) -> Case | None:
    """The case that the version before belongs to, if it is not closed; held until the transaction ends.

    Lines in a row are one message, which bears the row of the first.
    """
    same = col(Incoming.source) == said.source, col(Incoming.external_id) == said.corrects
    before = session.exec(select(Incoming).where(*same)).first()
    if before is None:
        return None
    case_id = session.exec(
        select(Message.case_id)
        .join(Incoming, col(Incoming.id) == col(Message.incoming_id))
        .where(col(Incoming.conversation) == before.conversation, col(Incoming.id) <= before.id)
        .order_by(col(Incoming.id).desc())
        .limit(1)
    ).first()
    case = hold(session, {case_id}).get(case_id) if case_id is not None else None
    return case if case is not None and case.status != CaseStatus.CLOSED else None
