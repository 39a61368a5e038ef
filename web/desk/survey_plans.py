"""Plans of surveys: the manager approves each once, with its questionnaire."""

from fastapi.responses import RedirectResponse, Response

from casework.rights import Right
from store.engine import writing
from store.tables import SurveyPlan, User
from survey.plans import approve
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import RowId
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()


@router.post("/surveys/plans/{plan_id}/approve", dependencies=[holding(Right.APPROVE_SURVEYS)])
def approve_plan(office: AtWork, person: SignedIn, plan_id: RowId) -> Response:
    """Let a plan run by itself from now on."""
    with writing(office.engine) as session:
        plan = session.get(SurveyPlan, plan_id)
        if plan is None:
            raise Refusal(404)
        approve(session, plan, session.get_one(User, person.id), office.clock())
    return RedirectResponse("/desk/surveys", 303)
