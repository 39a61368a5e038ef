"""Deliveries of each month at `/desk/deliveries`, for the internal evaluation: typed in, or from a table."""

from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from casework.rights import Right
from store.engine import reading, writing
from store.tables import User
from survey.reporting.deliveries import HEADINGS, LARGEST, Delivered, bring_in, enter, month_in, months
from survey.reporting.internal import WEIGHTS
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import Line
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
READERS = [holding(Right.READ_REPORTS)]
Count = Annotated[int, Form(ge=0, le=LARGEST)]


@router.get("/deliveries", dependencies=READERS)
def show_deliveries(request: Request, office: AtWork, person: SignedIn) -> Response:
    """The months that are known, and room for another."""
    today = office.clock().astimezone(office.policy.timezone).date()
    with reading(office.engine) as session:
        return desk_page(
            request,
            session,
            person,
            "deliveries.html",
            months=months(session),
            headings=HEADINGS,
            weights=WEIGHTS,
            this_month=f"{today:%Y-%m}",
            largest=LARGEST,
        )


@router.post("/deliveries", dependencies=READERS)
def enter_month(
    office: AtWork, person: SignedIn, month: Line, deliveries: Count, late: Count = 0, returned: Count = 0
) -> Response:
    """Keep a month, or put it right."""
    day = month_in(month)
    if day is None:
        raise Refusal(422, _("月份请写成 2026-06 这样。"))
    with refusing(), writing(office.engine) as session:
        user = session.get_one(User, person.id)
        enter(session, Delivered(day, deliveries, late, returned), user, office.clock())
    return RedirectResponse("/desk/deliveries", 303)


@router.post("/deliveries/import", dependencies=READERS)
def import_months(office: AtWork, person: SignedIn, file: Annotated[UploadFile, File()]) -> Response:
    """All months of a table, or none."""
    content = file.file.read()
    if not content:
        raise Refusal(422, _("请选择一个 Excel（.xlsx）或 CSV 文件。"))
    with refusing(), writing(office.engine) as session:
        bring_in(session, content, session.get_one(User, person.id), office.clock())
    return RedirectResponse("/desk/deliveries", 303)
