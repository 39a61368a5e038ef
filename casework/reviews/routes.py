"""Which way an order is reviewed: routes with their clauses, and what follows when several apply.

What stands here is as shipped; what the company has changed is laid over it (`routing.route_table`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from casework.reviews.departments import DEPARTMENTS, SALES
from casework.rights import Right
from store.tables import ContractClass, Order

TENDER_BAR = 3_000_000_00  # S0 6.3.2: CNY 3 million, in cents
# Who may conclude, the highest last: of several routes that apply, the highest signs.
SIGNERS = (Right.ANSWER, Right.SIGN_REVIEW, Right.RULE_ON_REVIEW)
REVIEWING = DEPARTMENTS[:6]  # technical, production, purchasing, quality, finance, sales


@dataclass(frozen=True)
class Route:
    """One way of reviewing: when it applies, whose opinion is asked, who signs."""

    name: str
    clauses: tuple[str, ...]
    applies: Callable[[Order], bool]
    signer: Right
    departments: tuple[str, ...] = ()
    own_allowed: bool = False  # who opened the review may sign it, as the clause says
    confirmation: bool = False  # the customer confirms our writing first
    consent: bool = False  # the customer agrees with the result before the order is accepted
    joint: bool = False  # those asked come together, and minutes are written (集中评审)
    limit_cents: int | None = None  # applies from this sum in CNY on
    opinion_days: int | None = None  # working days for an opinion; None: the policy's

    def takes(self, order: Order) -> bool:
        """Whether the order goes this way."""
        return self.applies(order) and (self.limit_cents is None or _reaches(order, self.limit_cents))


@dataclass(frozen=True)
class RouteTable:
    """How a company reviews: its routes, the graver first, and its departments in the order of the form."""

    routes: tuple[Route, ...]
    departments: tuple[str, ...]


def _reaches(order: Order, limit_cents: int) -> bool:
    # What an order in another currency, or of no known sum, is worth, nobody can say: the graver way.
    return order.value_cents is None or order.currency != "CNY" or order.value_cents >= limit_cents


# The graver first: of those that apply the first gives the name; all of them say whose opinion is asked.
ROUTES = (
    Route("liability", ("S3 4.1.3",), lambda order: order.liability, Right.RULE_ON_REVIEW, (SALES,)),
    Route(
        *("foreign_trade", ("S0 6.5",), lambda order: order.foreign_trade, Right.RULE_ON_REVIEW),
        departments=REVIEWING,
        consent=True,
        joint=True,
    ),
    Route(
        *("large_tender", ("S0 6.3",), lambda order: order.tender, Right.RULE_ON_REVIEW),
        departments=REVIEWING,
        consent=True,
        joint=True,
        limit_cents=TENDER_BAR,
    ),
    Route(
        *("special", ("S0 5.1.1", "S1 5.2.2.5")),
        lambda order: (
            order.contract_class == ContractClass.NEW_PRODUCT or order.first_order or order.changed_standard
        ),
        Right.RULE_ON_REVIEW,
        departments=REVIEWING,
        consent=True,
    ),
    Route(
        *("tender", ("S0 6.3.2",), lambda order: order.tender, Right.SIGN_REVIEW),
        departments=REVIEWING,
        consent=True,
    ),
    Route("beyond_sales", ("S3 4.1.2",), lambda order: order.beyond_sales, Right.SIGN_REVIEW, (SALES,)),
    Route(
        *("oral", ("S0 6.4", "S1 4.2.2.3")),
        lambda order: order.oral or order.contract_class == ContractClass.TEMPORARY,
        Right.SIGN_REVIEW,
        own_allowed=True,
        confirmation=True,
    ),
    Route("regular", ("S1 5.2.2.4",), lambda _order: True, Right.ANSWER, own_allowed=True),
)
SHIPPED = RouteTable(ROUTES, DEPARTMENTS)


def course_of(order: Order, table: RouteTable, countersigning: tuple[str, ...] = ()) -> Route:
    """The way this order goes: the gravest route that applies, with what the others that apply ask besides.

    The highest of their signers signs. `countersigning` are departments that sales asks besides
    (会签, S1 5.2.2.2).
    """
    *special, regular = table.routes
    applying = [route for route in special if route.takes(order)] or [regular]
    asked = {department for route in applying for department in route.departments} | set(countersigning)
    return replace(
        applying[0],
        clauses=tuple(clause for route in applying for clause in route.clauses),
        signer=max((route.signer for route in applying), key=SIGNERS.index),
        departments=tuple(department for department in table.departments if department in asked),
        own_allowed=all(route.own_allowed for route in applying),
        confirmation=needs_confirmation(order),
        consent=any(route.consent for route in applying),
        joint=any(route.joint for route in applying),
    )


def needs_confirmation(order: Order) -> bool:
    """Whether the customer confirms our writing first, whatever else the order is."""
    return any(route.confirmation and route.takes(order) for route in ROUTES)
