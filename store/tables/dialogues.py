"""Where the bot stands with each chat, and what customers answered it."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field

from store.columns import Instant, Json, one_of
from store.tables.people import Channel
from store.tables.row import Row


class Dialogue(Row, table=True):
    """One chat with the bot. It is written by the receiver only, in the order of the chat's lines."""

    __tablename__ = "dialogues"

    channel: Channel = Field(sa_column=Column(one_of(Channel), primary_key=True))
    conversation: str = Field(primary_key=True, max_length=200)
    language: str = Field(max_length=10)  # of the customer's last words, or as chosen
    chosen: bool = False  # the customer chose the language
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)  # what is talked about
    asked: str | None = Field(default=None, max_length=20)  # the question that waits for an answer
    answered: str | None = Field(default=None, max_length=20)  # the question answered last
    known: dict[str, str] = Field(default_factory=dict, sa_type=Json)  # question → the words that settle it
    skipped: list[str] = Field(default_factory=list, sa_type=Json)
    enough: bool = False  # the customer wants no more questions
    person: bool = False  # the customer wants a person: we are quiet
    fresh: bool = False  # the next words open a matter of their own
    said_at: datetime | None = Field(default=None, sa_type=Instant)  # when we last said something


class DialogueAnswer(Row, table=True):
    """What a customer said to a question. The newest counts; what was said before stays readable."""

    __tablename__ = "dialogue_answers"
    # The answers of a case.
    __table_args__ = (Index("ix_dialogue_answers_case", "case_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    message_id: int = Field(foreign_key="messages.id")
    question: str = Field(max_length=20)
    words: str
    at: datetime = Field(sa_type=Instant)
