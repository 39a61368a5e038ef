"""What we owe anybody: a row added with its cause, sent later by the deliverer and by nobody else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

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
    User,
    case_number,
)


def owe_customer(
    session: Session,
    kind: OutgoingKind,
    case: Case,
    message: Message,
    address: str,
    approval_id: int | None = None,
    buttons: list[list[list[str]]] | None = None,
) -> None:
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
        approval_id=approval_id,
        buttons=buttons,
        subject=message.subject or "",
        text=message.text,
        due_at=message.created_at,
        created_at=message.created_at,
    )


def owe_colleague(
    session: Session,
    kind: OutgoingKind,
    key: str,
    user: User,
    notice: Notice,
    now: datetime,
    *,
    case_id: int | None,
    deadline_id: int | None = None,
) -> None:
    """Owe one of us a notice: on the desk, and by mail and in their own chat to those who want it there.

    It is worded when it is read or sent, in the language that its reader has chosen by then.
    """
    ways = [(Channel.DESK, user.name)]
    if user.email and user.mail_notices:
        ways.append((Channel.EMAIL, user.email))
    if user.chat and user.chat_notices:
        ways.append((Channel.TELEGRAM, user.chat))
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
            deadline_id=deadline_id,
            wording=notice.message,
            details=notice.values,
            due_at=now,
            created_at=now,
        )


def notice_words(
    notice: Outgoing,
    language: str,
    timezone: ZoneInfo,
    in_language: Callable[[str, str], str],
    *,
    link: str = "",
) -> Words:
    """What a colleague is told, in this language and zone; by mail with a link to the page of `page_of`.

    `in_language` tells a sentence from below, such as why a mailbox fails, in a language.
    """
    if notice.wording is None:  # from before notices waited for their reader
        return Words(notice.subject, notice.text)

    def told(sentence: str) -> str:
        return in_language(sentence, language)

    values = {"told": told, "link": link, "timezone": timezone, **(notice.details or {})}
    return words(notice.wording, language, **values)


def page_of(notice: Outgoing) -> str:
    """Where on the desk the matter is seen. Whoever a service order is given to may not see its case."""
    if notice.wording == "service_order":
        return f"/desk/service-orders/{(notice.details or {})['id']}"
    if notice.wording == "survey_report":
        return f"/desk/surveys/{(notice.details or {})['campaign']}"
    if notice.wording == "reminder/service_order":
        return "/desk/service-orders"
    if notice.wording in ("survey_action", "reminder/survey_action"):
        return f"/desk/survey-actions/{(notice.details or {})['action']}"
    if notice.wording == "survey_actions":
        return f"/desk/surveys/{(notice.details or {})['campaign']}/actions"
    if notice.case_id is not None:
        return f"/desk/cases/{case_number(notice.case_id)}"
    if requirement := (notice.details or {}).get("requirement"):
        return f"/desk/requirements/{requirement}"
    return "/desk/plan" if notice.deadline_id is not None else "/desk/health"


def cancel_reminders(session: Session, deadline_ids: Sequence[int | None]) -> None:
    """Take back the reminders of these clocks that have not left yet."""
    waiting = col(Outgoing.deadline_id).in_(deadline_ids), col(Outgoing.state) == OutgoingState.DUE
    if deadline_ids:
        session.exec(update(Outgoing).where(*waiting).values(state=OutgoingState.CANCELLED))


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
