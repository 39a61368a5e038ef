"""A firm with every department, and an order to review, on a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlmodel import Session

from casework.customers import add_contact
from casework.policy import Policy
from casework.reviews.feedback import consent
from casework.reviews.opening import open_review, opinions_of
from casework.reviews.opinions import give_opinion
from casework.reviews.ruling import conclude
from casework.reviews.writing_up import Terms, write_up
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Customer,
    CustomerStatus,
    Order,
    Review,
    ReviewState,
    Role,
    SpecialRequirement,
    Stance,
    User,
)

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
POLICY = Policy(secret_key=b"only for tests, only for tests!!")
CLEAR = Terms(
    product="镀锌端子",
    model="KX-2208",
    quantity=20_000,
    unit="只",
    due_on=date(2026, 12, 10),
    address="苏州工业园区星湖街 1 号",
    payment="月结 30 天",
    quality="按图纸 KX-2208-A3，镀层 8 µm 以上",
    value_cents=86_000_00,
)
SPECIAL = replace(CLEAR, changed_standard=True)


class Firm:
    """Its people by name, one customer, and an order case owned by sales."""

    def __init__(self, session: Session) -> None:
        roles = [
            ("sales", Role.SALES, None),
            ("head", Role.HEAD, None),
            ("quality", Role.QUALITY, None),
            ("manager", Role.MANAGER, None),
            ("deputy", Role.MANAGER, None),
            *((name, Role.REVIEWER, name) for name in ("technical", "production", "purchasing", "finance")),
        ]
        self.people = {
            name: User(name=name, role=role, department=department, password_hash="-", created_at=NOW)
            for name, role, department in roles
        }
        session.add_all(self.people.values())
        customer = Customer(name="华东精密", status=CustomerStatus.EXISTING, created_at=NOW)
        session.add(customer)
        session.flush()
        contact = add_contact(session, customer, Channel.EMAIL, "li@huadong.example", "李敏", "zh", NOW)
        session.flush()
        self.case = Case(
            customer_id=customer.id or 0,
            contact_id=contact.id or 0,
            owner_id=self.people["sales"].id,
            channel=Channel.EMAIL,
            status=CaseStatus.OPEN,
            kind="order",
            subject="订单 KX-2208",
            opened_at=NOW,
            last_message_at=NOW,
        )
        session.add(self.case)
        session.flush()

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def order(self, session: Session, terms: Terms = SPECIAL, contract_no: str = "") -> Order:
        return write_up(session, self.case, terms, contract_no, self["sales"], NOW)

    def require(self, session: Session, sentence: str, category: str = "packaging") -> None:
        session.add(
            SpecialRequirement(
                customer_id=self.case.customer_id,
                case_id=self.case.id or 0,
                category=category,
                sentence=sentence,
                created_at=NOW,
            )
        )
        session.flush()

    def review(self, session: Session, order: Order, by: str = "sales") -> Review:
        return open_review(session, self.case, order, self[by], NOW, POLICY)

    def agree(self, session: Session, order: Order, review: Review, **stances: Stance) -> None:
        """Every department gives its opinion: agrees unless said otherwise."""
        for opinion in opinions_of(session, review):
            stance = stances.get(opinion.department, Stance.AGREE)
            user = self[opinion.department]
            give_opinion(session, self.case, order, review, opinion, stance, "见说明", user, NOW)

    def conclude(
        self, session: Session, order: Order, review: Review, by: str = "manager", words: str = "同意接单"
    ) -> None:
        conclude(session, self.case, order, review, ReviewState.PASSED, words, self[by], NOW, POLICY)

    def pass_review(self, session: Session, order: Order) -> Review:
        """From opening to the customer's consent."""
        review = self.review(session, order)
        self.agree(session, order, review)
        self.conclude(session, order, review)
        consent(session, self.case, review, "客户邮件确认", self["sales"], NOW)
        return review
