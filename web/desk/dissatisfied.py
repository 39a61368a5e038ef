"""The customers whom surveys found dissatisfied, and how each stands."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from store.engine import reading
from survey.acting.dissatisfied import PAGE, Dissatisfied, dissatisfied
from web.desk.page import desk_page, desk_router
from web.forms import LARGEST_ID
from web.office import AtWork
from web.signed_in import Person, SignedIn

router = desk_router()


@dataclass(frozen=True)
class DissatisfiedPage:
    """What `desk/survey_dissatisfied.html` shows; `more` leads on to the next page, if there is one."""

    rows: list[Dissatisfied]
    more: str | None


@router.get("/dissatisfied")
def show_dissatisfied(
    request: Request,
    office: AtWork,
    person: SignedIn,
    before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """All of them, page by page."""
    with reading(office.engine) as session:
        found = dissatisfied_page(session, person, before)
        return desk_page(request, session, person, "dissatisfied.html", dissatisfied=found)


def dissatisfied_page(session: Session, person: Person, before: int | None = None) -> DissatisfiedPage:
    """One page of them, for a template that includes the table."""
    rows = dissatisfied(session, person.sees_only, before)
    more = f"/desk/dissatisfied?before={rows[PAGE - 1].response_id}" if len(rows) > PAGE else None
    return DissatisfiedPage(rows[:PAGE], more)
