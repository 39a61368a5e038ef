"""How satisfied customers are: the plans, each survey in figures, and who was not satisfied."""

from datetime import date

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import col, exists, select

from store.engine import reading
from store.tables import PlanState, SurveyPlan
from survey.asking.periods import Round, next_round
from survey.reporting.overview import VALID_RATE, overview
from web.desk.dissatisfied import dissatisfied_page
from web.desk.page import desk_page, desk_router
from web.office import AtWork
from web.signed_in import SignedIn

router = desk_router()


@router.get("/surveys")
def show_surveys(request: Request, office: AtWork, person: SignedIn, ended: str = "") -> Response:
    """The plans, those that ended if asked for, and the rounds of all of them."""
    today = office.clock().astimezone(office.policy.timezone).date()
    with reading(office.engine) as session:
        of_state = select(SurveyPlan).order_by(col(SurveyPlan.id))
        if not ended:
            of_state = of_state.where(col(SurveyPlan.state) != PlanState.ENDED)
        plans = session.exec(of_state).all()
        has_ended = exists().where(col(SurveyPlan.state) == PlanState.ENDED)
        return desk_page(
            request,
            session,
            person,
            "surveys.html",
            campaigns=overview(session),
            dissatisfied=dissatisfied_page(session, person),
            plans=[(plan, _next(plan, today)) for plan in plans],
            has_ended=not ended and session.exec(select(has_ended)).one(),
            valid_rate=VALID_RATE,
        )


def _next(plan: SurveyPlan, today: date) -> Round | None:
    """When an approved plan asks next."""
    return next_round(plan.rhythm, plan.starts_on, today) if plan.state == PlanState.APPROVED else None
