"""WeCom customer service (微信客服): how far an account is read, and what its customers still let us send."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Instant
from store.tables.row import Row


class WecomAccount(Row, table=True):
    """A customer service account (客服帐号): its place in what WeCom keeps, and who renews its access token.

    Lease and outages of the account stand in its `Listener`, which has the same name.
    """

    __tablename__ = "wecom_accounts"

    name: str = Field(primary_key=True, max_length=200)
    cursor: str = ""  # WeCom's own word for the last message that is safely stored
    pull_token: str | None = None  # of the last callback, until all that it told of is stored
    rung_at: datetime | None = Field(default=None, sa_type=Instant)  # that callback's own time
    token_claimed_by: str | None = None  # the process that fetches an access token, as in Listener.holder
    token_claimed_until: datetime | None = Field(default=None, sa_type=Instant)


class WecomChat(Row, table=True):
    """A customer who has written by WeCom."""

    __tablename__ = "wecom_chats"

    customer: str = Field(primary_key=True, max_length=64)  # external_userid
    name: str = Field(default="", max_length=200)
    heard_at: datetime = Field(sa_type=Instant)  # their last message, by WeCom's clock


class WecomSent(Row, table=True):
    """A message to a customer, claimed before it leaves: a repeat under the same id counts once."""

    __tablename__ = "wecom_sent"
    __table_args__ = (
        # What was sent since a customer's last message.
        Index("ix_wecom_sent_customer", "customer", "heard_at"),
    )

    msgid: str = Field(primary_key=True, max_length=32)
    customer: str = Field(foreign_key="wecom_chats.customer", max_length=64)
    heard_at: datetime = Field(sa_type=Instant)  # the customer's last message when it was claimed
    claimed_at: datetime = Field(sa_type=Instant)
    taken: bool = False  # WeCom has it
