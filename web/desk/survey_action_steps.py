"""The steps of an action after a survey: analysed and given, done, dropped, taken up again; its meeting."""

from datetime import date
from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from casework.rights import Right
from store.engine import writing
from store.tables import User
from survey.acting import improving, targets
from survey.questionnaires.keeping import as_asked
from web.desk.page import desk_router
from web.desk.refusing import refusing
from web.desk.survey_actions import action_for, campaign_for, mark_of, to_action
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, Paragraphs, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
IMPROVING = [holding(Right.INVESTIGATE)]
DECIDING = [holding(Right.DECIDE_POLICY)]


@router.post("/survey-actions/{action_id}", dependencies=IMPROVING)
def plan_action(
    office: AtWork,
    person: SignedIn,
    action_id: RowId,
    analysis: Paragraphs = "",
    solution: Paragraphs = "",
    owner: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
    due_on: Annotated[date | None, EmptyIsNone, Form()] = None,
    shown: Line = "",
) -> Response:
    """Why, what, who and until when. What a colleague wrote since the page was opened is not written over."""
    with refusing(), writing(office.engine) as session:
        action, user = action_for(session, action_id, lock=True), session.get_one(User, person.id)
        if shown and shown != mark_of(action):
            raise Refusal(409, _("同事刚刚改过这项措施，没有保存。请返回上一页复制您写的内容，刷新后再填。"))
        to = session.get(User, owner) if owner else None
        now, policy = office.clock(), office.policy
        improving.plan_action(session, action, analysis, solution, to, due_on, user, now, policy)
        return to_action(action)


@router.post("/survey-actions/{action_id}/done", dependencies=IMPROVING)
def finish(office: AtWork, person: SignedIn, action_id: RowId, outcome: Paragraphs = "") -> Response:
    """It is carried out."""
    with refusing(), writing(office.engine) as session:
        action, user = action_for(session, action_id, lock=True), session.get_one(User, person.id)
        improving.finish(session, action, outcome, user, office.clock())
        return to_action(action)


@router.post("/survey-actions/{action_id}/drop", dependencies=IMPROVING)
def drop(office: AtWork, person: SignedIn, action_id: RowId, reason: Paragraphs = "") -> Response:
    """Nothing needs doing."""
    with refusing(), writing(office.engine) as session:
        action, user = action_for(session, action_id, lock=True), session.get_one(User, person.id)
        improving.drop(session, action, reason, user, office.clock())
        return to_action(action)


@router.post("/survey-actions/{action_id}/reopen", dependencies=IMPROVING)
def take_up_again(office: AtWork, person: SignedIn, action_id: RowId) -> Response:
    """It is not done after all."""
    with refusing(), writing(office.engine) as session:
        action, user = action_for(session, action_id, lock=True), session.get_one(User, person.id)
        improving.take_up_again(session, action, user, office.clock(), office.policy)
        return to_action(action)


@router.post("/survey-actions/{action_id}/meeting", dependencies=IMPROVING)
def record_meeting(
    office: AtWork,
    person: SignedIn,
    action_id: RowId,
    met_on: Annotated[date, Form()],
    minutes: Paragraphs = "",
) -> Response:
    """What the meeting came to."""
    with refusing(), writing(office.engine) as session:
        action, user = action_for(session, action_id, lock=True), session.get_one(User, person.id)
        improving.record_meeting(session, action, met_on, minutes, user, office.clock(), office.policy)
        return to_action(action)


@router.post("/surveys/{campaign_id}/target", dependencies=DECIDING)
def set_target(
    office: AtWork,
    person: SignedIn,
    campaign_id: RowId,
    target: Annotated[float | None, EmptyIsNone, Form(allow_inf_nan=False)] = None,
) -> Response:
    """What this round has to reach; nothing for no target."""
    with refusing(), writing(office.engine) as session:
        campaign, user = campaign_for(session, campaign_id), session.get_one(User, person.id)
        asked = as_asked(session, campaign.questionnaire, campaign.questionnaire_version)
        targets.set_target(session, campaign, asked, target, user, office.clock())
    return _to_target(campaign_id)


@router.post("/surveys/{campaign_id}/target/review", dependencies=DECIDING)
def review_target(
    office: AtWork,
    person: SignedIn,
    campaign_id: RowId,
    decision: Annotated[str, Form(max_length=20)],
    words: Line = "",
) -> Response:
    """Above the target: chance, or was it too low?"""
    with refusing(), writing(office.engine) as session:
        campaign, user = campaign_for(session, campaign_id), session.get_one(User, person.id)
        if decision == "revised":
            targets.revise_target(session, campaign, user, office.clock())
        elif decision == "kept":
            targets.keep_target(session, campaign, words, user, office.clock())
        else:
            raise Refusal(422, _("请选择修订目标，或写明不改的原因。"))
    return _to_target(campaign_id)


def _to_target(campaign_id: int) -> Response:
    return RedirectResponse(f"/desk/surveys/{campaign_id}/actions#target", 303)
