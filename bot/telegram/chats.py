"""What becomes of a chat as such: the bot is blocked in it or let in again, a group gets another number."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from bot.telegram.updates import Moved, Shut
from casework.policy import Policy
from casework.undelivered import reachable_again, shut
from store.tables import (
    Case,
    Channel,
    ContactAddress,
    Dialogue,
    Incoming,
    IncomingState,
    Outgoing,
    OutgoingState,
)

BLOCKED = (
    "The customer has blocked the bot; nothing reaches them here until they write again, so use another way."
)
REMOVED = (
    "The bot was removed from this group; nothing arrives there until it is let in again, so use another way."
)


def shut_or_open(session: Session, change: Shut, now: datetime, policy: Policy) -> None:
    """What is owed in a chat that is shut fails at once; an open one may be written to again."""
    if change.open:
        reachable_again(session, {change.chat}, Channel.TELEGRAM)
    else:
        reason = REMOVED if change.chat.startswith("-") else BLOCKED
        shut(session, Channel.TELEGRAM, change.chat, reason, now, policy)


def moved(session: Session, source: str, group: Moved) -> None:
    """The conversation of a group goes on under its new number.

    Lines that wait come first: whoever receives them at this moment has the old number, and is waited for.
    """
    chat = f"{source}:{group.old}"
    waiting = col(Incoming.conversation) == chat, col(Incoming.state) == IncomingState.NEW
    for row in session.exec(select(Incoming).where(*waiting).with_for_update()).all():
        row.conversation = f"{source}:{group.new}"
        row.payload = {**(row.payload or {}), "conversation": group.new, "address": group.new}
    session.flush()
    here = Channel.TELEGRAM
    cases = update(Case).where(col(Case.channel) == here, col(Case.conversation) == group.old)
    session.exec(cases.values(conversation=group.new))
    letters = col(Outgoing.channel) == here, col(Outgoing.recipient) == group.old
    owed = update(Outgoing).where(*letters, col(Outgoing.state) == OutgoingState.DUE)
    session.exec(owed.values(recipient=group.new))
    # Somebody may have written under the new number before we were told of it.
    if session.get(Dialogue, (here, group.new)) is None:
        talk = col(Dialogue.channel) == here, col(Dialogue.conversation) == group.old
        session.exec(update(Dialogue).where(*talk).values(conversation=group.new))
    address = col(ContactAddress.channel) == here
    if (
        session.exec(select(ContactAddress).where(address, col(ContactAddress.address) == group.new)).first()
        is None
    ):
        reached = update(ContactAddress).where(address, col(ContactAddress.address) == group.old)
        session.exec(reached.values(address=group.new))
