"""The form of an interim reply: what stands in it before it is sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casework.calendar_days import working_days
from casework.policy import Policy
from web.signed_in import Person

AHEAD = 2  # ◦ working days that a final answer usually needs


@dataclass(frozen=True)
class Promise:
    """What a person has written so far; times as in that person's zone, as the form's field has them."""

    final_by: str
    departments: str = ""
    detail: str = ""
    problem: str | None = None


def suggested(session: Session, person: Person, now: datetime, policy: Policy) -> Promise:
    """When the site closes, two working days ahead."""
    today = now.astimezone(policy.timezone)
    day = working_days(session, policy, today.date()).later(now, AHEAD).at.astimezone(policy.timezone)
    closing = datetime.combine(day.date(), policy.closes, policy.timezone)
    return Promise(final_by=f"{closing.astimezone(person.zone):%Y-%m-%dT%H:%M}")


def moment_in(text: str, person: Person) -> datetime | None:
    """The moment that the field names; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= moment.year < 2200:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=person.zone)
