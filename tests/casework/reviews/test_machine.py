"""In whatever order people act: no acceptance without a review, no self-approval, a change voids."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from casework.reviews.accepting import accept
from casework.reviews.errors import ReviewError
from casework.reviews.feedback import consent
from casework.reviews.opening import open_review, opinions_of
from casework.reviews.opinions import answer_question, give_opinion
from casework.reviews.ruling import conclude
from casework.reviews.voiding import is_current, standing_review
from casework.reviews.writing_up import confirm, order_of, write_up
from casework.rights import NotAllowed
from store.engine import open_engine, reading, writing
from store.tables import (
    AuditLog,
    Case,
    Order,
    Review,
    ReviewOpinion,
    ReviewState,
    SpecialRequirement,
    Stance,
)
from tests.casework.reviews.firm import CLEAR, NOW, POLICY, Firm

PEOPLE = ("sales", "head", "quality", "manager", "deputy", "technical", "production", "purchasing", "finance")
people = st.sampled_from(PEOPLE)
REFUSED = (ReviewError, NotAllowed)


class Reviewing(RuleBasedStateMachine):
    """Each step is a transaction of the real functions on a real database."""

    template: ClassVar[bytes]

    def __init__(self) -> None:
        super().__init__()
        self.engine: Engine = open_engine("sqlite://")
        with self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.deserialize(self.template)  # the same connection stays: a database in memory has one
        with writing(self.engine) as session:
            self.firm = Firm(session)
            self.firm.order(session)
        self.now: datetime = NOW
        self.numbers = 0

    def teardown(self) -> None:
        self.engine.dispose()

    def _held(self, session: Session) -> tuple[Case, Order | None, Review | None]:
        case = session.get_one(Case, self.firm.case.id)
        order = order_of(session, case.id)
        return case, order, standing_review(session, order) if order else None

    @rule(
        by=people,
        quantity=st.sampled_from([1.0, 1.0, 1.0, 2.0, 2.0, None]),
        special=st.booleans(),
        oral=st.booleans(),
        contract=st.sampled_from(["", "HT-1"]),
    )
    def write(self, by: str, quantity: float | None, special: bool, oral: bool, contract: str) -> None:
        self.now += timedelta(minutes=1)
        terms = replace(CLEAR, quantity=quantity, changed_standard=special, oral=oral)
        with writing(self.engine) as session:
            case, order, review = self._held(session)
            before = order.wording_sha256 if order else None
            try:
                order = write_up(session, case, terms, contract, self.firm[by], self.now)
            except NotAllowed:
                assert by not in ("sales", "head", "manager", "deputy")
                return
            if before is not None and order.wording_sha256 != before:
                assert order.accepted_at is None
                assert review is None or review.state == ReviewState.VOID

    @rule()
    def go_on(self) -> None:
        """The next step by who may take it: else an order seldom gets anywhere."""
        with writing(self.engine) as session:
            _case, order, review = self._held(session)
            stale = order is not None and review is not None and not is_current(session, order, review)
        if review is None or stale or review.state == ReviewState.REFUSED:
            self.open("sales")
        elif review.state == ReviewState.OPEN:
            self.give_all(questions=True)
            self.confirm("sales")
            self.conclude("deputy", passes=True)
        else:
            self.consent("sales")
            self.accept("sales")

    @rule(steps=st.integers(2, 5))
    def hurry(self, steps: int) -> None:
        """Nothing gets in between."""
        for _ in range(steps):
            self.go_on()

    @rule(by=people)
    def confirm(self, by: str) -> None:
        with writing(self.engine) as session:
            case, order, _review = self._held(session)
            if order:
                try_(lambda: confirm(session, case, order, "邮件", self.firm[by], self.now))

    @rule()
    def customer_requires_more(self) -> None:
        with writing(self.engine) as session:
            many = len(session.exec(select(SpecialRequirement.id)).all())
            if many < 3:
                self.firm.require(session, f"要求 {many}")

    @rule(by=people)
    def open(self, by: str) -> None:
        self.now += timedelta(minutes=1)
        with writing(self.engine) as session:
            case, order, _review = self._held(session)
            if order and try_(lambda: open_review(session, case, order, self.firm[by], self.now, POLICY)):
                self.numbers += 1

    @rule(which=st.integers(0, 5), stance=st.sampled_from(list(Stance)), by=people, rightly=st.booleans())
    def give(self, which: int, stance: Stance, by: str, rightly: bool) -> None:
        self.now += timedelta(minutes=1)
        with writing(self.engine) as session:
            case, order, review = self._held(session)
            opinions = opinions_of(session, review) if review else []
            if order and review and opinions:
                opinion = opinions[which % len(opinions)]
                user = self.firm[opinion.department if rightly else by]
                try_(
                    lambda: give_opinion(
                        session, case, order, review, opinion, stance, "说明", user, self.now
                    )
                )

    @rule(questions=st.booleans())
    def give_all(self, questions: bool) -> None:
        """Else six departments seldom come to agree."""
        self.now += timedelta(minutes=1)
        with writing(self.engine) as session:
            case, order, review = self._held(session)
            for opinion in opinions_of(session, review) if order and review else ():
                if order is None or review is None:
                    return
                user, at = self.firm[opinion.department], self.now
                if opinion.stance == Stance.QUESTION and questions:
                    words = "客户答复"
                    act = (session, case, order, review, opinion, words, self.firm["sales"], at, POLICY)
                    try_(lambda act=act: answer_question(*act))
                    continue
                given = (session, case, order, review, opinion, Stance.AGREE, "", user, at)
                try_(lambda given=given: give_opinion(*given))

    @rule(by=people, passes=st.booleans())
    def conclude(self, by: str, passes: bool) -> None:
        self.now += timedelta(minutes=1)
        with writing(self.engine) as session:
            case, order, review = self._held(session)
            if order is None or review is None:
                return
            verdict = ReviewState.PASSED if passes else ReviewState.REFUSED
            user = self.firm[by]
            act = (session, case, order, review, verdict, "结论", user, self.now, POLICY)
            try_(lambda: conclude(*act))  # type: ignore[arg-type]

    @rule(by=people)
    def consent(self, by: str) -> None:
        with writing(self.engine) as session:
            case, _order, review = self._held(session)
            if review:
                try_(lambda: consent(session, case, review, "邮件", self.firm[by], self.now))

    @rule(by=people)
    def accept(self, by: str) -> None:
        self.now += timedelta(minutes=1)
        with writing(self.engine) as session:
            case, order, review = self._held(session)
            if order is None:
                return
            fresh = review is not None and is_current(session, order, review)
            if try_(lambda: accept(session, case, order, self.firm[by], self.now)):
                assert review is not None
                assert review.state == ReviewState.PASSED
                assert fresh

    @rule()
    def accept_past_the_rules(self) -> None:
        """Somebody at the database itself."""
        with reading(self.engine) as session:
            _case, order, review = self._held(session)
            covered = (
                review is not None
                and order is not None
                and review.state == ReviewState.PASSED
                and review.wording_sha256 == order.wording_sha256
                and (review.consent_at is not None or not review.needs_consent)
            )
        if order is None or covered:
            return
        try:
            with writing(self.engine) as session:
                session.connection().execute(
                    text("UPDATE orders SET accepted_at = :now"), {"now": "2026-11-20 03:00:00.000000"}
                )
        except DatabaseError:
            return
        raise AssertionError("the database let an unreviewed order be accepted")

    @invariant()
    def nothing_is_accepted_that_no_review_covers(self) -> None:
        with reading(self.engine) as session:
            for order in session.exec(select(Order).where(col(Order.accepted_at).is_not(None))):
                review = standing_review(session, order)
                assert review is not None
                assert review.state == ReviewState.PASSED
                assert review.wording_sha256 == order.wording_sha256

    @invariant()
    def nobody_approves_their_own(self) -> None:
        with reading(self.engine) as session:
            for review in session.exec(select(Review).where(col(Review.ruled_by_id).is_not(None))):
                if review.ruled_by_id == review.opened_by_id:
                    assert review.own_allowed
                stances = [one.stance for one in opinions_of(session, review)]
                if review.state == ReviewState.PASSED:
                    assert None not in stances
                    assert Stance.QUESTION not in stances

    @invariant()
    def numbers_have_no_gap(self) -> None:
        with reading(self.engine) as session:
            taken = session.exec(select(Review.running).order_by(col(Review.running))).all()
            opened = session.exec(select(AuditLog.id).where(col(AuditLog.action) == "review_opened")).all()
            assert list(taken) == list(range(1, self.numbers + 1))
            assert len(opened) == self.numbers
            signed = select(ReviewOpinion).where(col(ReviewOpinion.stance).is_not(None))
            assert all(one.given_by_id for one in session.exec(signed))


def try_(act: object) -> bool:
    """Whether the rules let it happen. A page would end there, so nothing of a refusal may stay half-done."""
    try:
        act()  # type: ignore[operator]
    except REFUSED:
        return False
    return True


def test_it_holds_in_any_order_of_steps(sqlite_template: bytes) -> None:
    # A database in memory keeps no journal beside it: its header says so.
    Reviewing.template = sqlite_template[:18] + b"\x01\x01" + sqlite_template[20:]
    run_state_machine_as_test(
        Reviewing,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
