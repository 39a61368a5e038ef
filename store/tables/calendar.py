"""The company's own exceptions to the public calendar."""

from datetime import date, datetime

from sqlmodel import Field

from store.columns import Instant
from store.tables.row import Row


class CalendarDay(Row, table=True):
    """One day that is worked, or off, other than the calendar has it. The log keeps who took one away."""

    __tablename__ = "calendar_days"

    day: date = Field(primary_key=True)
    worked: bool
    remark: str = Field(default="", max_length=200)
    user_id: int = Field(foreign_key="users.id")
    created_at: datetime = Field(sa_type=Instant)
