"""The internal evaluation (内部自评分): how well we served, by our own books, beside what customers say.

S2 (IATF 16949) asks for it from three things, 顾客退货、抱怨、延迟交付信息, and lets it count half of the
whole (对主要顾客的调查占 50%，内部自评分占 50%). It does not say how a number comes of them; that is ours ◦:
the mean of three shares, each from 0 to 1, times 100.

- on time: deliveries that were not late ÷ deliveries
- kept: deliveries that did not come back ÷ deliveries
- without complaint: 1 - (light + 3 × moderate + 10 × severe complaints) ÷ deliveries, at least 0

Deliveries, late and returned ones are typed in month by month from the books. A late supply or a return that
only this system knows of, from a nonconformity notice, counts where the books have fewer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from casework.policy import Policy
from store.tables import (
    Case,
    Complaint,
    DeliveryMonth,
    NonconformityNotice,
    NonconformityReason,
    Rhythm,
    SurveyCampaign,
    SurveyPlan,
)
from survey.asking.periods import month_after
from survey.reporting.scoring import hundredths

WEIGHTS = {"light": 1, "moderate": 3, "severe": 10}  # ◦ of a complaint
_MONTHS = {Rhythm.YEARLY: 12, Rhythm.QUARTERLY: 3, Rhythm.EVENT: 1}


@dataclass(frozen=True)
class Figures:
    """What the books and this system hold of some months."""

    deliveries: int
    late: int
    returned: int
    complaints: Mapping[str, int]  # by severity


@dataclass(frozen=True)
class Evaluation:
    """The internal evaluation of a period; without any delivery in the books there is none."""

    first: date  # of the first month
    last: date  # of the last month, its first day
    months: int  # for which there are figures
    figures: Figures

    @property
    def on_time(self) -> Fraction | None:
        return _rest(self.figures.late, self.figures.deliveries)

    @property
    def kept(self) -> Fraction | None:
        return _rest(self.figures.returned, self.figures.deliveries)

    @property
    def without_complaint(self) -> Fraction | None:
        weighed = sum(WEIGHTS[severity] * count for severity, count in self.figures.complaints.items())
        return _rest(weighed, self.figures.deliveries)

    @property
    def score(self) -> float | None:
        """From 0 to 100."""
        parts = [part for part in (self.on_time, self.kept, self.without_complaint) if part is not None]
        return hundredths(100 * sum(parts, Fraction()) / 3) if parts else None


def composite(survey: float, top: Fraction, internal: float | None, share: int) -> float:
    """What customers say (up to `top`) and the internal evaluation together, up to 100.

    `share` is the percent of the internal one; without any the survey is all.
    """
    said = Fraction(str(survey)) * 100 / top
    if internal is None:
        return hundredths(said)
    return hundredths((said * (100 - share) + Fraction(str(internal)) * share) / 100)


def evaluation(session: Session, campaign: SurveyCampaign, plan: SurveyPlan, policy: Policy) -> Evaluation:
    """The internal evaluation of the months that a campaign asks about."""
    first, last = months_of(campaign.opens_at, plan.rhythm, policy.timezone)
    return evaluate(session, first, last, policy.timezone)


def months_of(opens_at: datetime, rhythm: Rhythm, timezone: ZoneInfo) -> tuple[date, date]:
    """The first and last month that it asks about: those before it began (S0 过去半年), or of its events."""
    begins = opens_at.astimezone(timezone).date().replace(day=1)
    if rhythm == Rhythm.EVENT:
        return begins, begins
    last = (begins - timedelta(days=1)).replace(day=1)
    first = last
    for _month in range(_MONTHS.get(rhythm, 6) - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, last


def evaluate(session: Session, first: date, last: date, timezone: ZoneInfo) -> Evaluation:
    """From the months first to last, as far as they have figures. Three queries."""
    books = session.exec(
        select(DeliveryMonth).where(
            col(DeliveryMonth.month).between(first, last), col(DeliveryMonth.deliveries) > 0
        )
    ).all()
    deliveries = sum(month.deliveries for month in books)
    own = _own_notices(session, [month.month for month in books], timezone)
    figures = Figures(
        deliveries=deliveries,
        late=_at_least(sum(month.late for month in books), own, NonconformityReason.LATE_SUPPLY, deliveries),
        returned=_at_least(
            sum(month.returned for month in books), own, NonconformityReason.RETURN, deliveries
        ),
        complaints=_complaints(session, [month.month for month in books], timezone),
    )
    return Evaluation(first, last, len(books), figures)


def _rest(part: int, whole: int) -> Fraction | None:
    return max(Fraction(), 1 - Fraction(part, whole)) if whole else None


def _at_least(
    booked: int, own: Mapping[NonconformityReason, int], reason: NonconformityReason, deliveries: int
) -> int:
    return min(deliveries, max(booked, own.get(reason, 0)))


def _own_notices(session: Session, months: list[date], timezone: ZoneInfo) -> dict[NonconformityReason, int]:
    if not months:
        return {}
    found = session.exec(
        select(NonconformityNotice.reason, func.count())
        .where(
            col(NonconformityNotice.dropped_at).is_(None),
            _within(col(NonconformityNotice.started_at), months, timezone),
        )
        .group_by(col(NonconformityNotice.reason))
    )
    return {NonconformityReason(reason): count for reason, count in found}


def _complaints(session: Session, months: list[date], timezone: ZoneInfo) -> dict[str, int]:
    if not months:
        return {}
    found = session.exec(
        select(Case.severity, func.count())
        .join(Complaint, col(Complaint.case_id) == col(Case.id))
        .where(col(Case.kind) == "complaint", _within(col(Complaint.registered_at), months, timezone))
        .group_by(col(Case.severity))
    )
    return {severity or "light": count for severity, count in found}


def _within(moment: Any, months: list[date], timezone: ZoneInfo) -> ColumnElement[bool]:
    """In one of the months, by the site's clock."""
    return or_(
        *(
            (moment >= datetime.combine(month, time(), timezone))
            & (moment < datetime.combine(month_after(month), time(), timezone))
            for month in months
        )
    )
