"""Plans of surveys at `/desk/surveys/plans`: drafted, looked at, approved by the manager, changed, ended."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from sqlmodel import Session, col, select

from casework.rights import Right
from store.engine import reading, writing
from store.tables import Audience, Rhythm, SurveyEvent, SurveyPlan, User
from survey.asking.plans import CHANNELS, Wanted, approve, change, draft, end
from survey.asking.preview import preview
from survey.questionnaires.keeping import as_asked, names
from web.desk.ordering import Number, Text
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, RowId
from web.i18n import spoken
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
PLANNING = [holding(Right.PLAN_SURVEYS)]


class PlanForm(BaseModel):
    """The plan as it was filled in."""

    title: Annotated[Text, Field(max_length=100)]
    questionnaire: Annotated[Text, Field(max_length=60)]
    rhythm: Rhythm
    starts_on: date
    event: Annotated[SurveyEvent | None, EmptyIsNone] = None
    worth: Annotated[Decimal | None, Number] = Field(None, ge=0, le=Decimal(10**13), decimal_places=2)
    after_days: int = Field(3, ge=0, le=90)
    audience: Audience = Audience.ALL
    share: int = Field(100, ge=1, le=100)
    owner_id: Annotated[int | None, EmptyIsNone] = Field(None, ge=1, le=LARGEST_ID)
    product: Annotated[Text, Field(max_length=300)] = ""
    every_contact: bool = False
    channels: Annotated[list[str], AfterValidator(lambda chosen: chosen[: len(CHANNELS)])] = []
    per_minute: Annotated[int | None, EmptyIsNone] = Field(None, ge=1, le=10_000)
    open_days: int = Field(7, ge=1, le=60)
    reminder_days: Annotated[str, Field(max_length=40)] = ""
    rest_days: int = Field(60, ge=0, le=730)
    target: Annotated[float | None, BeforeValidator(lambda value: value or None)] = Field(
        None, ge=-1000, le=1000, allow_inf_nan=False
    )
    internal_share: int = Field(50, ge=0, le=100)

    def wanted(self) -> Wanted:
        """The same as the rules want it."""
        given: dict[str, Any] = self.model_dump(exclude={"worth", "reminder_days"})
        cents = None if self.worth is None else int(self.worth * 100)
        days = [int(day) for day in re.findall(r"\d{1,4}", self.reminder_days)]
        return Wanted(**given, worth_cents=cents, reminder_days=days)


@router.get("/surveys/plans/new", dependencies=PLANNING)
def new_plan(request: Request, office: AtWork, person: SignedIn) -> Response:
    """An empty plan: half-yearly, everybody."""
    today = office.clock().astimezone(office.policy.timezone).date()
    with reading(office.engine) as session:
        blank = Wanted("", "smt-100", Rhythm.HALF_YEARLY, today)
        return _form(request, session, person, plan=blank, seen=None)


@router.post("/surveys/plans", dependencies=PLANNING)
def add_plan(office: AtWork, person: SignedIn, form: Annotated[PlanForm, Form()]) -> Response:
    """Keep a new plan as a draft."""
    with writing(office.engine) as session, refusing():
        user = session.get_one(User, person.id)
        plan_id = draft(session, form.wanted(), user, office.clock()).id
    return RedirectResponse(f"/desk/surveys/plans/{plan_id}", 303)


@router.get("/surveys/plans/{plan_id}")
def show_plan(request: Request, office: AtWork, person: SignedIn, plan_id: RowId) -> Response:
    """One plan, whom it would ask now, and what its reader may do about it."""
    with reading(office.engine) as session:
        plan = _plan(session, plan_id)
        seen = preview(session, plan, office.clock(), office.policy)
        asked = as_asked(session, plan.questionnaire, plan.questionnaire_version)
        return _form(request, session, person, plan=plan, seen=seen, asked=asked, policy=office.policy)


@router.post("/surveys/plans/{plan_id}", dependencies=PLANNING)
def change_plan(
    office: AtWork, person: SignedIn, plan_id: RowId, form: Annotated[PlanForm, Form()]
) -> Response:
    """Write it anew; it waits for approval again."""
    with writing(office.engine) as session, refusing():
        user = session.get_one(User, person.id)
        change(session, _plan(session, plan_id, lock=True), form.wanted(), user, office.clock())
    return _back(plan_id)


@router.post("/surveys/plans/{plan_id}/approve", dependencies=[holding(Right.APPROVE_SURVEYS)])
def approve_plan(office: AtWork, person: SignedIn, plan_id: RowId) -> Response:
    """Let a plan run by itself from now on."""
    with writing(office.engine) as session:
        approve(session, _plan(session, plan_id), session.get_one(User, person.id), office.clock())
    return _back(plan_id)


@router.post("/surveys/plans/{plan_id}/end", dependencies=PLANNING)
def end_plan(office: AtWork, person: SignedIn, plan_id: RowId) -> Response:
    """Ask nobody any more by this plan."""
    with writing(office.engine) as session:
        end(session, _plan(session, plan_id, lock=True), session.get_one(User, person.id), office.clock())
    return _back(plan_id)


def _plan(session: Session, plan_id: int, *, lock: bool = False) -> SurveyPlan:
    plan = session.get(SurveyPlan, plan_id, with_for_update=lock)
    if plan is None:
        raise Refusal(404)
    return plan


def _back(plan_id: int) -> Response:
    return RedirectResponse(f"/desk/surveys/plans/{plan_id}", 303)


def _form(request: Request, session: Session, person: Person, **values: Any) -> Response:
    people = session.exec(select(User).where(col(User.active)).order_by(col(User.name))).all()
    return desk_page(
        request,
        session,
        person,
        "survey_plan.html",
        questionnaires=[(name, title[spoken()]) for name, title in names(session)],
        people=people,
        names={user.id: user.name for user in people},
        language=spoken(),
        rhythms=list(Rhythm),
        events=list(SurveyEvent),
        audiences=list(Audience),
        channels=CHANNELS,
        **values,
    )
