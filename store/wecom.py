"""WeCom accounts between processes: how far each is read, who fetches its token, what may still be sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, or_, select, update

from store.listeners import is_gone
from store.once import add_once
from store.tables import Channel, Outgoing, OutgoingState, WecomAccount, WecomChat, WecomSent

# What WeCom takes (95001, 95002): both count from the customer's last message.
WINDOW = timedelta(hours=48)
MOST = 5  # messages until the customer writes again
FOR_PEOPLE = 1  # of them, which nothing automatic uses
FORGOTTEN_AFTER = timedelta(days=7)  # longer than a letter is tried, and than 48 hours


def ring(session: Session, name: str, pull_token: str, at: datetime) -> None:
    """Note what a callback told; one that is older than the last known changes nothing."""
    add_once(session, WecomAccount(name=name))
    newer = or_(col(WecomAccount.rung_at).is_(None), col(WecomAccount.rung_at) <= at)
    told = update(WecomAccount).where(col(WecomAccount.name) == name, newer)
    session.exec(told.values(pull_token=pull_token, rung_at=at))


def place(session: Session, name: str) -> WecomAccount:
    """How far the account is read, and what its last callback said."""
    return session.get(WecomAccount, name) or WecomAccount(name=name)


def advance(session: Session, name: str, cursor: str) -> None:
    """Everything up to `cursor` is kept."""
    add_once(session, WecomAccount(name=name))
    session.exec(update(WecomAccount).where(col(WecomAccount.name) == name).values(cursor=cursor))


def pulled(session: Session, name: str, pull_token: str | None) -> None:
    """Nothing is left of what the callback with this token told of; a later callback stands."""
    same = col(WecomAccount.name) == name, col(WecomAccount.pull_token) == pull_token
    session.exec(update(WecomAccount).where(*same).values(pull_token=None))


def claim_token(session: Session, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Whether this process fetches the access token; False while another living one does."""
    add_once(session, WecomAccount(name=name))
    query = select(WecomAccount).where(col(WecomAccount.name) == name).with_for_update()
    account = session.exec(query, execution_options={"populate_existing": True}).one()
    other = account.token_claimed_by if account.token_claimed_by != holder else None
    if other is not None and not is_gone(other) and (account.token_claimed_until or now) > now:
        return False
    account.token_claimed_by, account.token_claimed_until = holder, until
    return True


def let_go_of_token(session: Session, name: str, holder: str) -> None:
    """It is fetched, or cannot be had now."""
    ours = col(WecomAccount.name) == name, col(WecomAccount.token_claimed_by) == holder
    session.exec(update(WecomAccount).where(*ours).values(token_claimed_by=None, token_claimed_until=None))


def names_of(session: Session, customers: Sequence[str]) -> dict[str, str]:
    """What customers are called, as far as we have asked."""
    known = select(WecomChat).where(col(WecomChat.customer).in_(customers), col(WecomChat.name) != "")
    return {chat.customer: chat.name for chat in session.exec(known)}


def heard(session: Session, customer: str, name: str, at: datetime) -> None:
    """The customer wrote: what we may send counts anew from their last message."""
    add_once(session, WecomChat(customer=customer, name=name, heard_at=at))
    chat = update(WecomChat).where(col(WecomChat.customer) == customer)
    session.exec(chat.where(col(WecomChat.heard_at) < at).values(heard_at=at))
    if name:
        session.exec(chat.values(name=name))


def chat_with(session: Session, customer: str) -> WecomChat | None:
    """The customer's chat, kept from other transactions until ours ends."""
    query = select(WecomChat).where(col(WecomChat.customer) == customer).with_for_update()
    return session.exec(query, execution_options={"populate_existing": True}).first()


def sent_since(session: Session, chat: WecomChat, besides: Sequence[str]) -> int:
    """How many messages were sent since the customer's last, these aside."""
    counted = col(WecomSent.customer) == chat.customer, col(WecomSent.heard_at) == chat.heard_at
    query = select(func.count()).where(*counted, col(WecomSent.msgid).not_in(besides))
    return session.exec(query).one()


def left_for_the_bot(session: Session, customers: Iterable[str], now: datetime) -> dict[str, int]:
    """How many messages the bot may still send each of them; what waits to leave is counted, too."""
    since = (col(WecomSent.customer) == col(WecomChat.customer)) & (
        col(WecomSent.heard_at) == col(WecomChat.heard_at)
    )
    sent = (
        select(WecomChat.customer, WecomChat.heard_at, func.count(col(WecomSent.msgid)))
        .outerjoin(WecomSent, since)
        .where(col(WecomChat.customer).in_(customers))
        .group_by(col(WecomChat.customer), col(WecomChat.heard_at))
    )
    waiting = (
        select(Outgoing.recipient, func.count())
        .where(
            col(Outgoing.channel) == Channel.WECOM,
            col(Outgoing.recipient).in_(customers),
            col(Outgoing.state) == OutgoingState.DUE,
        )
        .group_by(col(Outgoing.recipient))
    )
    owed = dict(session.exec(waiting).all())
    return {
        customer: max(0, MOST - FOR_PEOPLE - count - owed.get(customer, 0)) if now - heard_at < WINDOW else 0
        for customer, heard_at, count in session.exec(sent)
    }


def taken(session: Session, msgids: Sequence[str]) -> set[str]:
    """Which of these messages WeCom has."""
    query = select(WecomSent.msgid).where(col(WecomSent.msgid).in_(msgids), col(WecomSent.taken))
    return set(session.exec(query))


def claim(session: Session, chat: WecomChat, msgids: Sequence[str], now: datetime) -> None:
    """Count these messages from now on, and forget what has long been sent to this customer."""
    old = col(WecomSent.customer) == chat.customer, col(WecomSent.claimed_at) < now - FORGOTTEN_AFTER
    session.exec(delete(WecomSent).where(*old))
    rows = (
        WecomSent(msgid=msgid, customer=chat.customer, heard_at=chat.heard_at, claimed_at=now)
        for msgid in msgids
    )
    add_once(session, *rows)
    again = col(WecomSent.msgid).in_(msgids), col(WecomSent.taken).is_(False)
    session.exec(update(WecomSent).where(*again).values(heard_at=chat.heard_at))


def took(session: Session, msgid: str) -> None:
    """WeCom has this message."""
    session.exec(update(WecomSent).where(col(WecomSent.msgid) == msgid).values(taken=True))


def unclaim(session: Session, msgids: Sequence[str]) -> None:
    """These have not left after all."""
    session.exec(delete(WecomSent).where(col(WecomSent.msgid).in_(msgids), col(WecomSent.taken).is_(False)))
