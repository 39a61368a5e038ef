"""The special requirement list at `/desk/requirements` (顾客特殊要求清单): over all customers, or of one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from casework.carrying import offered
from casework.policy import Policy
from casework.reports.requirements import requirement_report
from casework.rights import Right
from nlp.reading import Kind
from store.desk import PAGE
from store.engine import reading
from store.requirements import WantedRequirements, counts_by_status, requirements
from store.tables import Case, RequirementScope, RequirementStatus, SpecialRequirement
from web.desk.customers import OptionalId, customer_for, people_at_work
from web.desk.page import desk_page, desk_router
from web.office import AtWork
from web.signed_in import Person, SignedIn
from web.words import CATEGORIES

router = desk_router()
LARGEST_PAGE = 10_000
PRINTED = 500  # lines of the printed list
PERIODS = (30, 90, 365)  # days that the statistics look back


@dataclass(frozen=True)
class Panel:
    """What the case page shows: what this customer required before and may mean again."""

    offered: list[SpecialRequirement]
    may_keep: bool


def panel(session: Session, case: Case, person: Person, policy: Policy) -> Panel:
    """The panel of a case; only an order is offered anything."""
    ordered_at = case.last_message_at  # what was valid then is what counts
    found = offered(session, case, ordered_at, policy)
    return Panel(found if case.kind == Kind.ORDER else [], person.may(Right.KEEP_REQUIREMENTS))


@router.get("/requirements")
def show_requirements(
    request: Request,
    office: AtWork,
    person: SignedIn,
    customer: OptionalId = None,
    status: str = "",
    category: str = "",
    scope: str = "",
    handler: OptionalId = None,
    days: int = PERIODS[1],
    page: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 1,
    all: str = "",  # noqa: A002
) -> Response:
    """The list with its statistics; with `all` in one piece, to be printed."""
    now = office.clock()
    chosen: dict[str, Any] = {
        "customer": customer or "",
        "status": status if status in set(RequirementStatus) else "",
        "category": category if category in CATEGORIES else "",
        "scope": scope if scope in set(RequirementScope) else "",
        "handler": handler or "",
        "days": days if days in PERIODS else PERIODS[1],
    }
    wanted = WantedRequirements(
        customer_id=customer,
        status=chosen["status"] or None,
        category=chosen["category"] or None,
        scope=chosen["scope"] or None,
        handler_id=handler,
        sees_only=person.sees_only,
    )
    with reading(office.engine) as session:
        found = requirements(session, wanted, 1 if all else page, PRINTED if all else PAGE)
        report = requirement_report(
            session,
            now - timedelta(days=chosen["days"]),
            now + timedelta(seconds=1),
            now,
            customer_id=customer,
            sees_only=person.sees_only,
        )
        return desk_page(
            request,
            session,
            person,
            "requirements.html",
            found=found,
            report=report,
            chosen=chosen,
            address=lambda **changes: f"/desk/requirements?{urlencode(chosen | changes)}",
            customer=customer_for(session, customer, person) if customer else None,
            numbers=counts_by_status(session, wanted),
            statuses=list(RequirementStatus),
            scopes=list(RequirementScope),
            categories=CATEGORIES,
            periods=PERIODS,
            people=people_at_work(session),
            page=page,
            pages=1 if all else -(-found.total // PAGE),
            everything=bool(all),
            today=now.astimezone(office.policy.timezone).date(),
            may_keep=person.may(Right.KEEP_REQUIREMENTS),
        )
