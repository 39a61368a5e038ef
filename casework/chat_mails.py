"""An e-mail address left in a web chat: answers not read there in time go to it, too.

The address is a visitor's claim. It stands beside the chat and never among the addresses of a contact, so
that nobody is known by it and no other customer's mail joins: it is verified by being used. Who answers the
mail writes from it under a Message-ID of ours, and a person adds him with one click (`casework/colleagues`).
"""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.customer_book.card import address_problem, as_kept
from casework.policy import Policy
from casework.wording import Words, words
from store.adding import append
from store.history import DESK, log, tell
from store.tables import Case, Channel, ChatMail, ChatRead, Message, Outgoing, OutgoingKind, OutgoingState

GONE = (OutgoingState.CANCELLED, OutgoingState.FAILED)


class AddressError(Exception):
    """No answer can go there; the sentence says why."""


def leave_mail(
    session: Session, conversation: str, typed: str, language: str, now: datetime, policy: Policy
) -> None:
    """Keep the address for this chat, or take it away if it is empty. Raises AddressError."""
    address = as_kept(Channel.EMAIL, typed)
    problem = address_problem(Channel.EMAIL, address) if address else None
    if problem or address == policy.mail_from.lower() or not address.isascii():
        raise AddressError("Answers cannot be sent to this address; please check it.")
    kept = session.get(ChatMail, conversation)
    if (kept.address if kept else "") == address:
        return
    if kept is not None:
        session.delete(kept)
        session.flush()
    if address:
        session.add(ChatMail(conversation=conversation, address=address, language=language, given_at=now))
    log(session, "chat_mail_left" if address else "chat_mail_removed", now)
    tell(session, DESK, now)


def mail_of(session: Session, conversation: str | None) -> str | None:
    """Where answers in this chat go when they are not read."""
    kept = session.get(ChatMail, conversation) if conversation else None
    return kept.address if kept else None


def owe_copy(session: Session, case: Case, message: Message, now: datetime, policy: Policy) -> None:
    """Owe the visitor a copy of this answer by mail, for when he has not read it in time."""
    if message.channel != Channel.WEBCHAT or not (address := mail_of(session, case.conversation)):
        return
    append(
        session,
        Outgoing,
        kind=OutgoingKind.CHAT_COPY,
        key=f"message:{message.id}",
        channel=Channel.EMAIL,
        recipient=address,
        case_id=case.id,
        due_at=now + policy.chat_mail_after,
        created_at=now,
    )


def still_unread(session: Session, copy: Outgoing) -> bool:
    """Whether the answer stands in the chat and was not read, and the address is still the visitor's wish."""
    answer = _answer(session, copy)
    if answer is None or answer.state in GONE or mail_of(session, answer.recipient) != copy.recipient:
        return False
    read = session.get(ChatRead, answer.recipient)
    return read is None or read.message_id < (answer.message_id or 0)


def copied(session: Session, copy: Outgoing, policy: Policy) -> tuple[Words, Message]:
    """The words of the copy, and the message that it is of."""
    answer = _answer(session, copy)
    assert answer is not None  # asked before by still_unread
    kept = session.get(ChatMail, answer.recipient)
    wording = words(
        "chat_copy",
        kept.language if kept else policy.language,
        subject=answer.subject,
        text=answer.text.rstrip(),
        link=f"{policy.public_url}/chat",
        company=policy.company,
    )
    return wording, session.get_one(Message, answer.message_id)


def note_read(session: Session, conversation: str, message_id: int, now: datetime) -> bool:
    """The visitor has had this line of ours before his eyes; False if it is none of this chat."""
    shown = (
        select(Message.id)
        .join(Case, col(Case.id) == col(Message.case_id))
        .where(
            col(Message.id) == message_id,
            col(Case.channel) == Channel.WEBCHAT,
            col(Case.conversation) == conversation,
        )
    )
    if session.exec(shown).first() is None:
        return False
    read = session.get(ChatRead, conversation)
    if read is None:
        session.add(ChatRead(conversation=conversation, message_id=message_id, at=now))
    elif read.message_id < message_id:
        read.message_id, read.at = message_id, now
    return True


def read_up_to(session: Session, conversation: str) -> int:
    """The newest line of ours that was read here; 0 if none was."""
    read = session.get(ChatRead, conversation)
    return read.message_id if read else 0


def _answer(session: Session, copy: Outgoing) -> Outgoing | None:
    return session.exec(
        select(Outgoing).where(
            col(Outgoing.kind).in_((OutgoingKind.REPLY, OutgoingKind.INTERIM)),
            col(Outgoing.key) == copy.key,
        )
    ).first()
