"""A joint review is concluded with minutes; what a supplier disagrees about is settled by all three."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from casework.reviews import settling
from casework.reviews.errors import ReviewError
from casework.reviews.joint import minutes_of, write_minutes
from casework.reviews.ruling import conclude
from casework.reviews.writing_up import Terms
from casework.rights import NotAllowed
from store.engine import writing
from store.tables import Order, Review, ReviewState, SettlementState
from tests.casework.reviews.firm import CLEAR, NOW, POLICY, Firm

DAY = date(2026, 11, 20)
TRADER = replace(CLEAR, beyond_sales=True)
TENDER = replace(CLEAR, tender=True, value_cents=3_000_000_00)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


def begun(session: Session, firm: Firm, terms: Terms = TRADER) -> tuple[settling.At, Order, Review]:
    order = firm.order(session, terms)
    review = firm.review(session, order)
    firm.agree(session, order, review)
    return settling.At(session, firm.case, order, review, firm["sales"], NOW), order, review


def refuse(session: Session, firm: Firm, order: Order, review: Review) -> None:
    conclude(session, firm.case, order, review, ReviewState.REFUSED, "不接", firm["head"], NOW, POLICY)


def test_it_passes_once_customer_and_supplier_have_confirmed_the_same_terms(session: Session) -> None:
    firm = Firm(session)
    at, order, review = begun(session, firm)
    one = settling.open_settlement(at, "宏达钢材", "厚度只能做到 2.1 mm")
    with pytest.raises(ReviewError, match="settle it"):
        firm.conclude(session, order, review, by="head")
    with pytest.raises(ReviewError, match="what was agreed"):
        settling.confirm_terms(at, one, "customer", "李敏，邮件", DAY)
    settling.word_terms(at, one, "2.1 mm，降价 2%")
    settling.confirm_terms(at, one, "customer", "李敏，邮件", DAY)
    settling.word_terms(at, one, "2.1 mm，降价 3%")  # other words: the customer confirms anew
    with pytest.raises(ReviewError, match="which day"):
        settling.confirm_terms(at, one, "supplier", "宏达 陈总", None)
    settling.confirm_terms(at, one, "supplier", "宏达 陈总", DAY)
    assert one.state == SettlementState.OPEN
    settling.confirm_terms(at, one, "customer", "李敏，邮件", DAY)
    assert (one.state, one.ended_by_id) == (SettlementState.SETTLED, firm["sales"].id)
    with pytest.raises(ReviewError, match="has ended"):
        settling.word_terms(at, one, "别的")
    firm.conclude(session, order, review, by="head")
    with pytest.raises(ReviewError, match="concluded"):
        settling.open_settlement(at, "另一家", "价格")


def test_it_takes_another_supplier_or_goes_on_file_and_does_not_pass(session: Session) -> None:
    firm = Firm(session)
    at, order, review = begun(session, firm)
    one = settling.open_settlement(at, "宏达钢材", "交期")
    settling.put_on_file(at, one)
    with pytest.raises(ReviewError, match="cannot pass"):
        firm.conclude(session, order, review, by="head")
    settling.take_up_again(at, one)
    with pytest.raises(ReviewError, match="other supplier"):
        settling.take_other(at, one, "宏达钢材")
    settling.take_other(at, one, "新兴钢材")
    two = settling.open_settlement(at, "新兴钢材", "付款")
    with pytest.raises(NotAllowed):
        settling.put_on_file(replace(at, user=firm["finance"]), two)
    settling.put_on_file(at, two)
    refuse(session, firm, order, review)
    assert review.state == ReviewState.REFUSED


def test_it_forgets_no_open_dispute_when_the_order_is_reviewed_anew(session: Session) -> None:
    firm = Firm(session)
    at, order, _review = begun(session, firm)
    settling.open_settlement(at, "宏达钢材", "交期")
    order = firm.order(session, replace(TRADER, quantity=1))
    anew = firm.review(session, order)
    firm.agree(session, order, anew)
    with pytest.raises(ReviewError, match="settle it"):
        firm.conclude(session, order, anew, by="head")
    (one,) = settling.settlements_of(session, order)
    settling.take_other(replace(at, order=order, review=anew), one, "新兴钢材")
    firm.conclude(session, order, anew, by="head")


def test_it_concludes_a_joint_review_with_its_minutes(session: Session) -> None:
    firm = Firm(session)
    _at, order, review = begun(session, firm, TENDER)
    assert (review.route, review.joint) == ("large_tender", True)
    with pytest.raises(ReviewError, match="minutes"):
        firm.conclude(session, order, review)
    line = (session, firm.case, order, review, DAY)
    with pytest.raises(ReviewError, match="who took part"):
        write_minutes(*line, "", "可以投标", firm["sales"], NOW)
    with pytest.raises(NotAllowed):
        write_minutes(*line, "六部门", "可以投标", firm["finance"], NOW)
    write_minutes(*line, "六部门", "可以投标", firm["sales"], NOW)
    write_minutes(*line, "六部门、总经理", "可以投标", firm["head"], NOW)
    kept = minutes_of(session, review)
    assert kept is not None
    assert (kept.participants, kept.signed_by_id) == ("六部门、总经理", firm["head"].id)
    firm.conclude(session, order, review)
    with pytest.raises(ReviewError, match="concluded"):
        write_minutes(*line, "六部门", "别的", firm["sales"], NOW)
    _at, order, review = begun(session, firm)
    with pytest.raises(ReviewError, match="no joint one"):
        write_minutes(session, firm.case, order, review, DAY, "六部门", "x", firm["sales"], NOW)


@pytest.mark.parametrize("terms", [TENDER, TRADER], ids=["joint", "trader"])
def test_it_lets_no_way_around_either(engine: Engine, terms: Terms) -> None:
    with writing(engine) as session:
        at, _order, review = begun(session, Firm(session), terms)
        if not review.joint:
            settling.open_settlement(at, "宏达钢材", "交期")
    passed = "UPDATE reviews SET state = 'passed', ruled_by_id = 5, ruled_at = opened_at"
    with pytest.raises(DatabaseError, match=r"with minutes|disagrees about"), writing(engine) as session:
        session.connection().execute(text(passed))
    settled = "UPDATE supplier_settlements SET state = 'settled', ended_by_id = 1, ended_at = opened_at"
    if not review.joint:
        with pytest.raises(DatabaseError), writing(engine) as session:
            session.connection().execute(text(settled))
