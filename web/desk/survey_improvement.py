"""Telling customers what was improved: written, looked at with how many get it, then sent once."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response
from sqlmodel import Session

from casework.rights import Right
from store.engine import reading, writing
from store.tables import ActionState, SurveyAction, SurveyCampaign, User
from survey.acting.action_list import actions_of
from survey.acting.improvement import LONGEST, groups, languages_of, letters, tell_customers
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.desk.survey_actions import action_for, to_action
from web.desk.typed import Typed, text_of
from web.errors import Refusal
from web.forms import RowId
from web.i18n import _, spoken
from web.office import AtWork, Office
from web.signed_in import Person, SignedIn, holding

router = desk_router()
WRITING = [holding(Right.ANSWER)]


@router.get("/survey-actions/{action_id}/improvement", dependencies=WRITING)
def write(request: Request, office: AtWork, person: SignedIn, action_id: RowId) -> Response:
    """The form: one field for each language that they read."""
    with reading(office.engine) as session:
        return _form(request, session, person, office, action_for(session, action_id), {})


@router.post("/survey-actions/{action_id}/improvement", dependencies=WRITING)
def send(
    request: Request,
    office: AtWork,
    person: SignedIn,
    action_id: RowId,
    act: Annotated[str, Form(max_length=20)],
    typed: Typed,
) -> Response:
    """Show the letters as they would leave; on `send`, owe them."""
    texts = {language: text_of(typed, f"text_{language}") for language in ("zh", "zh-Hant", "en")}
    if act == "send":
        with refusing(), writing(office.engine) as session:
            action, user = action_for(session, action_id, lock=True), session.get_one(User, person.id)
            tell_customers(session, action, texts, user, office.clock(), office.policy)
            return to_action(action)
    with refusing(), reading(office.engine) as session:
        action = action_for(session, action_id)
        return _form(request, session, person, office, action, texts, preview=act == "preview")


def _form(
    request: Request,
    session: Session,
    person: Person,
    office: Office,
    action: SurveyAction,
    texts: dict[str, str],
    *,
    preview: bool = False,
) -> Response:
    if action.state != ActionState.DONE or action.told_at is not None:
        raise Refusal(409, _("客户只在措施完成后告知一次。"))
    campaign = session.get_one(SurveyCampaign, action.campaign_id)
    found = groups(session, action)
    return desk_page(
        request,
        session,
        person,
        "survey_improvement.html",
        line=next(one for one in actions_of(session, campaign) if one.action.id == action.id),
        groups=found,
        number=sum(group.number for group in found),
        tongues=languages_of(found),
        texts=texts,
        letters=letters(session, action, texts, office.policy) if preview else {},
        longest=LONGEST,
        language=spoken(),
    )
