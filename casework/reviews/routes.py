"""Which way an order is reviewed: routes with their clauses, and what follows when several apply."""

from collections.abc import Callable
from dataclasses import dataclass

from casework.reviews.departments import DEPARTMENTS, SALES
from casework.rights import Right
from store.tables import ContractClass, Order

TENDER_BAR = 3_000_000_00  # S0 6.3.2: CNY 3 million, in cents
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


def _large(order: Order) -> bool:
    # What a tender in another currency, or of no known sum, is worth, nobody can say: the graver way.
    return order.value_cents is None or order.currency != "CNY" or order.value_cents >= TENDER_BAR


# The graver first: of those that apply the first says who signs; all of them say whose opinion is asked.
ROUTES = (
    Route("liability", ("S3 4.1.3",), lambda order: order.liability, Right.RULE_ON_REVIEW, (SALES,)),
    Route(
        *("foreign_trade", ("S0 6.5",), lambda order: order.foreign_trade, Right.RULE_ON_REVIEW),
        departments=REVIEWING,
        consent=True,
    ),
    Route(
        *("large_tender", ("S0 6.3",), lambda order: order.tender and _large(order), Right.RULE_ON_REVIEW),
        departments=REVIEWING,
        consent=True,
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


def course_of(order: Order, countersigning: tuple[str, ...] = ()) -> Route:
    """The way this order goes: the gravest route that applies, with what the others that apply ask besides.

    `countersigning` are departments that sales asks besides (会签, S1 5.2.2.2).
    """
    applying = [route for route in ROUTES[:-1] if route.applies(order)] or [ROUTES[-1]]
    first = applying[0]
    asked = {department for route in applying for department in route.departments} | set(countersigning)
    return Route(
        first.name,
        tuple(clause for route in applying for clause in route.clauses),
        first.applies,
        first.signer,
        departments=tuple(department for department in DEPARTMENTS if department in asked),
        own_allowed=all(route.own_allowed for route in applying),
        confirmation=any(route.confirmation for route in applying),
        consent=any(route.consent for route in applying),
    )


def route_named(name: str) -> Route:
    """The route by which a review was opened."""
    return next(route for route in ROUTES if route.name == name)
