"""Every desk page: what stands around it, such as the number of unread notices and what is unhealthy."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import Integer, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Event,
    Incoming,
    IncomingState,
    Outgoing,
    OutgoingState,
    PlanState,
    SurveyPlan,
    SurveyResponse,
)
from web.desk.navigation import bar_for
from web.pages import page
from web.review_words import call_departments
from web.signed_in import Person, signed_in


@dataclass(frozen=True)
class Around:
    """The numbers beside the names of the desk's pages."""

    unread: int
    quarantined: int
    unsure: int  # letters that failed or may not have left
    low_scores: int  # complaints opened by a survey that are not settled
    planned: int  # surveys that wait for a release
    newest: int  # the newest event there was: later ones are news to this page


def desk_router() -> APIRouter:
    """A router whose every route is for our own people only."""
    return APIRouter(prefix="/desk", dependencies=[Depends(signed_in)])


def desk_page(
    request: Request, session: Session, person: Person, name: str, /, *, status: int = 200, **values: Any
) -> Response:
    """A page of the desk with its navigation."""
    call_departments(session)
    return page(
        request,
        f"desk/{name}",
        status=status,
        person=person,
        around=around(session, person),
        top=bar_for(person, request.url.path),
        **values,
    )


def around(session: Session, person: Person) -> Around:
    """Counted in one query."""
    return Around(*session.connection().execute(_numbers(), {"person": person.id}).one())


@cache
def _numbers() -> Any:
    """The query, put together once: every page asks it."""
    unread = (
        select(func.count())
        .select_from(Outgoing)
        .where(
            col(Outgoing.user_id) == bindparam("person", type_=Integer),
            col(Outgoing.channel) == Channel.DESK,
            col(Outgoing.read_at).is_(None),
            col(Outgoing.state) == OutgoingState.SENT,
        )
        .scalar_subquery()
    )
    quarantined = (
        select(func.count())
        .select_from(Incoming)
        .where(col(Incoming.state) == IncomingState.QUARANTINED)
        .scalar_subquery()
    )
    unsure = (
        select(func.count())
        .select_from(Outgoing)
        .where(col(Outgoing.state).in_((OutgoingState.FAILED, OutgoingState.UNCERTAIN)))
        .scalar_subquery()
    )
    low_scores = (
        select(func.count())
        .select_from(SurveyResponse)
        .join(Case, col(Case.id) == col(SurveyResponse.case_id))
        .where(col(Case.status) != CaseStatus.CLOSED)
        .scalar_subquery()
    )
    planned = (
        select(func.count())
        .select_from(SurveyPlan)
        .where(col(SurveyPlan.state) == PlanState.DRAFT)
        .scalar_subquery()
    )
    newest = select(func.coalesce(func.max(Event.id), 0)).scalar_subquery()
    return columns(unread, quarantined, unsure, low_scores, planned, newest)
