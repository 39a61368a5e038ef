"""How satisfied customers are: each survey in figures, who scored low, and the release of a planned one."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from casework.rights import Right
from store.engine import reading, writing
from store.tables import SurveyCampaign, User
from survey.campaigns import release
from survey.overview import low_scores, overview
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import RowId
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()


@router.get("/surveys")
def show_surveys(request: Request, office: AtWork, person: SignedIn) -> Response:
    """The page of the surveys."""
    with reading(office.engine) as session:
        return desk_page(
            request,
            session,
            person,
            "surveys.html",
            campaigns=overview(session),
            low=low_scores(session),
            bar=office.policy.survey_bar,
        )


@router.post("/surveys/{campaign_id}/release", dependencies=[holding(Right.DECIDE_POLICY)])
def release_campaign(office: AtWork, person: SignedIn, campaign_id: RowId) -> Response:
    """Let a planned survey go out to the customers."""
    with writing(office.engine) as session:
        campaign = session.get(SurveyCampaign, campaign_id)
        if campaign is None:
            raise Refusal(404)
        release(session, campaign, session.get_one(User, person.id), office.clock(), office.policy)
    return RedirectResponse("/desk/surveys", 303)
