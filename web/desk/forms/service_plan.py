"""客户服务年度计划 of a year (S0 5.2.1): customers by months, as the page's filters have them."""

from fastapi import Request
from fastapi.responses import Response

from store.engine import reading
from store.plan import Cell, PlanLine, plan_of
from store.tables import VisitKind, customer_code
from web.desk.forms.addresses import PartNumber
from web.desk.forms.printed import Record, parts_of, printed
from web.desk.page import desk_router
from web.desk.plan import Filters
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn
from web.words import customer_status_word

router = desk_router()
PRINTED = 200  # customers of one part


@router.get("/plan/form")
def print_plan(
    request: Request, office: AtWork, person: SignedIn, chosen: Filters, page: PartNumber = 1
) -> Response:
    """The plan of the chosen year."""
    with reading(office.engine) as session:
        wanted = chosen.wanted(person)
        found = plan_of(session, chosen.year, wanted, office.policy.timezone, page, PRINTED)
        record = {"year": chosen.year, "department": None, "rows": [_row(line) for line in found.lines]}
    parts = parts_of(found.total, page, PRINTED, lambda part: chosen.address("/form", page=part))
    return printed(request, "service_plan", record, chosen.address(), parts)


def _row(line: PlanLine) -> Record:
    return {
        "customer_code": customer_code(line.customer.id or 0),
        "customer": line.customer.name,
        "status": customer_status_word(line.customer.status),
        "owner": line.owner,
        "months": [_signs(cell) for cell in line.months],
    }


def _signs(cell: Cell) -> str:
    """Visits by their signs alone, surveys with their word, a line each."""
    said = []
    for kind in VisitKind:
        signs = "★" * (kind in cell.planned) + "☆" * (kind in cell.made)
        if signs:
            said.append(signs if kind == VisitKind.VISIT else f"{signs}{_('调')}")
    return "\n".join(said)
