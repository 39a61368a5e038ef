"""满意度分析报告 at `/desk/surveys/…`: one campaign, while it runs and once it has closed; also as Excel."""

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from markupsafe import Markup
from sqlmodel import Session

from casework.rights import Right
from store.desk import PAGE
from store.engine import reading
from store.tables import CampaignState, SurveyCampaign
from survey.reporting.customers import Order, customers
from survey.reporting.overview import VALID_RATE
from survey.reporting.progress import progress
from survey.reporting.report import ENOUGH_ASKED, Report, report
from web.charts import Series, against_target, side_by_side
from web.desk.downloads import as_xlsx
from web.desk.page import desk_page, desk_router
from web.desk.survey_sheets import sheets
from web.errors import Refusal
from web.forms import RowId
from web.i18n import spoken
from web.office import AtWork
from web.pages import page as plain_page
from web.signed_in import SignedIn, holding

router = desk_router()
READERS = [holding(Right.READ_REPORTS)]
COLOURS = 7  # of levels, from the best to the worst: v1 … v7 in surveys.css
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/surveys/{campaign_id}.xlsx", dependencies=READERS)
def export_report(office: AtWork, campaign_id: RowId) -> Response:
    """The report as a workbook; customers and remarks are written as they are read."""
    with reading(office.engine) as session:
        campaign = _campaign(session, campaign_id)
        found = report(session, campaign, office.clock(), office.policy)
        return as_xlsx(sheets(session, campaign, found), f"survey-{campaign.period}-{campaign.id}", office)


@router.get("/surveys/{campaign_id}", dependencies=READERS)
def show_report(
    request: Request,
    office: AtWork,
    person: SignedIn,
    campaign_id: RowId,
    sort: str = "",
    page: PageNumber = 1,
) -> Response:
    """The report, as far as the campaign has been answered."""
    order = Order(sort) if sort in set(Order) else Order.LOWEST
    now = office.clock()
    with reading(office.engine) as session:
        campaign = _campaign(session, campaign_id)
        found = report(session, campaign, now, office.policy)
        running = campaign.state != CampaignState.CLOSED
        return desk_page(
            request,
            session,
            person,
            "survey_report.html",
            report=found,
            progress=progress(session, campaign, now, office.policy) if running else None,
            answers=customers(session, campaign, order, page),
            sort=order,
            sorts=list(Order),
            page_number=page,
            pages_of=lambda total: -(-total // PAGE),
            distribution=_distribution(found),
            trend=_trend(found),
            language=spoken(),
            whole=sum(result.item.weight for result in found.items),
            valid_rate=VALID_RATE,
            enough_asked=ENOUGH_ASKED,
        )


@router.get("/surveys/{campaign_id}/progress", dependencies=READERS)
def show_progress(request: Request, office: AtWork, campaign_id: RowId) -> Response:
    """How it gets on just now: what the page fetches anew when something has changed."""
    with reading(office.engine) as session:
        campaign = _campaign(session, campaign_id)
        found = progress(session, campaign, office.clock(), office.policy)
    return plain_page(request, "desk/survey_progress.html", progress=found)


def _campaign(session: Session, campaign_id: int) -> SurveyCampaign:
    campaign = session.get(SurveyCampaign, campaign_id)
    if campaign is None:
        raise Refusal(404)
    return campaign


def _distribution(found: Report) -> Markup:
    """How often each level was chosen, item by item."""
    language, levels = spoken(), found.questionnaire.levels
    last = max(1, len(levels) - 1)
    return side_by_side(
        [result.item.label[language] for result in found.items],
        [
            Series(
                level.label[language],
                f"v{1 + round(number * (COLOURS - 1) / last)}",
                [result.tally.get(level.id, 0) for result in found.items],
            )
            for number, level in enumerate(levels)
        ],
    )


def _trend(found: Report) -> Markup:
    return against_target(
        [one.period for one in found.trend],
        [one.average for one in found.trend],
        [one.target for one in found.trend],
        float(found.questionnaire.top),
    )
