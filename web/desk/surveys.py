"""How satisfied customers are: each survey in figures, who scored low, and the release of a planned one."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from store.engine import reading, writing
from store.tables import SurveyCampaign, User
from survey.campaigns import RELEASERS, release
from survey.overview import low_scores, overview
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn

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
            may_release=person.role in RELEASERS,
        )


@router.post("/surveys/{campaign_id}/release")
def release_campaign(office: AtWork, person: SignedIn, campaign_id: RowId) -> Response:
    """Let a planned survey go out to the customers."""
    if person.role not in RELEASERS:
        raise Refusal(403, _("满意度调查由主管、总经理或管理员批准发放。"))
    with writing(office.engine) as session:
        campaign = session.get(SurveyCampaign, campaign_id)
        if campaign is None:
            raise Refusal(404)
        release(session, campaign, session.get_one(User, person.id), office.clock(), office.policy)
    return RedirectResponse("/desk/surveys", 303)
