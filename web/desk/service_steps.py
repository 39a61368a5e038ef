"""The steps of a service order: issued, done, confirmed; or withdrawn, and taken up again."""

from datetime import date
from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from casework.rights import Right
from casework.service_orders import issuing, results
from store.engine import writing
from store.tables import Satisfaction, ServiceFinding, User, case_number
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.desk.promise import moment_in
from web.desk.refusing import refusing
from web.desk.service_orders import order_for
from web.errors import Refusal
from web.forms import LARGEST_ID, Line, Paragraphs, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
LONGEST = 4000
SERVING = [holding(Right.SERVE)]


@router.post("/cases/{number}/service-orders", dependencies=[holding(Right.ANSWER)])
def issue(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    handler: Annotated[int, Form(ge=1, le=LARGEST_ID)],
    task: Paragraphs,
    due: Annotated[str, Form(max_length=40)],
    product: Line = "",
    place: Line = "",
) -> Response:
    """Give it to somebody."""
    moment = moment_in(due, person)
    if moment is None:
        raise Refusal(422, _("请选择完成的日期和时间。"))
    wanted = issuing.Task(handler, task[:LONGEST], moment, product, place)
    with refusing(), writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        user = session.get_one(User, person.id)
        issuing.issue(session, case, wanted, user, office.clock(), office.policy)
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}#service", 303)


@router.post("/service-orders/{order_id}/done", dependencies=SERVING)
def report_done(
    office: AtWork,
    person: SignedIn,
    order_id: RowId,
    finding: Annotated[ServiceFinding, Form()],
    work: Paragraphs,
    found: Paragraphs = "",
) -> Response:
    """What was found and done."""
    result = results.Result(finding, found[:LONGEST], work[:LONGEST])
    with refusing(), writing(office.engine) as session:
        case, order = order_for(session, order_id, person, lock=True)
        results.record_done(session, case, order, result, session.get_one(User, person.id), office.clock())
    return _back(order_id)


@router.post("/service-orders/{order_id}/confirm", dependencies=SERVING)
def enter_confirmation(
    office: AtWork,
    person: SignedIn,
    order_id: RowId,
    by: Line,
    on: Annotated[date, Form()],
    service: Annotated[Satisfaction, Form()],
    product: Annotated[Satisfaction, Form()],
    comment: Paragraphs = "",
) -> Response:
    """The customer's word for it."""
    word = results.Confirmation(by, on, service, product, comment[:LONGEST])
    with refusing(), writing(office.engine) as session:
        case, order = order_for(session, order_id, person, lock=True)
        user, now = session.get_one(User, person.id), office.clock()
        results.record_confirmation(session, case, order, word, user, now, office.policy)
    return _back(order_id)


@router.post("/service-orders/{order_id}/withdraw", dependencies=[holding(Right.ANSWER)])
def withdraw(
    office: AtWork, person: SignedIn, order_id: RowId, back: Annotated[bool, Form()] = False
) -> Response:
    """It is not needed; or, with `back`, it is after all."""
    with refusing(), writing(office.engine) as session:
        case, order = order_for(session, order_id, person, lock=True)
        user, now = session.get_one(User, person.id), office.clock()
        if back:
            issuing.restore(session, case, order, user, now, office.policy)
        else:
            issuing.withdraw(session, case, order, user, now)
    return _back(order_id)


def _back(order_id: int) -> Response:
    return RedirectResponse(f"/desk/service-orders/{order_id}", 303)
