"""When we work and by when a person answers, said honestly: nothing is promised for a day off."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dialogue.phrases import phrase
from casework.calendar_days import working_days
from casework.policy import Counted, Policy
from casework.wording import local_time
from nlp.reading import Kind
from store.tables import Case


def opens_at(session: Session, policy: Policy, now: datetime) -> datetime:
    """Now if we are at work, else when we are next."""
    days = working_days(session, policy, now.astimezone(policy.timezone).date())
    return days.after_working(now, timedelta(0)).at


def hours(session: Session, policy: Policy, now: datetime, language: str) -> str:
    """Our working hours, and that it is none of them now."""
    said = phrase(
        "hours",
        language,
        opens=f"{policy.opens:%H:%M}",
        closes=f"{policy.closes:%H:%M}",
        zone=policy.timezone.key,
    )
    if (back := opens_at(session, policy, now)) > now:
        between = " " if language == "en" else ""  # Chinese stops bring their own room
        said += between + phrase("closed_now", language, at=local_time(back, policy.timezone))
    return said


def usually(policy: Policy, language: str) -> str:
    """How long a first reply takes at most, if that is a plain number of hours."""
    target = policy.reply_targets(Kind.INQUIRY).first_reply
    return phrase("usually", language, hours=target.amount) if target.counted == Counted.HOURS else ""


def promise(session: Session, case: Case, policy: Policy, now: datetime, language: str) -> str:
    """By when a person answers in this case. When nobody works until then: when we are back."""
    if case.due_at is None or case.due_at <= now:
        return ""
    back, zone = opens_at(session, policy, now), policy.timezone.key
    if back >= case.due_at:
        return phrase("reply_after", language, at=local_time(back, policy.timezone), zone=zone)
    return phrase("reply_by", language, at=local_time(case.due_at, policy.timezone), zone=zone)
