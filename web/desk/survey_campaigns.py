"""What people do to a survey that runs: pause it, let it go on, give it more days, close it."""

from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from casework.rights import Right
from store.engine import writing
from store.tables import SurveyCampaign, User
from survey.asking.campaigns import close, extend, pause, resume
from web.desk.page import desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import RowId
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
PLANNING = [holding(Right.PLAN_SURVEYS)]


@router.post("/surveys/{campaign_id}/pause", dependencies=PLANNING)
def pause_campaign(office: AtWork, person: SignedIn, campaign_id: RowId) -> Response:
    """Send nothing more for now."""
    with writing(office.engine) as session, refusing():
        pause(session, _campaign(session, campaign_id), session.get_one(User, person.id), office.clock())
    return _back(campaign_id)


@router.post("/surveys/{campaign_id}/resume", dependencies=PLANNING)
def resume_campaign(office: AtWork, person: SignedIn, campaign_id: RowId) -> Response:
    """Go on."""
    with writing(office.engine) as session, refusing():
        resume(session, _campaign(session, campaign_id), session.get_one(User, person.id), office.clock())
    return _back(campaign_id)


@router.post("/surveys/{campaign_id}/extend", dependencies=PLANNING)
def extend_campaign(
    office: AtWork, person: SignedIn, campaign_id: RowId, days: Annotated[int, Form(ge=1, le=90)]
) -> Response:
    """So many days more to answer."""
    with writing(office.engine) as session, refusing():
        campaign, user = _campaign(session, campaign_id), session.get_one(User, person.id)
        extend(session, campaign, days, user, office.clock())
    return _back(campaign_id)


@router.post("/surveys/{campaign_id}/close", dependencies=PLANNING)
def close_campaign(office: AtWork, person: SignedIn, campaign_id: RowId) -> Response:
    """No more answers from now on."""
    with writing(office.engine) as session, refusing():
        campaign, user = _campaign(session, campaign_id), session.get_one(User, person.id)
        close(session, campaign, user, office.clock(), office.policy)
    return _back(campaign_id)


def _campaign(session: Session, campaign_id: int) -> SurveyCampaign:
    campaign = session.get(SurveyCampaign, campaign_id)
    if campaign is None:
        raise Refusal(404)
    return campaign


def _back(campaign_id: int) -> Response:
    return RedirectResponse(f"/desk/surveys#s{campaign_id}", 303)
