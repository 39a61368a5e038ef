"""What the company decides of routes and departments, and what reviews that run already make of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from casework.reviews.accepting import accept, notices_of
from casework.reviews.departments import working
from casework.reviews.errors import OrganisingError
from casework.reviews.opening import opinions_of
from casework.reviews.opinions import signing_right
from casework.reviews.organising import add_department, assign_department, change_department
from casework.reviews.routes import SHIPPED, course_of
from casework.reviews.routing import Course, change_route, reset_route, route_table
from casework.rights import NotAllowed, Right
from store.engine import reading, writing
from tests.casework.reviews.firm import CLEAR, NOW, SPECIAL, Firm
from tests.casework.reviews.test_routes import order

RULE, SIGN = Right.RULE_ON_REVIEW, Right.SIGN_REVIEW
SHORT = Course(("technical", "finance"), SIGN, opinion_days=5)


def test_it_reviews_as_shipped_until_somebody_decides_otherwise(engine: Engine) -> None:
    with reading(engine) as session:
        assert route_table(session) == SHIPPED


def test_it_lets_reviews_that_begin_go_the_new_way_and_those_that_run_the_old(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        begun = firm.review(session, firm.order(session))
        change_route(session, "special", SHORT, firm["manager"], NOW)
        assert signing_right(begun, opinions_of(session, begun)) == RULE
        fresh = firm.review(session, firm.order(session, replace(SPECIAL, quantity=1)))
        opinions = opinions_of(session, fresh)
        assert [one.department for one in opinions] == ["technical", "finance"]
        assert signing_right(fresh, opinions) == SIGN
        assert opinions[0].due_at - NOW == timedelta(days=7)  # five working days, over a weekend
        firm.agree(session, firm.order(session, replace(SPECIAL, quantity=1)), fresh)
        reset_route(session, "special", firm["manager"], NOW)
        assert route_table(session) == SHIPPED
        assert fresh.signer == SIGN


def test_it_holds_a_review_to_the_way_it_began(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        firm.review(session, firm.order(session))
    with pytest.raises(DatabaseError, match="the way it began"), writing(engine) as session:
        session.connection().execute(text("UPDATE reviews SET signer = 'answer'"))


REFUSED = [
    ("unknown", SHORT),
    ("special", Course((), RULE)),  # nobody asked
    ("special", Course(("technical", "unheard-of"), RULE)),
    ("special", Course(("technical",), Right.ANSWER)),  # sales never approve a special order
    ("special", Course(("technical",), Right.KEEP_HOUSE)),
    ("liability", Course(("sales",), SIGN)),
    ("special", Course(("technical",), RULE, opinion_days=61)),
    ("special", Course(("technical",), RULE, limit_cents=1)),  # has no sum to begin at
    ("large_tender", Course(("technical",), RULE)),  # and this one needs its own
]


def test_it_refuses_a_way_that_no_clause_allows(engine: Engine) -> None:
    with writing(engine) as session:
        manager = Firm(session)["manager"]
        for route, course in REFUSED:
            with pytest.raises(OrganisingError):
                change_route(session, route, course, manager, NOW)
        assert route_table(session) == SHIPPED


def test_it_begins_joint_reviews_at_the_companys_sum(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        course = Course(("technical", "finance"), RULE, limit_cents=50_000_00)
        change_route(session, "large_tender", course, firm["manager"], NOW)
        table = route_table(session)
    assert course_of(order(tender=True, value_cents=50_000_00), table).name == "large_tender"
    assert course_of(order(tender=True, value_cents=49_999_99), table).name == "tender"


def test_it_lets_the_highest_of_all_signers_sign(engine: Engine) -> None:
    with writing(engine) as session:
        change_route(session, "foreign_trade", replace(SHORT, signer=SIGN), Firm(session)["manager"], NOW)
        table = route_table(session)
    both = course_of(order(foreign_trade=True, first_order=True), table)
    assert (both.name, both.signer) == ("foreign_trade", RULE)
    assert not course_of(order(foreign_trade=True), table).own_allowed


def test_it_asks_the_companys_own_department(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        boss = firm["manager"]
        own = add_department(session, "物流", "运输方式", boss, NOW)
        for wrong in ("物流", ""):
            with pytest.raises(OrganisingError):
                add_department(session, wrong, "", boss, NOW)
        assign_department(session, firm["finance"], own.key, boss, NOW)
        change_route(session, "special", Course(("technical", own.key), RULE), boss, NOW)
        review = firm.review(session, firm.order(session))
        assert [one.department for one in opinions_of(session, review)] == ["technical", own.key]
        with pytest.raises(OrganisingError, match="asks this department"):
            change_department(session, own.key, boss, NOW, name="物流", judges="", active=False)
        reset_route(session, "special", boss, NOW)
        change_department(session, own.key, boss, NOW, name="物流部", judges="", active=False)
        assert own.key not in working(session)
        with pytest.raises(OrganisingError, match="switched off"):
            assign_department(session, firm["head"], own.key, boss, NOW)


def test_it_tells_only_departments_at_work(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        change_department(session, "warehouse", firm["manager"], NOW, name="", judges="", active=False)
        clear = firm.order(session, CLEAR)
        firm.conclude(session, clear, firm.review(session, clear), by="sales")
        accept(session, firm.case, clear, firm["sales"], NOW)
        assert {notice.department for notice in notices_of(session, clear)} == {"production"}


def test_it_lets_only_who_decides_policy_change_them(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        for user in map(firm.people.get, ("sales", "head", "quality", "technical")):
            assert user is not None
            with pytest.raises(NotAllowed):
                change_route(session, "special", SHORT, user, NOW)
            with pytest.raises(NotAllowed):
                reset_route(session, "special", user, NOW)
            with pytest.raises(NotAllowed):
                add_department(session, "物流", "", user, NOW)
            with pytest.raises(NotAllowed):
                change_department(session, "finance", user, NOW, name="", judges="", active=False)
            with pytest.raises(NotAllowed):
                assign_department(session, user, "finance", user, NOW)
