"""A campaign asks: the next customers its plan means, each where it is best reached."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from casework.calendar_days import working_days
from casework.policy import Policy
from store.tables import (
    Audience,
    Case,
    Contact,
    ContactAddress,
    Customer,
    Direction,
    Message,
    OutgoingKind,
    Rhythm,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
)
from survey.asking.audience import audience, drawn, left_of_sample, reachable, rested, usable
from survey.asking.events import happened
from survey.asking.letters import owed
from survey.questionnaires import LANGUAGES

_NEVER = datetime.min.replace(tzinfo=UTC)


class Way(NamedTuple):
    """Where one contact is asked, and what about."""

    customer: Customer
    contact: Contact
    address: ContactAddress
    heard_at: datetime | None  # when it last wrote from there
    event: str | None = None

    def language(self, policy: Policy) -> str:
        """As stipulated, else as the contact writes; who mixes languages is asked in the one of the house."""
        wanted = self.customer.required_language or self.contact.language
        return wanted if wanted in LANGUAGES else policy.language


def ask(
    session: Session, campaign: SurveyCampaign, plan: SurveyPlan, now: datetime, policy: Policy, limit: int
) -> int:
    """Invite up to so many customers of those not asked yet; return how many invitations that made."""
    ways = to_ask(session, plan, campaign, now, limit)
    if not ways:
        return 0
    expires_at = campaign.closes_at
    if plan.rhythm == Rhythm.EVENT:
        expires_at = now + timedelta(days=plan.open_days)
    remind_at = reminder_after(session, plan, now, 0, policy)
    invitations = [
        SurveyInvitation(
            campaign_id=campaign.id or 0,
            customer_id=way.contact.customer_id,
            contact_id=way.contact.id or 0,
            channel=way.address.channel,
            address=way.address.address,
            language=way.language(policy),
            event=way.event,
            expires_at=expires_at,
            remind_at=remind_at,
            created_at=now,
        )
        for way in ways
    ]
    session.add_all(invitations)
    session.flush()
    session.add_all(owed(invitation, OutgoingKind.SURVEY, now) for invitation in invitations)
    return len(invitations)


def reminder_after(
    session: Session, plan: SurveyPlan, asked_at: datetime, reminders: int, policy: Policy
) -> datetime | None:
    """When somebody asked then, and reminded so often since, is reminded next; None: not any more."""
    if reminders >= len(plan.reminder_days):
        return None
    calendar = working_days(session, policy, asked_at.astimezone(policy.timezone).date())
    return calendar.later(asked_at, plan.reminder_days[reminders]).at


def to_ask(
    session: Session, plan: SurveyPlan, campaign: SurveyCampaign | None, now: datetime, limit: int
) -> list[Way]:
    """Whom the plan asks next, and where; without a campaign as if it began now. Changes nothing."""
    if plan.rhythm == Rhythm.EVENT:
        return _after_events(session, plan, campaign, now, limit)
    wanted = select(Customer.id).where(*audience(plan), reachable(plan), rested(plan, campaign, now))
    if plan.audience == Audience.SAMPLE:
        limit = max(0, min(limit, left_of_sample(session, plan, campaign)))
        wanted = wanted.order_by(*drawn(plan.seed))
    else:
        wanted = wanted.order_by(col(Customer.id))
    ways = _ways(session, plan, session.exec(wanted.limit(limit)).all())
    if plan.every_contact:
        return _best(ways, plan, lambda way: way.contact.id or 0)
    return _best(ways, plan, lambda way: way.contact.customer_id)


def _after_events(
    session: Session, plan: SurveyPlan, campaign: SurveyCampaign | None, now: datetime, limit: int
) -> list[Way]:
    """The contact whose matter it was is asked about it; about the first of several."""
    since = campaign.opens_at if campaign else now - timedelta(days=31)
    events = happened(session, plan, since, now, limit, rested(plan, campaign, now), reachable(plan))
    about = {event.contact_id: event.about for event in reversed(events)}
    ways = _ways(session, plan, {event.customer_id for event in events})
    own = [way for way in ways if way.contact.id in about]
    return [
        way._replace(event=about[way.contact.id or 0])
        for way in _best(own, plan, lambda way: way.contact.customer_id)
    ]


def _ways(session: Session, plan: SurveyPlan, customer_ids: Collection[int | None]) -> list[Way]:
    """Every address at which these customers may be asked, by customer and contact."""
    heard = (
        select(col(Case.contact_id), col(Message.channel), func.max(col(Message.at)).label("at"))
        .join(Message, col(Message.case_id) == col(Case.id))
        .where(col(Case.customer_id).in_(customer_ids), col(Message.direction) == Direction.IN)
        .group_by(col(Case.contact_id), col(Message.channel))
        .subquery()
    )
    found = session.exec(
        select(Customer, Contact, ContactAddress, heard.c.at)
        .join(Contact, col(Contact.customer_id) == col(Customer.id))
        .join(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .outerjoin(
            heard,
            (heard.c.contact_id == col(Contact.id)) & (heard.c.channel == col(ContactAddress.channel)),
        )
        .where(
            col(Contact.customer_id).in_(customer_ids),
            col(Contact.surveys_refused_at).is_(None),
            *usable(plan),
        )
        .order_by(col(Contact.customer_id), col(Contact.id), col(ContactAddress.id))
    )
    return [Way(*row) for row in found]


def _best(ways: list[Way], plan: SurveyPlan, of: Callable[[Way], int]) -> list[Way]:
    """For each customer, or contact, the way to ask: as stipulated, else where it wrote last."""

    def preference(way: Way) -> tuple[bool, datetime, int]:
        channel = way.address.channel
        stipulated = channel == way.customer.required_manner
        return stipulated, way.heard_at or _NEVER, -plan.channels.index(channel)

    return [max(group, key=preference) for _, group in groupby(ways, key=of)]
