"""Typing in answers of a survey that came on paper, by phone or on a visit."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.datastructures import UploadFile as Uploaded

from casework.rights import Right
from store.customers import WantedCustomers, customers
from store.engine import reading, writing
from store.tables import CampaignState, Contact, SurveyCampaign, SurveyInvitation, SurveyResponse, User
from survey.answering.answers import Outcome, Typed
from survey.answering.entering import PEOPLE_SHOWN, SOURCES, enter, people, state_of
from survey.questionnaires import LANGUAGES
from survey.questionnaires.keeping import as_asked
from survey.questionnaires.loading import words_beside
from survey.reporting.scoring import unanswered
from web.answer_form import given_in
from web.desk.customers import customer_for
from web.desk.files import download
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.desk.replying import keep_files
from web.errors import Refusal
from web.forms import RowId
from web.i18n import spoken
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
ANSWERING = [holding(Right.ANSWER)]
NOTE_LENGTH = 500


async def _filled(request: Request) -> AsyncIterator[FormData]:
    async with request.form(max_files=1, max_fields=500) as form:
        yield form


Filled = Annotated[FormData, Depends(_filled)]


@router.get("/surveys/{campaign_id}/enter", dependencies=ANSWERING)
def choose(request: Request, office: AtWork, person: SignedIn, campaign_id: RowId, q: str = "") -> Response:
    """Whose answer it is: found by name, code, contact or address; else who was asked and is silent."""
    q = clean_input(q)[:200].strip()
    with reading(office.engine) as session:
        campaign = _campaign(session, campaign_id)
        ids = None
        if q:
            found = customers(session, WantedCustomers(q=q, sees_only=person.sees_only))
            ids = [line.customer.id or 0 for line in found.lines]
        return desk_page(
            request,
            session,
            person,
            "survey_choose.html",
            campaign=campaign,
            people=people(session, campaign, person.sees_only, ids),
            most=PEOPLE_SHOWN,
            q=q,
        )


@router.get("/surveys/{campaign_id}/enter/{contact_id}", dependencies=ANSWERING)
def empty_form(
    request: Request, office: AtWork, person: SignedIn, campaign_id: RowId, contact_id: RowId
) -> Response:
    """The questions; for who has answered, when and how."""
    with reading(office.engine) as session:
        return _form(request, session, person, _campaign(session, campaign_id), contact_id, {})


@router.post("/surveys/{campaign_id}/enter/{contact_id}", dependencies=ANSWERING)
def take(
    request: Request, office: AtWork, person: SignedIn, campaign_id: RowId, contact_id: RowId, form: Filled
) -> Response:
    """Count it; what is open is pointed at, and a second answer is told of the first."""
    fields = {name: clean_input(value) for name, value in form.items() if isinstance(value, str)}
    with reading(office.engine) as session:
        campaign = _campaign(session, campaign_id)
        asks = as_asked(session, campaign.questionnaire, campaign.questionnaire_version)
        given = given_in(fields, asks)
        if missing := {item.id for item in unanswered(asks, given.choices)}:
            return _form(request, session, person, campaign, contact_id, fields, missing)
    scan = next(iter(keep_files(office.files, _uploads(form))), None)
    typed = Typed(
        user_id=person.id,
        note=" ".join(fields.get("note", "").split())[:NOTE_LENGTH],
        scan=scan.sha256 if scan else None,
        scan_name=scan.name if scan else "",
        scan_type=scan.type if scan else "",
    )
    with refusing(), writing(office.engine) as session:
        contact = _contact(session, contact_id, person)
        user = session.get_one(User, person.id)
        outcome = enter(
            session,
            _campaign(session, campaign_id),
            contact,
            given,
            fields.get("source", ""),
            typed,
            user,
            office.clock(),
            office.policy,
            office.reader,
        )
    if outcome == Outcome.KEPT:
        return RedirectResponse(f"/desk/surveys/{campaign_id}/enter/{contact_id}", 303)
    with reading(office.engine) as session:
        return _form(
            request, session, person, _campaign(session, campaign_id), contact_id, fields, twice=True
        )


@router.get("/surveys/answers/{row_id}/scan", dependencies=[holding(Right.ANSWER, Right.READ_REPORTS)])
def scan_of(office: AtWork, person: SignedIn, row_id: RowId) -> Response:
    """The paper, to be saved and never shown by us."""
    with reading(office.engine) as session:
        response = session.get(SurveyResponse, row_id)
        if response is None or response.scan is None:
            raise Refusal(404)
        invitation = session.get_one(SurveyInvitation, response.invitation_id)
        customer_for(session, invitation.customer_id, person)
    return download(office.files, response.scan, response.scan_name, response.scan_type)


def _form(
    request: Request,
    session: Session,
    person: Person,
    campaign: SurveyCampaign,
    contact_id: int,
    fields: dict[str, str],
    missing: set[str] | frozenset[str] = frozenset(),
    *,
    twice: bool = False,
) -> Response:
    _contact(session, contact_id, person)
    found = state_of(session, campaign, contact_id)
    entered_by = found.response.entered_by if found and found.response else None
    language = spoken() if spoken() in LANGUAGES else "zh"
    return desk_page(
        request,
        session,
        person,
        "survey_entry.html",
        status=409 if twice else 422 if missing else 200,
        campaign=campaign,
        closed=campaign.state == CampaignState.CLOSED,
        found=found,
        entered_by=session.get(User, entered_by) if entered_by else None,
        questionnaire=as_asked(session, campaign.questionnaire, campaign.questionnaire_version),
        language=language,
        beside=words_beside(language),
        given=fields,
        missing=missing,
        twice=twice,
        sources=list(SOURCES),
    )


def _campaign(session: Session, campaign_id: int) -> SurveyCampaign:
    campaign = session.get(SurveyCampaign, campaign_id)
    if campaign is None:
        raise Refusal(404)
    return campaign


def _contact(session: Session, contact_id: int, person: Person) -> Contact:
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise Refusal(404)
    customer_for(session, contact.customer_id, person)
    return contact


def _uploads(form: FormData) -> list[UploadFile]:
    scans = [one for one in form.getlist("scan") if isinstance(one, Uploaded)]
    return [UploadFile(one.file, filename=one.filename, headers=one.headers) for one in scans]
