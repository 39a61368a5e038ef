"""Wording the company's own questionnaire: a form, checked and kept as a new version."""

from collections import defaultdict
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from casework.rights import Right
from store.engine import reading, writing
from store.tables import User
from survey.questionnaires import Questionnaire, QuestionnaireError
from survey.questionnaires.drafting import Draft, Problem, draft_of, finish
from survey.questionnaires.loading import shipped
from survey.questionnaires.own import save
from survey.questionnaires.writing import as_number
from web.desk.page import desk_page, desk_router
from web.desk.questionnaire_form import JUDGEMENTS, TypedForm, draft_in, with_line
from web.desk.questionnaires import as_customers_see, known, ratios
from web.errors import Refusal
from web.i18n import _, spoken
from web.office import AtWork
from web.public.survey import NAMES
from web.signed_in import Person, SignedIn, holding
from web.told import told

router = desk_router()
DECIDING = [holding(Right.DECIDE_POLICY)]


@router.get("/questionnaires/{name}/edit", dependencies=DECIDING)
def show_form(request: Request, office: AtWork, person: SignedIn, name: str) -> Response:
    """The form with the newest version in it."""
    with reading(office.engine) as session:
        before = _own(session, name)
        return _form(request, session, person, before, draft_of(before), found=before)


@router.post("/questionnaires/{name}/edit", dependencies=DECIDING)
def take(request: Request, office: AtWork, person: SignedIn, name: str, form: TypedForm) -> Response:
    """Keep what was typed, show it as customers see it, check it, or give room for one line more."""
    draft, act = draft_in(form), form.get("act", "look")
    with reading(office.engine) as session:
        before = _own(session, name)
        found, problems = finish(draft, before)
        if act.startswith("add_"):
            return _form(request, session, person, before, with_line(draft, act.removeprefix("add_")))
        if found is None or act not in ("save", "preview"):
            return _form(request, session, person, before, draft, found, problems)
    if act == "preview":
        return as_customers_see(request, found, form.get("language", ""))
    with writing(office.engine) as session:
        user = session.get_one(User, person.id)
        base = known(session, name)
        try:
            if form.get("version") != str(base.version):
                raise QuestionnaireError(
                    "Somebody has saved this questionnaire meanwhile; look, and try again."
                )
            save(session, base, found, user, office.clock())
        except QuestionnaireError as problem:
            raise Refusal(409, told(str(problem))) from problem
    return RedirectResponse(f"/desk/questionnaires/{name}", 303)


def _own(session: Session, name: str) -> Questionnaire:
    if name in shipped():
        raise Refusal(404, _("随系统提供的问卷不能修改。请先复制为本公司的问卷。"))
    return known(session, name)


def _form(
    request: Request,
    session: Session,
    person: Person,
    before: Questionnaire,
    draft: Draft,
    found: Questionnaire | None = None,
    problems: list[Problem] | None = None,
) -> Response:
    wrong: defaultdict[str, list[str]] = defaultdict(list)
    for problem in problems or ():
        if (sentence := told(problem.sentence)) not in wrong[problem.at]:
            wrong[problem.at].append(sentence)
    return desk_page(
        request,
        session,
        person,
        "questionnaire_form.html",
        status=422 if problems else 200,
        before=before,
        draft=draft,
        wrong=dict(wrong),
        shares=_shares(found) if found else {},
        ratios=ratios(found) if found else {},
        judgements=JUDGEMENTS,
        names=NAMES,
        language=spoken(),
        **_words(before),
    )


def _shares(found: Questionnaire) -> dict[str, float]:
    """What each item weighs, as a share of all."""
    whole = sum(item.weight for item in found.items)
    return {item.id: float(item.weight / whole) for item in found.items}


def _words(before: Questionnaire) -> dict[str, Any]:
    return {"number": as_number, "not_applicable": before.not_applicable[spoken()]}
