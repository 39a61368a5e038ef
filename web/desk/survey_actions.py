"""What follows from a survey: the actions of each, what is open everywhere, the target of the period."""

import hashlib
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.rights import Right
from store.engine import reading
from store.tables import (
    CampaignState,
    SurveyAction,
    SurveyCampaign,
    SurveyPlan,
    TargetReview,
    User,
)
from survey.acting.action_list import PAGE, actions_of, lowest, open_everywhere
from survey.acting.improving import can_own
from survey.questionnaires.keeping import as_asked
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import RowId
from web.i18n import _, spoken
from web.office import AtWork
from web.signed_in import SignedIn

router = desk_router()


@router.get("/survey-actions")
def show_open(
    request: Request,
    office: AtWork,
    person: SignedIn,
    mine: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """What is open, of all surveys."""
    chosen = {"mine": "1" if mine else ""}
    with reading(office.engine) as session:
        lines, number = open_everywhere(session, person.id if mine else None, page)
        return desk_page(
            request,
            session,
            person,
            "survey_action_list.html",
            lines=lines,
            number=number,
            chosen=chosen,
            address=lambda **changes: f"/desk/survey-actions?{urlencode(chosen | changes)}",
            page=page,
            pages=-(-number // PAGE),
            today=office.clock().astimezone(office.policy.timezone).date(),
            language=spoken(),
        )


@router.get("/survey-actions/{action_id}")
def lead_to(office: AtWork, action_id: RowId) -> Response:
    """Where an action stands among those of its survey: a notice knows its number only."""
    with reading(office.engine) as session:
        return to_action(action_for(session, action_id))


@router.get("/surveys/{campaign_id}/actions")
def show_actions(request: Request, office: AtWork, person: SignedIn, campaign_id: RowId) -> Response:
    """The actions of one survey."""
    with reading(office.engine) as session:
        campaign = campaign_for(session, campaign_id)
        lines = actions_of(session, campaign)
        people = list(session.exec(select(User).where(col(User.active)).order_by(col(User.name))))
        may_read = person.may(Right.READ_REPORTS)
        return desk_page(
            request,
            session,
            person,
            "survey_actions.html",
            campaign=campaign,
            plan=session.get_one(SurveyPlan, campaign.plan_id),
            asked=as_asked(session, campaign.questionnaire, campaign.questionnaire_version),
            lines=lines,
            review=session.get(TargetReview, campaign.id),
            running=campaign.state != CampaignState.CLOSED,
            lowest=lowest(session, campaign) if may_read and any(not one.label for one in lines) else [],
            owners=[one for one in people if can_own(one)],
            names={one.id: one.name for one in people},
            mark_of=mark_of,
            today=office.clock().astimezone(office.policy.timezone).date(),
            language=spoken(),
        )


def campaign_for(session: Session, campaign_id: int) -> SurveyCampaign:
    """The survey of this number."""
    campaign = session.get(SurveyCampaign, campaign_id)
    if campaign is None:
        raise Refusal(404, _("没有这次调查。"))
    return campaign


def action_for(session: Session, action_id: int, *, lock: bool = False) -> SurveyAction:
    """The action of this number."""
    action = session.get(SurveyAction, action_id, with_for_update=lock)
    if action is None:
        raise Refusal(404, _("没有这项改进措施。"))
    return action


def mark_of(action: SurveyAction) -> str:
    """Differs whenever what is planned does: a form carries it."""
    words = (action.analysis, action.solution, str(action.owner_id), str(action.due_on))
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_action(action: SurveyAction) -> Response:
    """The page, at this action."""
    return RedirectResponse(f"/desk/surveys/{action.campaign_id}/actions#a{action.id}", 303)
