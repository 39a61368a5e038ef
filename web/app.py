"""Putting the web part together: its pages, what surrounds them, and what they work with."""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from starlette.types import Scope

from casework.policy import Policy
from intake.telegram import Webhook
from intake.wecom import Wecom
from store.engine import reading
from store.files import FileStore
from survey.answering.remarks import Reads, shipped_reader
from web import signing_in
from web.desk import (
    bulk,
    calendar,
    canned,
    carrying,
    case,
    complaint,
    complaints,
    customer,
    customer_import,
    customer_moves,
    customer_service,
    customers,
    deliveries,
    dissatisfied,
    drafting,
    drafts,
    health,
    interim,
    live,
    log,
    losses,
    market,
    me,
    notes,
    notices,
    ordering,
    outbound,
    plan,
    questionnaire_editing,
    questionnaires,
    queue,
    quotations,
    register,
    replying,
    reports,
    requirement,
    requirements,
    review,
    reviewing,
    routes,
    service_orders,
    service_steps,
    settling,
    survey_action_steps,
    survey_actions,
    survey_campaigns,
    survey_entry,
    survey_improvement,
    survey_plans,
    survey_report,
    surveys,
    views,
)
from web.desk import files as desk_files
from web.desk.forms import (
    complaint_record,
    complaint_summary,
    contract_review,
    requirement_list,
    service_notice,
    service_plan,
    visit_record,
)
from web.errors import answer_errors, error_page
from web.office import AtWork, Office
from web.pages import STATIC, templates
from web.public import (
    chat,
    chat_aside,
    chat_files,
    chat_frame,
    chat_news,
    survey,
    survey_stop,
    telegram,
    wecom,
)
from web.shield import put_up

PUBLIC = (chat, chat_aside, chat_files, chat_frame, chat_news, survey, survey_stop, telegram, wecom)
DESK = (
    # Forms first: the addresses of pages would take theirs for a row's number.
    *(complaint_record, complaint_summary, contract_review, requirement_list),
    *(service_plan, visit_record, service_notice),
    *(signing_in, queue, case, replying, desk_files, register, notices, health, surveys, questionnaires),
    *(survey_plans, survey_campaigns, survey_entry, survey_report, questionnaire_editing, deliveries),
    *(live, bulk, views, canned, drafting),
    *(complaint, complaints, losses, drafts, requirement, requirements, carrying, notes, plan, reports),
    *(market, log, interim, calendar, me),
    *(review, ordering, quotations, reviewing, outbound, routes, settling),
    *(service_orders, service_steps),
    *(survey_actions, survey_action_steps, survey_improvement, dissatisfied),
    *(customers, customer_import, customer, customer_moves, customer_service),
)


def create_app(
    engine: Engine,
    files: FileStore,
    policy: Policy,
    *,
    demo: bool = False,
    secure_cookies: bool = False,
    trusted_proxies: tuple[str, ...] = (),
    wecom_account: Wecom | None = None,
    chat_origins: tuple[str, ...] = (),
    telegram_webhook: Webhook | None = None,
    on_incoming: Callable[[], None] = lambda: None,
    reader: Callable[[], Reads] = shipped_reader,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FastAPI:
    """The web part. `on_incoming` is called after a page has committed an `incoming` row; `reader` reads
    what customers remark in surveys.

    Forwarded headers count only from `trusted_proxies`: start uvicorn with `proxy_headers=False`.
    """
    app = FastAPI(title="Huiyin", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = Office(
        engine=engine,
        files=files,
        policy=policy,
        templates=templates(policy),
        demo=demo,
        secure_cookies=secure_cookies,
        chat_origins=chat_origins,
        on_incoming=on_incoming,
        reader=reader,
        clock=clock,
        wecom=wecom_account,
        telegram=telegram_webhook,
    )
    put_up(
        app,
        error_page=error_page,
        language=policy.language,
        trusted_proxies=trusted_proxies,
        https_only=secure_cookies,
    )
    answer_errors(app)
    app.add_api_route("/", _to_the_desk, methods=["GET"])
    app.add_api_route("/healthz", _health, methods=["GET"])
    app.mount("/static", _Kept(directory=STATIC))
    for part in (*DESK, *PUBLIC):
        app.include_router(part.router)
    return app


class _Kept(StaticFiles):
    """Our own files: their addresses change with their content, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        # The locked frame of an HTML mail has no origin, and still needs its style.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


async def _to_the_desk() -> Response:
    return RedirectResponse("/desk", 307)


def _health(office: AtWork) -> JSONResponse:
    """For load balancers: whether this process and its database answer."""
    try:
        with reading(office.engine) as session:
            session.exec(select(1)).one()
    except SQLAlchemyError:
        return JSONResponse({"ok": False, "database": False}, 503)
    return JSONResponse({"ok": True, "database": True})
