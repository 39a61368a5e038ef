"""Which way an order is reviewed, who is asked, who signs."""

from dataclasses import replace
from typing import Any

import pytest

from casework.reviews.routes import ROUTES, SHIPPED, course_of
from casework.reviews.writing_up import Terms, missing
from casework.rights import Right
from store.tables import ContractClass, Order
from tests.casework.reviews.firm import CLEAR, NOW

SIX = ("technical", "production", "purchasing", "quality", "finance", "sales")
NEW = {"contract_class": ContractClass.NEW_PRODUCT}
BAR = 3_000_000_00


def order(**fields: Any) -> Order:
    return Order(case_id=1, wording_sha256="", created_at=NOW, **{"value_cents": 1_00} | fields)


@pytest.mark.parametrize(
    ("fields", "route", "signer", "departments"),
    [
        ({}, "regular", Right.ANSWER, ()),
        ({"oral": True}, "oral", Right.SIGN_REVIEW, ()),
        ({"contract_class": ContractClass.TEMPORARY}, "oral", Right.SIGN_REVIEW, ()),
        (NEW, "special", Right.RULE_ON_REVIEW, SIX),
        ({"first_order": True}, "special", Right.RULE_ON_REVIEW, SIX),
        ({"changed_standard": True}, "special", Right.RULE_ON_REVIEW, SIX),
        ({"tender": True, "value_cents": BAR - 1}, "tender", Right.SIGN_REVIEW, SIX),
        ({"tender": True, "value_cents": BAR}, "large_tender", Right.RULE_ON_REVIEW, SIX),
        ({"tender": True, "value_cents": None}, "large_tender", Right.RULE_ON_REVIEW, SIX),
        ({"tender": True, "currency": "USD"}, "large_tender", Right.RULE_ON_REVIEW, SIX),
        ({"foreign_trade": True}, "foreign_trade", Right.RULE_ON_REVIEW, SIX),
        ({"beyond_sales": True}, "beyond_sales", Right.SIGN_REVIEW, ("sales",)),
        ({"liability": True}, "liability", Right.RULE_ON_REVIEW, ("sales",)),
        # Several at once: the gravest signs, everybody is asked.
        ({"oral": True, "first_order": True}, "special", Right.RULE_ON_REVIEW, SIX),
        ({"liability": True, "tender": True}, "liability", Right.RULE_ON_REVIEW, SIX),
    ],
)
def test_it_goes_the_way_of_its_kind(
    fields: dict[str, Any], route: str, signer: Right, departments: tuple[str, ...]
) -> None:
    course = course_of(order(**fields), SHIPPED)
    assert (course.name, course.signer, course.departments) == (route, signer, departments)


def test_it_lets_one_sign_ones_own_only_where_the_clause_says_so() -> None:
    assert course_of(order(), SHIPPED).own_allowed
    assert course_of(order(oral=True), SHIPPED).own_allowed
    assert not course_of(order(oral=True, first_order=True), SHIPPED).own_allowed
    assert not any(route.own_allowed for route in ROUTES if route.signer == Right.RULE_ON_REVIEW)


def test_it_wants_an_oral_order_confirmed_whatever_else_it_is() -> None:
    assert course_of(order(oral=True, liability=True), SHIPPED).confirmation
    assert not course_of(order(liability=True), SHIPPED).confirmation


def test_it_asks_departments_that_countersign_a_regular_order() -> None:
    course = course_of(order(), SHIPPED, ("warehouse", "production", "unknown"))
    assert (course.name, course.departments) == ("regular", ("production", "warehouse"))


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        (CLEAR, ()),
        (replace(CLEAR, product=""), ()),  # the model names it
        (replace(CLEAR, product="", model=""), ("product",)),
        (replace(CLEAR, quantity=None, payment=""), ("quantity", "payment")),
        (Terms(), ("product", "quantity", "due_on", "address", "payment", "quality")),
    ],
)
def test_it_sees_what_an_order_does_not_say(terms: Terms, asked: tuple[str, ...]) -> None:
    assert missing(terms) == asked
