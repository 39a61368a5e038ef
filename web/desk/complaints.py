"""Complaints at `/desk/complaints`: what waits for my confirmation, how far each is, the month in numbers."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response

from casework.complaints import overview
from casework.complaints import summary as monthly
from casework.rights import Right
from store.engine import reading
from store.tables import User
from web.desk.complaint_words import WORDS
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()


@router.get("/complaints")
def show_complaints(
    request: Request,
    office: AtWork,
    person: SignedIn,
    closed: str = "",
    before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """The list, with what waits for me on top."""
    with reading(office.engine) as session:
        found = overview.complaints(session, person.sees_only, still_open=not closed, before=before)
        return desk_page(
            request,
            session,
            person,
            "complaints.html",
            waiting=overview.waiting_for(session, session.get_one(User, person.id)),
            lines=found[: overview.PAGE],
            before=found[overview.PAGE - 1].case.id if len(found) > overview.PAGE else None,
            later=before is not None,
            closed=bool(closed),
            **WORDS,
        )


@router.get("/complaints/summary", dependencies=[holding(Right.READ_REPORTS)])
def show_summary(
    request: Request,
    office: AtWork,
    person: SignedIn,
    month: str = "",
    after: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """客户投诉受理统计表 of a month; the present one unless asked."""
    today = office.clock().astimezone(office.policy.timezone).date()
    first = _month(month) if month else today.replace(day=1)
    with reading(office.engine) as session:
        timezone = office.policy.timezone
        found = monthly.lines(session, first, timezone, after, monthly.PAGE + 1)
        return desk_page(
            request,
            session,
            person,
            "complaints_summary.html",
            summary=monthly.summary(session, first, timezone),
            lines=found[: monthly.PAGE],
            after=found[monthly.PAGE - 1].case.id if len(found) > monthly.PAGE else None,
            first=first,
            latest=today.replace(day=1),
            **WORDS,
        )


def _month(text: str) -> date:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Refusal(404) from error
    if not 2000 <= first.year <= 2999:
        raise Refusal(404)
    return first
