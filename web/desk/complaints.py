"""Complaints at `/desk/complaints`: what waits for my confirmation, how far each is, the month in numbers."""

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from casework.complaints import evaluating, overview
from casework.complaints import summary as monthly
from casework.rights import Right
from store.engine import reading, writing
from store.tables import User
from web.desk.complaint_words import WORDS
from web.desk.forms.addresses import Month, month_in
from web.desk.forms.complaint_summary import month_row
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID, Paragraphs
from web.i18n import _
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
    month: Month = "",
    after: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """客户投诉受理统计表 of a month; the present one unless asked."""
    today = office.clock().astimezone(office.policy.timezone).date()
    first = month_in(month, today)
    with reading(office.engine) as session:
        timezone = office.policy.timezone
        evaluation = evaluating.evaluation_of(session, first)
        found = monthly.lines(session, first, timezone, after, monthly.PAGE + 1)
        return desk_page(
            request,
            session,
            person,
            "complaints_summary.html",
            summary=monthly.summary(session, first, timezone),
            rows=[month_row(line, timezone) for line in found[: monthly.PAGE]],
            after=found[monthly.PAGE - 1].case.id if len(found) > monthly.PAGE else None,
            first=first,
            latest=today.replace(day=1),
            evaluation=evaluation,
            evaluator=session.get_one(User, evaluation.signed_by_id).name if evaluation else "",
            longest=evaluating.LONGEST,
            **WORDS,
        )


@router.post("/complaints/summary", dependencies=[holding(Right.INVESTIGATE)])
def evaluate(
    office: AtWork,
    person: SignedIn,
    month: Annotated[str, Form(max_length=7)],
    words: Paragraphs,
    seen: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """What the month's complaints come to, signed; what a colleague wrote meanwhile is not written over."""
    now = office.clock()
    today = now.astimezone(office.policy.timezone).date()
    first = month_in(month, today)
    if first > today:
        raise Refusal(422, _("这个月还没有开始。"))
    with writing(office.engine) as session:
        there = evaluating.evaluation_of(session, first)
        if there is not None and there.signed_at.isoformat() != seen:
            raise Refusal(409, _("同事刚刚写了这个月的评价。请返回上一页复制您写的内容，刷新后再写。"))
        evaluating.evaluate(session, first, words, session.get_one(User, person.id), now)
    return RedirectResponse(f"/desk/complaints/summary?month={month}#evaluation", 303)
