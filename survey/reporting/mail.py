"""The report of a campaign goes to those who lead once it has closed, by itself (S0, S2 4.4: half-yearly)."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.owing import owe_colleague
from casework.policy import Policy
from casework.rights import Right, may
from casework.wording import Notice
from store.tables import Channel, Outgoing, OutgoingKind, Role, SurveyCampaign, User
from survey.reporting.report import Report, report


def owe_report(session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy) -> int:
    """Owe everybody who reads reports the main figures and the way to the rest; how many were told.

    Called again it owes nothing: the key of each names campaign and reader.
    """
    key = f"survey_report:{campaign.id}"
    readers = _readers(session, key)
    if not readers:
        return 0
    notice = Notice("survey_report", figures_in_words(report(session, campaign, now, policy)))
    for person in readers:
        owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=None)
    return len(readers)


def figures_in_words(found: Report) -> dict[str, object]:
    """The main figures as JSON, for the notice's wording."""
    figures, top = found.figures, float(found.questionnaire.top)
    judged = [(item.share, item.item.label) for item in found.items if item.share is not None]
    share, weakest = min(judged, key=lambda one: one[0], default=(None, None))
    return {
        "campaign": figures.id,
        "title": figures.title,
        "period": figures.period,
        "customers": figures.customers,
        "asked": figures.asked,
        "after_events": found.after_events,
        "coverage": percent(figures.coverage),
        "enough_asked": found.enough_asked,
        "sent": figures.sent,
        "answered": figures.answered,
        "rate": percent(figures.response_rate),
        "valid": found.enough_answered,
        "result": None if found.result is None else f"{found.result:g}",
        "top": f"{top:g}",
        "target": None if figures.target is None else f"{figures.target:g}",
        "missed": None if found.below_target is None else f"{found.below_target:g}",
        "internal": None if found.internal.score is None else f"{found.internal.score:g}",
        "composite": None if found.composite is None else f"{found.composite:g}",
        "internal_share": found.internal_share,
        "weakest": weakest and {"zh": weakest.zh, "en": weakest.en},
        "weakest_share": percent(share),
        "complaints": found.opened.total,
        "actions": len(found.actions),
    }


def percent(share: float | None) -> str:
    """0.853 → 85.3%."""
    return "–" if share is None else f"{share * 100:.1f}%"


def _readers(session: Session, key: str) -> list[User]:
    """Those of us who read reports and have not been told of this one."""
    roles = [role for role in Role if may(role, Right.READ_REPORTS)]
    people = session.exec(
        select(User).where(col(User.active), col(User.role).in_(roles)).order_by(col(User.id))
    ).all()
    keys = {f"{key}:{Channel.DESK}:{person.id}": person for person in people}
    of_them = col(Outgoing.kind) == OutgoingKind.NOTICE, col(Outgoing.key).in_(keys)
    told = set(session.exec(select(Outgoing.key).where(*of_them)))
    return [person for name, person in keys.items() if name not in told]
