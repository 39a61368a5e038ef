"""Market notes (市场信息, S0): what was heard of demand, competitors, markets, and how goods fare."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.rights import Right, demand
from store.adding import append
from store.history import log
from store.tables import Customer, MarketNote, MarketTopic, User


class MarketError(Exception):
    """It cannot be kept as asked; the sentence says why."""


def note(
    session: Session,
    customer: Customer,
    topic: MarketTopic,
    text: str,
    heard_on: date,
    user: User,
    now: datetime,
) -> None:
    """Something worth knowing was heard at this customer's."""
    demand(user, Right.KEEP_CUSTOMERS)
    if not text.strip():
        raise MarketError("Write down what you heard.")
    append(
        session,
        MarketNote,
        customer_id=customer.id,
        user_id=user.id,
        topic=topic,
        text=text.strip(),
        heard_on=heard_on,
        created_at=now,
    )
    details = {"customer": customer.id, "topic": topic.value}
    log(session, "market_noted", now, user_id=user.id, details=details)


def notes_of(session: Session, customer: Customer) -> list[tuple[MarketNote, str]]:
    """What was heard at this customer's, newest first, and who heard it."""
    return list(
        session.exec(
            select(MarketNote, User.name)
            .join(User, col(User.id) == col(MarketNote.user_id))
            .where(col(MarketNote.customer_id) == customer.id)
            .order_by(col(MarketNote.heard_on).desc(), col(MarketNote.id).desc())
            .limit(50)
        )
    )
