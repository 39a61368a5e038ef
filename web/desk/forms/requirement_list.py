"""顾客特殊要求清单 (S1 QD-Q-C04): of one customer, or of all by the filters of the page."""

from datetime import date
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import Response

from store.engine import reading
from store.requirements import RequirementLine, requirements
from store.tables import customer_code
from web.customer_words import requirement_status_word, scope_word, source_word
from web.desk.customers import customer_for
from web.desk.forms.addresses import PartNumber
from web.desk.forms.printed import Record, parts_of, printed, shortened
from web.desk.page import desk_router
from web.desk.requirements import Filters
from web.i18n import _
from web.office import AtWork
from web.review_words import call_departments, department_word
from web.signed_in import SignedIn
from web.words import requirement_word

router = desk_router()
PRINTED = 200  # lines of one part


@router.get("/requirements/form")
def print_requirements(
    request: Request, office: AtWork, person: SignedIn, chosen: Filters, page: PartNumber = 1
) -> Response:
    """The list as the page's filters have it."""
    with reading(office.engine) as session:
        call_departments(session)
        customer = customer_for(session, chosen.customer, person) if chosen.customer else None
        found = requirements(session, chosen.wanted(person), page, PRINTED)
        record = {
            "customer_code": customer_code(customer.id or 0) if customer else _("全部客户"),
            "customer": customer.name if customer else None,
            "many": customer is None,
            "department": None,
            "identified_on": None,
            "rows": [_row(line, office.policy.timezone) for line in found.lines],
        }
    parts = parts_of(found.total, page, PRINTED, lambda part: chosen.address("/form", page=part))
    return printed(request, "requirement_list", record, chosen.address(), parts)


def _row(line: RequirementLine, timezone: ZoneInfo) -> Record:
    one = line.requirement
    identified: date = one.identified_on or one.created_at.astimezone(timezone).date()
    product = one.scope == "product" and one.product
    return {
        "number": one.number,
        "customer_code": customer_code(one.customer_id),
        "sentence": shortened(one.sentence),
        "category": requirement_word(one.category),
        "source": source_word(one.source),
        "scope": one.product if product else scope_word(one.scope),
        "department": department_word(one.department) if one.department else None,
        "identified_on": identified,
        "deadline": one.deadline,
        "handler": line.handler,
        "status": requirement_status_word(one.status),
        "review": shortened(one.review),
        "remark": shortened(one.remark),
    }
