"""What we owe anybody: a row added with its cause, sent later by the deliverer and by nobody else."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select, update

from casework.wording import Notice, Words, words
from store.adding import append
from store.tables import (
    Case,
    Channel,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    User,
    case_number,
)


def owe_customer(session: Session, kind: OutgoingKind, case: Case, message: Message, address: str) -> None:
    """Owe the customer this message, by the channel it is written for."""
    append(
        session,
        Outgoing,
        kind=kind,
        key=f"message:{message.id}",
        channel=message.channel,
        recipient=address,
        case_id=case.id,
        message_id=message.id,
        subject=message.subject or "",
        text=message.text,
        due_at=message.created_at,
        created_at=message.created_at,
    )


def answers_for(person: User, case: Case) -> bool:
    """Whether the case is this person's matter: its owner's; without one, of sales on duty and the head."""
    if case.owner_id is not None:
        return person.id == case.owner_id
    return person.on_duty and person.role in (Role.SALES, Role.HEAD)


def owe_colleague(
    session: Session,
    kind: OutgoingKind,
    key: str,
    user: User,
    notice: Notice,
    now: datetime,
    *,
    case_id: int | None,
) -> None:
    """Owe one of us a notice: on the desk, and by mail to those who left an address.

    It is worded when it is read or sent, in the language that its reader has chosen by then.
    """
    ways = [(Channel.DESK, user.name)]
    if user.email:
        ways.append((Channel.EMAIL, user.email))
    for channel, recipient in ways:
        append(
            session,
            Outgoing,
            kind=kind,
            key=f"{key}:{channel}:{user.id}",
            channel=channel,
            recipient=recipient,
            user_id=user.id,
            case_id=case_id,
            wording=notice.message,
            details=notice.values,
            due_at=now,
            created_at=now,
        )


def notice_words(
    notice: Outgoing, language: str, in_language: Callable[[str, str], str], *, link: str = ""
) -> Words:
    """What a colleague is told, in this language; by mail with a link to the page that `page_of` names.

    `in_language` tells a sentence from below, such as why a mailbox fails, in a language.
    """
    if notice.wording is None:  # from before notices waited for their reader
        return Words(notice.subject, notice.text)

    def told(sentence: str) -> str:
        return in_language(sentence, language)

    return words(notice.wording, language, told=told, link=link, **notice.details or {})


def page_of(notice: Outgoing) -> str:
    """Where on the desk the matter is seen."""
    return "/desk/health" if notice.case_id is None else f"/desk/cases/{case_number(notice.case_id)}"


def cancel_reminders(session: Session, case_id: int) -> None:
    """Take back the reminders of a case that have not left yet."""
    session.exec(
        update(Outgoing)
        .where(
            col(Outgoing.case_id) == case_id,
            col(Outgoing.kind) == OutgoingKind.REMINDER,
            col(Outgoing.state) == OutgoingState.DUE,
        )
        .values(state=OutgoingState.CANCELLED)
    )


def unread_notices(session: Session, user_id: int) -> list[Outgoing]:
    """The notices on a person's desk that were not read yet, newest first."""
    return list(
        session.exec(
            select(Outgoing)
            .where(
                col(Outgoing.user_id) == user_id,
                col(Outgoing.channel) == Channel.DESK,
                col(Outgoing.read_at).is_(None),
                col(Outgoing.state) == OutgoingState.SENT,
            )
            .order_by(col(Outgoing.id).desc())
            .limit(50)
        )
    )
