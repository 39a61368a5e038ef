"""How a campaign that runs gets on: who was asked, who has answered, whom it cannot reach."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import case as when
from sqlalchemy import literal
from sqlalchemy import select as columns
from sqlmodel import Session, col, exists, func, select

from casework.policy import Policy
from store.columns import Instant
from store.minutes import MinutesBetween
from store.tables import (
    Contact,
    Customer,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
)
from survey.asking.audience import audience, reachable
from survey.reporting.overview import CampaignOverview, overview_of

DAYS_SHOWN = 14
_LOST = (OutgoingState.FAILED, OutgoingState.UNCERTAIN)


@dataclass(frozen=True)
class Progress:
    """A campaign on its way."""

    figures: CampaignOverview
    waiting: int  # invitations whose letter has not left yet
    failed: int  # invitations whose letter could not be delivered
    refused: int  # invited contacts, and customers, who want to be left alone
    unreachable: int  # customers without an address that the plan may use
    days: list[tuple[date, int]]  # answers of each of the last days, the oldest first
    elapsed: float  # days since it began

    @property
    def per_day(self) -> float:
        """Answers a day so far; the first day counts as a whole one."""
        return self.figures.answered / max(1.0, self.elapsed)

    @property
    def silent(self) -> int:
        """Who has got the letter and not answered yet."""
        return max(0, self.figures.sent - self.figures.answered)


def progress(session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy) -> Progress:
    """As it stands now, in a fixed number of queries."""
    plan = session.get_one(SurveyPlan, campaign.plan_id)
    waiting, failed, refused = _letters(session, campaign)
    lost, left_alone = _not_asked(session, plan)
    return Progress(
        figures=overview_of(session, campaign),
        waiting=waiting,
        failed=failed,
        refused=refused + left_alone,
        unreachable=lost,
        days=_days(session, campaign, now, policy),
        elapsed=max(timedelta(), min(now, campaign.closes_at) - campaign.opens_at) / timedelta(days=1),
    )


def _letters(session: Session, campaign: SurveyCampaign) -> tuple[int, int, int]:
    silent = col(SurveyResponse.id).is_(None)
    found = session.execute(
        columns(
            func.count(when((silent & (col(Outgoing.state) == OutgoingState.DUE), 1))),
            func.count(when((silent & col(Outgoing.state).in_(_LOST), 1))),
            func.count(when((silent & col(Contact.surveys_refused_at).is_not(None), 1))),
        )
        .select_from(SurveyInvitation)
        .join(Contact, col(Contact.id) == col(SurveyInvitation.contact_id))
        .outerjoin(
            Outgoing,
            (col(Outgoing.invitation_id) == col(SurveyInvitation.id))
            & (col(Outgoing.kind) == OutgoingKind.SURVEY),
        )
        .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
    ).one()
    waiting, failed, refused = found
    return waiting, failed, refused


def _not_asked(session: Session, plan: SurveyPlan) -> tuple[int, int]:
    """Customers whom the plan means and cannot ask: for want of an address, and because they refused."""
    refused = exists().where(
        col(Contact.customer_id) == col(Customer.id), col(Contact.surveys_refused_at).is_not(None)
    )
    found = session.execute(
        columns(func.count(when((~refused, 1))), func.count(when((refused, 1))))
        .select_from(Customer)
        .where(*audience(plan), ~reachable(plan))
    ).one()
    lost, left_alone = found
    return lost, left_alone


def _days(
    session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy
) -> list[tuple[date, int]]:
    """Answers by the day at home: counted in one query, days without any included."""
    today = now.astimezone(policy.timezone).date()
    begun = campaign.opens_at.astimezone(policy.timezone).date()
    first = max(begun, today - timedelta(days=DAYS_SHOWN - 1))
    start = datetime.combine(first, time(), policy.timezone).astimezone(UTC)
    day = (MinutesBetween(literal(start, Instant()), col(SurveyResponse.answered_at)) // 1440).label("day")
    found = session.exec(
        select(day, func.count())
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id, col(SurveyResponse.answered_at) >= start)
        .group_by("day")
    )
    counts = dict(found.all())
    return [
        (first + timedelta(days=number), counts.get(number, 0)) for number in range((today - first).days + 1)
    ]
