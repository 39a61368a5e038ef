"""On an order's page: what this customer required before holds for this order, too."""

from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from casework.carrying import take_over
from casework.rights import Right
from store.engine import writing
from store.tables import User, case_number
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.desk.refusing import refusing
from web.forms import LARGEST_ID
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()


@router.post("/cases/{number}/requirements", dependencies=[holding(Right.KEEP_REQUIREMENTS)])
def take(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    requirement: Annotated[list[Annotated[int, Form(ge=1, le=LARGEST_ID)]], Form(max_length=50)],
) -> Response:
    """Take over one, or all."""
    with refusing(), writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        user = session.get_one(User, person.id)
        take_over(session, case, requirement, user, office.clock(), office.policy)
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}", 303)
