"""In whatever order people act: no acceptance without a review, no self-approval, a change voids."""

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine, text
from sqlmodel import Session, col, func, select

from casework.customers import meet
from casework.reviews.opening import opinions_of
from casework.reviews.voiding import is_current, standing_review
from casework.reviews.writing_up import order_of
from nlp.reading import Kind, Reading
from store.engine import open_engine, reading, writing
from store.tables import (
    AuditLog,
    Channel,
    Customer,
    CustomerStatus,
    Order,
    Review,
    ReviewState,
    SpecialRequirement,
    Stance,
    User,
    case_number,
)
from tests.web.conftest import Browser, Clock, on_both
from tests.web.filled import NOW, take
from tests.web.reviewers import hire_reviewers
from tests.web.sequences import Desk, run

DEPARTMENTS = {
    "technical": "孙工",
    "production": "李厂长",
    "purchasing": "何采购",
    "quality": "杨品质",
    "finance": "钱会计",
    "sales": "王芳",
}
SALES, HEAD, MANAGER, DEPUTY = "王芳", "Grace Lin", "赵敏", "副总周强"
WRITERS = (SALES, HEAD, MANAGER, DEPUTY)
PEOPLE = tuple(dict.fromkeys((*WRITERS, *DEPARTMENTS.values())))
people = st.sampled_from(PEOPLE)
CLEAR = {
    "product": "镀锌端子",
    "model": "KX-2208",
    "unit": "只",
    "due_on": "2026-12-10",
    "address": "苏州工业园区星湖街 1 号",
    "payment": "月结 30 天",
    "quality": "按图纸 KX-2208-A3，镀层 8 µm 以上",
    "value": "86000",
}
customers = count(1)


def machine(desk: Desk) -> type[RuleBasedStateMachine]:
    """The sequences on this desk; each has a customer and an order of its own."""

    class Sequences(RuleBasedStateMachine):
        @initialize()
        def ordered(self) -> None:
            desk.opens()
            with writing(desk.engine) as session:
                address = f"buyer{next(customers)}@kaimai.example"
                contact = meet(session, Channel.EMAIL, address, "李敏", "zh", NOW)
                session.flush()
                customer = session.get_one(Customer, contact.customer_id)
                customer.status = CustomerStatus.EXISTING
                customer.owner_id = session.exec(select(User.id).where(User.name == SALES)).one()
                order = Reading(language="zh", kind=Kind.ORDER, confidence=0.9)
                case, _message = take(session, contact, "订购端子", order, NOW, address=address)
                self.case_id, self.customer_id = case.id or 0, case.customer_id
            self.write(SALES, "20000", special=True, oral=False, contract="")

        @property
        def address(self) -> str:
            return f"/desk/cases/{case_number(self.case_id)}/order"

        def held(self, session: Session) -> tuple[Order | None, Review | None]:
            order = order_of(session, self.case_id)
            return order, standing_review(session, order) if order else None

        @property
        def review(self) -> Review | None:
            with reading(desk.engine) as session:
                return self.held(session)[1]

        @rule(
            by=people,
            quantity=st.sampled_from(["1", "1", "1", "2", "2", ""]),
            special=st.booleans(),
            oral=st.booleans(),
            contract=st.sampled_from(["", "HT-1"]),
        )
        def write(self, by: str, quantity: str, special: bool, oral: bool, contract: str) -> None:
            marks = [name for name, on in {"changed_standard": special, "oral": oral}.items() if on]
            with reading(desk.engine) as session:
                before, _review = self.held(session)
            done = desk.act(by, self.address, **CLEAR, quantity=quantity, contract_no=contract, marks=marks)
            assert done == (by in WRITERS)
            with reading(desk.engine) as session:
                order, review = self.held(session)
                if done and order and before and order.wording_sha256 != before.wording_sha256:
                    assert order.accepted_at is None
                    assert review is None or review.state == ReviewState.VOID

        @rule()
        def go_on(self) -> None:
            """The next step by who may take it: else an order seldom gets anywhere."""
            with reading(desk.engine) as session:
                order, review = self.held(session)
                stale = order is not None and review is not None and not is_current(session, order, review)
            if review is None or stale or review.state == ReviewState.REFUSED:
                self.open(SALES)
            elif review.state == ReviewState.OPEN:
                self.give_all(questions=True)
                self.confirm(SALES)
                self.conclude(DEPUTY, passes=True)
            else:
                self.consent(SALES)
                self.accept(SALES)

        @rule(steps=st.integers(2, 3))
        def hurry(self, steps: int) -> None:
            """Nothing gets in between."""
            for _ in range(steps):
                self.go_on()

        @rule(by=people)
        def confirm(self, by: str) -> None:
            desk.act(by, f"{self.address}/confirm", words="邮件")

        @rule()
        def customer_requires_more(self) -> None:
            with writing(desk.engine) as session:
                mine = col(SpecialRequirement.customer_id) == self.customer_id
                many = session.exec(select(func.count()).select_from(SpecialRequirement).where(mine)).one()
                more = SpecialRequirement(
                    customer_id=self.customer_id,
                    case_id=self.case_id,
                    category="packaging",
                    sentence=f"要求 {many}",
                    created_at=NOW,
                )
                if many < 3:
                    session.add(more)

        @rule(by=people)
        def open(self, by: str) -> None:
            desk.act(by, f"{self.address}/review")

        @rule(which=st.integers(0, 5), stance=st.sampled_from(Stance), by=people, rightly=st.booleans())
        def give(self, which: int, stance: Stance, by: str, rightly: bool) -> None:
            if (review := self.review) is None:
                return
            with reading(desk.engine) as session:
                opinions = opinions_of(session, review)
            if opinions:
                opinion = opinions[which % len(opinions)]
                name = DEPARTMENTS[opinion.department] if rightly else by
                address = f"/desk/reviews/{review.id}/opinions/{opinion.id}"
                done = desk.act(name, address, stance=stance.value, words="说明")
                assert not done or name == DEPARTMENTS[opinion.department]

        @rule(questions=st.booleans())
        def give_all(self, questions: bool) -> None:
            """Else six departments seldom come to agree."""
            if (review := self.review) is None:
                return
            with reading(desk.engine) as session:
                opinions = opinions_of(session, review)
            for opinion in opinions:
                address = f"/desk/reviews/{review.id}/opinions/{opinion.id}"
                if opinion.stance == Stance.QUESTION and questions:
                    desk.act(SALES, f"{address}/answer", words="客户答复")
                elif opinion.stance is None or opinion.stance == Stance.QUESTION:
                    desk.act(DEPARTMENTS[opinion.department], address, stance="agree")

        @rule(by=people, passes=st.booleans())
        def conclude(self, by: str, passes: bool) -> None:
            if review := self.review:
                verdict = "passed" if passes else "refused"
                desk.act(by, f"/desk/reviews/{review.id}/conclude", verdict=verdict, words="结论")

        @rule(by=people)
        def consent(self, by: str) -> None:
            if review := self.review:
                desk.act(by, f"/desk/reviews/{review.id}/consent", words="邮件")

        @rule(by=people)
        def accept(self, by: str) -> None:
            with reading(desk.engine) as session:
                order, review = self.held(session)
                fresh = order is not None and review is not None and is_current(session, order, review)
            if desk.act(by, f"{self.address}/accept"):
                assert review is not None
                assert review.state == ReviewState.PASSED
                assert fresh

        @rule(by=people)
        def look(self, by: str) -> None:
            assert desk.clients[by].get(self.address).status_code == 200

        @rule()
        def accept_past_the_rules(self) -> None:
            """Somebody at the database itself."""
            with reading(desk.engine) as session:
                order, review = self.held(session)
            covered = (
                review is not None
                and order is not None
                and review.state == ReviewState.PASSED
                and review.wording_sha256 == order.wording_sha256
                and (review.consent_at is not None or not review.needs_consent)
            )
            if order is None or covered:
                return
            accepting = text("UPDATE orders SET accepted_at = :now WHERE id = :id")
            values = {"now": "2026-11-20 03:00:00.000000", "id": order.id}
            assert not desk.force(lambda session: session.connection().execute(accepting, values))

        @invariant()
        def nothing_is_accepted_that_no_review_covers(self) -> None:
            with reading(desk.engine) as session:
                order, review = self.held(session)
                if order is not None and order.accepted_at is not None:
                    assert review is not None
                    assert review.state == ReviewState.PASSED
                    assert review.wording_sha256 == order.wording_sha256

        @invariant()
        def nobody_approves_their_own(self) -> None:
            with reading(desk.engine) as session:
                order, _review = self.held(session)
                ruled = col(Review.ruled_by_id).is_not(None)
                mine = select(Review).where(ruled, col(Review.order_id) == (order.id if order else 0))
                for review in session.exec(mine):
                    if review.ruled_by_id == review.opened_by_id:
                        assert review.own_allowed
                    stances = [one.stance for one in opinions_of(session, review)]
                    if review.state == ReviewState.PASSED:
                        assert None not in stances
                        assert Stance.QUESTION not in stances

        @invariant()
        def numbers_have_no_gap(self) -> None:
            with reading(desk.engine) as session:
                newest, many = session.exec(
                    select(func.max(Review.running), func.count(col(Review.id)))
                ).one()
                told = func.count(col(AuditLog.id))
                opened = session.exec(select(told).where(AuditLog.action == "review_opened")).one()
                assert (newest or 0) == many == opened

    return Sequences


@pytest.fixture
def beside(desk_url: str) -> Iterator[Engine]:
    """The served database by another door."""
    engine = open_engine(desk_url)
    with writing(engine) as session:
        hire_reviewers(session)
    yield engine
    engine.dispose()


@on_both
def test_it_holds_in_every_sequence(browser: Browser, beside: Engine, clock: Clock) -> None:
    run(machine(Desk({name: browser(name) for name in PEOPLE}, beside, clock)))
    with reading(beside) as session:
        assert session.exec(select(Order).where(col(Order.accepted_at).is_not(None))).first()
        assert session.exec(select(Review).where(Review.state == ReviewState.VOID)).first()
