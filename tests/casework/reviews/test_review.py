"""From an order to its acceptance, and what undoes it, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from casework.reviews.accepting import accept, notices_of, sign_receipt
from casework.reviews.errors import ReviewError
from casework.reviews.feedback import consent, tell_result
from casework.reviews.letters import clarify_draft, result_draft
from casework.reviews.opening import opinions_of
from casework.reviews.opinions import answer_question, give_opinion
from casework.reviews.quoting import quote, settle
from casework.reviews.voiding import standing_review
from casework.reviews.writing_up import Terms, confirm
from casework.rights import NotAllowed
from store.engine import writing
from store.tables import (
    AuditLog,
    ContractClass,
    Deadline,
    DeadlineKind,
    NoticeKind,
    Outgoing,
    ReviewState,
    Stance,
)
from tests.casework.reviews.firm import CLEAR, NOW, POLICY, SPECIAL, Firm


def running(session: Session, kind: DeadlineKind) -> list[Deadline]:
    wanted = select(Deadline).where(col(Deadline.kind) == kind, col(Deadline.ended_at).is_(None))
    return list(session.exec(wanted))


def actions(session: Session) -> list[str]:
    return list(session.exec(select(AuditLog.action).order_by(col(AuditLog.id))))


def test_it_goes_from_order_to_acceptance_with_a_line_of_the_log_each(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        firm.require(session, "每箱贴批号标签", "labelling")
        order = firm.order(session)
        review = firm.pass_review(session, order)
        tell_result(session, firm.case, review, "可以接受", firm["sales"], NOW, POLICY, by_voice=True)
        accept(session, firm.case, order, firm["sales"], NOW)
        assert (review.number, review.route) == ("26-1", "special")
        assert order.accepted_at == NOW
        assert running(session, DeadlineKind.OPINION) == []
        assert running(session, DeadlineKind.REVIEW_FEEDBACK) == []
        told = {notice.department: notice for notice in notices_of(session, order)}
        assert {"production", "warehouse", "quality", "technical"} <= set(told)
        assert told["production"].wording["special_requirements"] == [["labelling", "每箱贴批号标签"]]
        sign_receipt(session, firm.case, told["production"], firm["production"], NOW)
        assert told["production"].received_by_id == firm["production"].id
        with pytest.raises(ReviewError, match="this department"):
            sign_receipt(session, firm.case, told["quality"], firm["production"], NOW)
        assert actions(session) == [
            *("order_written", "review_opened", *["opinion_given"] * 6, "review_concluded", "review_agreed"),
            *("replied", "review_told", "order_accepted", "notice_received"),
        ]


def test_it_asks_each_department_in_time_and_tells_who_signs(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session)
        review = firm.review(session, order)
        asked = running(session, DeadlineKind.OPINION)
        # A Friday: two working days later is Tuesday. Sales are a salesperson and the head.
        assert {deadline.due_at - NOW for deadline in asked} == {timedelta(days=4)}
        names = {firm[name].id for name in ("technical", "production", "purchasing", "quality", "finance")}
        assert {deadline.user_id for deadline in asked} == names | {firm["sales"].id, firm["head"].id}
        firm.agree(session, order, review)
        ready = select(Outgoing).where(col(Outgoing.wording) == "review_ready")
        assert {row.recipient for row in session.exec(ready)} == {"manager", "deputy"}
        firm.conclude(session, order, review)
        (feedback,) = running(session, DeadlineKind.REVIEW_FEEDBACK)
        assert feedback.due_at == NOW + timedelta(hours=48)


def test_it_reviews_no_order_that_is_not_clear_and_asks_in_the_customers_language(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session, Terms(product="端子"))
        with pytest.raises(ReviewError, match="not clear"):
            firm.review(session, order)
        draft = clarify_draft(session, firm.case, Terms(product="端子", quantity=5), POLICY)
        assert "交货日期" in draft
        assert "数量" not in draft
        firm.case.language = "en"
        assert "terms of payment" in clarify_draft(session, firm.case, Terms(), POLICY)
        firm.case.language = "zh-Hant"
        assert "付款方式" in clarify_draft(session, firm.case, Terms(), POLICY)


def test_it_lets_nobody_approve_their_own(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session)
        review = firm.review(session, order, by="manager")
        firm.agree(session, order, review)
        with pytest.raises(ReviewError, match="their own"):
            firm.conclude(session, order, review, by="manager")
        with pytest.raises(NotAllowed):
            firm.conclude(session, order, review, by="head")
        firm.conclude(session, order, review, by="deputy")
        assert review.state == ReviewState.PASSED


def test_it_waits_for_every_department(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session)
        review = firm.review(session, order)
        first = opinions_of(session, review)[0]
        give_opinion(session, firm.case, order, review, first, Stance.AGREE, "", firm["technical"], NOW)
        with pytest.raises(ReviewError, match="Not every department"):
            firm.conclude(session, order, review)
        with pytest.raises(ReviewError, match="this department"):
            give_opinion(session, firm.case, order, review, first, Stance.AGREE, "", firm["quality"], NOW)


def test_it_takes_a_departments_question_to_the_customer_and_asks_it_again(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session)
        review = firm.review(session, order)
        firm.agree(session, order, review, technical=Stance.QUESTION)
        with pytest.raises(ReviewError, match="Not every department"):
            firm.conclude(session, order, review)
        technical = opinions_of(session, review)[0]
        later = NOW + timedelta(hours=1)
        answer_question(
            *(session, firm.case, order, review, technical, "镀层 8 µm 即可", firm["sales"], later, POLICY)
        )
        assert [deadline.user_id for deadline in running(session, DeadlineKind.OPINION)] == [
            firm["technical"].id
        ]
        give_opinion(
            *(session, firm.case, order, review, technical, Stance.AGREE, "", firm["technical"], later)
        )
        firm.conclude(session, order, review)
        assert (technical.question, technical.answer) == ("见说明", "镀层 8 µm 即可")
        assert actions(session).count("question_answered") == 1


def test_it_leaves_to_the_general_manager_what_departments_disagree_about(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session, replace(CLEAR, beyond_sales=True))
        review = firm.review(session, order, by="manager")
        firm.agree(session, order, review, sales=Stance.DISAGREE)
        with pytest.raises(NotAllowed):
            firm.conclude(session, order, review, by="head")
        with pytest.raises(ReviewError, match="their own"):
            firm.conclude(session, order, review, by="manager")
        with pytest.raises(ReviewError, match="conclusion"):
            firm.conclude(session, order, review, by="deputy", words="")
        firm.conclude(session, order, review, by="deputy")


def test_it_lets_sales_sign_a_regular_order_and_accept_it(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session, CLEAR)
        review = firm.review(session, order)
        with pytest.raises(NotAllowed):
            firm.conclude(session, order, review, by="technical")
        firm.conclude(session, order, review, by="sales", words="")
        accept(session, firm.case, order, firm["sales"], NOW)
        assert {notice.department for notice in notices_of(session, order)} == {"production", "warehouse"}


def test_it_wants_an_oral_order_confirmed_in_its_present_wording(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        oral = replace(CLEAR, oral=True)
        order = firm.order(session, oral)
        confirm(session, firm.case, order, "客户微信确认", firm["sales"], NOW)
        order = firm.order(session, replace(oral, quantity=30_000))
        review = firm.review(session, order, by="head")
        with pytest.raises(ReviewError, match="confirmed"):
            firm.conclude(session, order, review, by="head")
        confirm(session, firm.case, order, "客户微信再次确认", firm["sales"], NOW)
        firm.conclude(session, order, review, by="head")


@pytest.mark.parametrize("accepted", [True, False])
def test_it_undoes_everything_when_the_order_changes_and_tells_all(engine: Engine, accepted: bool) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session)
        review = firm.pass_review(session, order)
        if accepted:
            accept(session, firm.case, order, firm["sales"], NOW)
        order = firm.order(session, replace(SPECIAL, quantity=50_000))
        assert order.accepted_at is None
        assert review.state == ReviewState.VOID
        changed = [notice for notice in notices_of(session, order) if notice.kind == NoticeKind.CHANGED]
        assert len(changed) == 7 if accepted else 6
        assert changed[0].changes == ["quantity"]
        told = select(Outgoing.recipient).where(col(Outgoing.wording) == "order_changed")
        assert set(session.exec(told)) == set(firm.people) - {"deputy"}
        with pytest.raises(ReviewError, match="after its review"):
            accept(session, firm.case, order, firm["sales"], NOW)
        assert firm.pass_review(session, order).number == "26-2"
        accept(session, firm.case, order, firm["sales"], NOW)


def test_it_does_not_cover_what_the_customer_required_later(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session)
        review = firm.pass_review(session, order)
        firm.require(session, "外箱加护角")
        with pytest.raises(ReviewError, match="has changed"):
            accept(session, firm.case, order, firm["sales"], NOW)
        again = firm.pass_review(session, order)
        assert (review.state, again.number) == (ReviewState.VOID, "26-2")
        accept(session, firm.case, order, firm["sales"], NOW)


def test_it_waits_for_the_customers_consent_and_a_new_customers_contract(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        first = replace(CLEAR, first_order=True)
        order = firm.order(session, first)
        review = firm.review(session, order)
        firm.agree(session, order, review)
        firm.conclude(session, order, review)
        with pytest.raises(ReviewError, match="agree"):
            accept(session, firm.case, order, firm["sales"], NOW)
        consent(session, firm.case, review, "邮件", firm["sales"], NOW)
        with pytest.raises(ReviewError, match="formal contract"):
            accept(session, firm.case, order, firm["sales"], NOW)
        order = firm.order(session, first, contract_no="HT-2026-011")
        accept(session, firm.case, order, firm["sales"], NOW)


def test_it_quotes_a_new_scheme_after_its_review_and_settles_differences(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session, replace(CLEAR, contract_class=ContractClass.NEW_PRODUCT))
        asked = (session, firm.case, 90_000_00, "CNY", "", firm["sales"], NOW, NOW.date())
        with pytest.raises(ReviewError, match="new scheme"):
            quote(*asked)
        firm.pass_review(session, order)
        quotation = quote(*asked)
        with pytest.raises(ReviewError, match="differs"):
            accept(session, firm.case, order, firm["sales"], NOW)
        settle(session, firm.case, quotation, "按订单价，客户已确认", firm["sales"], NOW)
        accept(session, firm.case, order, firm["sales"], NOW)
        assert quotation.state == "ordered"
        assert actions(session)[-2:] == ["quotation_settled", "order_accepted"]


def test_it_words_the_result_for_the_customer(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        firm.require(session, "每箱贴批号标签")
        review = firm.pass_review(session, firm.order(session))
        draft = result_draft(session, firm.case, review, POLICY)
        assert "数量：20,000 只\n- 交货日期：2026-12-10" in draft
        assert "每箱贴批号标签" in draft


STATEMENTS = [
    "UPDATE orders SET accepted_at = '2026-11-20 02:30:00+00:00'",
    "UPDATE orders SET accepted_at = '2026-11-20 02:30:00+00:00', quantity = 1, wording_sha256 = 'x'",
    "UPDATE orders SET quantity = 1",
    "UPDATE reviews SET state = 'passed'",
    "UPDATE reviews SET state = 'passed', ruled_by_id = 4, ruled_at = '2026-11-20 02:30:00+00:00'",
    "UPDATE reviews SET ruled_by_id = opened_by_id",
    "UPDATE reviews SET wording_sha256 = 'x'",
    "INSERT INTO quotations (case_id, running, amount_cents, currency, words, quoted_on, quoted_by_id, state,"
    " settlement) VALUES (1, 1, 1, 'CNY', '', '2026-11-20', 1, 'open', '')",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_it_is_refused_by_the_database_itself(engine: Engine, statement: str) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        firm.review(session, firm.order(session, replace(SPECIAL, contract_class=ContractClass.NEW_PRODUCT)))
    with pytest.raises(DatabaseError), writing(engine) as session:
        session.connection().execute(text(statement))


def test_it_keeps_the_review_of_an_accepted_order(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        order = firm.order(session)
        firm.pass_review(session, order)
        accept(session, firm.case, order, firm["sales"], NOW)
        assert standing_review(session, order) is not None
    with pytest.raises(DatabaseError, match="accepted"), writing(engine) as session:
        session.connection().execute(text("UPDATE reviews SET state = 'void'"))
    with pytest.raises(DatabaseError, match="wording"), writing(engine) as session:
        session.connection().execute(text("UPDATE orders SET quantity = quantity + 1"))
