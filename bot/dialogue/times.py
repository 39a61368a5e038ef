"""When we work and by when a person answers, said honestly and as people say times."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dialogue.phrases import phrase
from casework.calendar_days import working_days
from casework.policy import Counted, Policy
from nlp.reading import Kind
from store.tables import Case

_DAYS = ("today", "tomorrow", "after_tomorrow")
_A_WEEK = 7
_ZONES = {
    "Asia/Shanghai": "zones.beijing",
    "Asia/Hong_Kong": "zones.hong_kong",
    "Asia/Taipei": "zones.taipei",
}


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
        zone=zone(policy, language),
    )
    if (back := opens_at(session, policy, now)) > now:
        said += phrase("closed_now", language, at=spoken(back, now, policy, language))
    return said


def usually(policy: Policy, language: str) -> str:
    """How long a first reply takes at most, if that is a plain number of hours."""
    target = policy.reply_targets(Kind.INQUIRY).first_reply
    return phrase("usually", language, hours=target.amount) if target.counted == Counted.HOURS else ""


def promise(session: Session, case: Case, policy: Policy, now: datetime, language: str) -> str:
    """By when a person answers in this case. When nobody works until then: when we are back."""
    if case.due_at is None or case.due_at <= now:
        return ""
    back = opens_at(session, policy, now)
    name, at = ("reply_after", back) if back >= case.due_at else ("reply_by", case.due_at)
    return phrase(name, language, at=spoken(at, now, policy, language), zone=zone(policy, language))


def spoken(at: datetime, now: datetime, policy: Policy, language: str) -> str:
    """明天（11月21日）09:00: a moment at the site as people there say it, who speak at `now`."""
    local = at.astimezone(policy.timezone)
    ahead = (local.date() - now.astimezone(policy.timezone).date()).days
    date = phrase("times.date", language, month=local.month, day=local.day, month_name=f"{local:%B}")
    weekday = phrase("times.weekdays", language).split()[local.weekday()]
    name = _DAYS[ahead] if 0 <= ahead < len(_DAYS) else "this_week" if 0 < ahead < _A_WEEK else "another_day"
    day = phrase(f"times.{name}", language, date=date, weekday=weekday)
    return phrase("times.at", language, day=day, time=f"{local:%H:%M}")


def zone(policy: Policy, language: str) -> str:
    """北京时间: whose clock is meant."""
    name = _ZONES.get(policy.timezone.key)
    return phrase(name, language) if name else policy.timezone.key
