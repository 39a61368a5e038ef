"""Who writes to us and who answers: customers with their contacts, and our own people."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field

from store.columns import Instant, Json, one_of
from store.tables.row import Row


class Channel(StrEnum):
    """The ways in (S0 面谈、信函、电话、传真、电子邮件; S2 聊天记录)."""

    EMAIL = "email"
    TELEGRAM = "telegram"
    WEBCHAT = "webchat"
    WECOM = "wecom"
    PHONE = "phone"
    FAX = "fax"
    LETTER = "letter"
    VISIT = "visit"
    ONSITE = "onsite"
    MEDIA = "media"
    DESK = "desk"  # the way out to our own people: a notice on their desk


# In which the bot talks: lines, a pause, buttons.
CHATS = (Channel.TELEGRAM, Channel.WEBCHAT, Channel.WECOM)


class CustomerStatus(StrEnum):
    POTENTIAL = "potential"
    EXISTING = "existing"


class Role(StrEnum):
    SALES = "sales"
    HEAD = "head"
    QUALITY = "quality"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    ADMIN = "admin"


class User(Row, table=True):
    """One of our own people, who signs in at the desk."""

    __tablename__ = "users"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=80)
    role: Role = Field(sa_column=Column(one_of(Role), nullable=False))
    password_hash: str
    # A reviewer's: which opinion is asked of them; data, such as technical, production, purchasing, finance.
    department: str | None = Field(default=None, max_length=40)
    email: str | None = None
    mail_notices: bool = True  # notices come by mail, too, if there is an address
    chat: str | None = Field(default=None, unique=True, index=True, max_length=64)  # their own, on Telegram
    chat_notices: bool = False  # notices come there, too
    language: str = "zh"
    timezone: str | None = Field(default=None, max_length=64)  # IANA name; null: the company's
    on_duty: bool = True  # gets the reminders of cases that nobody owns
    active: bool = True
    created_at: datetime = Field(sa_type=Instant)


class UserSession(Row, table=True):
    """A signed-in browser. Its cookie holds the key, the row only a hash: a stolen row opens nothing."""

    __tablename__ = "user_sessions"

    key_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)


class Customer(Row, table=True):
    """A company, existing or potential; a stranger who writes becomes a potential one."""

    __tablename__ = "customers"
    __table_args__ = (
        Index("ix_customers_name", "name", "id"),  # the list of customers; finding one of this name
        Index("ix_customers_owner", "owner_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    own_code: str | None = Field(default=None, unique=True, max_length=40)  # 客户代码 of our own books
    status: CustomerStatus = Field(
        default=CustomerStatus.POTENTIAL, sa_column=Column(one_of(CustomerStatus), nullable=False, index=True)
    )  # index: everyone a survey goes to
    owner_id: int | None = Field(default=None, foreign_key="users.id")
    # What the customer stipulated overrides the language and channel it wrote in (S0 9.3).
    required_language: str | None = None
    required_manner: str | None = None
    region: str = Field(default="", max_length=60)  # how the company divides its market
    notes: str = ""
    merged_into: int | None = Field(default=None, foreign_key="customers.id")  # the same company, met twice
    created_at: datetime = Field(sa_type=Instant)


class Contact(Row, table=True):
    """A person at a customer."""

    __tablename__ = "contacts"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customers.id", index=True)
    name: str = Field(max_length=200)
    language: str = "zh"  # of the last message: zh, zh-Hant or en
    surveys_refused_at: datetime | None = Field(default=None, sa_type=Instant)  # asked to be left alone
    created_at: datetime = Field(sa_type=Instant)


class ContactAddress(Row, table=True):
    """Where a contact is reached on one channel. An address belongs to one person: identity hangs on it."""

    __tablename__ = "contact_addresses"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contacts.id", index=True)
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    address: str = Field(max_length=320)  # e-mail in lower case, chat id, phone number
    undeliverable_at: datetime | None = Field(default=None, sa_type=Instant)
    details: dict[str, str] = Field(default_factory=dict, sa_type=Json)


def customer_code(customer_id: int) -> str:
    """The 客户代码 that internal notices show instead of the name (S0 5.2.3.1): 12 → C-00012."""
    return f"C-{customer_id:05d}"
