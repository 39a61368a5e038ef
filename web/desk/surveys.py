"""How satisfied customers are: each survey in figures, who scored low, the report of each."""

from datetime import date

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import col, exists, select

from casework.rights import Right
from store.engine import reading
from store.tables import PlanState, SurveyCampaign, SurveyPlan
from survey.overview import VALID_RATE, low_scores, overview
from survey.periods import Round, next_round
from survey.report import report
from web.charts import Series, side_by_side
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import RowId
from web.i18n import spoken
from web.office import AtWork
from web.signed_in import SignedIn, holding

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
            low=low_scores(session),
            plans=[(plan, _next(plan, today)) for plan in plans],
            has_ended=not ended and session.exec(select(has_ended)).one(),
            valid_rate=VALID_RATE,
        )


@router.get("/surveys/{campaign_id}", dependencies=[holding(Right.READ_REPORTS)])
def show_report(request: Request, office: AtWork, person: SignedIn, campaign_id: RowId) -> Response:
    """满意度分析报告 of one campaign, as far as it has been answered."""
    with reading(office.engine) as session:
        campaign = session.get(SurveyCampaign, campaign_id)
        if campaign is None:
            raise Refusal(404)
        found = report(session, campaign)
        language = spoken()
        chart = side_by_side(
            [result.item.label[language] for result in found.items],
            [Series("", "c1", [max(0, round(100 * (result.share or 0))) for result in found.items])],
        )
        return desk_page(
            request,
            session,
            person,
            "survey_report.html",
            report=found,
            chart=chart,
            language=language,
            whole=sum(result.item.weight for result in found.items),
            valid_rate=VALID_RATE,
        )


def _next(plan: SurveyPlan, today: date) -> Round | None:
    """When an approved plan asks next."""
    return next_round(plan.rhythm, plan.starts_on, today) if plan.state == PlanState.APPROVED else None
