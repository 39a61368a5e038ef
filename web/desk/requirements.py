"""The special requirement list at `/desk/requirements` (顾客特殊要求清单): over all customers, or of one."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
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
PERIODS = (30, 90, 365)  # days that the statistics look back


@dataclass(frozen=True)
class Panel:
    """What the case page shows: what this customer required before and may mean again."""

    offered: list[SpecialRequirement]
    may_keep: bool


def panel(session: Session, case: Case, person: Person, policy: Policy) -> Panel:
    """The panel of a case; only an order is offered anything."""
    ordered_at = case.last_message_at  # what was valid then is what counts
    found = offered(session, case, ordered_at, policy) if case.kind == Kind.ORDER else []
    return Panel(found, person.may(Right.KEEP_REQUIREMENTS))


@dataclass(frozen=True)
class Chosen:
    """The filters as they stand in the address; what is not known there is left out."""

    customer: int | None
    status: str
    category: str
    scope: str
    handler: int | None
    days: int

    def wanted(self, person: Person) -> WantedRequirements:
        """What they ask for, as far as this person may see it."""
        return WantedRequirements(
            customer_id=self.customer,
            status=self.status or None,
            category=self.category or None,
            scope=self.scope or None,
            handler_id=self.handler,
            sees_only=person.sees_only,
        )

    def address(self, form: str = "", **changes: object) -> str:
        """The list, or its form to print, with some filters changed."""
        values = asdict(self) | changes
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/desk/requirements{form}?{query}"


def chosen_filters(
    customer: OptionalId = None,
    status: str = "",
    category: str = "",
    scope: str = "",
    handler: OptionalId = None,
    days: int = PERIODS[1],
) -> Chosen:
    """What is known of the filters in an address."""
    return Chosen(
        customer=customer,
        status=status if status in set(RequirementStatus) else "",
        category=category if category in CATEGORIES else "",
        scope=scope if scope in set(RequirementScope) else "",
        handler=handler,
        days=days if days in PERIODS else PERIODS[1],
    )


Filters = Annotated[Chosen, Depends(chosen_filters)]


@router.get("/requirements")
def show_requirements(
    request: Request,
    office: AtWork,
    person: SignedIn,
    chosen: Filters,
    page: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 1,
) -> Response:
    """The list with its statistics."""
    now = office.clock()
    wanted = chosen.wanted(person)
    with reading(office.engine) as session:
        found = requirements(session, wanted, page)
        report = requirement_report(
            session,
            now - timedelta(days=chosen.days),
            now + timedelta(seconds=1),
            now,
            customer_id=chosen.customer,
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
            customer=customer_for(session, chosen.customer, person) if chosen.customer else None,
            numbers=counts_by_status(session, wanted),
            statuses=list(RequirementStatus),
            scopes=list(RequirementScope),
            categories=CATEGORIES,
            periods=PERIODS,
            people=people_at_work(session),
            page=page,
            pages=-(-found.total // PAGE),
            today=now.astimezone(office.policy.timezone).date(),
            may_keep=person.may(Right.KEEP_REQUIREMENTS),
        )
