"""Actions as they are shown: those of a survey, and what is open everywhere, overdue first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from store.tables import (
    ActionState,
    Contact,
    Customer,
    SurveyAction,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
    User,
    case_number,
)
from survey.questionnaires import Texts
from survey.questionnaires.keeping import as_asked

PAGE = 50
LOWEST_SHOWN = 20


@dataclass(frozen=True)
class ActionLine:
    """One action with what it is about; `label` is None for the whole result."""

    action: SurveyAction
    campaign: SurveyCampaign
    title: str
    label: Texts | None
    owner: str | None
    remeasured_period: str | None
    former: SurveyAction | None
    former_period: str | None

    @property
    def change(self) -> str | None:
        """What the next survey found: better, same or worse; None until then."""
        if self.action.remeasured is None:
            return None
        difference = self.action.remeasured - self.action.result
        return "same" if difference == 0 else "better" if difference > 0 else "worse"


@dataclass(frozen=True)
class Lowest:
    """One of the customers who scored lowest, to be asked why (S2 4.1.3)."""

    customer_id: int
    customer: str
    contact_id: int
    score: float
    comment: str
    case_number: str | None


def actions_of(session: Session, campaign: SurveyCampaign) -> list[ActionLine]:
    """Those of a survey: the whole first, then by how low the result is."""
    of_it = col(SurveyAction.campaign_id) == campaign.id
    first = (col(SurveyAction.item) != "", col(SurveyAction.result), col(SurveyAction.id))
    return _lines(session, _WANTED.where(of_it).order_by(*first))


def open_everywhere(session: Session, owner_id: int | None, page: int) -> tuple[list[ActionLine], int]:
    """A page of the open ones, what is due first at the top, and how many there are; of one owner or all."""
    which = [col(SurveyAction.state) == ActionState.OPEN]
    if owner_id is not None:
        which.append(col(SurveyAction.owner_id) == owner_id)
    due = func.coalesce(col(SurveyAction.due_on), date.max)
    wanted = _WANTED.where(*which).order_by(due, col(SurveyAction.id)).limit(PAGE).offset((page - 1) * PAGE)
    number = session.exec(select(func.count()).select_from(SurveyAction).where(*which)).one()
    return _lines(session, wanted), number


def lowest(session: Session, campaign: SurveyCampaign) -> list[Lowest]:
    """The customers with the lowest results."""
    found = session.exec(
        select(SurveyResponse, Contact, Customer.name)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Contact, col(Contact.id) == col(SurveyInvitation.contact_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
        .order_by(col(SurveyResponse.score), col(SurveyResponse.id))
        .limit(LOWEST_SHOWN)
    )
    return [
        Lowest(
            customer_id=contact.customer_id,
            customer=name,
            contact_id=contact.id or 0,
            score=response.score,
            comment=response.comment,
            case_number=case_number(response.case_id) if response.case_id else None,
        )
        for response, contact, name in found
    ]


_former, _of_former, _later = aliased(SurveyAction), aliased(SurveyCampaign), aliased(SurveyCampaign)
_WANTED = (
    select(SurveyAction, SurveyCampaign, SurveyPlan.title, User.name)
    .add_columns(col(_later.period), _former, col(_of_former.period))
    .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyAction.campaign_id))
    .join(SurveyPlan, col(SurveyPlan.id) == col(SurveyCampaign.plan_id))
    .outerjoin(User, col(User.id) == col(SurveyAction.owner_id))
    .outerjoin(_later, col(_later.id) == col(SurveyAction.remeasured_in))
    .outerjoin(_former, col(_former.id) == col(SurveyAction.former_id))
    .outerjoin(_of_former, col(_of_former.id) == col(_former.campaign_id))
)


def _lines(session: Session, wanted: Any) -> list[ActionLine]:
    rows = session.execute(wanted).all()
    versions = {(row[1].questionnaire, row[1].questionnaire_version) for row in rows}
    labels = {
        (version, item.id): item.label
        for version in versions  # few, however many actions there are
        for item in as_asked(session, *version).items
    }
    return [
        ActionLine(
            action=action,
            campaign=campaign,
            title=title,
            label=labels.get(((campaign.questionnaire, campaign.questionnaire_version), action.item)),
            owner=owner,
            remeasured_period=later,
            former=former,
            former_period=before,
        )
        for action, campaign, title, owner, later, former, before in rows
    ]
